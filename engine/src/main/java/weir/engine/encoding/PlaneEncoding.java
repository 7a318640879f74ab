// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Bit-packed codes in planes, so that unpacking a batch is one loop that the compiler vectorises.
///
/// A block of `b` batches and width `w` is 2,048 lanes side by side. Lane `l` owns `ceil(b * w /
/// 32)` words of 32 bits; word `j` of all lanes stands together. Batch `k` is the bits `[k * w, k *
/// w + w)` of every lane: row `l` of the batch is in lane `l`.
///
/// ```text
///  0  width     1 byte, 1 to 64
///  1  zero      7 bytes
///  8  word 0    2,048 ints, one for each lane
///     word 1    2,048 ints ...
/// ```
///
/// A code above 32 bits is cut: its low 32 bits are a plane block of width 32, and the rest is a
/// second one of width `w - 32` behind it.
///
/// Decoding copies the stripes it needs to an `int[]` first, and the loop over arrays has 2,048
/// iterations: both matter for its speed.
final class PlaneEncoding implements Encoding {
    private static final int HEADER_BYTES = 8;
    private static final int LANES = Limits.BATCH_ROWS;

    @Override
    public int wireId() {
        return 2;
    }

    @Override
    public Level level() {
        return Level.PLAIN;
    }

    @Override
    public int savingNeeded(BlockShape shape) {
        return 0;
    }

    @Override
    public long encodedSizeBytes(BlockShape shape) {
        return encodedSizeBytes(shape.batchCount(), shape.width);
    }

    static long encodedSizeBytes(int batchCount, int width) {
        if (width == 0) {
            return -1;
        }
        long words = wordCount(batchCount, Math.min(width, 32));
        if (width > 32) {
            words += wordCount(batchCount, width - 32);
        }
        return HEADER_BYTES + words * LANES * Integer.BYTES;
    }

    private static int wordCount(int batchCount, int width) {
        return (batchCount * width + 31) / 32;
    }

    @Override
    public void encode(BlockShape shape, ByteSink sink) {
        if (!shape.isWide()) {
            encode(shape.codes, shape.count, shape.width, sink);
            return;
        }
        putHeader(shape.width, sink);
        int[] half = shape.scratch().places(shape.count);
        for (int row = 0; row < shape.count; row++) {
            half[row] = (int) shape.wide[row];
        }
        encodePlane(half, shape.count, 32, sink);
        if (shape.width > 32) {
            for (int row = 0; row < shape.count; row++) {
                half[row] = (int) (shape.wide[row] >>> 32);
            }
            encodePlane(half, shape.count, shape.width - 32, sink);
        }
    }

    static void encode(int[] codes, int count, int width, ByteSink sink) {
        putHeader(width, sink);
        encodePlane(codes, count, width, sink);
    }

    private static void putHeader(int width, ByteSink sink) {
        sink.putByte(width);
        sink.align(HEADER_BYTES);
    }

    /// Appends codes that have no bits above `width`.
    private static void encodePlane(int[] codes, int count, int width, ByteSink sink) {
        int batchCount = (count + LANES - 1) / LANES;
        int[] words = new int[wordCount(batchCount, width) * LANES];
        for (int batch = 0; batch < batchCount; batch++) {
            int rows = Math.min(LANES, count - batch * LANES);
            int bit = batch * width;
            int at = (bit >>> 5) * LANES;
            int offset = bit & 31;
            int from = batch * LANES;
            addLow(codes, from, rows, offset, words, at);
            if (offset + width > 32) {
                addHigh(codes, from, rows, 32 - offset, words, at + LANES);
            }
        }
        sink.putInts(words, words.length);
    }

    private static void addLow(int[] codes, int from, int rows, int offset, int[] words, int at) {
        for (int lane = 0; lane < rows; lane++) {
            words[at + lane] |= codes[from + lane] << offset;
        }
    }

    private static void addHigh(int[] codes, int from, int rows, int shift, int[] words, int at) {
        for (int lane = 0; lane < rows; lane++) {
            words[at + lane] |= codes[from + lane] >>> shift;
        }
    }

    @Override
    public BlockDecoder decoder(Slice body, int rowCount) {
        int batchCount = (rowCount + LANES - 1) / LANES;
        int width = body.byteAt(0);
        if (width < 1 || width > 64) {
            throw body.corrupt(0, "a width of 1 to 64 bits", Integer.toString(width));
        }
        body.expectZeros(1, HEADER_BYTES - 1);
        body.expectEnd(encodedSizeBytes(batchCount, width));
        return new Decoder(body, batchCount, width);
    }

    private static final class Decoder implements BlockDecoder {
        private final Slice body;
        private final int width;
        private final long highPlane;
        private int[] stripes = new int[0];
        private int[] part = new int[0];

        Decoder(Slice body, int batchCount, int width) {
            this.body = body;
            this.width = width;
            this.highPlane =
                    HEADER_BYTES
                            + (long) wordCount(batchCount, Math.min(width, 32))
                                    * LANES
                                    * Integer.BYTES;
        }

        @Override
        public boolean fitsInts() {
            return width <= 31;
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            if (codes.length >= LANES) {
                unpack(HEADER_BYTES, batch, width, codes);
            } else {
                unpackPart(HEADER_BYTES, batch, width);
                System.arraycopy(part, 0, codes, 0, codes.length);
            }
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            unpackPart(HEADER_BYTES, batch, Math.min(width, 32));
            widen(part, codes);
            if (width > 32) {
                unpackPart(highPlane, batch, width - 32);
                addHigh(part, codes);
            }
        }

        private void unpackPart(long plane, int batch, int width) {
            if (part.length == 0) {
                part = new int[LANES];
            }
            unpack(plane, batch, width, part);
        }

        private void unpack(long plane, int batch, int width, int[] codes) {
            int bit = batch * width;
            int offset = bit & 31;
            boolean straddles = offset + width > 32;
            long from = plane + (long) (bit >>> 5) * LANES * Integer.BYTES;
            int words = straddles ? 2 * LANES : LANES;
            if (stripes.length < words) {
                stripes = new int[words];
            }
            body.copyInts(from, stripes, 0, words);
            int mask = width == 32 ? -1 : (1 << width) - 1;
            if (straddles) {
                unpackTwo(stripes, codes, offset, mask);
            } else {
                unpackOne(stripes, codes, offset, mask);
            }
        }
    }

    private static void unpackOne(int[] words, int[] codes, int offset, int mask) {
        for (int lane = 0; lane < LANES; lane++) {
            codes[lane] = (words[lane] >>> offset) & mask;
        }
    }

    private static void unpackTwo(int[] words, int[] codes, int offset, int mask) {
        int up = 32 - offset;
        for (int lane = 0; lane < LANES; lane++) {
            codes[lane] = ((words[lane] >>> offset) | (words[LANES + lane] << up)) & mask;
        }
    }

    private static void widen(int[] low, long[] codes) {
        int lanes = Math.min(LANES, codes.length);
        for (int lane = 0; lane < lanes; lane++) {
            codes[lane] = low[lane] & 0xffff_ffffL;
        }
    }

    private static void addHigh(int[] high, long[] codes) {
        int lanes = Math.min(LANES, codes.length);
        for (int lane = 0; lane < lanes; lane++) {
            codes[lane] |= (long) high[lane] << 32;
        }
    }
}
