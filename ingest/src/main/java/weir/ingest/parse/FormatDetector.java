// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.ingest.record.FlowFormat;
import weir.ingest.stream.TextMarks;

/// Decides from the first lines of a text whether it is a flow log, and of which format. Stateless
/// between calls; confined to one thread.
public final class FormatDetector {
    /// Lines that are looked at: one of them must be a record.
    private static final int LINES_MAX = 20;

    private static final int SHOWN_BYTES_MAX = 60;

    private final LineParser parser = new LineParser();

    /// What a text is.
    public sealed interface Detected {
        /// A flow log: its first line is of this format, and a byte order mark of so many bytes is
        /// before it.
        record FlowLog(FlowFormat format, int markBytes) implements Detected {}

        /// Nothing but blank lines and comments.
        record Blank() implements Detected {}

        /// Something else: what was seen.
        record Other(String reason) implements Detected {}

        /// A flow log that cannot be read: why.
        record Refused(String reason) implements Detected {}
    }

    /// What the text is that begins with the lines `bytes[from, to)`, where lines are of
    /// `headerless`, or of AWS's default for transit gateways, unless a header says otherwise.
    ///
    /// Where other texts follow, one of them may be the flow log: the lines of the first are taken
    /// for `headerless` then.
    public Detected detect(byte[] bytes, int from, int to, FlowFormat headerless) {
        String magic = magic(bytes, from, to);
        if (magic != null) {
            return new Detected.Other(magic);
        }
        int mark = to - from >= 3 && startsWith(bytes, from, 0xef, 0xbb, 0xbf) ? 3 : 0;
        String firstReason = null;
        boolean isFirstText = true;
        int lines = 0;
        int end;
        for (int at = from + mark; at < to; at = end + 1) {
            end = lineEnd(bytes, at, to);
            if (lines == LINES_MAX && bytes[at] != TextMarks.NEW_TEXT) {
                continue;
            }
            FlowFormat found = null;
            switch (parser.parse(bytes, at, end, as(headerless, bytes, at, end))) {
                case RECORD -> found = as(headerless, bytes, at, end);
                case HEADER -> found = parser.header();
                case SKIPPED -> {}
                case NEW_TEXT -> {
                    isFirstText = false;
                    lines = 0;
                }
                case REJECTED -> {
                    if (parser.isRefusedHeader() && isFirstText) {
                        return new Detected.Refused(parser.reason(bytes));
                    }
                    firstReason = firstReason == null ? firstReason(bytes, at, end) : firstReason;
                    lines += parser.isMark() ? 0 : 1;
                    found = transitGatewayDefault(bytes, at, end);
                }
            }
            if (found != null) {
                return new Detected.FlowLog(isFirstText ? found : headerless, mark);
            }
        }
        return firstReason == null
                ? new Detected.Blank()
                : new Detected.Other("no line is a record; the first " + firstReason);
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    /// AWS's default format for transit gateways when the line is of it; otherwise null.
    private @Nullable FlowFormat transitGatewayDefault(byte[] bytes, int from, int to) {
        FlowFormat format = as(FlowFormat.TRANSIT_GATEWAY_DEFAULT, bytes, from, to);
        return parser.parse(bytes, from, to, format) == LineParser.Kind.RECORD ? format : null;
    }

    private String firstReason(byte[] bytes, int from, int to) {
        if (!parser.isMark()) {
            return "has " + parser.reason(bytes);
        }
        int start = parser.textStart(from);
        int end = Math.min(to, start + SHOWN_BYTES_MAX);
        return "is %s: %s"
                .formatted(
                        parser.reason(bytes),
                        new String(bytes, start, end - start, StandardCharsets.UTF_8));
    }

    /// `format` as the line has it: behind a time stamp or not.
    private static FlowFormat as(FlowFormat format, byte[] bytes, int from, int to) {
        return isStamped(bytes, from, to) ? format.stamped() : format;
    }

    /// The format of the lines behind the line `bytes[from, to)`, itself one of `format`: another
    /// one where it is a header.
    public FlowFormat behind(byte[] bytes, int from, int to, FlowFormat format) {
        boolean isHeader = parser.parse(bytes, from, to, format) == LineParser.Kind.HEADER;
        return isHeader ? parser.header() : format;
    }

    /// Whether the first token is the time stamp of a CloudWatch Logs export.
    private static boolean isStamped(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != ' ') {
            end++;
        }
        return TextRules.isStamp(bytes, from, end);
    }

    private static boolean startsWith(byte[] bytes, int from, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if ((bytes[from + i] & 0xff) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /// What the first bytes say when they are those of a known binary form; null when they are not.
    public static @Nullable String magic(byte[] bytes, int from, int to) {
        int size = to - from;
        if (size < 4) {
            return null;
        }
        record Magic(String name, int... bytes) {}
        List<Magic> magics =
                List.of(
                        new Magic("a zip archive", 'P', 'K', 3, 4),
                        new Magic("Parquet", 'P', 'A', 'R', '1'),
                        new Magic("zstd", 0x28, 0xb5, 0x2f, 0xfd),
                        new Magic("bzip2", 'B', 'Z', 'h'),
                        new Magic("xz", 0xfd, '7', 'z', 'X'),
                        new Magic("lz4", 0x04, 0x22, 0x4d, 0x18),
                        new Magic("gzip within gzip", 0x1f, 0x8b),
                        new Magic("a PNG picture", 0x89, 'P', 'N', 'G'),
                        new Magic("a PDF document", '%', 'P', 'D', 'F'),
                        new Magic("text in UTF-16", 0xff, 0xfe),
                        new Magic("text in UTF-16", 0xfe, 0xff),
                        new Magic("a program", 0x7f, 'E', 'L', 'F'));
        for (Magic magic : magics) {
            if (startsWith(bytes, from, magic.bytes)) {
                return notRead(magic.name, bytes, from, 4);
            }
        }
        for (int i = from; i < Math.min(to, from + 64); i++) {
            if (bytes[i] == 0) {
                return "starts with %s: binary data".formatted(hex(bytes, from, 4));
            }
        }
        return null;
    }

    private static String notRead(String name, byte[] bytes, int from, int size) {
        return "starts with %s: %s, which is not read here".formatted(hex(bytes, from, size), name);
    }

    private static String hex(byte[] bytes, int from, int size) {
        StringBuilder hex = new StringBuilder();
        for (int i = from; i < from + size; i++) {
            hex.append(i == from ? "" : " ");
            hex.append(String.format(Locale.ROOT, "%02x", bytes[i] & 0xff));
        }
        return hex.toString();
    }
}
