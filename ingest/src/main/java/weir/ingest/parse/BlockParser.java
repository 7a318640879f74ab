// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.segment.CodeRows;
import weir.engine.segment.NumberRows;
import weir.ingest.record.FieldKind;
import weir.ingest.record.FlowFormat;

/// Reads the lines of one file, or of a part of it, block by block into the rows of segments.
/// Confined to one thread.
///
/// Lines with the right number of tokens, single spaces between them, are read in runs, column by
/// column; numbers first, so that a line with a bad number leaves no trace in dictionaries. Any
/// other line, and any line of which a token failed or that may be a comment or a header, is read
/// again by [LineParser]. A header line in the middle stops the reading: the caller decides whether
/// to [#follow] it; so does a line that says that another text begins, where the caller may
/// [#begin] anew.
public final class BlockParser {
    /// Bytes that must be readable behind a block.
    public static final int SLACK_BYTES =
            Math.max(
                    TokenTable.SLACK_BYTES,
                    Math.max(DelimiterScanner.SLACK_BYTES, Digits.SLACK_BYTES));

    /// Lines of the first run behind a header; each run without one may be twice as long, so that a
    /// text of headers is not read over and over.
    private static final int RUN_ROWS_MIN = 16;

    private static final int RUN_ROWS_MAX = 1 << 20;

    /// Text of lines read one by one after which the memory they took is looked at.
    private static final int SLOW_BYTES_MAX = 1 << 16;

    private final DelimiterScanner scanner = new DelimiterScanner();
    private final LineParser lineParser = new LineParser();
    private final TokenRun run = new TokenRun();
    private final TokenRun part = new TokenRun();
    private final RejectedLines rejected;
    private FlowFormat format;
    private FlowRows rows;
    private FlowRows.Binding binding;

    /// The format that a header line asks for.
    private @Nullable FlowFormat nextFormat;

    private @Nullable String refusal;
    private boolean isNewText;
    private boolean isAmbiguous;
    private int runRowsMax = RUN_ROWS_MAX;

    /// Index in the block of the first byte that was not read, and of the delimiter before it; -1
    /// when the block was read to its end.
    private int stoppedAt = -1;

    private int stoppedDelimiter;

    /// Offset in the text of index 0 of the block's array.
    private long arrayOffset;

    private long line;
    private long records;

    /// A parser of lines of `format`; what is no record goes to `rejected`.
    public BlockParser(FlowFormat format, RejectedLines rejected, FlowRows rows) {
        this.format = format;
        this.rejected = rejected;
        this.rows = rows;
        this.binding = rows.bind(format);
        this.isAmbiguous = format.acceptsNames();
    }

    /// Makes the next records go to `rows`.
    public void continueIn(FlowRows rows) {
        this.rows = rows;
        this.binding = rows.bind(format);
    }

    /// Counts lines as those behind `lines` others.
    public void startBehind(long lines) {
        line = lines;
    }

    /// The format in force.
    public FlowFormat format() {
        return format;
    }

    /// The format that the header line before the stop asks for; null when that was no reason to
    /// stop.
    public @Nullable FlowFormat nextFormat() {
        return nextFormat;
    }

    /// Why the header line before the stop cannot be followed; null when there is none.
    public @Nullable String refusal() {
        return refusal;
    }

    /// Reads the next lines as [#nextFormat].
    ///
    /// @throws IllegalArgumentException when its records are for another table
    public void follow() {
        follow(rows);
    }

    /// Reads the next lines as [#nextFormat], to `next`, which are of its table.
    public void follow(FlowRows next) {
        begin(Objects.requireNonNull(nextFormat, "there was no header"), next);
    }

    /// Reads the next lines as `format`, to `next`, which are of its table.
    public void begin(FlowFormat format, FlowRows next) {
        this.format = format;
        rows = next;
        nextFormat = null;
        isAmbiguous = format.acceptsNames();
        binding = rows.bind(format);
        runRowsMax = RUN_ROWS_MIN;
    }

    /// Whether the line before the stop says that another text begins; it goes on in the same
    /// format unless [#begin] says otherwise.
    public boolean isNewText() {
        return isNewText;
    }

    /// How many lines there were so far, of any kind.
    public long lines() {
        return line;
    }

    /// How many records there were so far.
    public long records() {
        return records;
    }

    /// Passes a line that is longer than lines may be, of which `bytes[from, to)` is the beginning.
    public void rejectLongLine(byte[] bytes, int from, int to, long offsetBytes, int bytesMax) {
        line++;
        rejected.add(line, offsetBytes, "longer than " + bytesMax + " bytes", bytes, from, to);
    }

