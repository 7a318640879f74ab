// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.vector.VectorBatch;

/// Rows, batch by batch, for one reader.
public interface BatchSource extends AutoCloseable {
    /// The next rows, at least one; null when there are no more.
    ///
    /// @throws weir.query.fault.QueryException when the query cannot go on
    @Nullable VectorBatch next();

    /// One batch.
    static BatchSource of(VectorBatch batch) {
        return new BatchSource() {
            private boolean isGiven;

            @Override
            public @Nullable VectorBatch next() {
                boolean isLeft = !isGiven;
                isGiven = true;
                return isLeft ? batch : null;
            }
        };
    }

    /// The rows of all these sources, one behind the other.
    static BatchSource inTurn(List<BatchSource> sources) {
        Deque<BatchSource> left = new ArrayDeque<>(sources);
        return new BatchSource() {
            @Override
            public @Nullable VectorBatch next() {
                while (!left.isEmpty()) {
                    VectorBatch batch = left.element().next();
                    if (batch != null) {
                        return batch;
                    }
                    left.remove().close();
                }
                return null;
            }

            @Override
            public void close() {
                left.forEach(BatchSource::close);
            }
        };
    }

    /// Makes the rows `[from, from + count)` of some that are there as a whole.
    @FunctionalInterface
    interface Maker {
        /// The batch, of at most the usual size.
        VectorBatch batch(int from, int count);
    }

    /// `rowCount` rows, made batch by batch.
    static BatchSource made(int rowCount, Maker maker) {
        return new BatchSource() {
            private int from;

            @Override
            public @Nullable VectorBatch next() {
                int count = Math.min(Limits.BATCH_ROWS, rowCount - from);
                if (count <= 0) {
                    return null;
                }
                from += count;
                return maker.batch(from - count, count);
            }
        };
    }

    /// Stops whatever still works for this source. May be called at any time and more than once.
    @Override
    default void close() {}
}
