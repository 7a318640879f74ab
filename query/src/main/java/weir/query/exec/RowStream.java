// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.VectorBatch;

/// Rows that flow through pipes without waiting for one another: from parts, such as segments,
/// which any number of threads share, or from one source.
final class RowStream {
    private final QueryContext context;
    private final Origin origin;
    private final List<Supplier<Pipe>> pipes;

    /// Where the rows come from, before any pipe. Safe for many threads.
    interface Origin {
        /// How many parts there are that threads can take one by one.
        int partCount();

        /// What one thread needs to read parts.
        Reader reader();

        /// Stops whatever still works for the rows.
        void close();
    }

    /// Reads parts for one thread.
    @FunctionalInterface
    interface Reader {
        /// The rows of part `part`.
        BatchSource open(int part);
    }

    private RowStream(QueryContext context, Origin origin, List<Supplier<Pipe>> pipes) {
        this.context = context;
        this.origin = origin;
        this.pipes = List.copyOf(pipes);
    }

    static RowStream of(SegmentScanPlan scan, QueryContext context) {
        return new RowStream(context, new Scanned(scan), List.of());
    }

    static RowStream of(BatchSource source, QueryContext context) {
        return new RowStream(context, new Single(source), List.of());
    }

    /// The rows of all these streams, one behind the other.
    static RowStream concat(List<RowStream> streams, QueryContext context) {
        return new RowStream(context, Concatenated.of(streams), List.of());
    }

    /// The rows of `origin`.
    static RowStream of(Origin origin, QueryContext context) {
        return new RowStream(context, origin, List.of());
    }

    /// The same rows through one more stage; each thread gets its own.
    RowStream then(Supplier<Stage> stage) {
        return through(() -> Pipe.of(stage.get(), context));
    }

    /// The same rows through one more pipe; each thread gets its own.
    RowStream through(Supplier<Pipe> pipe) {
        List<Supplier<Pipe>> more = new ArrayList<>(pipes);
        more.add(pipe);
        return new RowStream(context, origin, more);
    }

    /// The same rows; `release` is run when they were read or nobody wants more.
    RowStream closing(Runnable release) {
        return new RowStream(context, new Closing(origin, release), pipes);
    }

    QueryContext context() {
        return context;
    }

    /// How many parts there are that threads can take one by one.
    int partCount() {
        return origin.partCount();
    }

    /// How many threads it is worth to start.
    int threadCount() {
        return Math.clamp(partCount(), 1, context.threadCount());
    }

    /// Stops whatever still works for the rows.
    void close() {
        origin.close();
    }

    /// What one thread needs to read parts, with pipes of its own.
    Reader worker() {
        Reader reader = origin.reader();
        List<Pipe> own = pipes.stream().map(Supplier::get).toList();
        return part -> {
            BatchSource rows = reader.open(part);
            for (Pipe pipe : own) {
                rows = pipe.over(rows);
            }
            BatchSource all = rows;
            return () -> {
                context.check();
                return all.next();
            };
        };
    }

    /// The segments of a table.
    private record Scanned(SegmentScanPlan scan) implements Origin {
        @Override
        public int partCount() {
            return scan.segments().size();
        }

        @Override
        public Reader reader() {
            List<Stage> conditions = scan.rowConditions().stream().map(Stage::filter).toList();
            return part -> scan.open(scan.segments().get(part), conditions);
        }

        @Override
        public void close() {}
    }

    /// The parts of several streams, each of which is closed when all its parts were read: streams
    /// of sorted or grouped rows keep theirs only meanwhile.
    ///
    /// @param left how many parts of each are not yet read
    private record Concatenated(List<RowStream> streams, AtomicIntegerArray left)
            implements Origin {
        static Concatenated of(List<RowStream> streams) {
            return new Concatenated(
                    List.copyOf(streams),
                    new AtomicIntegerArray(
                            streams.stream().mapToInt(RowStream::partCount).toArray()));
        }

        @Override
        public int partCount() {
            return streams.stream().mapToInt(RowStream::partCount).sum();
        }

        @Override
        public Reader reader() {
            @Nullable Reader[] readers = new @Nullable Reader[streams.size()];
            return part -> {
                int inStream = part;
                int stream = 0;
                while (inStream >= streams.get(stream).partCount()) {
                    inStream -= streams.get(stream++).partCount();
                }
                int index = stream;
                Reader known = readers[index];
                Reader reader = known == null ? streams.get(index).worker() : known;
                readers[index] = reader;
                return closing(reader.open(inStream), index);
            };
        }

        private BatchSource closing(BatchSource part, int index) {
            return new BatchSource() {
                private boolean isRead;

                @Override
                public @Nullable VectorBatch next() {
                    VectorBatch batch = isRead ? null : part.next();
                    if (batch == null && !isRead) {
                        isRead = true;
                        if (left.decrementAndGet(index) == 0) {
                            streams.get(index).close();
                        }
                    }
                    return batch;
                }

                @Override
                public void close() {
                    part.close();
                }
            };
        }

        @Override
        public void close() {
            streams.forEach(RowStream::close);
        }
    }

    /// The parts of `origin`, and what is done when they were read.
    private record Closing(Origin origin, Runnable release) implements Origin {
        @Override
        public int partCount() {
            return origin.partCount();
        }

        @Override
        public Reader reader() {
            return origin.reader();
        }

        @Override
        public void close() {
            origin.close();
            release.run();
        }
    }

    /// One source, which is one part.
    private record Single(BatchSource source) implements Origin {
        @Override
        public int partCount() {
            return 1;
        }

        @Override
        public Reader reader() {
            return _ -> source;
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
