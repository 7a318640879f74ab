// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.TableSnapshot;
import weir.engine.segment.SegmentReader;
import weir.ingest.FlowAppender;
import weir.ingest.FlowIngestor;
import weir.ingest.live.LiveListener;
import weir.ingest.live.LiveOptions;
import weir.testkit.generate.FlowLogGenerator;
import weir.testkit.generate.GeneratorOptions;

/// Records appended at a steady rate: how many a second come through the journal into segments, and
/// how long one takes from the moment it was due until it is safe, and until a reader of the store
/// finds it. Being late counts from the moment a record was due, so that a pause is charged to
/// every record that waited for it. Prints Markdown.
public final class LiveBenchmark {
    /// Records that are drawn; the same come again and again.
    private static final int SAMPLE_RECORDS = 2_000_000;

    private static final int CHUNKS_A_SECOND = 100;
    private static final long WATCH_NANOS = 2_000_000;

    private final Settings settings;
    private final long rate;
    private final PrintStream out;
    private final Histogram safe = new Histogram(3);
    private final Histogram found = new Histogram(3);
    private final Queue<Chunk> toBeSafe = new ConcurrentLinkedQueue<>();
    private final Queue<Chunk> toBeFound = new ConcurrentLinkedQueue<>();
    private volatile boolean isDone;
    private volatile @Nullable Throwable failure;

    /// @param records appended up to its end
    /// @param dueNanos when it was to be appended
    private record Chunk(long records, long dueNanos) {}

    private LiveBenchmark(Settings settings, PrintStream out) {
        this.settings = settings;
        this.rate = settings.number("rate");
        this.out = out;
    }

    /// `[rate=N] [seconds=N] [warm=N] [format=v2|v5] [freshness=MILLIS] [sync=MILLIS] [work=DIR]`;
    /// a rate of 0 is as many as there can be.
    public static void main(String[] args) throws IOException, InterruptedException {
        run(
                Settings.of(
                        Map.of(
                                "rate", "1000000",
                                "seconds", "60",
                                "warm", "20",
                                "format", "v2",
                                "freshness", "1000",
                                "sync", "200",
                                "work", ""),
                        args),
                System.out);
    }

    static void run(Settings settings, PrintStream out) throws IOException, InterruptedException {
        Path work =
                settings.text("work").isEmpty()
                        ? Files.createTempDirectory("weir-live")
                        : Files.createDirectories(settings.path("work"));
        try {
            new LiveBenchmark(settings, out).run(work);
        } finally {
            if (settings.text("work").isEmpty()) {
                WorkFolder.delete(work);
            }
        }
    }

