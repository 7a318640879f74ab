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
/// other line, and any line of which a token failed, is read again by [LineParser]. A header line
/// in the middle changes the format for the lines behind it.
public final class BlockParser {
    /// Bytes that must be readable behind a block.
    public static final int SLACK_BYTES =
            Math.max(
                    TokenTable.SLACK_BYTES,
                    Math.max(DelimiterScanner.SLACK_BYTES, Digits.SLACK_BYTES));

    private final DelimiterScanner scanner = new DelimiterScanner();
    private final LineParser lineParser = new LineParser();
    private final TokenRun run = new TokenRun();
    private final TokenRun part = new TokenRun();
    private final RejectedLines rejected;
    private FlowFormat format;
    private FlowRows rows;
    private FlowRows.Binding binding;

    /// The format that a header line within the run asks for.
    private @Nullable FlowFormat nextFormat;

    private boolean hasNewFormat;

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
    }

    /// Makes the next records go to `rows`.
    public void continueIn(FlowRows rows) {
        this.rows = rows;
        this.binding = rows.bind(format);
    }

    /// The format in force.
    public FlowFormat format() {
        return format;
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
    /// Gives where it stopped: at `to`, or before it when the segment is full.
    ///
    /// @param offsetBytes offset in the text of `bytes[from]`
    public int parse(byte[] bytes, int from, int to, long offsetBytes) {
        arrayOffset = offsetBytes - from;
        int at = from;
        while (at < to && !rows.isFull()) {
            at = parseOneFormat(bytes, at, to);
        }
        return at;
    }

    /// Reads up to the end, to where the format changes, or to where the segment is full.
    private int parseOneFormat(byte[] bytes, int from, int to) {
        scanner.scan(bytes, from, to);
        int[] positions = scanner.positions();
        int count = scanner.count();
        int fields = format.size();
        int at = 0;
        boolean isRegular = isRegular(bytes, positions, count, fields);
        while (at < count) {
            int room = rows.room();
            if (room == 0) {
                return positions[at] + 1;
            }
            int lines;
            if (isRegular) {
                lines = Math.min(room, (count - at) / fields);
                run.set(positions, at, fields, lines, carriageReturn(bytes, positions[fields]));
            } else {
                lines = findRun(bytes, positions, at, count, room);
            }
            if (lines > 0) {
                at += parseRun(bytes) * fields;
            } else {
                int end = at + 1;
                while (bytes[positions[end]] != '\n') {
                    end++;
                }
                parseLine(bytes, positions[at] + 1, positions[end]);
                at = end;
            }
            if (hasNewFormat) {
                hasNewFormat = false;
                return positions[at] + 1;
            }
        }
        return to;
    }

    private static int carriageReturn(byte[] bytes, int newline) {
        return newline > 0 && bytes[newline - 1] == '\r' ? 1 : 0;
    }

    /// Whether every line has `fields` tokens and all end alike: each newline is where it belongs,
    /// and there are no more.
    private boolean isRegular(byte[] bytes, int[] positions, int count, int fields) {
        if (count % fields != 0 || scanner.newlineCount() != count / fields) {
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

    /// Sets [#run] to the lines from delimiter `first` on that have the right number of tokens and
    /// end alike, and gives how many there are.
    private int findRun(byte[] bytes, int[] positions, int first, int count, int room) {
        int fields = format.size();
        int trim = -1;
        int lines = 0;
        int at = first;
        while (lines < room
                && at + fields <= count
                && hasNewlineLast(bytes, positions, at, fields)) {
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
        hasBad |= hasBad ? readGoodParts(bytes, first) : readColumns(bytes, run, first, false);
        int taken = hasBad ? settleBad(bytes, first) : run.rows;
        int good = hasBad ? compact(first, taken) : taken;
        rows.add(binding, good, taken);
        records += good;
        line += taken;
        if (nextFormat != null) {
            switchTo(nextFormat);
        }
        return taken;
    }

    private void switchTo(FlowFormat next) {
        nextFormat = null;
        hasNewFormat = true;
        format = next;
        binding = rows.bind(next);
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
                long[] values = numbers.withRoomFor(end);
                hasBad |= Digits.read(bytes, lines, field, kind.min(), kind.max(), values, first);
            } else if (codes != null && !isNumbers) {
                TokenTable table = Objects.requireNonNull(binding.tables[field]);
                hasBad |= table.read(bytes, lines, field, codes.withRoomFor(end), first);
            } else if (kind == FieldKind.STAMP && isNumbers) {
                hasBad |= checkStamps(bytes, lines, field);
            }
        }
        return hasBad;
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
                case HEADER -> {
                    if (!lineParser.header().equals(format)) {
                        nextFormat = lineParser.header();
                        return row + 1;
                    }
                }
                case REJECTED ->
                        rejected.add(
                                line + row + 1, arrayOffset + from, lineParser, bytes, from, to);
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
                long[] values = numbers.withRoomFor(from + 1);
                values[to] = values[from];
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
            case HEADER -> {
                if (!lineParser.header().equals(format)) {
                    switchTo(lineParser.header());
                }
            }
            case REJECTED -> rejected.add(line, arrayOffset + from, lineParser, bytes, from, to);
        }
    }

    /// Writes the record that [#lineParser] read to row `row`.
    private void write(byte[] bytes, int row) {
        for (int field = 0; field < format.size(); field++) {
            int from = lineParser.start(field);
            int to = lineParser.end(field);
            NumberRows numbers = binding.numbers[field];
            CodeRows codes = binding.codes[field];
            if (numbers != null) {
                numbers.withRoomFor(row + 1)[row] = Digits.read(bytes, from, to - from);
            } else if (codes != null) {
                TokenTable table = Objects.requireNonNull(binding.tables[field]);
                codes.withRoomFor(row + 1)[row] = table.idOf(bytes, from, to);
            }
        }
    }
}
