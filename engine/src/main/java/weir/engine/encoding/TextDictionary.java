// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;
import weir.engine.schema.IpAddress;
import weir.engine.vector.Dictionary;

/// Distinct texts ascending by their UTF-8 bytes.
///
/// ```text
///  0  values    4 bytes, how many
///  4  ends      values + 1 ints: 0, then where each text ends among the bytes
///     bytes     the texts one behind the other
/// ```
///
/// Texts are made on first use and kept; making one twice in a race is harmless.
public final class TextDictionary implements Dictionary {
    private final Slice body;
    private final int[] ends;
    private final long bytesAt;
    private final @Nullable String absentText;
    private final @Nullable String[] texts;

    private TextDictionary(Slice body, int[] ends, @Nullable String absentText) {
        this.body = body;
        this.ends = ends;
        this.bytesAt = 4 + 4L * ends.length;
        this.absentText = absentText;
        this.texts = new @Nullable String[ends.length];
        this.texts[0] = absentText;
    }

    /// Appends the texts, which ascend.
    public static void encode(byte[][] sortedTexts, ByteSink sink) {
        sink.putInt(sortedTexts.length);
        int end = 0;
        sink.putInt(0);
        for (byte[] text : sortedTexts) {
            end += text.length;
            sink.putInt(end);
        }
        for (byte[] text : sortedTexts) {
            sink.putBytes(text, 0, text.length);
        }
    }

    /// Reads what [#encode] appended; the absent value reads as `absentText`.
    public static TextDictionary decode(Slice body, @Nullable String absentText) {
        int count = body.intAt(0);
        if (count < 0 || 8L + 4L * count > body.size()) {
            throw body.corrupt(0, "a dictionary within its part", count + " values");
        }
        int[] ends = new int[count + 1];
        body.copyInts(4, ends, 0, count + 1);
        if (ends[0] != 0) {
            throw body.corrupt(4, "a first text from byte 0", "byte " + ends[0]);
        }
        int last = 0;
        for (int end : ends) {
            if (end < last || end - last > Limits.TEXT_BYTES_MAX) {
                throw body.corrupt(4, "ascending ends of texts", last + " then " + end);
            }
            last = end;
        }
        if (8L + 4L * count + last != body.size()) {
            throw body.corrupt(4, "texts that fill their part", last + " bytes of text");
        }
        checkAscending(body, ends, last);
        return new TextDictionary(body, ends, absentText);
    }

    /// What searches a dictionary believes that it ascends.
    private static void checkAscending(Slice body, int[] ends, int size) {
        long bytesAt = 4 + 4L * ends.length;
        byte[] bytes = body.bytesAt(bytesAt, size);
        for (int code = 2; code < ends.length; code++) {
            int from = ends[code - 1];
            if (Arrays.compareUnsigned(bytes, ends[code - 2], from, bytes, from, ends[code]) >= 0) {
                throw body.corrupt(
                        bytesAt + from, "ascending texts", "text " + code + " not above the last");
            }
        }
    }

    @Override
    public int size() {
        return ends.length;
    }

    @Override
    public @Nullable String text(int code) {
        String text = texts[code];
        if (text == null && code > 0) {
            text = new String(bytes(code), StandardCharsets.UTF_8);
            texts[code] = text;
        }
        return text;
    }

    private byte[] bytes(int code) {
        return body.bytesAt(bytesAt + ends[code - 1], ends[code] - ends[code - 1]);
    }

    @Override
    public boolean isNull(int code) {
        return code == 0 && absentText == null;
    }

    @Override
    public @Nullable IpAddress address(int code) {
        String text = text(code);
        return text == null ? null : IpAddress.parse(text);
    }

    @Override
    public boolean isSorted() {
        return true;
    }

    @Override
    public int codeOf(String text) {
        if (text.equals(absentText)) {
            return 0;
        }
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        int low = 1;
        int high = ends.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(bytes(middle), wanted);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
