// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

    /// Up to this width the low bits of a code are within the eight bytes from where they begin.
    private static final int WIDTH_MAX = 56;

    /// Blocks of so many rows are judged by a sample first.
    private static final int SAMPLED_MIN = 1 << 14;

    private static final int SAMPLE_STEP = 16;

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
        if (shape.width < WIDTH_MIN || shape.width > WIDTH_MAX) {
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

    /// A sample tells whether the classes and the bits below them can be less than `limitBytes`.
    @Override
    public boolean isHopeless(BlockShape shape, long limitBytes) {
        if (shape.count < SAMPLED_MIN || shape.isWide()) {
            return false;
        }
        long bits = 0;
        for (int row = 0; row < shape.count; row += SAMPLE_STEP) {
            bits += 31 - Integer.numberOfLeadingZeros(shape.codes[row] + 1);
        }
        return bits * SAMPLE_STEP / 8 > limitBytes;
    }

    @Override
    public void encode(BlockShape shape, ByteSink sink) {
        int[] classes = shape.scratch().classes(shape.count);
        int[] starts = new int[shape.batchCount()];
        int bits = 0;
        for (int batch = 0; batch < starts.length; batch++) {
            starts[batch] = bits;
            int from = batch * Limits.BATCH_ROWS;
            bits += classify(shape, from, Math.min(shape.count, from + Limits.BATCH_ROWS), classes);
        }
        sink.putLong(shape.width);
        sink.putInts(starts, starts.length);
        if ((starts.length & 1) != 0) {
            sink.putInt(0);
        }
        NestedBlock.encode(shape.magnitudes().form(), classes, sink);
        if (shape.isWide()) {
            putWideLowBits(shape, classes, sink);
        } else {
            putLowBits(shape.codes, classes, shape.count, sink);
        }
    }

    /// Finds the classes of the rows `[from, to)`, and gives their sum.
    private static int classify(BlockShape shape, int from, int to, int[] classes) {
        int sum = 0;
        if (shape.isWide()) {
            for (int row = from; row < to; row++) {
                classes[row] = 63 - Long.numberOfLeadingZeros(shape.wide[row] + 1);
                sum += classes[row];
            }
            return sum;
        }
        int[] codes = shape.codes;
        for (int row = from; row < to; row++) {
            classes[row] = 31 - Integer.numberOfLeadingZeros(codes[row] + 1);
            sum += classes[row];
        }
        return sum;
    }

    private static void putLowBits(int[] codes, int[] classes, int count, ByteSink sink) {
        BitWriter bits = new BitWriter(sink, count * 31L);
        for (int row = 0; row < count; row++) {
            int width = classes[row];
            bits.put(codes[row] + 1 & (1 << width) - 1, width);
        }
        bits.finish();
    }

    private static void putWideLowBits(BlockShape shape, int[] classes, ByteSink sink) {
        BitWriter bits = new BitWriter(sink, shape.count * (long) WIDTH_MAX);
        for (int row = 0; row < shape.count; row++) {
            int width = classes[row];
            bits.put(shape.wide[row] + 1 & (1L << width) - 1, width);
        }
        bits.finish();
    }

    @Override
    public BlockDecoder decoder(Slice body, int rowCount) {
        int width = body.byteAt(0);
        if (width > WIDTH_MAX) {
            throw body.corrupt(
                    0, "a width of at most " + WIDTH_MAX + " bits", Integer.toString(width));
        }
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
        BlockDecoder classes = NestedBlock.decoder(body, classesAt, rowCount, Level.LISTS);
        if (!classes.fitsInts()) {
            throw body.corrupt(classesAt, "classes from 0 to " + WIDTH_MAX, "wider ones");
        }
        Slice bits = body.slice(bitsAt, body.size() - bitsAt);
        return new Decoder(classes, starts, bits, rowCount, width);
    }

    private static final class Decoder implements BlockDecoder {
        private static final VarHandle LONG =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

        private final BlockDecoder classes;
        private final int[] starts;
        private final Slice bits;
        private final int rowCount;
        private final int width;
        private final int[] batchClasses;
        private byte[] bytes = new byte[0];

        Decoder(BlockDecoder classes, int[] starts, Slice bits, int rowCount, int width) {
            this.classes = classes;
            this.starts = starts;
            this.bits = bits;
            this.rowCount = rowCount;
            this.width = width;
            this.batchClasses = BlockDecoder.scratch(rowCount);
        }

        @Override
        public boolean fitsInts() {
            return width <= 31;
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            int rows = load(batch);
            int bit = starts[batch] & 7;
            int bitsOfAll = 0;
            for (int i = 0; i < rows; i++) {
                int width = batchClasses[i];
                int low = (int) ((long) LONG.get(bytes, bit >>> 3) >>> (bit & 7));
                int below = (1 << width) - 1;
                codes[i] = (low & below) + below;
                bitsOfAll |= codes[i];
                bit += width;
            }
            if (bitsOfAll < 0) {
                throw bits.corrupt(0, "codes of " + width + " bits", "wider ones");
            }
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            int rows = load(batch);
            int bit = starts[batch] & 7;
            for (int i = 0; i < rows; i++) {
                int width = batchClasses[i];
                long low = (long) LONG.get(bytes, bit >>> 3) >>> (bit & 7);
                long below = (1L << width) - 1;
                codes[i] = (low & below) + below;
                bit += width;
            }
        }

        /// Loads the classes of a batch and the bytes with its low bits, and gives how many rows it
        /// has.
        private int load(int batch) {
            classes.decodeInts(batch, batchClasses);
            int rows = BlockDecoder.batchRows(rowCount, batch);
            int size = 0;
            int greatest = 0;
            for (int i = 0; i < rows; i++) {
                size += batchClasses[i];
                greatest = Math.max(greatest, batchClasses[i]);
            }
            if (greatest > width) {
                throw bits.corrupt(0, "classes from 0 to " + width, Integer.toString(greatest));
            }
            long end = (long) starts[batch] + size;
            boolean isLast = batch + 1 == starts.length;
            if (isLast ? bits.size() != (end + 63) / 64 * 8 : starts[batch + 1] != end) {
                throw bits.corrupt(0, "batch " + batch + " to end at bit " + end, "another end");
            }
            int from = starts[batch] >>> 3;
            int count = (int) ((end + 7) / 8) - from;
            // Eight bytes are read from where a code begins, also from the last one.
            if (bytes.length < count + Long.BYTES) {
                bytes = new byte[count + count / 4 + Long.BYTES];
            }
            bits.copyBytes(from, bytes, count);
            return rows;
        }
    }
}
