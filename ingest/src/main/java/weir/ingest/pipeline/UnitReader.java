// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import weir.engine.StoreWriter;
import weir.engine.segment.RowMemory;
import weir.ingest.parse.BlockParser;
import weir.ingest.parse.FlowRows;
import weir.ingest.parse.FormatDetector;
import weir.ingest.parse.FormatDetector.Detected;
import weir.ingest.parse.RejectedLines;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.RecordTable;
import weir.ingest.source.ContentHash;
import weir.ingest.source.InputFile;
import weir.ingest.source.LineBlocks;
import weir.ingest.source.SourceFault;
import weir.ingest.source.TextSource;
import weir.ingest.source.TextSources;

/// Reads units of work: files or a slice of one, to written segments. Safe for many threads; each
/// call works alone.
final class UnitReader {
    /// Rejected lines kept of one file.
    static final int KEPT_OF_FILE_MAX = 10_000;

    /// Rejected lines kept of one unit, so that many bad files do not fill the memory.
    private static final int KEPT_OF_UNIT_MAX = 20_000;

    /// Headers of another format in one file.
    static final int FORMAT_CHANGES_MAX = 1_000;

    static final String FORMAT_CHANGES_REASON = "changes its format more than 1,000 times";

    /// Fewest bytes of a line of any use; for guessing how many rows will come.
    private static final int LINE_BYTES_GUESS = 100;

    private final StoreWriter writer;
    private final RunOptions options;
    private final Ledger ledger;
    private final RunState state;
    private final Executor behind;

    /// Each thread reads one unit after the other in the same memory.
    private final ThreadLocal<Map<RecordTable, RowMemory>> memories =
            ThreadLocal.withInitial(() -> new EnumMap<>(RecordTable.class));

    /// @param behind runs what a unit has done beside its own thread
    UnitReader(
            StoreWriter writer,
            RunOptions options,
            Ledger ledger,
            RunState state,
            Executor behind) {
        this.writer = writer;
        this.options = options;
        this.ledger = ledger;
        this.state = state;
        this.behind = behind;
    }

    /// Reads `files`, but not those that `settled` has a result for, where `columns` are there.
    ///
    /// A file whose content turns out to be known, or that cannot be read to its end, has its rows
    /// among those of the others: then the unit is read again without it.
    ///
    /// @param hasSpareThreads whether a part of the work may be left to other threads: where each
    ///   has a unit of its own, that would only cost memory
    UnitResult readFiles(
            List<InputFile> files,
            Map<InputFile, FileResult> settled,
            UnknownColumns columns,
            boolean hasSpareThreads) {
        Map<InputFile, FileResult> known = new HashMap<>(settled);
        Set<InputFile> restored = new HashSet<>();
        while (true) {
            long bytes = 0;
            for (InputFile file : files) {
                bytes += known.containsKey(file) ? 0 : file.sizeBytes();
            }
            boolean isShared = hasSpareThreads && isOneLarge(files);
            UnitSegments segments = newSegments(bytes, isShared ? behind : null);
            try {
                List<FileResult> results =
                        new Pass(known, restored, segments, columns.copy()).read(files);
                if (results != null) {
                    return new UnitResult(results, segments.finish(), segments.formats());
                }
            } catch (RuntimeException | Error e) {
                discard(segments, e);
                throw e;
            }
            segments.discard();
        }
    }

    private UnitSegments newSegments(long bytes, @Nullable Executor behind) {
        long rows = Math.min(options.segmentRows(), bytes / LINE_BYTES_GUESS);
        return new UnitSegments(writer, options, (int) rows, memories.get(), behind);
    }

    /// Whether a unit is one input that cannot be read in slices though it is worth several: then
    /// its segments are written while it is read on.
    private boolean isOneLarge(List<InputFile> files) {
        InputFile first = files.getFirst();
        return files.size() == 1 && (first.isStandardInput() || isLargeAndPacked(first, options));
    }

