// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// A block of few distinct codes that lie far apart: the list of them, and for each row its place
/// in the list.
///
/// ```text
///  0  values   4 bytes, how many, 2 to 4,096
///  4  form     1 byte: 2 planes, 3 packed (the wire ids of those encodings)
///  5  zero     3 bytes
///  8  codes    values longs, ascending
///     places   a block of that form
/// ```
final class ValueListEncoding implements Encoding {
    private static final int HEADER_BYTES = 8;

    /// A list of codes of one bit saves nothing.
    private static final int WIDTH_MIN = 2;

    private static final PlaneEncoding PLANES = new PlaneEncoding();
    private static final PackedEncoding PACKED = new PackedEncoding();

    @Override
    public int wireId() {
        return 5;
    }

    @Override
    public Level level() {
        return Level.LISTS;
    }

    @Override
    public int savingNeeded(BlockShape shape) {
        return 1;
    }

    @Override
    public boolean isHopeless(BlockShape shape, long limitBytes) {
        return shape.width < WIDTH_MIN || shape.isListHopeless(limitBytes);
    }

    @Override
    public long encodedSizeBytes(BlockShape shape) {
        CodeCounts counts = shape.counts();
        int values = counts == null ? 0 : counts.codes().length;
        if (values < 2) {
            return -1;
        }
        int width = BlockShape.widthFor(values);
        long packed = PackedEncoding.encodedSizeBytes(shape.count, width);
        return HEADER_BYTES
                + 8L * values
                + (packed > 0 ? packed : PlaneEncoding.encodedSizeBytes(shape.batchCount(), width));
    }

    @Override
    public void encode(BlockShape shape, ByteSink sink) {
        CodeCounts counts = shape.counts();
        if (counts == null) {
            throw new IllegalStateException("the codes were not counted");
        }
        int[] values = counts.codes();
        int[] places = CodePlaces.of(shape, values);
        int width = BlockShape.widthFor(values.length);
        boolean isPacked = PackedEncoding.encodedSizeBytes(shape.count, width) > 0;
        sink.putInt(values.length);
        sink.putByte(isPacked ? PACKED.wireId() : PLANES.wireId());
        sink.putBytes(new byte[3], 0, 3);
        for (int value : values) {
            sink.putLong(value);
        }
        if (isPacked) {
            PackedEncoding.encode(places, shape.count, width, sink);
        } else {
            PlaneEncoding.encode(places, shape.count, width, sink);
        }
    }

    @Override
    public BlockDecoder decoder(Slice body, int rowCount) {
        int valueCount = body.intAt(0);
        if (valueCount < 2 || valueCount > BlockShape.DISTINCT_MAX) {
            throw body.corrupt(
                    0, "2 to " + BlockShape.DISTINCT_MAX + " values", Integer.toString(valueCount));
        }
        // As long as any place may be, so that damage that a checksum missed cannot reach outside.
        long[] values = new long[1 << BlockShape.widthFor(valueCount)];
        body.copyLongs(HEADER_BYTES, values, 0, valueCount);
        BlockShape.expectAscending(values, valueCount, body, HEADER_BYTES);
        long placesAt = HEADER_BYTES + 8L * valueCount;
        Slice places = body.slice(placesAt, body.size() - placesAt);
        int form = body.byteAt(4);
        Encoding nested = form == PACKED.wireId() ? PACKED : PLANES;
        if (form != nested.wireId()) {
            throw body.corrupt(4, "form 2 or 3", Integer.toString(form));
        }
        body.expectZeros(5, 3);
        int width = places.byteAt(0);
        if (width > BlockShape.widthFor(valueCount)) {
            throw places.corrupt(0, "a width for " + valueCount + " values", width + " bits");
        }
        return new Decoder(nested.decoder(places, rowCount), values, rowCount);
    }

    private static final class Decoder implements BlockDecoder {
        private final BlockDecoder places;
        private final long[] values;
        private final int rowCount;
        private final boolean fitsInts;
        private final int[] ints;
        private int[] batchPlaces = new int[0];

        Decoder(BlockDecoder places, long[] values, int rowCount) {
            this.places = places;
            this.values = values;
            this.rowCount = rowCount;
            this.ints = new int[values.length];
            long bits = 0;
            for (int i = 0; i < values.length; i++) {
                bits |= values[i];
                ints[i] = (int) values[i];
            }
            this.fitsInts = bits >>> 31 == 0;
        }

        @Override
        public boolean fitsInts() {
            return fitsInts;
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            int[] from = decodePlaces(batch);
            int mask = ints.length - 1;
            int rows = BlockDecoder.batchRows(rowCount, batch);
            for (int i = 0; i < rows; i++) {
                codes[i] = ints[from[i] & mask];
            }
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            int[] from = decodePlaces(batch);
            int mask = values.length - 1;
            int rows = BlockDecoder.batchRows(rowCount, batch);
            for (int i = 0; i < rows; i++) {
                codes[i] = values[from[i] & mask];
            }
        }

        private int[] decodePlaces(int batch) {
            if (batchPlaces.length == 0) {
                batchPlaces = BlockDecoder.scratch(rowCount);
            }
            places.decodeInts(batch, batchPlaces);
            return batchPlaces;
        }
    }
}
