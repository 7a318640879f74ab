// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import weir.engine.vector.Vector;
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
        long bytes = 0;
        for (Vector column : batch.columns()) {
            bytes += column instanceof Vector.Codes ? 4 : column instanceof Vector.Objects ? 40 : 9;
        }
        context.reserve(bytes * batch.rowCount());
        reservedBytes += bytes * batch.rowCount();
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
