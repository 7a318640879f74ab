// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Codes of very different sizes: of each the position of its top bit, and exactly the bits below
/// it. Byte and packet counts span ten magnitudes, and most are small.
///
/// A code `c` is stored as `y = c + 1`, so that every code has a top bit: class `k` of `y` is its
/// position, and `k` bits follow.
///
/// ```text
///  0  width      1 byte, bits of the greatest code
///  1  zero       7 bytes
///  8  starts     one int for each batch: the bit its first code starts at, then zeros to a
///                multiple of 8
///     classes    a nested block
///     bits       the low bits of each code, the first in the lowest bits of the first word
/// ```
final class MagnitudeEncoding implements Encoding {
    private static final int HEADER_BYTES = 8;

    /// Below this width classes cost more than they save.
    private static final int WIDTH_MIN = 8;

    @Override
    public int wireId() {
        return 10;
    }

    @Override
    public Level level() {
        return Level.MAGNITUDES;
    }

    @Override
    public int savingNeeded(BlockShape shape) {
        return 2;
    }

    @Override
    public long encodedSizeBytes(BlockShape shape) {
        if (shape.width < WIDTH_MIN || shape.width > 62) {
            return -1;
        }
        BlockShape.Magnitudes magnitudes = shape.magnitudes();
        return classesOffset(shape.batchCount())
                + NestedBlock.sizeBytes(magnitudes.form())
                + (magnitudes.lowBits() + 63) / 64 * Long.BYTES;
    }

    private static long classesOffset(int batchCount) {
        return HEADER_BYTES + (batchCount + 1) / 2 * 8L;
    }

    @Override
    public void encode(BlockShape shape, ByteSink sink) {
        sink.putLong(shape.width);
        sink.putInts(starts(shape), shape.batchCount());
        if ((shape.batchCount() & 1) != 0) {
            sink.putInt(0);
        }
        NestedBlock.encode(shape.magnitudes().form(), sink);
        putLowBits(shape, sink);
    }

    private static int[] starts(BlockShape shape) {
        long[] classes = shape.magnitudes().classes();
        int[] starts = new int[shape.batchCount()];
        int bits = 0;
        for (int row = 0; row < shape.count; row++) {
            if (row % Limits.BATCH_ROWS == 0) {
                starts[row / Limits.BATCH_ROWS] = bits;
            }
            bits += (int) classes[row];
        }
        return starts;
    }

    private static void putLowBits(BlockShape shape, ByteSink sink) {
        long[] codes = shape.codes;
        long[] classes = shape.magnitudes().classes();
        long word = 0;
        int used = 0;
        for (int row = 0; row < shape.count; row++) {
            int width = (int) classes[row];
            if (width == 0) {
                continue;
            }
            long low = codes[row] + 1 - (1L << width);
            word |= low << used;
            used += width;
            if (used >= 64) {
                sink.putLong(word);
                used -= 64;
                word = used == 0 ? 0 : low >>> (width - used);
            }
        }
        if (used > 0) {
            sink.putLong(word);
        }
    }

    @Override
    public BlockDecoder decoder(Slice body, int rowCount) {
        int batchCount = BlockShape.batchCount(rowCount);
        long classesAt = classesOffset(batchCount);
        int[] starts = new int[batchCount];
        body.copyInts(HEADER_BYTES, starts, 0, batchCount);
        body.expectZeros(1, HEADER_BYTES - 1);
        if (starts[0] != 0) {
            throw body.corrupt(HEADER_BYTES, "a first batch from bit 0", "bit " + starts[0]);
        }
        long startsEnd = HEADER_BYTES + 4L * batchCount;
        body.expectZeros(startsEnd, (int) (classesAt - startsEnd));
        long bitsAt = classesAt + NestedBlock.sizeBytes(body, classesAt);
        return new Decoder(
                NestedBlock.decoder(body, classesAt, rowCount, Level.LISTS),
                starts,
                body.slice(bitsAt, body.size() - bitsAt),
                rowCount,
                body.byteAt(0) <= 31);
    }

    private static final class Decoder implements BlockDecoder {
        private final BlockDecoder classes;
        private final int[] starts;
        private final Slice bits;
        private final int rowCount;
        private final boolean fitsInts;
        private final long[] batchClasses = new long[Limits.BATCH_ROWS];
        private long[] words = new long[0];
        private long[] longs = new long[0];

        Decoder(BlockDecoder classes, int[] starts, Slice bits, int rowCount, boolean fitsInts) {
            this.classes = classes;
            this.starts = starts;
            this.bits = bits;
            this.rowCount = rowCount;
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
            classes.decodeLongs(batch, batchClasses);
            int rows = Math.min(Limits.BATCH_ROWS, rowCount - batch * Limits.BATCH_ROWS);
            loadWords(batch, rows);
            int bit = starts[batch] & 63;
            for (int i = 0; i < rows; i++) {
                int width = (int) batchClasses[i];
                int at = bit >>> 6;
                int shift = bit & 63;
                // Two steps, because a shift by 64 is none; the extra word is always there.
                long low = (words[at] >>> shift) | ((words[at + 1] << 1) << (63 - shift));
                long top = 1L << width;
                codes[i] = (low & (top - 1)) + top - 1;
                bit += width;
            }
        }

        private void loadWords(int batch, int rows) {
            long end = starts[batch];
            for (int i = 0; i < rows; i++) {
                long width = batchClasses[i];
                if (width < 0 || width > 63) {
                    throw bits.corrupt(0, "classes from 0 to 63", Long.toString(width));
                }
                end += width;
            }
            boolean isLast = batch + 1 == starts.length;
            if (isLast ? bits.size() != (end + 63) / 64 * 8 : starts[batch + 1] != end) {
                throw bits.corrupt(0, "batch " + batch + " to end at bit " + end, "another end");
            }
            int count = (int) (((end + 63) >>> 6) - (starts[batch] >>> 6));
            if (words.length < count + 2) {
                words = new long[count + 2 + count / 4];
            }
            bits.copyLongs((starts[batch] >>> 6) * 8L, words, 0, count);
        }
    }
}
