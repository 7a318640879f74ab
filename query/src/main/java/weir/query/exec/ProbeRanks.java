// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// The ranks of the values of a probe side among the bounds of ranges. That of a code of a
/// dictionary is remembered. Belongs to one thread.
final class ProbeRanks {
    private static final int[] NONE = {};
    private static final int NOT_ASKED = -2;
    private static final int VALUES_PER_ROW = 16;

    private final RangeTable table;
    private final ExprNode value;
    private final QueryContext context;
    private @Nullable Dictionary served;
    private int[] ranksOfCode = NONE;
    private long rowsServed;
    private int[] ranks = NONE;

    ProbeRanks(RangeTable table, QueryContext context) {
        this.table = table;
        this.value = ExprCompiler.compile(table.value());
        this.context = context;
    }

    /// By row of `batch`: its rank, -1 for what is in no range. The array may be longer, and is
    /// used again.
    int[] of(VectorBatch batch) {
        int rowCount = batch.rowCount();
        ranks = ranks.length < rowCount ? new int[rowCount] : ranks;
        Vector values = value.evaluate(batch);
        if (values instanceof Vector.Codes codes) {
            rankCodes(codes, rowCount);
            return ranks;
        }
        for (int i = 0; i < rowCount; i++) {
            ranks[i] = table.rankOf(VectorValues.get(values, value.type(), i));
        }
        return ranks;
    }

    private void rankCodes(Vector.Codes codes, int rowCount) {
        serve(codes.dictionary(), rowCount);
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

    private void serve(Dictionary dictionary, int rowCount) {
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
}
