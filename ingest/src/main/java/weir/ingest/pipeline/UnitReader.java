// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.StoreWriter;
import weir.ingest.parse.BlockParser;
import weir.ingest.parse.FlowRows;
import weir.ingest.parse.FormatDetector;
import weir.ingest.parse.FormatDetector.Detected;
import weir.ingest.parse.RejectedLines;
import weir.ingest.record.FlowFormat;
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

    /// Fewest bytes of a line of any use; for guessing how many rows will come.
    private static final int LINE_BYTES_GUESS = 100;

    private final StoreWriter writer;
    private final RunOptions options;
    private final Ledger ledger;
    private final RunState state;

    UnitReader(StoreWriter writer, RunOptions options, Ledger ledger, RunState state) {
        this.writer = writer;
        this.options = options;
        this.ledger = ledger;
        this.state = state;
    }

    /// Reads `files`, but not those that `settled` has a result for.
    ///
    /// A file whose content turns out to be known, or that cannot be read to its end, has its rows
    /// among those of the others: then the unit is read again without it.
    UnitResult readFiles(List<InputFile> files, Map<InputFile, FileResult> settled) {
        Map<InputFile, FileResult> known = new HashMap<>(settled);
        while (true) {
            long bytes = 0;
            for (InputFile file : files) {
                bytes += known.containsKey(file) ? 0 : file.sizeBytes();
            }
            SegmentRoller roller = newRoller(bytes);
            try {
                List<FileResult> results = new ArrayList<>();
                if (readOnce(files, known, roller, results)) {
                    return new UnitResult(results, roller.finish(), roller.formats());
                }
            } catch (RuntimeException | Error e) {
                discard(roller, e);
                throw e;
            }
            roller.discard();
        }
    }

    private SegmentRoller newRoller(long bytes) {
        long rows = Math.min(options.segmentRows(), bytes / LINE_BYTES_GUESS);
        return new SegmentRoller(writer, options, (int) rows);
    }

    private static void discard(SegmentRoller roller, Throwable cause) {
        try {
            roller.discard();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /// Reads the files in order; false when rows of a file that must not count are among the rest.
    private boolean readOnce(
            List<InputFile> files,
            Map<InputFile, FileResult> known,
            SegmentRoller roller,
            List<FileResult> results) {
        Map<String, String> pathOfHash = new HashMap<>();
        boolean isClean = true;
        int keptOfUnit = 0;
        for (InputFile file : files) {
            FileResult result = known.get(file);
            if (result == null) {
                int keptMax = Math.min(KEPT_OF_FILE_MAX, KEPT_OF_UNIT_MAX - keptOfUnit);
                result = readFile(file, roller, keptMax);
                String hash = result.entry().contentHash();
                String other =
                        hash == null
                                ? null
                                : pathOfHash.getOrDefault(hash, ledger.pathOfContent(hash));
                long records = result.entry().records();
                if (other != null && result.entry().status() != FileStatus.EMPTY) {
                    result = result.asDuplicateOf(other);
                } else if (hash != null) {
                    pathOfHash.put(hash, file.name());
                }
                if (result.entry().status() == FileStatus.FAILED && records > 0) {
                    String reason = String.valueOf(result.entry().reason());
                    result = FileResult.nothingFrom(file, FileStatus.FAILED, reason);
                }
                if (!isTaken(result)) {
                    known.put(file, result);
                    isClean &= records == 0;
                }
            }
            keptOfUnit += result.rejected().size();
            results.add(result);
        }
        return isClean;
    }

    private static boolean isTaken(FileResult result) {
        FileStatus status = result.entry().status();
        return status != FileStatus.DUPLICATE && status != FileStatus.FAILED;
    }

    /// Reads one file into the segments of `roller`. A result [FileStatus#FAILED] says by its
    /// records how many rows came before the failure.
    private FileResult readFile(InputFile file, SegmentRoller roller, int keptMax) {
        FileResult duplicate = duplicate(file);
        if (duplicate != null) {
            state.bytes.add(file.sizeBytes());
            return duplicate;
        }
        Reading reading = null;
        try (TextSource source = TextSources.open(file)) {
            ContentHash hash = new ContentHash();
            LineBlocks blocks = LineBlocks.all(source, hash, textBytesGuess(file, source));
            LineBlocks.Kind first = blocks.next();
            Detected detected = detect(blocks, first);
            switch (detected) {
                case Detected.Other(String reason) -> {
                    state.bytes.add(file.sizeBytes());
                    return FileResult.nothingFrom(file, FileStatus.NOT_A_FLOW_LOG, reason);
                }
                case Detected.Refused(String reason) -> {
                    state.bytes.add(file.sizeBytes());
                    return FileResult.nothingFrom(file, FileStatus.FAILED, reason);
                }
                case Detected.Blank() ->
                        reading = new Reading(file, options.headerless(), roller, keptMax, true);
                case Detected.FlowLog(FlowFormat format, int markBytes) -> {
                    blocks.skip(markBytes);
                    reading = new Reading(file, format, roller, keptMax, false);
                }
            }
            reading.readAll(source, blocks, first);
            return result(file, source, blocks, hash, reading);
        } catch (IOException e) {
            long recordsBefore = reading == null ? 0 : reading.parser.records();
            FileResult failed = FileResult.nothingFrom(file, FileStatus.FAILED, reason(e));
            return recordsBefore == 0 ? failed : withRecords(failed, recordsBefore);
        }
    }

    private static long textBytesGuess(InputFile file, TextSource source) {
        return file.isStandardInput() || !source.form().equals("text")
                ? LineBlocks.BLOCK_BYTES
                : file.sizeBytes();
    }

    private static FileResult withRecords(FileResult failed, long records) {
        LedgerEntry e = failed.entry();
        return new FileResult(
                new LedgerEntry(
                        e.path(),
                        null,
                        e.sizeBytes(),
                        0,
                        e.modifiedMillis(),
                        null,
                        null,
                        records,
                        0,
                        e.status(),
                        e.reason()),
                List.of(),
                Map.of());
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
        try (TextSource source = TextSources.open(file)) {
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
        FileStatus status =
                switch (fault == null ? SourceFault.Kind.NOTED : fault.kind()) {
                    case TRUNCATED -> FileStatus.TRUNCATED;
                    case DAMAGED -> FileStatus.DAMAGED;
                    case NOTED ->
                            records == 0 && rejected.count() == 0 && reading.isBlankStart
                                    ? FileStatus.EMPTY
                                    : FileStatus.OK;
                };
        LedgerEntry entry =
                new LedgerEntry(
                        file.name(),
                        pieces.toHex(),
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
    SliceResult readSlice(Slice slice) {
        SegmentRoller roller = newRoller(slice.endOffset() - slice.startOffset());
        try {
            return readSlice(slice, roller);
        } catch (RuntimeException | Error e) {
            discard(roller, e);
            throw e;
        }
    }

    private SliceResult readSlice(Slice slice, SegmentRoller roller) {
        ContentHash hash = new ContentHash();
        Reading reading =
                new Reading(slice.file(), slice.format(), roller, KEPT_OF_FILE_MAX, false);
        String failure = null;
        long start = slice.startOffset();
        try (TextSource source = TextSources.openPlain(slice.file(), Math.max(0, start - 1))) {
            LineBlocks blocks = LineBlocks.stretch(source, hash, start, slice.endOffset());
            LineBlocks.Kind first = blocks.next();
            blocks.skip(slice.markBytes());
            reading.readAll(source, blocks, first);
        } catch (IOException e) {
            failure = reason(e);
        }
        return new SliceResult(
                slice,
                hash.pieces(),
                reading.parser.lines(),
                reading.parser.records(),
                reading.rejected,
                reading.parser.format(),
                roller.finish(),
                roller.formats(),
                failure);
    }

    /// The result for a file whose content is known; null when it is not, or cannot be read. Reads
    /// nothing unless the name and size make it likely.
    @Nullable FileResult duplicate(InputFile file) {
        if (file.isStandardInput() || !ledger.mayHold(file)) {
            return null;
        }
        byte[] buffer = new byte[LineBlocks.BLOCK_BYTES];
        ContentHash hash = new ContentHash();
        try (TextSource source = TextSources.open(file)) {
            int count = source.read(buffer, 0, buffer.length);
            while (count >= 0) {
                state.checkCancelled();
                hash.update(buffer, 0, count);
                count = source.read(buffer, 0, buffer.length);
            }
            ContentHash.Pieces pieces = hash.pieces();
            String other = ledger.pathOfContent(pieces.toHex());
            return other == null ? null : duplicate(file, source.form(), pieces, other);
        } catch (IOException e) {
            return null; // reading it in earnest will say the same
        }
    }

    private static FileResult duplicate(
            InputFile file, String form, ContentHash.Pieces pieces, String other) {
        LedgerEntry entry =
                new LedgerEntry(
                        file.name(),
                        pieces.toHex(),
                        file.sizeBytes(),
                        pieces.sizeBytes(),
                        file.modifiedMillis(),
                        form,
                        null,
                        0,
                        0,
                        FileStatus.DUPLICATE,
                        null);
        return new FileResult(entry, List.of(), Map.of()).asDuplicateOf(other);
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "does not exist any more";
            default -> "cannot be read: " + failure.getMessage();
        };
    }

    /// The lines of one file or slice on their way to segments.
    private final class Reading {
        final RejectedLines rejected;
        final BlockParser parser;
        final boolean isBlankStart;
        private final InputFile file;
        private final SegmentRoller roller;
        private FlowRows rows;

        Reading(
                InputFile file,
                FlowFormat format,
                SegmentRoller roller,
                int keptMax,
                boolean isBlankStart) {
            this.file = file;
            this.roller = roller;
            this.isBlankStart = isBlankStart;
            this.rejected = new RejectedLines(keptMax);
            this.rows = roller.rows();
            if (rows.isFull()) {
                rows = roller.roll();
            }
            rows.startFile(file.name());
            this.parser = new BlockParser(format, rejected, rows);
            roller.note(format);
        }

        /// Reads all blocks, the first of which is there already and is a `first`.
        void readAll(TextSource source, LineBlocks blocks, LineBlocks.Kind first)
                throws IOException {
            long consumed = 0;
            long records = 0;
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
                consumed = source.consumedBytes();
                records = parser.records();
                kind = blocks.next();
            }
            state.bytes.add(source.consumedBytes() - consumed);
        }

        private void parseBlock(LineBlocks blocks) {
            int from = blocks.from();
            int to = blocks.to();
            int at = from;
            while (at < to) {
                FlowFormat before = parser.format();
                at = parser.parse(blocks.bytes(), at, to, blocks.offset() + (at - from));
                if (!parser.format().equals(before)) {
                    roller.note(parser.format());
                }
                if (at < to || rows.isFull()) {
                    rows = roller.roll();
                    rows.startFile(file.name());
                    parser.continueIn(rows);
                }
            }
        }
    }
}
