// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Bit-packed codes one behind the other: for blocks of few rows.
///
/// ```text
///  0  width   1 byte, 1 to 64
///  1  zero    7 bytes
///  8  codes   as BitPacker packs them
/// ```
final class PackedEncoding implements Encoding {
    private static final int HEADER_BYTES = 8;

    /// Planes decode many times faster, so this form has to be less than half their size.
    private static final int PLANE_ADVANTAGE = 2;

    @Override
    public int wireId() {
        return 3;
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
        return encodedSizeBytes(shape.count, shape.width);
    }

    static long encodedSizeBytes(int count, int width) {
        if (width == 0) {
            return -1;
        }
        long size = HEADER_BYTES + BitPacker.sizeBytes(count, width);
        int batchCount = BlockShape.batchCount(count);
        long planes = PlaneEncoding.encodedSizeBytes(batchCount, width);
        return size * PLANE_ADVANTAGE < planes ? size : -1;
    }

    @Override
    public void encode(BlockShape shape, ByteSink sink) {
        if (shape.isWide()) {
            putHeader(shape.width, sink);
            BitPacker.pack(shape.wide, shape.count, shape.width, sink);
        } else {
            encode(shape.codes, shape.count, shape.width, sink);
        }
    }

    static void encode(int[] codes, int count, int width, ByteSink sink) {
        putHeader(width, sink);
        BitPacker.pack(codes, count, width, sink);
    }

    private static void putHeader(int width, ByteSink sink) {
        sink.putByte(width);
        sink.align(HEADER_BYTES);
    }

    @Override
    public BlockDecoder decoder(Slice body, int rowCount) {
        int width = body.byteAt(0);
        if (width < 1 || width > 64) {
            throw body.corrupt(0, "a width of 1 to 64 bits", Integer.toString(width));
        }
        body.expectZeros(1, HEADER_BYTES - 1);
        body.expectEnd(HEADER_BYTES + BitPacker.sizeBytes(rowCount, width));
        return new Decoder(body, rowCount, width);
    }

    private record Decoder(Slice body, int rowCount, int width) implements BlockDecoder {
        @Override
        public boolean fitsInts() {
            return width <= 31;
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            int from = batch * Limits.BATCH_ROWS;
            int rows = BlockDecoder.batchRows(rowCount, batch);
            BitPacker.unpackInts(body, HEADER_BYTES, width, from, rows, codes);
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            int from = batch * Limits.BATCH_ROWS;
            int rows = BlockDecoder.batchRows(rowCount, batch);
            BitPacker.unpack(body, HEADER_BYTES, width, from, rows, codes);
        }
    }
}
