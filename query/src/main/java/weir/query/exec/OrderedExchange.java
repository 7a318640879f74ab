// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.VectorBatch;

/// Gives the rows of a stream in the order of its parts while several threads read ahead. Each part
/// waits when it is some batches ahead of the reader, so what is kept is bounded; the part that the
/// reader is at waits for nothing else, so it always goes on.
///
/// A failure is thrown where its rows would have stood: what a LIMIT never reaches cannot fail.
final class OrderedExchange implements BatchSource {
    private static final int AHEAD_MAX = 16;

    private final RowStream stream;
    private final QueryContext waiting;
    private final List<Part> parts = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private int nextPart;
    private int current;
    private boolean isStopped;

    /// What was read of one part and waits for the reader.
    private static final class Part {
        private final Queue<Waiting> batches = new ArrayDeque<>();
        private boolean isDone;
        private @Nullable Throwable failure;
    }

    /// A batch and what it takes.
    private record Waiting(VectorBatch batch, long bytes) {}

    private OrderedExchange(RowStream stream) {
        this.stream = stream;
        this.waiting = stream.context().part();
        for (int i = 0; i < stream.partCount(); i++) {
            parts.add(new Part());
        }
    }

    /// Rows of `stream` in order; on the reader's own thread where more are of no use.
    static BatchSource of(RowStream stream) {
        if (stream.threadCount() == 1) {
            return inTurn(stream);
        }
        return new OrderedExchange(stream);
    }

    /// Rows of `stream` in order, on the reader's own thread.
    static BatchSource inTurn(RowStream stream) {
        return new BatchSource() {
            private final RowStream.Reader worker = stream.worker();
            private int part;
            private @Nullable BatchSource rows;

            @Override
            public @Nullable VectorBatch next() {
                while (part < stream.partCount()) {
                    BatchSource open = rows == null ? worker.open(part) : rows;
                    rows = open;
                    VectorBatch batch = open.next();
                    if (batch != null) {
                        return batch;
                    }
                    rows = null;
                    part++;
                }
                return null;
            }

            @Override
            public void close() {
                part = Integer.MAX_VALUE;
                stream.close();
            }
        };
    }

    private void start() {
        for (int i = 0; i < stream.threadCount(); i++) {
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("weir-query-" + (i + 1))
                            .start(() -> stream.context().run(this::work)));
        }
    }

    private void work() {
        RowStream.@Nullable Reader worker = null;
        int index = takePart();
        while (index >= 0) {
            Part part = parts.get(index);
            try {
                worker = worker == null ? stream.worker() : worker;
                BatchSource rows = worker.open(index);
                VectorBatch batch = rows.next();
                while (batch != null && put(part, batch)) {
                    batch = rows.next();
                }
                end(part, null);
            } catch (Throwable e) {
                end(part, e);
            }
            index = takePart();
        }
    }

    private synchronized int takePart() {
        return isStopped || nextPart == parts.size() ? -1 : nextPart++;
    }

    /// Hands a batch over, waiting for room; false when nobody wants more.
    private synchronized boolean put(Part part, VectorBatch batch) throws InterruptedException {
        while (!isStopped && part.batches.size() >= AHEAD_MAX) {
            wait();
        }
        if (isStopped) {
            return false;
        }
        long bytes = BatchSize.ofRows(batch);
        waiting.reserve(bytes);
        part.batches.add(new Waiting(batch, bytes));
        notifyAll();
        return true;
    }

    private synchronized void end(Part part, @Nullable Throwable failure) {
        part.failure = failure;
        part.isDone = true;
        notifyAll();
    }

    @Override
    public synchronized @Nullable VectorBatch next() {
        stream.context().check();
        if (threads.isEmpty() && !isStopped) {
            start();
        }
        while (!isStopped && current < parts.size()) {
            Part part = parts.get(current);
            Waiting next = part.batches.poll();
            if (next != null) {
                waiting.reserve(-next.bytes());
                notifyAll();
                return next.batch();
            }
            if (part.failure != null) {
                isStopped = true;
                notifyAll();
                throw ParallelRun.rethrown(part.failure);
            }
            if (part.isDone) {
                current++;
                continue;
            }
            try {
                // Workers check the deadline themselves; the time only bounds a lost wake-up.
                wait(1000);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                stream.context().cancel();
            }
            stream.context().check();
        }
        return null;
    }

    @Override
    public void close() {
        synchronized (this) {
            isStopped = true;
            notifyAll();
        }
        threads.forEach(ParallelRun::join);
        waiting.release();
        stream.close();
    }
}
