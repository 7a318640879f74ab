// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Codes of one width one behind the other, the first in the lowest bits of the first 64-bit word:
/// the form for short rows of codes, where planes would be mostly padding.
final class BitPacker {
    private BitPacker() {}

    static long sizeBytes(int count, int width) {
        return ((long) count * width + 63) / 64 * Long.BYTES;
    }

    static void pack(long[] codes, int count, int width, ByteSink sink) {
        if (width == 0) {
            return;
        }
        long word = 0;
        int used = 0;
        for (int i = 0; i < count; i++) {
            word |= codes[i] << used;
            used += width;
            if (used >= 64) {
                sink.putLong(word);
                used -= 64;
                word = used == 0 ? 0 : codes[i] >>> (width - used);
            }
        }
        if (used > 0) {
            sink.putLong(word);
        }
    }

    /// Unpacks codes `[from, from + count)` of those packed at `offset` of `body`.
    static void unpack(Slice body, long offset, int width, int from, int count, long[] codes) {
        if (width == 0) {
            java.util.Arrays.fill(codes, 0, count, 0);
            return;
        }
        long firstBit = (long) from * width;
        long firstWord = firstBit >>> 6;
        int wordCount = (int) (((firstBit + (long) count * width + 63) >>> 6) - firstWord);
        long[] words = new long[wordCount + 1];
        body.copyLongs(offset + firstWord * Long.BYTES, words, 0, wordCount);
        long mask = width == 64 ? -1L : (1L << width) - 1;
        int bit = (int) (firstBit & 63);
        for (int i = 0; i < count; i++) {
            int at = bit >>> 6;
            int shift = bit & 63;
            long code = words[at] >>> shift;
            if (shift + width > 64) {
                code |= words[at + 1] << (64 - shift);
            }
            codes[i] = code & mask;
            bit += width;
        }
    }
}
