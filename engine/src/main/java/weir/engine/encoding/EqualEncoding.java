// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Each row has the code that another column has, but for some, which are listed: the address in
/// the packet is nearly always the address of the flow.
///
/// ```text
///  0  other    4 bytes, column ordinal
///  4  count    4 bytes, how many rows differ
///  8  width    1 byte, 1 to 64, of their greatest code
///  9  zero     7 bytes
/// 16  gaps     a nested block: rows between each row that differs and the one before it
///     codes    a nested block: the codes of the rows that differ
/// ```
public final class EqualEncoding {
    static final int WIRE_ID = 7;
    private static final int HEADER_BYTES = 16;

    private EqualEncoding() {}

    /// The rows in which a block differs from the other column, measured and not yet written.
    public static final class Form {
        private final int count;
        private final int width;
        private final @Nullable BlockForm gaps;
        private final @Nullable BlockForm codes;

        /// The first `count` of `rows`, ascending, have `codes`; all others have the other's code.
        public Form(int[] rows, int[] codes, int count) {
            this(rows, codes, count, new EncoderScratch());
        }

        Form(int[] rows, int[] codes, int count, EncoderScratch scratch) {
            int[] between = new int[count];
            int bits = 1;
            for (int i = 0; i < count; i++) {
                between[i] = rows[i] - (i == 0 ? 0 : rows[i - 1] + 1);
                bits |= codes[i];
            }
            this.count = count;
            this.width = 32 - Integer.numberOfLeadingZeros(bits);
            this.gaps = form(between, count, scratch);
            this.codes = form(codes, count, scratch);
        }

        private static @Nullable BlockForm form(int[] codes, int count, EncoderScratch scratch) {
            return count == 0
                    ? null
                    : BlockCodec.choose(BlockShape.of(codes, count, scratch), Encoding.Level.RUNS);
        }

        /// How many bytes [#encode] appends.
        public long sizeBytes() {
            return HEADER_BYTES + NestedBlock.sizeBytes(gaps) + NestedBlock.sizeBytes(codes);
        }

        /// Appends the block, said by the column `other`, and gives its wire id.
        public int encode(int other, ByteSink sink) {
            sink.putInt(other);
            sink.putInt(count);
            sink.putLong(width);
            NestedBlock.encode(gaps, sink);
            NestedBlock.encode(codes, sink);
            return WIRE_ID;
        }
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
        body.expectZeros(9, HEADER_BYTES - 9);
        long[] gaps = NestedBlock.decode(body, HEADER_BYTES, count, Encoding.Level.RUNS);
        long codesAt = HEADER_BYTES + NestedBlock.sizeBytes(body, HEADER_BYTES);
        long[] codes = NestedBlock.decode(body, codesAt, count, Encoding.Level.RUNS);
        body.expectEnd(codesAt + NestedBlock.sizeBytes(body, codesAt));
        int[] rows = new int[count];
        long next = 0;
        long greatest = 0;
        for (int i = 0; i < count; i++) {
            if (gaps[i] < 0 || gaps[i] >= rowCount - next) {
                throw body.corrupt(
                        HEADER_BYTES, "rows below " + rowCount, "a gap of " + gaps[i] + " rows");
            }
            rows[i] = (int) (next + gaps[i]);
            next = rows[i] + 1L;
            greatest |= codes[i];
        }
        if (64 - Long.numberOfLeadingZeros(greatest) > width) {
            throw body.corrupt(codesAt, "codes of " + width + " bits", "a wider one");
        }
        return new Decoder(siblings.decoder(body.intAt(0)), rows, codes, width);
    }

    private record Decoder(BlockDecoder other, int[] rows, long[] exceptions, int width)
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
                codes[rows[i] - first] = (int) exceptions[i];
            }
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            other.decodeLongs(batch, codes);
            int first = batch * Limits.BATCH_ROWS;
            for (int i = indexOf(first); i < rows.length && rows[i] < first + codes.length; i++) {
                codes[rows[i] - first] = exceptions[i];
            }
        }

        @Override
        public boolean test(int batch, CodeFilter filter, int[] flags) {
            if (!fitsInts() || !other.test(batch, filter, flags)) {
                return false;
            }
            int first = batch * Limits.BATCH_ROWS;
            int from = indexOf(first);
            int to = indexOf(first + Limits.BATCH_ROWS);
            if (from < to) {
                int[] listed = new int[to - from];
                int[] listedFlags = new int[listed.length];
                for (int i = from; i < to; i++) {
                    listed[i - from] = (int) exceptions[i];
                }
                filter.test(listed, listed.length, listedFlags);
                for (int i = from; i < to; i++) {
                    flags[rows[i] - first] = listedFlags[i - from];
                }
            }
            return true;
        }

        /// Place of the first listed row that is not below `row`.
        private int indexOf(int row) {
            int found = Arrays.binarySearch(rows, row);
            return found >= 0 ? found : -found - 1;
        }
    }
}
