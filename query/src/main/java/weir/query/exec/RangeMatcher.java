// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.VectorBatch;

/// Finds the ranges around the values of a probe side. What was found for a rank is remembered as
/// long as that is not too much.
final class RangeMatcher implements Matcher {
    private static final int[] NONE = {};

    /// Bytes of found rows that are remembered.
    private static final long REMEMBERED_MAX = 1 << 21;

    private final RangeTable table;
    private final ProbeRanks probe;
    private final QueryContext context;
    private final int[] @Nullable [] rowsOfRank;
    private int[] ranks = NONE;
    private long remembered;
    private int[] found = NONE;
    private int rowCount;
    private int row;
    private int at;

    RangeMatcher(RangeTable table, QueryContext context) {
        this.table = table;
        this.probe = new ProbeRanks(table, context);
        this.context = context;
        context.reserve(8L * table.rankCount());
        this.rowsOfRank = new int[table.rankCount()] @Nullable [];
    }

    @Override
    public void start(VectorBatch batch) {
        rowCount = batch.rowCount();
        row = 0;
        at = 0;
        ranks = probe.of(batch);
    }

    private int[] rowsOf(int rank) {
        int[] known = rowsOfRank[rank];
        if (known == null) {
            known = table.rowsAt(rank);
            long bytes = 16L + 4L * known.length;
            if (remembered + bytes <= REMEMBERED_MAX) {
                context.reserve(bytes);
                remembered += bytes;
                rowsOfRank[rank] = known;
            }
        }
        return known;
    }

    @Override
    public int next(int[] probeRows, int[] buildRows) {
        int count = 0;
        while (row < rowCount) {
            if (at == 0) {
                found = ranks[row] < 0 ? NONE : rowsOf(ranks[row]);
            }
            while (at < found.length) {
                if (count == probeRows.length) {
                    return count;
                }
                probeRows[count] = row;
                buildRows[count++] = found[at++];
            }
            row++;
            at = 0;
        }
        return count;
    }

    @Override
    public int row() {
        return row;
    }
}
