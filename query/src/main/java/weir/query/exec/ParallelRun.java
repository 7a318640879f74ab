// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.VectorBatch;
import weir.query.value.Allowance;

/// Runs a stream to its end on as many threads as it is worth, each with a sink of its own. Threads
/// take whole parts in order, so every sink sees ascending positions.
final class ParallelRun {
    /// A position is the part in the upper bits and the row that came out of it in the lower.
    private static final int PART_SHIFT = 40;

    private ParallelRun() {}

    /// The part that the row at `position` came out of.
    static long partOf(long position) {
        return position >> PART_SHIFT;
    }

    /// The number of the row at `position` among those that came out of its part.
    static long rowOf(long position) {
        return position & ((1L << PART_SHIFT) - 1);
    }

    /// The sinks when all rows have arrived.
    static <S extends Sink> List<S> run(RowStream stream, Supplier<S> newSink) {
        List<S> sinks = new ArrayList<>();
        AtomicInteger nextPart = new AtomicInteger();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        try {
            // All of them before the first thread: one may have no room.
            for (int i = 0; i < stream.threadCount(); i++) {
                sinks.add(newSink.get());
            }
            for (S sink : sinks.subList(1, sinks.size())) {
                threads.add(
                        Thread.ofPlatform()
                                .daemon()
                                .name("weir-query-" + sinks.indexOf(sink))
                                .start(() ->
                                        stream.context()
                                                .run(() -> work(stream, sink, nextPart, failure))));
            }
            work(stream, sinks.getFirst(), nextPart, failure);
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        } finally {
            threads.forEach(ParallelRun::join);
            stream.close();
        }
        Throwable cause = failure.get();
        if (cause != null) {
            throw rethrown(cause);
        }
        return sinks;
    }

    /// A thread ends soon after one of them failed or the query was stopped, so this cannot hang.
    static void join(Thread thread) {
        boolean wasInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure
                ? failure
                : new IllegalStateException("a thread of the query failed", cause);
    }

    private static void work(
            RowStream stream,
            Sink sink,
            AtomicInteger nextPart,
            AtomicReference<@Nullable Throwable> failure) {
        try {
            RowStream.Reader worker = stream.worker();
            int partCount = stream.partCount();
            int part = nextPart.getAndIncrement();
            while (part < partCount && failure.get() == null) {
                read(worker.open(part), sink, (long) part << PART_SHIFT, failure);
                part = nextPart.getAndIncrement();
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    private static void read(
            BatchSource rows,
            Sink sink,
            long firstPosition,
            AtomicReference<@Nullable Throwable> failure) {
        long position = firstPosition;
        while (failure.get() == null) {
            VectorBatch batch = rows.next();
            if (batch == null) {
                return;
            }
            sink.accept(batch, position);
            Allowance.current().take();
            position += batch.rowCount();
        }
    }
}