    private List<byte[]> sample(Path work, int chunkRecords) throws IOException {
        Path log = work.resolve("live-sample.log");
        FlowLogGenerator.writeFile(
                GeneratorOptions.defaults()
                        .withRecords(Math.max(chunkRecords, SAMPLE_RECORDS))
                        .withFormat(settings.format())
                        .withHeader(false),
                log);
        byte[] text = Files.readAllBytes(log);
        Files.delete(log);
        List<byte[]> chunks = new ArrayList<>();
        int from = 0;
        int lines = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == '\n' && ++lines == chunkRecords) {
                chunks.add(Arrays.copyOfRange(text, from, at + 1));
                from = at + 1;
                lines = 0;
            }
        }
        return chunks;
    }

    private void run(Path work) throws IOException, InterruptedException {
        int chunkRecords = (int) (rate == 0 ? 10_000 : Math.max(1, rate / CHUNKS_A_SECOND));
        List<byte[]> chunks = sample(work, chunkRecords);
        Path directory = work.resolve("live-store");
        WorkFolder.delete(directory);
        LiveOptions options =
                LiveOptions.defaults()
                        .withFormat(settings.format().headerLine())
                        .withFreshness(Duration.ofMillis(settings.number("freshness")));
        long records;
        double seconds;
        try (Store store = Store.openOrCreate(directory)) {
            try (FlowAppender appender =
                    FlowAppender.open(store, directory, options, LiveListener.NONE)) {
                Thread syncing = Thread.ofPlatform().start(() -> guarded(() -> sync(appender)));
                Thread watching = Thread.ofPlatform().start(() -> guarded(() -> watch(directory)));
                long start = System.nanoTime();
                records = append(appender, chunks, chunkRecords);
                isDone = true;
                syncing.join();
                appender.publish();
                watching.join();
                seconds = (System.nanoTime() - start) / 1e9;
            }
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            long rows = rows(store);
            if (rows != records) {
                throw new IllegalStateException(records + " appended, " + rows + " found");
            }
            print(records, seconds, store);
        }
        WorkFolder.delete(directory);
    }

    private interface Task {
        void run() throws IOException;
    }

    private void guarded(Task task) {
        try {
            task.run();
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    /// Appends at the rate for as long as is asked, and gives how many records that were. What is
    /// appended in the first seconds is not measured: a JVM compiles while it runs.
    private long append(FlowAppender appender, List<byte[]> chunks, int chunkRecords)
            throws IOException {
        long warm = settings.number("warm");
        long nanos = (warm + settings.number("seconds")) * 1_000_000_000;
        long start = System.nanoTime();
        long measuredFrom = start + warm * 1_000_000_000;
        long records = 0;
        for (long i = 0; failure == null; i++) {
            long now = System.nanoTime();
            long due = rate == 0 ? now : start + i * 1_000_000_000L / CHUNKS_A_SECOND;
            if (due - start >= nanos) {
                break;
            }
            while (due - now > 0) {
                LockSupport.parkNanos(due - now);
                now = System.nanoTime();
            }
            appender.append(chunks.get((int) (i % chunks.size())));
            records += chunkRecords;
            if (due - measuredFrom >= 0) {
                toBeSafe.add(new Chunk(records, due));
                toBeFound.add(new Chunk(records, due));
            }
        }
        return records;
    }

    private void sync(FlowAppender appender) throws IOException {
        boolean isLast = false;
        while (!isLast) {
            isLast = isDone;
            settle(toBeSafe, appender.sync(), safe);
            LockSupport.parkNanos(1_000_000 * settings.number("sync"));
        }
    }

    /// Looks as another process would: by the files alone.
    private void watch(Path directory) {
        try (Store reader = Store.open(directory)) {
            while (failure == null && (!isDone || !toBeFound.isEmpty())) {
                settle(toBeFound, rows(reader), found);
                LockSupport.parkNanos(WATCH_NANOS);
            }
        }
    }

    private static long rows(Store store) {
        try (Snapshot snapshot = store.snapshot()) {
            TableSnapshot table = snapshot.table(FlowIngestor.FLOWS);
            return table == null ? 0 : table.rowCount();
        }
    }

    private static void settle(Queue<Chunk> waiting, long records, Histogram times) {
        long now = System.nanoTime();
        for (Chunk first = waiting.peek();
                first != null && first.records <= records;
                first = waiting.peek()) {
            times.recordValue(Math.max(0, now - first.dueNanos) / 1_000);
            waiting.remove();
        }
    }

    private void print(long records, double seconds, Store store) {
        long segments = 0;
        long bytes = 0;
        try (Snapshot snapshot = store.snapshot()) {
            TableSnapshot table = snapshot.table(FlowIngestor.FLOWS);
            List<SegmentReader> all = table == null ? List.of() : table.segments();
            for (SegmentReader segment : all) {
                segments++;
                bytes += segment.sizeBytes();
            }
        }
        out.printf(
                Locale.ROOT,
                "%,d records of %s in %.1f s: %,.0f records/s (asked: %s); %d segments,"
                        + " %.2f bytes a record.%n%n",
                records,
                settings.text("format"),
                seconds,
                records / seconds,
                rate == 0 ? "as many as can be" : String.format(Locale.ROOT, "%,d", rate),
                segments,
                (double) bytes / records);
        out.println("| from due to | p50 ms | p90 | p99 | p99.9 | max |");
        out.println("|---|--:|--:|--:|--:|--:|");
        print("safe", safe);
        print("found by a reader", found);
    }

    private void print(String what, Histogram micros) {
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
                what,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(90) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getValueAtPercentile(99.9) / 1e3,
                micros.getMaxValue() / 1e3);
    }
}
