// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// Buffered UTF-8 to a stream. Broken surrogates become the replacement character.
final class Utf8Output {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int UTF8_BYTES_MAX = 4;
    private static final int REPLACEMENT = 0xFFFD;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int count;

    Utf8Output(OutputStream out) {
        this.out = out;
    }

    void put(String text) {
        int length = text.length();
        for (int index = 0; index < length; index++) {
            char unit = text.charAt(index);
            if (unit < 0x80) {
                put(unit);
            } else if (!Character.isSurrogate(unit)) {
                putCodePoint(unit);
            } else {
                int codePoint = text.codePointAt(index);
                boolean isPair = Character.isSupplementaryCodePoint(codePoint);
                putCodePoint(isPair ? codePoint : REPLACEMENT);
                index += isPair ? 1 : 0;
            }
        }
    }

    /// One ASCII character.
    void put(char ascii) {
        if (count == BUFFER_BYTES) {
            drain();
        }
        buffer[count++] = (byte) ascii;
    }

    void repeat(char ascii, int times) {
        for (int index = 0; index < times; index++) {
            put(ascii);
        }
    }

    private void putCodePoint(int codePoint) {
        if (count > BUFFER_BYTES - UTF8_BYTES_MAX) {
            drain();
        }
        if (codePoint < 0x800) {
            buffer[count++] = (byte) (0xC0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                buffer[count++] = (byte) (0xE0 | (codePoint >> 12));
            } else {
                buffer[count++] = (byte) (0xF0 | (codePoint >> 18));
                buffer[count++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            }
            buffer[count++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        }
        buffer[count++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    /// Hands everything to the stream and flushes it.
    void flush() {
        drain();
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drain() {
        try {
            out.write(buffer, 0, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        count = 0;
    }
}
