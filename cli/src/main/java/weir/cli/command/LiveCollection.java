// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import weir.cli.output.Visible;
import weir.cli.report.IngestSummary;
import weir.cli.report.LiveSummary;
import weir.cli.report.Quantity;
import weir.cli.terminal.Terminal;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.fault.StoreException;
import weir.ingest.FlowAppender;
import weir.ingest.FlowIngestor;
import weir.ingest.FollowedInputs;
import weir.ingest.IngestOptions;
import weir.ingest.IngestReport;
import weir.ingest.ProgressListener;
import weir.ingest.live.LiveListener;
import weir.ingest.live.LiveOptions;
import weir.ingest.live.LiveSession;

/// `weir ingest --live`: standard input to its end, and files as they land until somebody ends it.
/// Three threads: one reads standard input, one looks for files, and the one that runs this makes
/// records safe and says so.
final class LiveCollection implements AutoCloseable {
    private static final int READ_BYTES = 256 << 10;

    /// How often records are made safe; each time that is said.
    private static final long SYNC_MILLIS = 200;

    /// How often it is said at least that nothing new is safe.
    private static final long SAY_NANOS = 900_000_000;

    private static final long LOOK_MILLIS = 1_000;

    private final Terminal terminal;
    private final Store store;
    private final Path directory;
    private final List<String> followed;
    private final IngestOptions options;
    private final Duration freshness;
    private final long startNanos = System.nanoTime();

    private final CountDownLatch inputEnded = new CountDownLatch(1);
    private final CountDownLatch stopWanted = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().unstarted(this::stopAndWait);
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong failedFiles = new AtomicLong();
    private final AtomicLong fileRecords = new AtomicLong();
    private final AtomicLong fileRejects = new AtomicLong();
    private volatile @Nullable Throwable failure;
    private volatile @Nullable FlowAppender appending;
    private LiveSession.Counts counts = new LiveSession.Counts(0, 0);

    /// @param followed files, directories and patterns to look at again and again
    LiveCollection(
            Terminal terminal,
            Store store,
            Path directory,
            List<String> followed,
            IngestOptions options,
            Duration freshness) {
        this.terminal = terminal;
        this.store = store;
        this.directory = directory;
        this.followed = followed;
        this.options = options;
        this.freshness = freshness;
    }

    /// Collects until standard input ends, where it is read and nothing is followed; otherwise
    /// until the process is told to end.
    ///
    /// @param readsInput whether standard input is read
    /// @param format its fields when it has no header line; null for AWS's default
    void run(boolean readsInput, @Nullable String format) throws IOException {
        Runtime.getRuntime().addShutdownHook(hook);
        if (readsInput) {
            readAndFollow(format);
        } else {
            OpenedStore.takeOver(store, directory, terminal);
            follow(null);
        }
    }

