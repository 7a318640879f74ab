// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Each row has the code of one of two other columns, and a third says of which.
///
/// A flow has an address that is its interface's own and one that is the peer's, and which of them
/// is the source depends on the direction: two columns that sort and compress well, and one bit.
///
/// ```text
///  0  side     4 bytes, column ordinal: 0 takes the first, 1 the second
///  4  first    4 bytes, column ordinal
///  8  second   4 bytes, column ordinal
/// 12  swapped  4 bytes, 1 when the sides are the other way round
/// ```
public final class ChoiceEncoding {
    static final int WIRE_ID = 6;
    private static final int SIZE_BYTES = 16;

    private ChoiceEncoding() {}

    /// Appends a block that takes `first` where the code of `side` is `isSwapped ? 1 : 0`.
    public static int encode(int side, int first, int second, boolean isSwapped, ByteSink sink) {
        sink.putInt(side);
        sink.putInt(first);
        sink.putInt(second);
        sink.putInt(isSwapped ? 1 : 0);
        return WIRE_ID;
    }

    static BlockDecoder decoder(Slice body, Siblings siblings) {
        body.expectEnd(SIZE_BYTES);
        int swapped = body.intAt(12);
        if (swapped != 0 && swapped != 1) {
            throw body.corrupt(12, "0 or 1", Integer.toString(swapped));
        }
        BlockDecoder side = siblings.decoder(body.intAt(0));
        BlockDecoder first = siblings.decoder(body.intAt(4));
        BlockDecoder second = siblings.decoder(body.intAt(8));
        if (!side.fitsInts()) {
            throw body.corrupt(0, "a column of small codes", "column " + body.intAt(0));
        }
        return swapped == 0 ? new Decoder(side, first, second) : new Decoder(side, second, first);
    }

    private static final class Decoder implements BlockDecoder {
        private final BlockDecoder side;
        private final BlockDecoder first;
        private final BlockDecoder second;
        private final int[] sides = new int[Limits.BATCH_ROWS];
        private int[] ints = new int[0];
        private long[] longs = new long[0];

        Decoder(BlockDecoder side, BlockDecoder first, BlockDecoder second) {
            this.side = side;
            this.first = first;
            this.second = second;
        }

        @Override
        public boolean fitsInts() {
            return first.fitsInts() && second.fitsInts();
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            if (ints.length == 0) {
                ints = new int[Limits.BATCH_ROWS];
            }
            side.decodeInts(batch, sides);
            first.decodeInts(batch, codes);
            second.decodeInts(batch, ints);
            blend(sides, ints, codes);
        }

        @Override
        public boolean test(int batch, CodeFilter filter, int[] flags) {
            if (ints.length == 0) {
                ints = new int[Limits.BATCH_ROWS];
            }
            if (!first.test(batch, filter, flags) || !second.test(batch, filter, ints)) {
                return false;
            }
            side.decodeInts(batch, sides);
            blend(sides, ints, flags);
            return true;
        }

        /// Without a branch: the side is as good as random.
        private static void blend(int[] sides, int[] second, int[] codes) {
            for (int i = 0; i < Limits.BATCH_ROWS; i++) {
                int mask = -(sides[i] & 1);
                codes[i] = (codes[i] & ~mask) | (second[i] & mask);
            }
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            if (longs.length == 0) {
                longs = new long[Limits.BATCH_ROWS];
            }
            side.decodeInts(batch, sides);
            first.decodeLongs(batch, codes);
            second.decodeLongs(batch, longs);
            for (int i = 0; i < Limits.BATCH_ROWS; i++) {
                long mask = -(long) (sides[i] & 1);
                codes[i] = (codes[i] & ~mask) | (longs[i] & mask);
            }
        }
    }
}
