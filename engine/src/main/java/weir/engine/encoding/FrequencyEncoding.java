// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// A few codes that most rows have, listed, and for each row its place in the list; the rows that
/// have another code are said apart, in their order. Service ports are like that.
///
/// ```text
///  0  width    1 byte, 1 to 64, of a code
///  1  place    1 byte, 1 to 8, the width p of a place
///  2  zero     2 bytes
///  4  others   4 bytes, rows with a code that is not listed
///  8  codes    2^p - 1 codes, as BitPacker packs them
///     starts   one int for each batch: how many of the others come before it, then zeros to a
///              multiple of 8
///     others   their codes, as BitPacker packs them
///     places   a nested block of places; place 2^p - 1 is that of the others
/// ```
final class FrequencyEncoding implements Encoding {
    private static final int HEADER_BYTES = 8;
    private static final int PLACE_WIDTH_MAX = 8;

    /// Fewer rows are not worth a list.
    static final int ROWS_MIN = Limits.BATCH_ROWS;

    @Override
    public int wireId() {
        return 12;
    }

    @Override
    public Level level() {
        return Level.LISTS;
    }

    @Override
    public int savingNeeded(BlockShape shape) {
        return 6;
    }

    @Override
    public boolean isHopeless(BlockShape shape, long limitBytes) {
        return shape.count < ROWS_MIN || shape.isListHopeless(limitBytes);
    }

    @Override
    public long encodedSizeBytes(BlockShape shape) {
        FrequentCodes frequent = shape.count < ROWS_MIN ? null : shape.frequent();
        return frequent == null ? -1 : frequent.sizeBytes();
    }

    static long sizeBytes(BlockShape shape, int placeWidth, int others) {
        long packed = PackedEncoding.encodedSizeBytes(shape.count, placeWidth);
        long places =
                packed > 0
                        ? packed
                        : PlaneEncoding.encodedSizeBytes(shape.batchCount(), placeWidth);
        return placesOffset(shape.batchCount(), shape.width, placeWidth, others)
                + Long.BYTES
                + places;
    }

    private static long startsOffset(int width, int placeWidth) {
        return HEADER_BYTES + BitPacker.sizeBytes((1 << placeWidth) - 1, width);
    }

    private static long othersOffset(int batchCount, int width, int placeWidth) {
        return startsOffset(width, placeWidth) + (batchCount + 1) / 2 * 8L;
    }

    private static long placesOffset(int batchCount, int width, int placeWidth, int others) {
        return othersOffset(batchCount, width, placeWidth) + BitPacker.sizeBytes(others, width);
    }

    @Override
    public void encode(BlockShape shape, ByteSink sink) {
        FrequentCodes frequent = shape.frequent();
        if (frequent == null) {
            throw new IllegalStateException("no codes are frequent");
        }
        int[] listed = frequent.codes();
        int[] places = CodePlaces.of(shape, listed);
        int[] others = new int[frequent.otherRows() + 1];
        int[] starts = new int[shape.batchCount()];
        int next = 0;
        for (int batch = 0; batch < starts.length; batch++) {
            starts[batch] = next;
            int from = batch * Limits.BATCH_ROWS;
            int to = Math.min(shape.count, from + Limits.BATCH_ROWS);
            next = collect(shape.codes, places, from, to, listed.length, others, next);
        }
        sink.putInt(shape.width | frequent.placeWidth() << 8);
        sink.putInt(next);
        BitPacker.pack(listed, listed.length, shape.width, sink);
        sink.putInts(starts, starts.length);
        if ((starts.length & 1) != 0) {
            sink.putInt(0);
        }
        BitPacker.pack(others, next, shape.width, sink);
        BlockShape shapeOfPlaces = BlockShape.of(places, shape.count, shape.scratch());
        NestedBlock.encode(BlockCodec.choose(shapeOfPlaces, Level.PLAIN), sink);
    }

    /// Puts the codes of the rows that have the last place into `others` from `next` on, and gives
    /// where the next one goes. Writes every row and advances where it counts, so that there is no
    /// branch to mispredict.
    private static int collect(
            int[] codes, int[] places, int from, int to, int last, int[] others, int next) {
        int at = next;
        for (int row = from; row < to; row++) {
            others[at] = codes[row];
            at += (last - 1 - places[row]) >>> 31;
        }
        return at;
    }