    /// Lets a process that was told to end do so: it waited for what was to be said.
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // It runs, and waits for this.
        }
    }

    private void stopAndWait() {
        stopWanted.countDown();
        FlowAppender open = appending;
        if (open != null) {
            open.endWaiting();
        }
        try {
            ended.await();
        } catch (InterruptedException _) {
            // The process ends anyway.
        }
    }

    /// What was collected, once [#run] returned.
    LiveSummary summary(Snapshot snapshot) {
        boolean hasStream = counts.records() + counts.rejectedLines() > 0;
        return new LiveSummary(
                files.get() + (hasStream ? 1 : 0),
                failedFiles.get(),
                counts.records() + fileRecords.get(),
                counts.rejectedLines() + fileRejects.get(),
                bytesIn.get(),
                (System.nanoTime() - startNanos) / 1e9,
                snapshot);
    }

    private void readAndFollow(@Nullable String format) throws IOException {
        LiveOptions live = LiveOptions.defaults().withName("-").withFreshness(freshness);
        if (format != null) {
            live = live.withFormat(format);
        }
        FlowAppender appender = FlowAppender.open(store, directory, live, listener());
        appending = appender;
        long said;
        try (appender) {
            OpenedStore.say(appender.recovered(), terminal);
            Thread.ofPlatform().daemon().name("live-input").start(() -> read(appender));
            Thread follower =
                    Thread.ofPlatform().daemon().name("live-follow").start(() -> follow(appender));
            try {
                said = keepSafe(appender);
            } finally {
                end(follower);
            }
        }
        counts = appender.counts();
        if (counts.records() != said) {
            sayAcked(counts.records()); // a last line without an end
        }
        throwFailure();
    }

    private void sayAcked(long records) {
        terminal.say("acked " + records);
    }

    private static void end(Thread follower) {
        follower.interrupt();
        try {
            follower.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void throwFailure() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw new CommandFailure("standard input: " + e.getMessage(), e);
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    private LiveListener listener() {
        return new LiveListener() {
            @Override
            public void stalled(String reason) {
                terminal.say("weir ingest: waiting, nothing is lost: " + Visible.text(reason));
            }

            @Override
            public void resumed() {
                terminal.say("weir ingest: goes on");
            }

            @Override
            public void lost(String remark) {
                terminal.say("weir ingest: lost: " + Visible.text(remark));
            }
        };
    }

    private void read(FlowAppender appender) {
        byte[] buffer = new byte[READ_BYTES];
        try {
            int count = terminal.in().read(buffer);
            while (count >= 0) {
                appender.append(buffer, 0, count);
                bytesIn.addAndGet(count);
                count = terminal.in().read(buffer);
            }
        } catch (IOException | RuntimeException | Error e) {
            // Once the end is wanted, it comes while this appends.
            boolean isMeant = stopWanted.getCount() == 0;
            failure = failure == null && !isMeant ? e : failure;
        } finally {
            inputEnded.countDown();
        }
    }

    /// Makes records safe again and again, and says how many are.
    ///
    /// @return what was said last
    private long keepSafe(FlowAppender appender) throws IOException {
        long said = -1;
        long saidNanos = 0;
        boolean isLast = false;
        while (!isLast) {
            isLast = isOver();
            long safe = appender.sync();
            if (safe != said || System.nanoTime() - saidNanos >= SAY_NANOS) {
                sayAcked(safe);
                said = safe;
                saidNanos = System.nanoTime();
            }
        }
        return said;
    }

    /// Whether nothing more comes, after a moment.
    private boolean isOver() {
        CountDownLatch end = followed.isEmpty() ? inputEnded : stopWanted;
        try {
            boolean isOver = end.await(SYNC_MILLIS, TimeUnit.MILLISECONDS);
            return isOver || stopWanted.getCount() == 0 || failure != null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void follow(@Nullable FlowAppender appender) {
        if (followed.isEmpty()) {
            return;
        }
        try (FlowIngestor ingestor = FlowIngestor.open(store, directory)) {
            FollowedInputs inputs = new FollowedInputs(ingestor, followed, options);
            boolean isWaiting = false;
            do {
                try {
                    report(inputs.look(appender, ProgressListener.NONE));
                    isWaiting = false;
                } catch (StoreException e) {
                    if (!isWaiting) {
                        listener().stalled(String.valueOf(e.getMessage()));
                    }
                    isWaiting = true;
                }
            } while (!stopWanted.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException | CancellationException _) {
            // Standard input could not be read on.
        } catch (RuntimeException | Error e) {
            failure = failure == null ? e : failure;
            if (appender == null) {
                throw e;
            }
        }
    }

    private void report(@Nullable IngestReport report) {
        if (report == null) {
            return;
        }
        files.addAndGet(report.files());
        failedFiles.addAndGet(report.failedFiles());
        fileRecords.addAndGet(report.records());
        fileRejects.addAndGet(report.rejectedLines());
        bytesIn.addAndGet(report.bytesIn());
        String problems = problems(report);
        terminal.say(
                "weir ingest: %s from %s%s"
                        .formatted(
                                Quantity.of(report.records(), "record"),
                                Quantity.of(report.files(), "file"),
                                problems.isEmpty() ? "" : ", " + problems));
    }

    private String problems(IngestReport report) {
        try (Snapshot snapshot = store.snapshotOfReadable()) {
            return new IngestSummary(report, snapshot).problems();
        }
    }
}
