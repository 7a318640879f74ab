// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.VectorBatch;

/// A step that rows flow through, which may give any number of batches for one: joins do. Belongs
/// to one thread.
interface Pipe {
    /// The rows that come out for those of `input`, in their order. Closing it closes the input.
    BatchSource over(BatchSource input);

    /// A stage as a pipe.
    static Pipe of(Stage stage, QueryContext context) {
        return input ->
                new BatchSource() {
                    private final HeldValues held = new HeldValues(context);

                    @Override
                    public @Nullable VectorBatch next() {
                        while (true) {
                            context.check();
                            held.replace();
                            VectorBatch batch = input.next();
                            if (batch == null) {
                                return null;
                            }
                            VectorBatch rows = stage.apply(batch);
                            if (rows != null) {
                                held.replace();
                                return rows;
                            }
                        }
                    }

                    @Override
                    public void close() {
                        input.close();
                    }
                };
    }
}
