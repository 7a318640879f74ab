// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;

/// Finds the ranges around the values of a probe side. The rank of a code of a dictionary is
/// remembered, and what was found for a rank as long as that is not too much.
final class RangeMatcher implements Matcher {
    private static final int[] NONE = {};
    private static final int NOT_ASKED = -2;
    private static final int VALUES_PER_ROW = 16;

    /// Bytes of found rows that are remembered.
    private static final long REMEMBERED_MAX = 1 << 21;

    private final RangeTable table;
    private final ExprNode value;
    private final QueryContext context;
    private final int[] @Nullable [] rowsOfRank;
    private @Nullable Dictionary served;
    private int[] ranksOfCode = NONE;
    private long rowsServed;
    private int[] ranks = NONE;
    private long remembered;
    private int[] found = NONE;
    private int rowCount;
    private int row;
    private int at;

    /// @param value over the probe rows
    RangeMatcher(RangeTable table, Expr value, QueryContext context) {
        this.table = table;
        this.value = ExprCompiler.compile(value);
        this.context = context;
        context.reserve(8L * table.rankCount());
        this.rowsOfRank = new int[table.rankCount()] @Nullable [];
    }

    @Override
    public void start(VectorBatch batch) {
        rowCount = batch.rowCount();
        row = 0;
        at = 0;
        ranks = ranks.length < rowCount ? new int[rowCount] : ranks;
        Vector values = value.evaluate(batch);
        if (values instanceof Vector.Codes codes) {
            rankCodes(codes);
            return;
        }
        for (int i = 0; i < rowCount; i++) {
            ranks[i] = table.rankOf(VectorValues.get(values, value.type(), i));
        }
    }

    private void rankCodes(Vector.Codes codes) {
        serve(codes.dictionary());
        for (int i = 0; i < rowCount; i++) {
            int code = codes.codes()[i];
            if (ranksOfCode.length == 0) {
                ranks[i] = table.rankOf(VectorValues.get(codes, value.type(), i));
                continue;
            }
            int rank = ranksOfCode[code];
            if (rank == NOT_ASKED) {
                rank = table.rankOf(VectorValues.get(codes, value.type(), i));
                ranksOfCode[code] = rank;
            }
            ranks[i] = rank;
        }
    }

    private void serve(Dictionary dictionary) {
        if (!dictionary.equals(served)) {
            context.reserve(-4L * ranksOfCode.length);
            served = dictionary;
            ranksOfCode = NONE;
            rowsServed = 0;
        }
        rowsServed += rowCount;
        if (ranksOfCode.length == 0 && rowsServed * VALUES_PER_ROW >= dictionary.size()) {
            context.reserve(4L * dictionary.size());
            ranksOfCode = new int[dictionary.size()];
            Arrays.fill(ranksOfCode, NOT_ASKED);
        }
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