    /// Reads whole lines, each ended by a newline, with [#SLACK_BYTES] readable bytes behind them.
    /// Gives where it stopped: at `to`, or before it when the segment is full or behind a header of
    /// another format; the next call must go on there. Behind a [#refusal] nothing may follow.
    ///
    /// @param offsetBytes offset in the text of `bytes[from]`
    public int parse(byte[] bytes, int from, int to, long offsetBytes) {
        arrayOffset = offsetBytes - from;
        isNewText = false;
        boolean isRegular = false;
        int delimiter = stoppedDelimiter;
        if (stoppedAt != from) {
            isRegular = scan(bytes, from, to);
            delimiter = 0;
        }
        stoppedDelimiter = parseFrom(bytes, delimiter, isRegular);
        int end = scanner.positions()[stoppedDelimiter] + 1;
        stoppedAt = end < to ? end : -1;
        return end;
    }

    /// Finds the delimiters of a block, and gives whether every line has as many tokens as the
    /// format has fields.
    private boolean scan(byte[] bytes, int from, int to) {
        if (runRowsMax == RUN_ROWS_MAX) {
            scanner.scanRegular(bytes, from, to);
            if (isRegular(bytes)) {
                return true;
            }
        }
        scanner.scan(bytes, from, to);
        return runRowsMax == RUN_ROWS_MAX && isRegular(bytes);
    }

    /// Reads the lines behind delimiter `first` and gives the delimiter it stopped at.
    private int parseFrom(byte[] bytes, int first, boolean isRegular) {
        int[] positions = scanner.positions();
        int count = scanner.count();
        int fields = format.size();
        int at = first;
        int room = rows.room();
        int slowBytes = 0;
        while (at < count && room > 0 && !hasStopped()) {
            int lines;
            if (isBlank(bytes, positions, at)) {
                at++;
                line++;
                continue;
            }
            if (isRegular) {
                lines = Math.min(room, (count - at) / fields);
                run.set(
                        positions,
                        at,
                        fields,
                        lines,
                        carriageReturn(bytes, positions[at + fields]));
            } else {
                lines = findRun(bytes, positions, at, count, Math.min(room, runRowsMax));
            }
            if (lines > 0) {
                at += parseRun(bytes) * fields;
                runRowsMax = Math.min(RUN_ROWS_MAX, 2 * runRowsMax);
                room = rows.room();
                slowBytes = 0;
                continue;
            }
            int end = at + 1;
            while (bytes[positions[end]] != '\n') {
                end++;
            }
            parseLine(bytes, positions[at] + 1, positions[end]);
            slowBytes += positions[end] - positions[at];
            at = end;
            room--;
            if (slowBytes > SLOW_BYTES_MAX) {
                room = rows.room();
                slowBytes = 0;
            }
        }
        return at;
    }

    private boolean hasStopped() {
        return nextFormat != null || refusal != null || isNewText;
    }

    /// Whether there is nothing between delimiter `at`, which ends a line, and the next newline.
    private static boolean isBlank(byte[] bytes, int[] positions, int at) {
        int next = positions[at + 1];
        return next == positions[at] + 1 && bytes[next] == '\n';
    }

    private static int carriageReturn(byte[] bytes, int newline) {
        return newline > 0 && bytes[newline - 1] == '\r' ? 1 : 0;
    }

    /// Whether every line of the scanned block has as many tokens as the format has fields, and all
    /// end alike: each newline is where it belongs, and there are no more.
    private boolean isRegular(byte[] bytes) {
        int[] positions = scanner.positions();
        int count = scanner.count();
        int fields = format.size();
        boolean isCounted =
                fields > 1 && count % fields == 0 && scanner.newlineCount() == count / fields;
        if (!isCounted) {
            return false;
        }
        int trim = carriageReturn(bytes, positions[fields]);
        for (int at = fields; at <= count; at += fields) {
            if (bytes[positions[at]] != '\n' || carriageReturn(bytes, positions[at]) != trim) {
                return false;
            }
        }
        return true;
    }

    /// Sets [#run] to the lines from delimiter `first` on, at most `linesMax`, that have the right
    /// number of tokens and end alike, and gives how many there are.
    private int findRun(byte[] bytes, int[] positions, int first, int count, int linesMax) {
        int fields = format.size();
        int trim = -1;
        int lines = 0;
        int at = first;
        while (lines < linesMax
                && at + fields <= count
                && hasNewlineLast(bytes, positions, at, fields)
                && !isBlank(bytes, positions, at)) {
            int here = carriageReturn(bytes, positions[at + fields]);
            if (trim >= 0 && here != trim) {
                break;
            }
            trim = here;
            lines++;
            at += fields;
        }
        run.set(positions, first, fields, lines, Math.max(0, trim));
        return lines;
    }

