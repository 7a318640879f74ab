// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;

/// Gives each row as many times as it says itself.
final class RepeatPipe implements Pipe {
    private final ExprNode times;
    private final QueryContext context;

    /// @param count a BIGINT over the rows
    RepeatPipe(Expr count, QueryContext context) {
        this.times = ExprCompiler.compile(count);
        this.context = context;
    }

    @Override
    public BatchSource over(BatchSource input) {
        return new Repeated(input);
    }

    private final class Repeated extends MultipliedRows {
        private long[] left = {};

        Repeated(BatchSource input) {
            super(input, context);
        }

        @Override
        void begin(VectorBatch rows) {
            Vector.Longs counts = (Vector.Longs) times.evaluate(rows);
            left = new long[rows.rowCount()];
            for (int i = 0; i < left.length; i++) {
                left[i] = counts.isNull(i) ? 0 : counts.values()[i];
            }
        }

        @Override
        @Nullable VectorBatch fill(VectorBatch rows) {
            int[] picked = new int[Limits.BATCH_ROWS];
            int count = 0;
            while (row < rows.rowCount() && count < picked.length) {
                if (left[row] <= 0) {
                    row++;
                } else {
                    left[row]--;
                    picked[count++] = row;
                }
            }
            return count == 0 ? null : Selection.gather(rows, picked, count);
        }
    }
}
