// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.BlockCodec;
import weir.engine.encoding.BlockDecoder;
import weir.engine.encoding.CodeFilter;
import weir.engine.encoding.Siblings;
import weir.engine.fault.Limits;
import weir.engine.memory.Slice;

/// The decoders of one scan of a segment. Columns that are said by others share the decoders of
/// those, which decode each batch once however many columns ask: both addresses of a flow are said
/// by the same three columns. Belongs to one thread.
public final class BlockDecoders {
    private final SegmentReader segment;
    private final IntConsumer touched;
    private final @Nullable Shared[] shared;

    BlockDecoders(SegmentReader segment, IntConsumer touched) {
        this.segment = segment;
        this.touched = touched;
        this.shared = new @Nullable Shared[segment.storedColumns().size()];
    }

    /// A decoder of the codes of block `block` of `column`, which is one of the segment. It is good
    /// until another block is asked for.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the block is damaged
    public BlockDecoder decoder(ColumnReader column, int block) {
        return open(column, block, 0).decoder;
    }

    /// @param height how many columns stand between a column and what it is said by at last
    private record Opened(BlockDecoder decoder, int height) {}

    /// @param depth how many columns are being read by way of this one, each by the next
    private Opened open(ColumnReader column, int block, int depth) {
        Slice body = column.body(block);
        touched.accept((int) body.size());
        int[] height = {0};
        Siblings siblings =
                ordinal -> {
                    Shared sibling = sibling(ordinal, column, block, depth + 1, body);
                    // Also of columns that were opened before, and not by way of this one.
                    height[0] = Math.max(height[0], sibling.height + 1);
                    checkReferences(height[0], body);
                    return sibling;
                };
        BlockDecoder decoder =
                BlockCodec.decoder(
                        column.encoding(block), body, segment.blockRows(block), siblings);
        return new Opened(decoder, height[0]);
    }

    private static void checkReferences(int count, Slice body) {
        if (count > Limits.REFERENCE_DEPTH_MAX) {
            throw body.corrupt(
                    0,
                    "at most " + Limits.REFERENCE_DEPTH_MAX + " columns said by one another",
                    "more of them");
        }
    }

    private Shared sibling(int ordinal, ColumnReader column, int block, int depth, Slice body) {
        checkReferences(depth, body);
        if (ordinal < 0 || ordinal >= column.ordinal()) {
            throw body.corrupt(
                    0, "a column before number " + column.ordinal(), "number " + ordinal);
        }
        Shared known = shared[ordinal];
        if (known == null || known.block != block) {
            Opened opened = open(segment.storedColumns().get(ordinal), block, depth);
            known = new Shared(block, opened.decoder, opened.height);
            shared[ordinal] = known;
        }
        return known;
    }

    /// A decoder that keeps the batch it decoded last.
    private static final class Shared implements BlockDecoder {
        private final int block;
        private final BlockDecoder decoder;
        private final int height;
        private int[] ints = new int[0];
        private long[] longs = new long[0];
        private int intsBatch = -1;
        private int longsBatch = -1;

        Shared(int block, BlockDecoder decoder, int height) {
            this.block = block;
            this.decoder = decoder;
            this.height = height;
        }

        @Override
        public boolean fitsInts() {
            return decoder.fitsInts();
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            if (intsBatch != batch) {
                if (ints.length == 0) {
                    ints = new int[Limits.BATCH_ROWS];
                }
                intsBatch = -1;
                decoder.decodeInts(batch, ints);
                intsBatch = batch;
            }
            System.arraycopy(ints, 0, codes, 0, Limits.BATCH_ROWS);
        }

        @Override
        public boolean test(int batch, CodeFilter filter, int[] flags) {
            return decoder.test(batch, filter, flags);
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            if (longsBatch != batch) {
                if (longs.length == 0) {
                    longs = new long[Limits.BATCH_ROWS];
                }
                longsBatch = -1;
                decoder.decodeLongs(batch, longs);
                longsBatch = batch;
            }
            System.arraycopy(longs, 0, codes, 0, Limits.BATCH_ROWS);
        }
    }
}
