// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Codes of one width one behind the other, the first in the lowest bits of the first 64-bit word:
/// the form for short rows of codes, where planes would be mostly padding.
final class BitPacker {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private BitPacker() {}

    static long sizeBytes(int count, int width) {
        return ((long) count * width + 63) / 64 * Long.BYTES;
    }

    static void pack(long[] codes, int count, int width, ByteSink sink) {
        BitWriter bits = new BitWriter(sink, (long) count * width);
        for (int i = 0; i < count; i++) {
            bits.put(codes[i], width);
        }
        bits.finish();
    }

    static void pack(int[] codes, int count, int width, ByteSink sink) {
        BitWriter bits = new BitWriter(sink, (long) count * width);
        for (int i = 0; i < count; i++) {
            bits.put(codes[i], width);
        }
        bits.finish();
    }

    /// Unpacks codes `[from, from + count)` of those packed at `offset` of `body`.
    static void unpack(Slice body, long offset, int width, int from, int count, long[] codes) {
        byte[] bytes = bytes(body, offset, width, from, count);
        long mask = width == 64 ? -1L : (1L << width) - 1;
        int bit = (int) (((long) from * width) & 7);
        for (int i = 0; i < count; i++) {
            int shift = bit & 7;
            long code = (long) LONG.get(bytes, bit >>> 3) >>> shift;
            if (shift + width > 64) {
                code |= (long) bytes[(bit >>> 3) + 8] << (64 - shift);
            }
            codes[i] = code & mask;
            bit += width;
        }
    }

    /// The same for codes of at most 31 bits.
    static void unpackInts(Slice body, long offset, int width, int from, int count, int[] codes) {
        byte[] bytes = bytes(body, offset, width, from, count);
        int mask = (1 << width) - 1;
        int bit = (int) (((long) from * width) & 7);
        for (int i = 0; i < count; i++) {
            codes[i] = (int) ((long) LONG.get(bytes, bit >>> 3) >>> (bit & 7)) & mask;
            bit += width;
        }
    }

    /// A copy of the bytes with the codes, and as many behind them as are read from where the last
    /// one begins.
    private static byte[] bytes(Slice body, long offset, int width, int from, int count) {
        long first = ((long) from * width) >>> 3;
        int size = (int) ((((long) (from + count) * width + 7) >>> 3) - first);
        byte[] bytes = new byte[size + Long.BYTES + 1];
        body.copyBytes(offset + first, bytes, size);
        return bytes;
    }
}
