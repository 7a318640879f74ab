// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.StoreWriter.WrittenSegment;
import weir.ingest.parse.FormatDetector.Detected;
import weir.ingest.parse.RejectedLine;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.RecordTable;
import weir.ingest.source.ContentHash;
import weir.ingest.source.FoundInputs;
import weir.ingest.source.FoundInputs.Unusable;
import weir.ingest.source.InputFile;
import weir.ingest.source.TextSources;

/// One run over a list of inputs: plans units of work, has them read by worker threads a little
/// ahead, takes the results in input order, and commits at the borders of files. Used once.
///
/// *Invariants:*
/// - a commit holds all rows of each of its files, and what the ledger says of them, or nothing;
/// - of files with the same content the first in input order is taken, whichever is read first;
/// - whatever ends the run, segments that were not committed are removed.
public final class IngestRun {
    private static final int PROGRESS_MILLIS = 100;

    /// Ledger entries and rejected lines held at most before a commit.
    private static final int HELD_MAX = 20_000;

    /// Files of one unit at most.
    private static final int UNIT_FILES_MAX = 2_000;

    /// Units waiting for each thread.
    private static final int AHEAD = 2;

    /// Text of a unit at least, where there is more: below it a unit's own cost shows.
    private static final long UNIT_BYTES_MIN = 4L << 20;

    /// What a gzip file may unpack to, in sizes of the file, when units are filled.
    static final int GZIP_RATIO_GUESS = 6;

    private final StoreWriter writer;
    private final RunOptions options;
    private final RunProgress progress;
    private final Ledger ledger;
    private final UnknownColumns columns;

    /// Whether the store is new, or from before there was one of the tables.
    private final boolean lacksTables;

    private final RunState state = new RunState();
    private final RunSummary summary = new RunSummary();
    private final UnitReader reader;
    private final PendingCommit pending;
    private final ExecutorService workers;

    /// Threads that write a segment while a worker fills the next.
    private final ExecutorService writers;

    private final Deque<Started> started = new ArrayDeque<>();
    private long totalBytes;

    /// Whether each unit may have a second thread.
    private boolean hasSpareThreads;

    /// Whether an input is standard input, of which nobody knows how much it will be.
    private boolean isEndless;

    private boolean hasCommitted;
    private long lastCommitNanos = System.nanoTime();
    private long lastProgressNanos;

