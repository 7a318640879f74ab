// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Each code is that of another column plus a small difference: a flow's end follows its start.
///
/// ```text
///  0  other        4 bytes, column ordinal
///  4  width        1 byte, bits of the greatest code
///  5  zero         3 bytes
///  8  base         8 bytes, added to every difference
/// 16  differences  a nested block
/// ```
public final class DifferenceEncoding {
    static final int WIRE_ID = 8;
    private static final int HEADER_BYTES = 16;

    private DifferenceEncoding() {}

    /// The exact size of a block of these differences.
    public static long sizeBytes(BlockForm differences) {
        return HEADER_BYTES + NestedBlock.sizeBytes(differences);
    }

    /// Appends the block: code of `other` + `base` + the difference is the code of a row, of at
    /// most `width` bits.
    public static int encode(
            int other, long base, int width, BlockForm differences, ByteSink sink) {
        sink.putInt(other);
        sink.putInt(width);
        sink.putLong(base);
        NestedBlock.encode(differences, sink);
        return WIRE_ID;
    }

    static BlockDecoder decoder(Slice body, int rowCount, Siblings siblings) {
        int width = body.byteAt(4);
        if (width > 64) {
            throw body.corrupt(4, "a width of at most 64 bits", Integer.toString(width));
        }
        body.expectZeros(5, 3);
        body.expectEnd(HEADER_BYTES + NestedBlock.sizeBytes(body, HEADER_BYTES));
        BlockDecoder differences =
                NestedBlock.decoder(body, HEADER_BYTES, rowCount, Encoding.Level.RUNS);
        return new Decoder(
                body, rowCount, siblings.decoder(body.intAt(0)), differences, width <= 31);
    }

    private static final class Decoder implements BlockDecoder {
        private final Slice body;
        private final int rowCount;
        private final BlockDecoder other;
        private final long base;
        private final BlockDecoder differences;
        private final boolean fitsInts;
        private final long[] more = new long[Limits.BATCH_ROWS];
        private long[] longs = new long[0];

        Decoder(
                Slice body,
                int rowCount,
                BlockDecoder other,
                BlockDecoder differences,
                boolean fitsInts) {
            this.body = body;
            this.rowCount = rowCount;
            this.other = other;
            this.base = body.longAt(8);
            this.differences = differences;
            this.fitsInts = fitsInts;
        }

        @Override
        public boolean fitsInts() {
            return fitsInts;
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            if (longs.length == 0) {
                longs = new long[Limits.BATCH_ROWS];
            }
            decodeLongs(batch, longs);
            int rows = BlockDecoder.batchRows(rowCount, batch);
            long bits = 0;
            for (int i = 0; i < rows; i++) {
                codes[i] = (int) longs[i];
                bits |= longs[i];
            }
            if (bits >>> 31 != 0) {
                throw body.corrupt(4, "codes of " + body.byteAt(4) + " bits", "wider ones");
            }
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
