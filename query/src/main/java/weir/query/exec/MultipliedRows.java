// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.VectorBatch;

/// Rows of which each may come out any number of times, or not at all. Confined to one thread.
abstract class MultipliedRows implements BatchSource {
    private final BatchSource input;
    private final QueryContext context;
    private final HeldValues held;
    private @Nullable VectorBatch batch;

    /// The next row of the batch.
    int row;

    MultipliedRows(BatchSource input, QueryContext context) {
        this.input = input;
        this.context = context;
        this.held = new HeldValues(context);
    }

    /// Counts what was made for the rows at hand, instead of what was made for those before.
    final void hold() {
        held.replace();
    }

    /// Looks at the rows of a batch, of which the first is the next.
    abstract void begin(VectorBatch rows);

    /// The next rows that come out of the batch; null when none is left.
    abstract @Nullable VectorBatch fill(VectorBatch rows);

    @Override
    public @Nullable VectorBatch next() {
        while (true) {
            context.check();
            VectorBatch rows = batch;
            if (rows == null || row == rows.rowCount()) {
                hold();
                rows = input.next();
                if (rows == null) {
                    return null;
                }
                batch = rows;
                row = 0;
                begin(rows);
                hold();
            }
            VectorBatch made = fill(rows);
            if (made != null) {
                return made;
            }
        }
    }

    @Override
    public void close() {
        input.close();
    }
}
