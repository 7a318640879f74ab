// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.schema.Column;
import weir.engine.schema.IpAddress;
import weir.ingest.record.FieldKind;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowFormat.HeaderReading;
import weir.ingest.record.FormatField;
import weir.ingest.stream.TextMarks;

/// Reads one line exactly, and says what is wrong with it. Confined to one thread; what it read
/// lasts until the next line.
///
/// It takes what the fast path does not: several spaces or tabs between fields, spaces at the
/// beginning and the end, CR LF, a byte order mark. Blank lines, lines that begin with `#` and
/// header lines are no records and no faults; a header goes before a record where a line could be
/// either.
final class LineParser {
    private static final int SHOWN_BYTES_MAX = 60;

    /// What a line is.
    enum Kind {
        /// A record whose tokens are at [#start] and [#end].
        RECORD,
        /// Blank or a comment.
        SKIPPED,
        /// A header: [#header] says which fields follow.
        HEADER,
        /// Says that another text begins.
        NEW_TEXT,
        /// None of these: [#reason] says why.
        REJECTED
    }

    private FlowFormat format = FlowFormat.DEFAULT;

    /// Whether a header line could pass for a record of the format.
    private boolean isAmbiguous;

    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int tokenCount;
    private int failedField;
    private @Nullable String shapeReason;
    private String shapeCategory = "";
    private @Nullable FlowFormat header;
    private boolean isRefusedHeader;

    /// Where the beginning of what a mark stands for is; -1 when the line is no mark.
    private int markedText = -1;

    /// Reads the line `bytes[from, to)`, which does not hold its newline, as one of `format`.
    Kind parse(byte[] bytes, int from, int to, FlowFormat format) {
        if (!format.equals(this.format)) {
            this.format = format;
            isAmbiguous = format.acceptsNames();
        }
        forgetHeader();
        if (to > from && bytes[from] < ' ') {
            if (bytes[from] == TextMarks.NO_RECORD) {
                readMark(bytes, from + 1, to);
                return Kind.REJECTED;
            }
            if (bytes[from] == TextMarks.NEW_TEXT && to == from + 1) {
                return Kind.NEW_TEXT;
            }
        }
        split(bytes, from, to);
        if (tokenCount == 0 || bytes[starts[0]] == '#') {
            return Kind.SKIPPED;
        }
        failedField = firstFailure(bytes);
        if (failedField < 0) {
            if (isAmbiguous && mayBeHeader(bytes)) {
                if (readHeader(bytes) == Kind.HEADER) {
                    return Kind.HEADER;
                }
                forgetHeader();
            }
            return Kind.RECORD;
        }
        if (mayBeHeader(bytes)) {
            Kind kind = readHeader(bytes);
            if (kind != Kind.RECORD) {
                return kind;
            }
        }
        if (tokenCount != format.size()) {
            shapeReason =
                    "%s where %d %s expected"
                            .formatted(
                                    tokenCount == 1 ? "1 field" : tokenCount + " fields",
                                    format.size(),
                                    format.size() == 1 ? "was" : "were");
            shapeCategory = shapeReason;
        }
        return Kind.REJECTED;
    }

    /// Reads what a maker of text says of something that is no record.
    private void readMark(byte[] bytes, int from, int to) {
        int place = behindSeparator(bytes, from, to);
        int mark = behindSeparator(bytes, place, to);
        shapeCategory = text(bytes, from, Math.max(from, place - 1));
        shapeReason = shapeCategory + " (" + text(bytes, place, Math.max(place, mark - 1)) + ")";
        markedText = mark;
    }