    private static boolean hasNewlineLast(byte[] bytes, int[] positions, int at, int fields) {
        for (int i = at + 1; i < at + fields; i++) {
            if (bytes[positions[i]] == '\n') {
                return false;
            }
        }
        return bytes[positions[at + fields]] == '\n';
    }

    /// Reads the lines of [#run] and gives how many of them it took: all, or those up to a header.
    private int parseRun(byte[] bytes) {
        int first = rows.rowCount();
        boolean hasBad = readColumns(bytes, run, first, true);
        hasBad |= format.field(0).kind() == FieldKind.TEXT && markOddLines(bytes);
        hasBad |= hasBad ? readGoodParts(bytes, first) : readColumns(bytes, run, first, false);
        int taken = hasBad ? settleBad(bytes, first) : run.rows;
        int good = hasBad ? compact(first, taken) : taken;
        rows.add(binding, good, taken);
        records += good;
        line += taken;
        return taken;
    }

    /// Marks the lines of [#run] that may be no records though their first token is a text: a
    /// comment, one with a byte order mark, and a header where all fields are texts. Gives whether
    /// there was one.
    private boolean markOddLines(byte[] bytes) {
        boolean hasOdd = false;
        for (int row = 0; row < run.rows; row++) {
            byte character = bytes[run.lineStart(row)];
            boolean isOdd =
                    character == '#'
                            || character == (byte) 0xef
                            || (isAmbiguous && mayHoldName(bytes, row));
            if (isOdd) {
                run.bad[row] = 1;
                hasOdd = true;
            }
        }
        return hasOdd;
    }

    /// Whether a token of the line has the first letter and the size of a documented name, as at
    /// least one of a header has.
    private boolean mayHoldName(byte[] bytes, int row) {
        for (int field = 0; field < run.stride; field++) {
            int start = run.tokenStart(row, field);
            if (FieldNames.mayBeName(bytes[start], run.tokenEnd(row, field) - start)) {
                return true;
            }
        }
        return false;
    }

    /// Reads the number columns, or all the others, of `lines` to the rows from `first` on; gives
    /// whether a row failed.
    private boolean readColumns(byte[] bytes, TokenRun lines, int first, boolean isNumbers) {
        boolean hasBad = false;
        int end = first + lines.rows;
        for (int field = 0; field < format.size(); field++) {
            FieldKind kind = format.field(field).kind();
            NumberRows numbers = binding.numbers[field];
            CodeRows codes = binding.codes[field];
            if (numbers != null && isNumbers) {
                hasBad |= readNumbers(bytes, lines, field, numbers, first);
            } else if (codes != null && !isNumbers && binding.guides[field] < 0) {
                TokenTable table = Objects.requireNonNull(binding.tables[field]);
                hasBad |= table.read(bytes, lines, field, codes.withRoomFor(end), first);
            } else if (kind == FieldKind.STAMP && isNumbers) {
                hasBad |= checkStamps(bytes, lines, field);
            }
        }
        if (!isNumbers) {
            hasBad |= readGuidedColumns(bytes, lines, first);
        }
        return hasBad;
    }

    /// Reads the dictionary columns that go by another one, which was read.
    private boolean readGuidedColumns(byte[] bytes, TokenRun lines, int first) {
        boolean hasBad = false;
        int end = first + lines.rows;
        for (int field = 0; field < format.size(); field++) {
            int guide = binding.guides[field];
            CodeRows codes = binding.codes[field];
            CodeRows guideCodes = guide < 0 ? null : binding.codes[guide];
            if (codes == null || guideCodes == null) {
                continue;
            }
            TokenTable table = Objects.requireNonNull(binding.tables[field]);
            TokenMemo memo = binding.memos[field];
            int[] ids = codes.withRoomFor(end);
            int[] guides = guideCodes.withRoomFor(end);
            hasBad |=
                    memo == null
                            ? table.readTwin(bytes, lines, field, ids, first, guide, guides)
                            : table.readGuided(bytes, lines, field, ids, first, guides, memo);
        }
        return hasBad;
    }

    /// Reads a number column; as wide rows once a number is not narrow.
    private boolean readNumbers(
            byte[] bytes, TokenRun lines, int field, NumberRows numbers, int first) {
        FieldKind kind = format.field(field).kind();
        int end = first + lines.rows;
        int[] narrow = numbers.narrowWithRoomFor(end);
        if (narrow != null) {
            int found =
                    Digits.readNarrow(bytes, lines, field, kind.min(), kind.max(), narrow, first);
            if (found != Digits.TOO_WIDE) {
                return found > 0;
            }
        }
        long[] wide = numbers.wideWithRoomFor(end);
        return Digits.read(bytes, lines, field, kind.min(), kind.max(), wide, first);
    }

