// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// Which rows of a batch are picked, in order.
final class Selection {
    private Selection() {}

    /// Puts the rows where `condition` (a BOOLEAN vector) is true into `rows`, which has room for
    /// one more than the batch; gives how many. Every row is written and the end advances by a
    /// flag: no branch to mispredict.
    static int ofTrue(Vector condition, int rowCount, int[] rows) {
        Vector.Longs flags = (Vector.Longs) condition;
        long[] values = flags.values();
        boolean[] nulls = flags.nulls();
        int count = 0;
        if (nulls == null) {
            for (int row = 0; row < rowCount; row++) {
                rows[count] = row;
                count += (int) values[row];
            }
            return count;
        }
        for (int row = 0; row < rowCount; row++) {
            if (!nulls[row] && values[row] != 0) {
                rows[count++] = row;
            }
        }
        return count;
    }

    /// The picked rows of every column.
    static VectorBatch gather(VectorBatch batch, int[] rows, int count) {
        Vector[] columns = new Vector[batch.columns().length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = VectorValues.gather(batch.column(i), rows, count);
        }
        return new VectorBatch(
                count,
                columns,
                gather(batch.weights(), rows, count),
                gather(batch.positions(), rows, count));
    }

    /// The picked numbers, null where there are none.
    static long @Nullable [] gather(long @Nullable [] numbers, int[] rows, int count) {
        if (numbers == null) {
            return null;
        }
        long[] picked = new long[count];
        for (int i = 0; i < count; i++) {
            picked[i] = numbers[rows[i]];
        }
        return picked;
    }
}