    private static int behindSeparator(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != TextMarks.SEPARATOR) {
            at++;
        }
        return Math.min(to, at + 1);
    }

    private void forgetHeader() {
        markedText = -1;
        shapeReason = null;
        header = null;
        isRefusedHeader = false;
    }

    private void split(byte[] bytes, int from, int to) {
        tokenCount = 0;
        int at = from;
        if (to - from >= 3
                && bytes[from] == (byte) 0xef
                && bytes[from + 1] == (byte) 0xbb
                && bytes[from + 2] == (byte) 0xbf) {
            at += 3;
        }
        int end = to > at && bytes[to - 1] == '\r' ? to - 1 : to;
        while (at < end) {
            while (at < end && isSpace(bytes[at])) {
                at++;
            }
            if (at == end) {
                return;
            }
            if (tokenCount == starts.length) {
                starts = Arrays.copyOf(starts, 2 * tokenCount);
                ends = Arrays.copyOf(ends, 2 * tokenCount);
            }
            starts[tokenCount] = at;
            while (at < end && !isSpace(bytes[at])) {
                at++;
            }
            ends[tokenCount++] = at;
        }
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t';
    }

    /// The first field that is not as it should be, -1 when all are; the format's size when the
    /// count is wrong.
    private int firstFailure(byte[] bytes) {
        if (tokenCount != format.size()) {
            return format.size();
        }
        for (int i = 0; i < tokenCount; i++) {
            if (!isAllowed(format.field(i).kind(), bytes, starts[i], ends[i])) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isAllowed(FieldKind kind, byte[] bytes, int from, int to) {
        if (to - from == 1 && bytes[from] == '-' && kind != FieldKind.STAMP) {
            return true;
        }
        if (kind.isNumber()) {
            long value = Digits.read(bytes, from, to - from);
            return value >= kind.min() && value <= kind.max();
        }
        return kind == FieldKind.ADDRESS
                ? IpAddress.parse(bytes, from, to) != null
                : TextRules.isAllowed(kind, bytes, from, to);
    }

    /// Whether each character may stand in a field name: rules out nearly every line at a glance.
    private boolean mayBeHeader(byte[] bytes) {
        for (int i = 0; i < tokenCount; i++) {
            if (!Character.isLetter(bytes[starts[i]])) {
                return false;
            }
            for (int at = starts[i]; at < ends[i]; at++) {
                byte c = bytes[at];
                boolean isWordLike =
                        (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '-'
                                || c == '_';
                if (!isWordLike) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Reads the tokens as a header; [Kind#RECORD] when they are none.
    private Kind readHeader(byte[] bytes) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < tokenCount; i++) {
            tokens.add(text(bytes, starts[i], ends[i]));
        }
        return switch (FlowFormat.readHeader(tokens)) {
            case HeaderReading.Header(FlowFormat read) -> {
                header = read;
                yield Kind.HEADER;
            }
            case HeaderReading.Refused(String reason) -> {
                isRefusedHeader = true;
                shapeReason = reason;
                shapeCategory = reason;
                yield Kind.REJECTED;
            }
            case HeaderReading.None() -> Kind.RECORD;
        };
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /// How many tokens the line has.
    int tokenCount() {
        return tokenCount;
    }

    /// Where token `index` begins.
    int start(int index) {
        return starts[index];
    }

    /// Where token `index` ends.
    int end(int index) {
        return ends[index];
    }

    /// The fields that a header names.
    FlowFormat header() {
        if (header == null) {
            throw new IllegalStateException("the line is no header");
        }
        return header;
    }

    /// Whether the line is a header that cannot be followed.
    boolean isRefusedHeader() {
        return isRefusedHeader;
    }

    /// Where the text of the rejected line that begins at `from` does: behind what a maker of text
    /// says of it.
    int textStart(int from) {
        return isMark() ? markedText : from;
    }

    /// Whether the rejected line stands for something else.
    boolean isMark() {
        return markedText >= 0;
    }

    /// The kind of reason, the same for all lines that fail alike.
    String category() {
        if (shapeReason != null) {
            return shapeCategory;
        }
        FormatField field = format.field(failedField);
        return "%s: expected %s".formatted(fieldTitle(), field.kind().expected());
    }

    /// Why the line was rejected.
    String reason(byte[] bytes) {
        if (shapeReason != null) {
            return shapeReason;
        }
        FormatField field = format.field(failedField);
        int from = starts[failedField];
        int to = ends[failedField];
        String start = fieldTitle() + " ";
        if (field.kind() == FieldKind.TEXT && to - from > Limits.TEXT_BYTES_MAX) {
            return start
                    + "has "
                    + (to - from)
                    + " bytes: expected at most "
                    + Limits.TEXT_BYTES_MAX;
        }
        String reason =
                start + "is '" + shown(bytes, from, to) + "': expected " + field.kind().expected();
        return isMilliseconds(field.kind(), bytes, from, to)
                ? reason + "; this looks like milliseconds"
                : reason;
    }

    /// What the failed field is called: its number among the fields of a record, from 1, and its
    /// name.
    private String fieldTitle() {
        FormatField field = format.field(failedField);
        int number = format.isStamped() ? failedField : failedField + 1;
        return field.kind() == FieldKind.STAMP
                ? "the time stamp"
                : "field %d (%s)".formatted(number, field.name());
    }

    private static boolean isMilliseconds(FieldKind kind, byte[] bytes, int from, int to) {
        long value = Digits.read(bytes, from, to - from);
        return kind == FieldKind.SECONDS
                && value != Column.ABSENT
                && value > kind.max()
                && value < 1000 * kind.max();
    }

    /// A token as a message shows it: its beginning, with control characters and broken UTF-8 made
    /// visible.
    private static String shown(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + SHOWN_BYTES_MAX);
        while (end < to && end > from && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        StringBuilder shown = new StringBuilder();
        text(bytes, from, end)
                .codePoints()
                .forEach(c -> {
                    if (Character.isISOControl(c)) {
                        shown.append("\\u%04x".formatted(c));
                    } else {
                        shown.appendCodePoint(c);
                    }
                });
        return end < to ? shown.append("...").toString() : shown.toString();
    }
}