    private static boolean checkStamps(byte[] bytes, TokenRun lines, int field) {
        boolean hasBad = false;
        for (int row = 0; row < lines.rows; row++) {
            if (!TextRules.isStamp(
                    bytes, lines.tokenStart(row, field), lines.tokenEnd(row, field))) {
                lines.bad[row] = 1;
                hasBad = true;
            }
        }
        return hasBad;
    }

    /// Reads the dictionary columns of the rows of [#run] whose numbers are good; gives true.
    private boolean readGoodParts(byte[] bytes, int first) {
        int from = 0;
        while (from < run.rows) {
            if (run.bad[from] != 0) {
                from++;
                continue;
            }
            int to = from;
            while (to < run.rows && run.bad[to] == 0) {
                to++;
            }
            part.setPart(run, from, to);
            if (readColumns(bytes, part, first + from, false)) {
                System.arraycopy(part.bad, 0, run.bad, from, to - from);
            }
            from = to;
        }
        return true;
    }

    /// Reads the failed rows of [#run] exactly: those that are records after all are written to
    /// their place, the others stay marked. Gives how many rows to take: a header that changes the
    /// format is the last.
    private int settleBad(byte[] bytes, int first) {
        for (int row = 0; row < run.rows; row++) {
            if (run.bad[row] == 0) {
                continue;
            }
            int from = run.lineStart(row);
            int to = run.lineEnd(row);
            switch (lineParser.parse(bytes, from, to, format)) {
                case RECORD -> {
                    write(bytes, first + row);
                    run.bad[row] = 0;
                }
                case SKIPPED -> {}
                case NEW_TEXT -> {
                    isNewText = true;
                    return row + 1;
                }
                case HEADER -> {
                    if (noteHeader()) {
                        return row + 1;
                    }
                }
                case REJECTED -> {
                    rejected.add(line + row + 1, arrayOffset + from, lineParser, bytes, from, to);
                    if (noteRefusal(bytes)) {
                        return row + 1;
                    }
                }
            }
        }
        return run.rows;
    }

    /// Moves the good ones of the first `taken` rows together and gives how many they are.
    private int compact(int first, int taken) {
        int good = 0;
        for (int row = 0; row < taken; row++) {
            if (run.bad[row] == 0) {
                if (good != row) {
                    move(first + row, first + good);
                }
                good++;
            }
        }
        return good;
    }

    private void move(int from, int to) {
        for (NumberRows numbers : binding.numbers) {
            if (numbers != null) {
                numbers.copy(from, to);
            }
        }
        for (CodeRows codes : binding.codes) {
            if (codes != null) {
                int[] ids = codes.withRoomFor(from + 1);
                ids[to] = ids[from];
            }
        }
    }

    /// Reads a line that does not have the tokens it should.
    private void parseLine(byte[] bytes, int from, int to) {
        line++;
        switch (lineParser.parse(bytes, from, to, format)) {
            case RECORD -> {
                write(bytes, rows.rowCount());
                rows.add(binding, 1, 1);
                records++;
            }
            case SKIPPED -> {}
            case NEW_TEXT -> isNewText = true;
            case HEADER -> noteHeader();
            case REJECTED -> {
                rejected.add(line, arrayOffset + from, lineParser, bytes, from, to);
                noteRefusal(bytes);
            }
        }
    }

    /// Notes the header that [#lineParser] read; gives whether it asks for another format.
    private boolean noteHeader() {
        FlowFormat header = lineParser.header();
        nextFormat = header.equals(format) ? null : header;
        return nextFormat != null;
    }

    /// Notes whether the line that [#lineParser] read is a header that cannot be followed.
    private boolean noteRefusal(byte[] bytes) {
        refusal = lineParser.isRefusedHeader() ? lineParser.reason(bytes) : null;
        return refusal != null;
    }

    /// Writes the record that [#lineParser] read to row `row`.
    private void write(byte[] bytes, int row) {
        for (int field = 0; field < format.size(); field++) {
            int from = lineParser.start(field);
            int to = lineParser.end(field);
            NumberRows numbers = binding.numbers[field];
            CodeRows codes = binding.codes[field];
            if (numbers != null) {
                numbers.set(row, Digits.read(bytes, from, to - from));
            } else if (codes != null) {
                TokenTable table = Objects.requireNonNull(binding.tables[field]);
                codes.withRoomFor(row + 1)[row] = table.idOf(bytes, from, to);
            }
        }
    }
}
