// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import weir.engine.fault.Limits;
import weir.ingest.record.FieldKind;

/// What the text of a field may be. Stateless and slow: asked once for each distinct value.
final class TextRules {
    private static final List<byte[]> ACTIONS = List.of(bytes("ACCEPT"), bytes("REJECT"));
    private static final List<byte[]> LOG_STATUSES =
            List.of(bytes("OK"), bytes("NODATA"), bytes("SKIPDATA"));

    /// Bytes of a stamp at the least: `2026-11-01T00:00:00Z`.
    private static final int STAMP_BYTES_MIN = 20;

    private static final int STAMP_BYTES_MAX = 35;
    private static final byte[] STAMP_SHAPE = bytes("dddd-dd-ddTdd:dd:dd");

    private TextRules() {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Whether a field of `kind`, which is no number and no address, may be `bytes[from, to)`.
    static boolean isAllowed(FieldKind kind, byte[] bytes, int from, int to) {
        return switch (kind) {
            case ACTION -> isOneOf(ACTIONS, bytes, from, to);
            case LOG_STATUS -> isOneOf(LOG_STATUSES, bytes, from, to);
            case STAMP -> isStamp(bytes, from, to);
            default ->
                    to - from <= Limits.TEXT_BYTES_MAX
                            && hasNoControl(bytes, from, to)
                            && isUtf8(bytes, from, to);
        };
    }

    private static boolean isOneOf(List<byte[]> texts, byte[] bytes, int from, int to) {
        for (byte[] text : texts) {
            if (Arrays.equals(text, 0, text.length, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the text is a time in UTC as ISO 8601 writes it: to the second or finer, `Z` last.
    static boolean isStamp(byte[] bytes, int from, int to) {
        int size = to - from;
        if (size < STAMP_BYTES_MIN || size > STAMP_BYTES_MAX || bytes[to - 1] != 'Z') {
            return false;
        }
        for (int i = 0; i < STAMP_SHAPE.length; i++) {
            if (STAMP_SHAPE[i] == 'd'
                    ? !isDigit(bytes[from + i])
                    : bytes[from + i] != STAMP_SHAPE[i]) {
                return false;
            }
        }
        int at = from + STAMP_SHAPE.length;
        if (bytes[at] == '.') {
            at++;
            while (isDigit(bytes[at])) {
                at++;
            }
        }
        return at == to - 1;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /// Whether there is no control character: none below a space, not DEL, none of U+0080 to
    /// U+009F.
    static boolean hasNoControl(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            int next = bytes[i] & 0xff;
            boolean isSecondSet = next == 0xc2 && i + 1 < to && (bytes[i + 1] & 0xff) < 0xa0;
            if (next < ' ' || next == 0x7f || isSecondSet) {
                return false;
            }
        }
        return true;
    }

    /// Whether the bytes are valid UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
    static boolean isUtf8(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int lead = bytes[i] & 0xff;
            int more = lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
            if (more < 0 || lead > 0xf4 || i + more >= to) {
                return false;
            }
            for (int j = 1; j <= more; j++) {
                if ((bytes[i + j] & 0xc0) != 0x80) {
                    return false;
                }
            }
            int second = more > 0 ? bytes[i + 1] & 0xff : 0;
            boolean isOverlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
            boolean isBeyond = (lead == 0xed && second > 0x9f) || (lead == 0xf4 && second > 0x8f);
            if (isOverlong || isBeyond) {
                return false;
            }
            i += more + 1;
        }
        return true;
    }
}
