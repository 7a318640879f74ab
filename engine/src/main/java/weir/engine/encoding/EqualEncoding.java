// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Arrays;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Each row has the code that another column has, but for some, which are listed: the address in
/// the packet is nearly always the address of the flow.
///
/// ```text
///  0  other      4 bytes, column ordinal
///  4  count      4 bytes, how many rows differ
///  8  width      1 byte, 1 to 64, of a code
///  9  zero       7 bytes
/// 16  rows       count row numbers of 16 bits, ascending, as BitPacker packs them
///     codes      count codes, as BitPacker packs them
/// ```
public final class EqualEncoding {
    static final int WIRE_ID = 7;
    private static final int HEADER_BYTES = 16;
    private static final int ROW_BITS = 16;

    private EqualEncoding() {}

    /// The exact size of a block in which `count` rows differ and need `width` bits.
    public static long encodedSizeBytes(int count, int width) {
        return HEADER_BYTES
                + BitPacker.sizeBytes(count, ROW_BITS)
                + BitPacker.sizeBytes(count, Math.max(1, width));
    }

    /// Appends the block: `rows` and `codes` are of the rows that differ, ascending by row.
    public static int encode(int other, long[] rows, long[] codes, int count, ByteSink sink) {
        long bits = 1;
        for (int i = 0; i < count; i++) {
            bits |= codes[i];
        }
        int width = 64 - Long.numberOfLeadingZeros(bits);
        sink.putInt(other);
        sink.putInt(count);
        sink.putByte(width);
        sink.putBytes(new byte[7], 0, 7);
        BitPacker.pack(rows, count, ROW_BITS, sink);
        BitPacker.pack(codes, count, width, sink);
        return WIRE_ID;
    }

    static BlockDecoder decoder(Slice body, int rowCount, Siblings siblings) {
        int count = body.intAt(4);
        int width = body.byteAt(8);
        if (count < 0 || count > rowCount || width < 1 || width > 64) {
            throw body.corrupt(
                    4,
                    "0 to " + rowCount + " rows of 1 to 64 bits",
                    count + " rows of " + width + " bits");
        }
        long[] rows = new long[count];
        long[] codes = new long[count];
        long codesAt = HEADER_BYTES + BitPacker.sizeBytes(count, ROW_BITS);
        BitPacker.unpack(body, HEADER_BYTES, ROW_BITS, 0, count, rows);
        BitPacker.unpack(body, codesAt, width, 0, count, codes);
        return new Decoder(siblings.decoder(body.intAt(0)), rows, codes, width);
    }

    private record Decoder(BlockDecoder other, long[] rows, long[] exceptions, int width)
            implements BlockDecoder {
        @Override
        public boolean fitsInts() {
            return other.fitsInts() && width <= 31;
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            other.decodeInts(batch, codes);
            int first = batch * Limits.BATCH_ROWS;
            for (int i = indexOf(first); i < rows.length && rows[i] < first + codes.length; i++) {
                codes[(int) rows[i] - first] = (int) exceptions[i];
            }
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            other.decodeLongs(batch, codes);
            int first = batch * Limits.BATCH_ROWS;
            for (int i = indexOf(first); i < rows.length && rows[i] < first + codes.length; i++) {
                codes[(int) rows[i] - first] = exceptions[i];
            }
        }

        /// Place of the first listed row that is not below `row`.
        private int indexOf(int row) {
            int found = Arrays.binarySearch(rows, row);
            return found >= 0 ? found : -found - 1;
        }
    }
}