    @Override
    public BlockDecoder decoder(Slice body, int rowCount) {
        int width = body.byteAt(0);
        int placeWidth = body.byteAt(1);
        int others = body.intAt(4);
        if (width < 1 || width > 64 || placeWidth < 1 || placeWidth > PLACE_WIDTH_MAX) {
            throw body.corrupt(
                    0,
                    "codes of 1 to 64 bits and places of 1 to " + PLACE_WIDTH_MAX,
                    width + " and " + placeWidth);
        }
        body.expectZeros(2, 2);
        if (others < 0 || others > rowCount) {
            throw body.corrupt(4, "0 to " + rowCount + " other rows", Integer.toString(others));
        }
        int batchCount = BlockShape.batchCount(rowCount);
        // The last place is there too, so that no place reaches outside.
        long[] listed = new long[1 << placeWidth];
        BitPacker.unpack(body, HEADER_BYTES, width, 0, listed.length - 1, listed);
        BlockShape.expectAscending(listed, listed.length - 1, body, HEADER_BYTES);
        int[] starts = new int[batchCount + 1];
        body.copyInts(startsOffset(width, placeWidth), starts, 0, batchCount);
        starts[batchCount] = others;
        for (int batch = 0; batch < batchCount; batch++) {
            int rows = BlockDecoder.batchRows(rowCount, batch);
            int size = starts[batch + 1] - starts[batch];
            if (size < 0 || size > rows || starts[0] != 0) {
                throw body.corrupt(
                        startsOffset(width, placeWidth),
                        "0 to " + rows + " other rows in batch " + batch,
                        Integer.toString(size));
            }
        }
        long startsEnd = startsOffset(width, placeWidth) + 4L * batchCount;
        long othersAt = othersOffset(batchCount, width, placeWidth);
        body.expectZeros(startsEnd, (int) (othersAt - startsEnd));
        long placesAt = placesOffset(batchCount, width, placeWidth, others);
        body.expectEnd(placesAt + NestedBlock.sizeBytes(body, placesAt));
        Slice codes = body.slice(othersAt, BitPacker.sizeBytes(others, width));
        BlockDecoder places = NestedBlock.decoder(body, placesAt, rowCount, Level.PLAIN);
        if (!places.fitsInts()) {
            throw body.corrupt(placesAt, "places of " + placeWidth + " bits", "wide ones");
        }
        return new Decoder(places, listed, starts, codes, width, rowCount);
    }

    private static final class Decoder implements BlockDecoder {
        private final BlockDecoder places;
        private final long[] listed;
        private final int[] starts;
        private final Slice others;
        private final int width;
        private final int rowCount;
        private final int[] batchPlaces;

        /// With room for one more, which is written and not counted.
        private final int[] otherRows;

        private long[] otherCodes = new long[64];
        private int[] listedInts = new int[0];

        Decoder(
                BlockDecoder places,
                long[] listed,
                int[] starts,
                Slice others,
                int width,
                int rowCount) {
            this.places = places;
            this.listed = listed;
            this.starts = starts;
            this.others = others;
            this.width = width;
            this.rowCount = rowCount;
            this.batchPlaces = BlockDecoder.scratch(rowCount);
            this.otherRows = new int[batchPlaces.length + 1];
        }

        @Override
        public boolean fitsInts() {
            return width <= 31;
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            int found = load(batch);
            if (listedInts.length == 0) {
                listedInts = new int[listed.length];
                for (int i = 0; i < listed.length; i++) {
                    listedInts[i] = (int) listed[i];
                }
            }
            int mask = listedInts.length - 1;
            int rows = BlockDecoder.batchRows(rowCount, batch);
            for (int i = 0; i < rows; i++) {
                codes[i] = listedInts[batchPlaces[i] & mask];
            }
            for (int i = 0; i < found; i++) {
                codes[otherRows[i]] = (int) otherCodes[i];
            }
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            int found = load(batch);
            int mask = listed.length - 1;
            int rows = BlockDecoder.batchRows(rowCount, batch);
            for (int i = 0; i < rows; i++) {
                codes[i] = listed[batchPlaces[i] & mask];
            }
            for (int i = 0; i < found; i++) {
                codes[otherRows[i]] = otherCodes[i];
            }
        }

        /// Loads the places of a batch and its other codes, and gives how many those are.
        private int load(int batch) {
            places.decodeInts(batch, batchPlaces);
            int rows = BlockDecoder.batchRows(rowCount, batch);
            int found = collect(batchPlaces, rows, listed.length - 1, otherRows);
            int expected = starts[batch + 1] - starts[batch];
            if (found != expected) {
                throw others.corrupt(0, expected + " other rows in batch " + batch, found + "");
            }
            if (otherCodes.length < found) {
                otherCodes = new long[batchPlaces.length];
            }
            BitPacker.unpack(others, 0, width, starts[batch], found, otherCodes);
            return found;
        }

        /// Writes every row and advances where it has the last place: no branch to mispredict.
        private static int collect(int[] places, int rows, int last, int[] found) {
            int count = 0;
            for (int i = 0; i < rows; i++) {
                found[count] = i;
                count += (last - 1 - places[i]) >>> 31;
            }
            return count;
        }
    }
}
