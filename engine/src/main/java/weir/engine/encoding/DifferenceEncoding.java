// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Each code is that of another column plus a small difference: a flow's end follows its start.
///
/// ```text
///  0  other      4 bytes, column ordinal
///  4  encoding   1 byte, wire id of the differences' block
///  5  width      1 byte, bits of the greatest code
///  6  zero       2 bytes
///  8  base       8 bytes, added to every difference
/// 16  block      the differences, encoded on their own
/// ```
public final class DifferenceEncoding {
    static final int WIRE_ID = 8;
    private static final int HEADER_BYTES = 16;

    private DifferenceEncoding() {}

    /// The exact size of a block of these differences.
    public static long encodedSizeBytes(long[] differences, int count) {
        return HEADER_BYTES + BlockCodec.encodedSizeBytes(differences, count);
    }

    /// Appends the block: code of `other` + `base` + `differences[row]` is the code of a row, of at
    /// most `width` bits.
    public static int encode(
            int other, long base, int width, long[] differences, int count, ByteSink sink) {
        int start = sink.size();
        sink.putInt(other);
        sink.putInt(0);
        sink.putLong(base);
        int wireId = BlockCodec.encode(differences, count, sink);
        sink.setInt(start + 4, wireId | width << 8);
        return WIRE_ID;
    }

    static BlockDecoder decoder(Slice body, int rowCount, Siblings siblings) {
        Slice block = body.slice(HEADER_BYTES, body.size() - HEADER_BYTES);
        int wireId = body.byteAt(4);
        if (wireId >= ChoiceEncoding.WIRE_ID && wireId <= DeterminedEncoding.WIRE_ID) {
            throw body.corrupt(4, "an encoding without references", Integer.toString(wireId));
        }
        BlockDecoder differences =
                BlockCodec.decoder(wireId, block, rowCount, Siblings.none(block));
        return new Decoder(
                siblings.decoder(body.intAt(0)), body.longAt(8), differences, body.byteAt(5) <= 31);
    }

    private static final class Decoder implements BlockDecoder {
        private final BlockDecoder other;
        private final long base;
        private final BlockDecoder differences;
        private final boolean fitsInts;
        private final long[] more = new long[Limits.BATCH_ROWS];
        private long[] longs = new long[0];

        Decoder(BlockDecoder other, long base, BlockDecoder differences, boolean fitsInts) {
            this.other = other;
            this.base = base;
            this.differences = differences;
            this.fitsInts = fitsInts;
        }

        @Override
        public boolean fitsInts() {
            return fitsInts;
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            longs = BlockDecoder.narrowed(this, batch, longs, codes);
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            other.decodeLongs(batch, codes);
            differences.decodeLongs(batch, more);
            for (int i = 0; i < Limits.BATCH_ROWS; i++) {
                codes[i] += more[i] + base;
            }
        }
    }
}
