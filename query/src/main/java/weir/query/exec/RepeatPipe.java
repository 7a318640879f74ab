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

    private final class Repeated implements BatchSource {
        private final BatchSource input;
        private @Nullable VectorBatch batch;
        private long[] left = {};
        private int row;

        Repeated(BatchSource input) {
            this.input = input;
        }

        @Override
        public @Nullable VectorBatch next() {
            while (true) {
                context.check();
                VectorBatch rows = batch;
                if (rows == null || row == rows.rowCount()) {
                    rows = input.next();
                    if (rows == null) {
                        return null;
                    }
                    begin(rows);
                }
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
                if (count > 0) {
                    return Selection.gather(rows, picked, count);
                }
            }
        }

        private void begin(VectorBatch rows) {
            batch = rows;
            row = 0;
            Vector.Longs counts = (Vector.Longs) times.evaluate(rows);
            left = new long[rows.rowCount()];
            for (int i = 0; i < left.length; i++) {
                left[i] = counts.isNull(i) ? 0 : counts.values()[i];
            }
        }

        @Override
        public void close() {
            input.close();
        }
    }
}
