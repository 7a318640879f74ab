// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import weir.engine.vector.VectorBatch;

/// Keeps the batches of one thread with where they stood.
final class CollectSink implements Sink {
    private final List<Placed> batches = new ArrayList<>();
    private final QueryContext context;
    private long reservedBytes;

    /// A batch and the position of its first row.
    record Placed(VectorBatch batch, long position) {}

    CollectSink(QueryContext context) {
        this.context = context;
    }

    @Override
    public void accept(VectorBatch batch, long position) {
        long bytes = BatchSize.ofRows(batch);
        context.reserve(bytes);
        reservedBytes += bytes;
        batches.add(new Placed(batch, position));
    }

    List<Placed> batches() {
        return batches;
    }

    /// Lets the batches go.
    void release() {
        batches.clear();
        context.reserve(-reservedBytes);
        reservedBytes = 0;
    }
}