    /// Whether `file`, which is not standard input, unpacks to a unit or more. Small ones are not
    /// looked at.
    static boolean isLargeAndPacked(InputFile file, RunOptions options) {
        if (file.sizeBytes() * IngestRun.GZIP_RATIO_GUESS < options.unitBytes()) {
            return false;
        }
        try {
            return TextSources.isPacked(file, options.form());
        } catch (IOException e) {
            return false; // reading it in earnest will say why
        }
    }

    private static void discard(UnitSegments segments, Throwable cause) {
        try {
            segments.discard();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /// Reading the files of a unit once.
    private final class Pass {
        /// What is settled of files that this pass does not read; those that turn out to give
        /// nothing are added.
        private final Map<InputFile, FileResult> known;

        /// Duplicates that were read after all, because the file they are like changed.
        private final Set<InputFile> restored;

        private final UnitSegments segments;
        private final UnknownColumns columns;
        private final Map<String, String> pathOfContent = new HashMap<>();
        private boolean isClean = true;
        private int keptOfUnit;

        Pass(
                Map<InputFile, FileResult> known,
                Set<InputFile> restored,
                UnitSegments segments,
                UnknownColumns columns) {
            this.known = known;
            this.restored = restored;
            this.segments = segments;
            this.columns = columns;
        }

        /// The results in order; null when there are rows of a file that must not count.
        @Nullable List<FileResult> read(List<InputFile> files) {
            List<FileResult> results = new ArrayList<>();
            for (InputFile file : files) {
                FileResult result = known.get(file);
                if (result != null && isOrphan(result)) {
                    // The first of the twins failed or changed since: this one has the rows now.
                    known.remove(file);
                    result = restored.add(file) ? null : unsteady(file);
                }
                if (result == null) {
                    result = readNew(file);
                }
                keptOfUnit += result.rejected().size();
                results.add(result);
            }
            return isClean ? results : null;
        }

        private FileResult unsteady(InputFile file) {
            FileResult failed =
                    FileResult.nothingFrom(
                            file,
                            FileStatus.FAILED,
                            "files with its content changed again and again while they were read");
            known.put(file, failed);
            return failed;
        }

        /// Whether the rows that make `result` a duplicate are not there.
        private boolean isOrphan(FileResult result) {
            List<String> keys = result.twinKeys();
            return !keys.isEmpty() && pathOf(keys) == null;
        }

        private @Nullable String pathOf(List<String> keys) {
            for (String key : keys) {
                String here = pathOfContent.get(key);
                if (here != null) {
                    return here;
                }
            }
            return ledger.pathOfContent(keys);
        }

        private FileResult readNew(InputFile file) {
            // Each file with rejected lines can show one at least.
            int keptMax = Math.clamp(KEPT_OF_UNIT_MAX - keptOfUnit, 1, KEPT_OF_FILE_MAX);
            FileReading reading = readFile(file, segments, columns, keptMax);
            FileResult result = reading.result;
            List<String> keys = result.entry().contentKeys();
            String other = pathOf(keys);
            if (other != null && result.entry().status() != FileStatus.EMPTY) {
                result = result.asDuplicateOf(other);
            }
            if (result.entry().status().isTaken()) {
                if (result.entry().status() != FileStatus.EMPTY) {
                    keys.forEach(key -> pathOfContent.put(key, file.name()));
                }
                columns.add(reading.formats);
                segments.note(reading.formats);
            } else {
                known.put(file, result);
                isClean &= !reading.leavesTraces();
            }
            return result;
        }
    }

    /// A file was read.
    ///
    /// @param result what became of it
    /// @param records its rows in the segments of the unit, also when it failed behind them
    /// @param formats the formats that have columns in the segments now
    private record FileReading(FileResult result, long records, Set<FlowFormat> formats) {
        static FileReading without(FileResult result) {
            return new FileReading(result, 0, Set.of());
        }

        boolean leavesTraces() {
            return records > 0 || formats.stream().anyMatch(f -> !f.unknownColumns().isEmpty());
        }
    }

    /// Reads one file into `segments`.
    private FileReading readFile(
            InputFile file, UnitSegments segments, UnknownColumns columns, int keptMax) {
        FileResult known = knownContent(file);
        if (known != null) {
            state.bytes.add(file.sizeBytes());
            return FileReading.without(known);
        }
        Reading reading = null;
        try (TextSource source = TextSources.open(file, options.form(), state::checkCancelled)) {
            ContentHash hash = new ContentHash();
            LineBlocks blocks = LineBlocks.all(source, hash, textBytesGuess(file, source));
            LineBlocks.Kind first = blocks.next();
            Detected detected = detect(blocks, first);
            switch (detected) {
                case Detected.Other(String reason) -> {
                    return nothingFrom(file, FileStatus.NOT_A_FLOW_LOG, reason);
                }
                case Detected.Refused(String reason) -> {
                    return nothingFrom(file, FileStatus.FAILED, reason);
                }
                case Detected.Blank() ->
                        reading =
                                new Reading(
                                        file,
                                        options.headerless(),
                                        segments,
                                        columns,
                                        keptMax,
                                        true);
                case Detected.FlowLog(FlowFormat format, int markBytes) -> {
                    blocks.skip(markBytes);
                    reading = new Reading(file, format, segments, columns, keptMax, false);
                }
            }
            reading.readAll(source, blocks, first);
            FileResult result = result(file, source, blocks, hash, reading);
            return new FileReading(result, reading.parser.records(), reading.formats);
        } catch (IOException e) {
            FileResult failed = FileResult.nothingFrom(file, FileStatus.FAILED, reason(e));
            return reading == null
                    ? FileReading.without(failed)
                    : new FileReading(failed, reading.parser.records(), reading.formats);
        }
    }

    private FileReading nothingFrom(InputFile file, FileStatus status, String reason) {
        state.bytes.add(file.sizeBytes());
        return FileReading.without(FileResult.nothingFrom(file, status, reason));
    }

    private static long textBytesGuess(InputFile file, TextSource source) {
        return file.isStandardInput() || !source.form().equals("text")
                ? LineBlocks.BLOCK_BYTES
                : file.sizeBytes();
    }

    private Detected detect(LineBlocks blocks, LineBlocks.Kind first) {
        return switch (first) {
            case END -> new Detected.Blank();
            case LONG_LINE ->
                    new Detected.Other(
                            "its first line is longer than "
                                    + LineBlocks.LINE_BYTES_MAX
                                    + " bytes");
            case LINES ->
                    new FormatDetector()
                            .detect(
                                    blocks.bytes(),
                                    blocks.from(),
                                    blocks.to(),
                                    options.headerless());
        };
    }

    /// What the first lines of `file` are.
    ///
    /// @throws IOException when it cannot be read
    Detected detect(InputFile file) throws IOException {
        try (TextSource source = TextSources.open(file, options.form(), state::checkCancelled)) {
            LineBlocks blocks = LineBlocks.all(source, new ContentHash(), LineBlocks.BLOCK_BYTES);
            return detect(blocks, blocks.next());
        }
    }

    private static FileResult result(
            InputFile file,
            TextSource source,
            LineBlocks blocks,
            ContentHash hash,
            Reading reading) {
        SourceFault fault = blocks.fault();
        RejectedLines rejected = reading.rejected;
        long records = reading.parser.records();
        ContentHash.Pieces pieces = hash.pieces();
        FileStatus status = status(fault);
        if (status == FileStatus.OK
                && records == 0
                && rejected.count() == 0
                && reading.isBlankStart) {
            status = FileStatus.EMPTY;
        }
        LedgerEntry entry =
                new LedgerEntry(
                        file.name(),
                        pieces.toHex(),
                        source.packedHash(),
                        file.isStandardInput() ? source.consumedBytes() : file.sizeBytes(),
                        pieces.sizeBytes(),
                        file.modifiedMillis(),
                        source.form(),
                        reading.parser.format().toString(),
                        records,
                        rejected.count(),
                        status,
                        fault == null ? null : fault.reason());
        return new FileResult(entry, FileResult.kept(rejected), rejected.countOfCategory());
    }

    /// Reads a slice of a plain file.
    SliceResult readSlice(Slice slice, UnknownColumns columns) {
        UnitSegments segments = newSegments(slice.endOffset() - slice.startOffset(), null);
        try {
            return readSlice(slice, segments, columns.copy());
        } catch (RuntimeException | Error e) {
            discard(segments, e);
            throw e;
        }
    }

    private SliceResult readSlice(Slice slice, UnitSegments segments, UnknownColumns columns) {
        ContentHash hash = new ContentHash();
        Reading reading = null;
        String failure = null;
        long start = slice.startOffset();
        try (TextSource source = TextSources.openPlain(slice.file(), Math.max(0, start - 1))) {
            reading =
                    new Reading(
                            slice.file(),
                            slice.format(),
                            segments,
                            columns,
                            KEPT_OF_FILE_MAX,
                            false);
            LineBlocks blocks = LineBlocks.stretch(source, hash, start, slice.endOffset());
            LineBlocks.Kind first = blocks.next();
            blocks.skip(slice.markBytes());
            reading.readAll(source, blocks, first);
        } catch (IOException e) {
            failure = reason(e);
        }
        if (reading == null) {
            return SliceResult.failed(slice, hash.pieces(), String.valueOf(failure));
        }
        segments.note(reading.formats);
        return new SliceResult(
                slice,
                hash.pieces(),
                reading.parser.lines(),
                reading.parser.records(),
                reading.rejected,
                reading.parser.format(),
                reading.formatChanges,
                segments.finish(),
                segments.formats(),
                failure);
    }

    /// The result for a file whose content is known, or that must keep the content it had; null
    /// when there is none, or the file cannot be read. Reads nothing unless the name was collected
    /// or name and size make it likely that the content was.
    @Nullable FileResult knownContent(InputFile file) {
        boolean wasCollected = ledger.wasCollected(file);
        if (file.isStandardInput() || !(wasCollected || ledger.mayHold(file))) {
            return null;
        }
        byte[] buffer = new byte[LineBlocks.BLOCK_BYTES];
        ContentHash hash = new ContentHash();
        try (TextSource source = TextSources.open(file, options.form(), state::checkCancelled)) {
            int count = source.read(buffer, 0, buffer.length);
            while (count >= 0) {
                state.checkCancelled();
                hash.update(buffer, 0, count);
                count = source.read(buffer, 0, buffer.length);
            }
            LedgerEntry entry = unread(file, source, hash.pieces());
            String other = ledger.pathOfContent(entry.contentKeys());
            if (other != null) {
                return new FileResult(entry, List.of(), Map.of()).asDuplicateOf(other);
            }
            return wasCollected && !options.takesChanged()
                    ? FileResult.nothingFrom(file, FileStatus.CHANGED, ledger.changedReason(file))
                    : null;
        } catch (IOException e) {
            return wasCollected
                    ? FileResult.nothingFrom(file, FileStatus.FAILED, reason(e))
                    : null; // reading it in earnest will say the same
        }
    }

    /// The entry of a file of which only the content is known.
    private static LedgerEntry unread(
            InputFile file, TextSource source, ContentHash.Pieces pieces) {
        return new LedgerEntry(
                file.name(),
                pieces.toHex(),
                source.packedHash(),
                file.sizeBytes(),
                pieces.sizeBytes(),
                file.modifiedMillis(),
                source.form(),
                null,
                0,
                0,
                status(source.fault()),
                null);
    }

    private static FileStatus status(@Nullable SourceFault fault) {
        return switch (fault == null ? SourceFault.Kind.NOTED : fault.kind()) {
            case TRUNCATED -> FileStatus.TRUNCATED;
            case DAMAGED -> FileStatus.DAMAGED;
            case NOTED -> FileStatus.OK;
        };
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "does not exist any more";
            case RefusedContent refused -> String.valueOf(refused.getMessage());
            default -> "cannot be read: " + failure.getMessage();
        };
    }

    /// The lines of one file or slice on their way to segments.
    private final class Reading {
        final RejectedLines rejected;
        final BlockParser parser;
        final boolean isBlankStart;
        final Set<FlowFormat> formats = new LinkedHashSet<>();
        int formatChanges;
        private final InputFile file;
        private final UnitSegments segments;
        private final UnknownColumns columns;
        private SegmentRoller roller;
        private FlowRows rows;

        /// Whether a text began of which no line said yet what it is.
        private boolean isUndecided;

        Reading(
                InputFile file,
                FlowFormat format,
                UnitSegments segments,
                UnknownColumns columns,
                int keptMax,
                boolean isBlankStart)
                throws RefusedContent {
            this.file = file;
            this.segments = segments;
            this.columns = columns;
            note(format);
            this.isBlankStart = isBlankStart;
            this.rejected = new RejectedLines(keptMax);
            this.roller = segments.of(format.table());
            this.rows = start(roller);
            this.parser = new BlockParser(format, rejected, rows);
        }

        /// The rows of `roller` for those of the file.
        private FlowRows start(SegmentRoller roller) {
            FlowRows next = roller.rows().isFull() ? roller.roll() : roller.rows();
            next.startFile(file.name());
            return next;
        }

        /// Makes room for the columns of `format`, before a segment has them.
        private void note(FlowFormat format) throws RefusedContent {
            if (formats.add(format)) {
                String refusal = columns.refusal(formats);
                if (refusal != null) {
                    formats.remove(format);
                    throw new RefusedContent(refusal);
                }
            }
        }

        /// Reads all blocks, the first of which is there already and is a `first`.
        void readAll(TextSource source, LineBlocks blocks, LineBlocks.Kind first)
                throws IOException {
            long consumed = 0;
            long records = 0;
            long rejectedLines = 0;
            LineBlocks.Kind kind = first;
            while (kind != LineBlocks.Kind.END) {
                state.checkCancelled();
                if (kind == LineBlocks.Kind.LONG_LINE) {
                    parser.rejectLongLine(
                            blocks.bytes(),
                            blocks.from(),
                            blocks.to(),
                            blocks.offset(),
                            LineBlocks.LINE_BYTES_MAX);
                } else {
                    parseBlock(blocks);
                }
                state.bytes.add(source.consumedBytes() - consumed);
                state.records.add(parser.records() - records);
                state.rejectedLines.add(rejected.count() - rejectedLines);
                consumed = source.consumedBytes();
                records = parser.records();
                rejectedLines = rejected.count();
                kind = blocks.next();
            }
            state.bytes.add(source.consumedBytes() - consumed);
        }

        private void parseBlock(LineBlocks blocks) throws RefusedContent {
            int from = blocks.from();
            int to = blocks.to();
            int at = from;
            while (at < to) {
                if (isUndecided) {
                    beginText(blocks.bytes(), at, to);
                }
                at = parser.parse(blocks.bytes(), at, to, blocks.offset() + (at - from));
                isUndecided |= parser.isNewText();
                followHeader();
                if (rows.isFull()) {
                    rows = start(roller);
                    parser.continueIn(rows);
                }
            }
        }

        /// Looks what the lines of a text behind another are, as at the beginning of a file.
        private void beginText(byte[] bytes, int from, int to) throws RefusedContent {
            Detected detected = new FormatDetector().detect(bytes, from, to, options.headerless());
            FlowFormat format = options.headerless();
            if (detected instanceof Detected.FlowLog(FlowFormat found, _)) {
                format = found;
                isUndecided = false;
            }
            if (!format.equals(parser.format())) {
                if (formats.size() > FORMAT_CHANGES_MAX) {
                    throw new RefusedContent(FORMAT_CHANGES_REASON);
                }
                goOn(format);
                parser.begin(format, rows);
            }
        }

        /// Makes `rows` those for `format`.
        private void goOn(FlowFormat format) throws RefusedContent {
            note(format);
            roller = segments.of(format.table());
            rows = start(roller);
        }

        private void followHeader() throws RefusedContent {
            String refusal = parser.refusal();
            if (refusal != null) {
                throw new RefusedContent("line " + parser.lines() + ": " + refusal);
            }
            FlowFormat next = parser.nextFormat();
            if (next != null) {
                formatChanges++;
                if (formatChanges > FORMAT_CHANGES_MAX) {
                    throw new RefusedContent(FORMAT_CHANGES_REASON);
                }
                goOn(next);
                parser.follow(rows);
            }
        }
    }
}
