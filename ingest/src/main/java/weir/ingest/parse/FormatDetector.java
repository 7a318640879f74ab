// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.ingest.record.FlowFormat;

/// Decides from the first lines of a text whether it is a flow log, and of which format. Stateless
/// between calls; confined to one thread.
public final class FormatDetector {
    /// Lines that are looked at: one of them must be a record.
    private static final int LINES_MAX = 20;

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
    /// `headerless` unless a header says otherwise.
    public Detected detect(byte[] bytes, int from, int to, FlowFormat headerless) {
        String magic = magic(bytes, from, to);
        if (magic != null) {
            return new Detected.Other(magic);
        }
        int mark = to - from >= 3 && startsWith(bytes, from, 0xef, 0xbb, 0xbf) ? 3 : 0;
        String firstReason = null;
        int at = from + mark;
        int lines = 0;
        while (at < to && lines < LINES_MAX) {
            int end = at;
            while (end < to && bytes[end] != '\n') {
                end++;
            }
            FlowFormat format = isStamped(bytes, at, end) ? headerless.stamped() : headerless;
            switch (parser.parse(bytes, at, end, format)) {
                case RECORD -> {
                    return new Detected.FlowLog(format, mark);
                }
                case HEADER -> {
                    return new Detected.FlowLog(parser.header(), mark);
                }
                case SKIPPED -> {}
                case REJECTED -> {
                    if (parser.isRefusedHeader()) {
                        return new Detected.Refused(parser.reason(bytes));
                    }
                    firstReason = firstReason == null ? parser.reason(bytes) : firstReason;
                    lines++;
                }
            }
            at = end + 1;
        }
        if (firstReason == null) {
            return new Detected.Blank();
        }
        return new Detected.Other("no line is a record; the first has " + firstReason);
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