    private IngestRun(
            StoreWriter writer, Snapshot snapshot, RunOptions options, RunProgress progress) {
        this.writer = writer;
        this.options = options;
        this.progress = progress;
        this.ledger = Ledger.load(snapshot);
        this.columns = UnknownColumns.of(snapshot);
        this.lacksTables =
                Arrays.stream(RecordTable.values())
                        .anyMatch(table -> snapshot.table(table.table()) == null);
        this.writers =
                Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().name("write-", 1).factory());
        this.reader = new UnitReader(writer, options, ledger, state, writers);
        this.pending = new PendingCommit(writer);
        this.workers =
                Executors.newFixedThreadPool(
                        options.threads(),
                        Thread.ofPlatform().daemon().name("ingest-", 1).factory());
    }

    /// A unit whose parts are being read.
    private sealed interface Started {
        record Files(UnitPlan.Files plan, Future<UnitResult> result) implements Started {}

        record SliceOf(
                UnitPlan.Sliced plan, Slice slice, Future<SliceResult> result, SlicedFile file)
                implements Started {}
    }

    /// What is known so far of a file that is read in slices.
    private static final class SlicedFile {
        final List<ContentHash.Pieces> pieces = new ArrayList<>();
        final List<WrittenSegment> segments = new ArrayList<>();
        final Set<FlowFormat> formats = new LinkedHashSet<>();
        final List<RejectedLine> rejected = new ArrayList<>();
        final Map<String, Long> rejectedByCategory = new HashMap<>();
        long rejectedCount;
        long lines;
        long records;
        FlowFormat format;
        int formatChanges;
        @Nullable String failure;

        SlicedFile(FlowFormat format) {
            this.format = format;
        }
    }

    /// Collects `inputs` into `store`, whose only writer this is until it returns.
    ///
    /// @throws weir.engine.fault.StoreException when the store cannot be written
    /// @throws CancellationException when this thread was interrupted; what was committed stays
    public static RunSummary run(
            Store store, FoundInputs inputs, RunOptions options, RunProgress progress) {
        try (StoreWriter writer = store.writer("weir ingest")) {
            return run(store, writer, inputs, options, progress);
        }
    }

    /// The same by a writer that stays open.
    public static RunSummary run(
            Store store,
            StoreWriter writer,
            FoundInputs inputs,
            RunOptions options,
            RunProgress progress) {
        IngestRun run = start(writer, store, options, progress);
        try {
            run.run(inputs);
            return run.summary;
        } catch (RuntimeException | Error e) {
            run.abandon(e);
            throw e;
        } finally {
            run.workers.close();
            run.writers.close();
        }
    }

    private static IngestRun start(
            StoreWriter writer, Store store, RunOptions options, RunProgress progress) {
        // Damaged flows are no reason to lose the next ones.
        try (Snapshot snapshot = store.snapshotOfReadable()) {
            return new IngestRun(writer, snapshot, options, progress);
        }
    }

    private void run(FoundInputs inputs) {
        summary.addSkipped(inputs.repeatedFiles());
        for (Unusable input : inputs.unusable()) {
            summary.addFailed(input.name(), input.reason());
        }
        List<InputFile> files = new ArrayList<>();
        for (InputFile file : inputs.files()) {
            if (ledger.isUnchanged(file)) {
                summary.addSkipped(1);
            } else {
                files.add(file);
                totalBytes += file.sizeBytes();
                isEndless |= file.isStandardInput();
            }
        }
        readAll(files);
        if (!pending.isEmpty() || (lacksTables && !hasCommitted)) {
            commit();
        }
        progress.report(
                isEndless ? state.bytes.sum() : totalBytes,
                knownBytes(),
                summary.records(),
                summary.rejectedLines());
    }

    private void readAll(List<InputFile> files) {
        hasSpareThreads = hasSpareThreads(files, options);
        long unitBytes =
                Math.clamp(
                        totalBytes / options.threads(),
                        Math.min(UNIT_BYTES_MIN, options.unitBytes()),
                        options.unitBytes());
        List<InputFile> unit = new ArrayList<>();
        long unitSize = 0;
        for (InputFile file : files) {
            UnitPlan.Sliced sliced = planSlices(file);
            long size = textBytesGuess(file);
            boolean isFull = unitSize + size > unitBytes || unit.size() == UNIT_FILES_MAX;
            if (!unit.isEmpty() && (sliced != null || file.isStandardInput() || isFull)) {
                start(new UnitPlan.Files(List.copyOf(unit)));
                unit.clear();
                unitSize = 0;
            }
            if (sliced != null) {
                start(sliced);
            } else {
                unit.add(file);
                unitSize += size;
                if (file.isStandardInput()) {
                    start(new UnitPlan.Files(List.copyOf(unit)));
                    unit.clear();
                    unitSize = 0;
                }
            }
        }
        if (!unit.isEmpty()) {
            start(new UnitPlan.Files(List.copyOf(unit)));
        }
        while (!started.isEmpty()) {
            take();
        }
    }

    /// Whether `files` make so few units that there are two threads for each: the options give
    /// memory for one segment a thread, and a unit with two threads has two.
    static boolean hasSpareThreads(List<InputFile> files, RunOptions options) {
        long units = 0;
        for (InputFile file : files) {
            units += isSliced(file, options) ? options.slices(file.sizeBytes()) : 1;
            if (2 * units > options.threads()) {
                return false;
            }
        }
        return true;
    }

    /// Whether `file` is plain and large.
    private static boolean isSliced(InputFile file, RunOptions options) {
        long size = file.sizeBytes();
        boolean isWorthIt = size >= Math.min(2 * UNIT_BYTES_MIN, options.unitBytes());
        try {
            return isWorthIt
                    && size > options.sliceBytes(size)
                    && !file.isStandardInput()
                    && !TextSources.isPacked(file, options.form());
        } catch (IOException e) {
            return false; // reading it in earnest will say why
        }
    }

    /// A guess, only for filling units.
    private long textBytesGuess(InputFile file) {
        boolean isPacked =
                file.name().endsWith(".gz")
                        || (!file.isStandardInput() && UnitReader.isLargeAndPacked(file, options));
        return isPacked ? file.sizeBytes() * GZIP_RATIO_GUESS : file.sizeBytes();
    }

    /// Slices of `file` when it is plain, large, a flow log, and not known by its content.
    private UnitPlan.@Nullable Sliced planSlices(InputFile file) {
        if (ledger.wasCollected(file) || !isSliced(file, options)) {
            return null;
        }
        long sliceBytes = options.sliceBytes(file.sizeBytes());
        try {
            return reader.detect(file) instanceof Detected.FlowLog(var format, int markBytes)
                            && reader.knownContent(file) == null
                    ? UnitPlan.Sliced.of(file, sliceBytes, format, markBytes)
                    : null;
        } catch (IOException e) {
            return null; // reading it in earnest will say why
        }
    }

    private void start(UnitPlan plan) {
        switch (plan) {
            case UnitPlan.Files files -> {
                makeRoom();
                started.add(submit(files, Map.of()));
            }
            case UnitPlan.Sliced sliced -> {
                SlicedFile file = new SlicedFile(sliced.slices().getFirst().format());
                for (Slice slice : sliced.slices()) {
                    makeRoom();
                    started.add(submit(sliced, slice, file));
                }
            }
        }
    }

    private Started.Files submit(UnitPlan.Files plan, Map<InputFile, FileResult> settled) {
        UnknownColumns now = columns.copy();
        return new Started.Files(
                plan,
                workers.submit(
                        () -> reader.readFiles(plan.files(), settled, now, hasSpareThreads)));
    }

    private Started.SliceOf submit(UnitPlan.Sliced plan, Slice slice, SlicedFile file) {
        UnknownColumns now = columns.copy();
        return new Started.SliceOf(
                plan, slice, workers.submit(() -> reader.readSlice(slice, now)), file);
    }

    /// Puts `again` in the place of the first unit, where it is found when the run is abandoned.
    private void replaceFirst(Started again) {
        started.removeFirst();
        started.addFirst(again);
    }

    /// Takes results until the workers have no more than a few units ahead.
    private void makeRoom() {
        while (started.size() >= AHEAD * options.threads()) {
            take();
        }
    }

    private void take() {
        switch (started.peekFirst()) {
            case Started.Files files -> takeFiles(files);
            case Started.SliceOf slice -> takeSlice(slice);
            case null -> throw new IllegalStateException("nothing was started");
        }
        started.removeFirst();
        commitWhenDue();
    }

    private void takeFiles(Started.Files unit) {
        UnitResult result = await(unit.result());
        Map<InputFile, FileResult> known = knownContent(unit.plan().files(), result);
        String refusal = columns.refusal(result.formats());
        if (refusal != null) {
            known = withoutColumns(unit.plan().files(), known, refusal);
        }
        if (!known.isEmpty() || refusal != null) {
            // Another file of this run had the same content and came first, or took the columns.
            Started.Files again = submit(unit.plan(), known);
            replaceFirst(again);
            writer.discard(result.segments());
            result = await(again.result());
        }
        columns.add(result.formats());
        pending.addSegments(result.segments(), result.formats());
        summary.addSegments(result.segments().size());
        result.files().forEach(this::settle);
    }

    /// What is settled of a unit whose files have too many columns: which of them still fit shows
    /// when they are read again, but a single one need not be.
    private static Map<InputFile, FileResult> withoutColumns(
            List<InputFile> files, Map<InputFile, FileResult> known, String refusal) {
        if (files.size() == 1) {
            InputFile file = files.getFirst();
            return Map.of(file, FileResult.nothingFrom(file, FileStatus.FAILED, refusal));
        }
        Map<InputFile, FileResult> settled = new HashMap<>(known);
        settled.values().removeIf(result -> result.entry().status() == FileStatus.FAILED);
        return settled;
    }

    /// Those of `files` that gave rows though their content is known by now, and all that were
    /// settled before.
    private Map<InputFile, FileResult> knownContent(List<InputFile> files, UnitResult result) {
        Map<InputFile, FileResult> settled = new HashMap<>();
        boolean hasNew = false;
        for (int i = 0; i < files.size(); i++) {
            FileResult file = result.files().get(i);
            FileStatus status = file.entry().status();
            String other = ledger.pathOfContent(file.entry().contentKeys());
            if (!status.isTaken()) {
                settled.put(files.get(i), file);
            } else if (other != null && status != FileStatus.EMPTY) {
                settled.put(files.get(i), file.asDuplicateOf(other));
                hasNew = true;
            }
        }
        return hasNew ? settled : Map.of();
    }

    private void takeSlice(Started.SliceOf unit) {
        SlicedFile file = unit.file();
        SliceResult result = await(unit.result());
        if (file.failure == null && !result.slice().format().equals(file.format)) {
            // The slice before it ended with another header than the file began with.
            Started.SliceOf again = submit(unit.plan(), unit.slice().withFormat(file.format), file);
            replaceFirst(again);
            writer.discard(result.segments());
            result = await(again.result());
        }
        file.formatChanges += result.formatChanges();
        if (file.formatChanges > UnitReader.FORMAT_CHANGES_MAX && file.failure == null) {
            file.failure = UnitReader.FORMAT_CHANGES_REASON;
        }
        file.segments.addAll(result.segments());
        file.formats.addAll(result.formats());
        file.pieces.add(result.pieces());
        file.failure = file.failure == null ? result.failure() : file.failure;
        file.format = result.endFormat();
        file.records += result.records();
        file.rejectedCount += result.rejected().count();
        for (RejectedLine line : result.rejected().kept()) {
            if (file.rejected.size() < UnitReader.KEPT_OF_FILE_MAX) {
                file.rejected.add(
                        new RejectedLine(
                                file.lines + line.line(),
                                line.offsetBytes(),
                                line.reason(),
                                line.text()));
            }
        }
        result.rejected()
                .countOfCategory()
                .forEach((key, count) -> file.rejectedByCategory.merge(key, count, Long::sum));
        file.lines += result.lines();
        if (unit.slice().isLast()) {
            endSliced(unit.plan().file(), file);
        }
    }

    private void endSliced(InputFile input, SlicedFile file) {
        String refusal = columns.refusal(file.formats);
        file.failure = file.failure == null ? refusal : file.failure;
        FileResult result = resultOf(input, file);
        String other = ledger.pathOfContent(result.entry().contentKeys());
        if (result.entry().status() == FileStatus.FAILED || other != null) {
            writer.discard(file.segments);
            settle(other != null ? result.asDuplicateOf(other) : result);
        } else {
            columns.add(file.formats);
            pending.addSegments(file.segments, file.formats);
            summary.addSegments(file.segments.size());
            settle(result);
        }
    }

    private static FileResult resultOf(InputFile input, SlicedFile file) {
        if (file.failure != null) {
            return FileResult.nothingFrom(input, FileStatus.FAILED, file.failure);
        }
        long size = 0;
        for (ContentHash.Pieces pieces : file.pieces) {
            size += pieces.sizeBytes();
        }
        if (size != input.sizeBytes()) {
            return FileResult.nothingFrom(
                    input,
                    FileStatus.FAILED,
                    "became shorter while it was read: %d of %d bytes"
                            .formatted(size, input.sizeBytes()));
        }
        LedgerEntry entry =
                new LedgerEntry(
                        input.name(),
                        ContentHash.toHex(file.pieces),
                        null,
                        input.sizeBytes(),
                        size,
                        input.modifiedMillis(),
                        "text",
                        file.format.toString(),
                        file.records,
                        file.rejectedCount,
                        FileStatus.OK,
                        null);
        return new FileResult(
                entry,
                FileResult.kept(file.rejected, file.rejectedCount),
                Map.copyOf(file.rejectedByCategory));
    }

    /// Enters what became of a file.
    private void settle(FileResult result) {
        summary.add(result);
        boolean isNews = result.entry().status() != FileStatus.CHANGED;
        if (isNews && !ledger.holds(result.entry())) {
            ledger.add(result.entry(), System.currentTimeMillis());
            pending.addEntry(result.entry(), result.rejected());
        }
    }

    /// What is pending is whole files: the slices of one that is not read to its end are kept
    /// apart.
    private void commitWhenDue() {
        long millis = (System.nanoTime() - lastCommitNanos) / 1_000_000;
        boolean isDue =
                pending.rows() >= options.commitRows()
                        || pending.held() >= HELD_MAX
                        || millis >= options.commitMillis();
        if (isDue && !pending.isEmpty()) {
            commit();
        }
    }

    /// An interrupt waits until it is done: it would break off the writing of files.
    private void commit() {
        boolean wasInterrupted = Thread.interrupted();
        try {
            pending.commit(System.currentTimeMillis());
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        hasCommitted = true;
        lastCommitNanos = System.nanoTime();
    }

    /// The result of a unit; reports progress while it waits.
    private <T> T await(Future<T> future) {
        while (true) {
            try {
                T result = future.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
                reportProgress();
                return result;
            } catch (TimeoutException e) {
                reportProgress();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw cancelled();
            } catch (ExecutionException e) {
                throw rethrown(e.getCause());
            }
        }
    }

    private static CancellationException cancelled() {
        return new CancellationException(
                "interrupted: what was committed before stays, and a new run goes on from there");
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException("a worker failed", cause);
        };
    }

    private void reportProgress() {
        long now = System.nanoTime();
        if (now - lastProgressNanos >= PROGRESS_MILLIS * 1_000_000L) {
            lastProgressNanos = now;
            long bytes = state.bytes.sum();
            progress.report(
                    isEndless ? bytes : Math.min(totalBytes, bytes),
                    knownBytes(),
                    state.records.sum(),
                    state.rejectedLines.sum());
        }
    }

    /// What there is to read; 0 when nobody knows.
    private long knownBytes() {
        return isEndless ? 0 : totalBytes;
    }

    /// Stops the workers and removes what was not committed.
    private void abandon(Throwable cause) {
        state.cancel();
        boolean wasInterrupted = Thread.interrupted();
        for (Started unit : started) {
            switch (unit) {
                case Started.Files files -> abandon(cause, files.result(), UnitResult::segments);
                case Started.SliceOf slice -> {
                    abandon(cause, slice.result(), SliceResult::segments);
                    tolerate(cause, () -> discard(slice.file()));
                }
            }
        }
        tolerate(cause, pending::discard);
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void discard(SlicedFile file) {
        writer.discard(file.segments);
        file.segments.clear();
    }

    private <T> void abandon(
            Throwable cause, Future<T> future, Function<T, List<WrittenSegment>> segments) {
        try {
            T result = future.get();
            tolerate(cause, () -> writer.discard(segments.apply(result)));
        } catch (InterruptedException | ExecutionException | CancellationException e) {
            // The worker removed what it wrote; the first failure is the one to tell.
            Throwable other = e.getCause();
            if (other != null && !other.equals(cause)) {
                cause.addSuppressed(other);
            }
        }
    }

    private static void tolerate(Throwable cause, Runnable cleanup) {
        try {
            cleanup.run();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
