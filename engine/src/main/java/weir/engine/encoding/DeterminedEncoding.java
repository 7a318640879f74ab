// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Each code follows from the code that another column has in the row: the columns of a small tuple
/// follow from the tuple's number.
///
/// ```text
///  0  other    4 bytes, column ordinal
///  4  count    4 bytes, 1 to 65,536: codes of the other column are below it
///  8  width    1 byte, 1 to 64
///  9  zero     7 bytes
/// 16  codes    count codes, as BitPacker packs them: the code for each code of the other column
/// ```
public final class DeterminedEncoding {
    static final int WIRE_ID = 9;
    private static final int HEADER_BYTES = 16;

    private DeterminedEncoding() {}

    /// The exact size of a block over `count` codes of the other column that needs `width` bits.
    public static long encodedSizeBytes(int count, int width) {
        return HEADER_BYTES + BitPacker.sizeBytes(count, Math.max(1, width));
    }

    /// Appends the block: `codes[i]` is the code of the rows in which `other` has code `i`.
    public static int encode(int other, int[] codes, int count, ByteSink sink) {
        int bits = 1;
        for (int i = 0; i < count; i++) {
            bits |= codes[i];
        }
        int width = 32 - Integer.numberOfLeadingZeros(bits);
        sink.putInt(other);
        sink.putInt(count);
        sink.putByte(width);
        sink.putBytes(new byte[7], 0, 7);
        BitPacker.pack(codes, count, width, sink);
        return WIRE_ID;
    }

    static BlockDecoder decoder(Slice body, Siblings siblings) {
        int count = body.intAt(4);
        int width = body.byteAt(8);
        if (count < 1 || count > Limits.BLOCK_ROWS || width < 1 || width > 64) {
            throw body.corrupt(
                    4,
                    "1 to " + Limits.BLOCK_ROWS + " codes of 1 to 64 bits",
                    count + " codes of " + width + " bits");
        }
        body.expectZeros(9, HEADER_BYTES - 9);
        body.expectEnd(encodedSizeBytes(count, width));
        // A power of two, so that a damaged code of the other column cannot reach outside.
        long[] codes = new long[1 << BlockShape.widthFor(count)];
        BitPacker.unpack(body, HEADER_BYTES, width, 0, count, codes);
        BlockDecoder other = siblings.decoder(body.intAt(0));
        if (!other.fitsInts()) {
            throw body.corrupt(0, "a column of small codes", "column " + body.intAt(0));
        }
        return new Decoder(other, codes, width);
    }

    private static final class Decoder implements BlockDecoder {
        private final BlockDecoder other;
        private final long[] codes;
        private final int[] ints;
        private final int width;
        private final int[] numbers = new int[Limits.BATCH_ROWS];

        Decoder(BlockDecoder other, long[] codes, int width) {
            this.other = other;
            this.codes = codes;
            this.width = width;
            this.ints = new int[codes.length];
            for (int i = 0; i < codes.length; i++) {
                ints[i] = (int) codes[i];
            }
        }

        @Override
        public boolean fitsInts() {
            return width <= 31;
        }

        @Override
        public void decodeInts(int batch, int[] out) {
            other.decodeInts(batch, numbers);
            int mask = ints.length - 1;
            for (int i = 0; i < Limits.BATCH_ROWS; i++) {
                out[i] = ints[numbers[i] & mask];
            }
        }

        @Override
        public void decodeLongs(int batch, long[] out) {
            other.decodeInts(batch, numbers);
            int mask = codes.length - 1;
            for (int i = 0; i < Limits.BATCH_ROWS; i++) {
                out[i] = codes[numbers[i] & mask];
            }
        }
    }
}
