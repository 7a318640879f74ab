// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// A row of codes within an encoded block, encoded in turn.
///
/// ```text
///  0  encoding  1 byte, wire id
///  1  zero      3 bytes
///  4  size      4 bytes, of the block, a multiple of 8
///  8  block     of that encoding, which fills it
/// ```
///
/// A row of no codes is the eight bytes of encoding 0 and size 0.
final class NestedBlock {
    private static final int HEADER_BYTES = 8;

    private NestedBlock() {}

    /// The exact size of `form` as a nested block; null is a row of no codes.
    static long sizeBytes(@Nullable BlockForm form) {
        return form == null ? HEADER_BYTES : HEADER_BYTES + padded(form.sizeBytes());
    }

    private static long padded(long size) {
        return (size + 7) / 8 * 8;
    }

    /// Appends `form`; null is a row of no codes.
    static void encode(@Nullable BlockForm form, ByteSink sink) {
        if (form == null) {
            sink.putLong(0);
            return;
        }
        int start = begin(form, sink);
        form.encode(sink);
        finish(start, sink);
    }

    /// Appends `form`, which was chosen before its codes were there.
    static void encode(BlockForm form, int[] codes, ByteSink sink) {
        int start = begin(form, sink);
        form.encode(codes, sink);
        finish(start, sink);
    }

    private static int begin(BlockForm form, ByteSink sink) {
        sink.putInt(form.wireId());
        sink.putInt((int) padded(form.sizeBytes()));
        return sink.size();
    }

    private static void finish(int start, ByteSink sink) {
        sink.putBytes(new byte[8], 0, Math.floorMod(start - sink.size(), 8));
    }

    /// How many bytes the nested block at `offset` of `body` takes.
    static long sizeBytes(Slice body, long offset) {
        int size = body.intAt(offset + 4);
        if (size < 0 || (size & 7) != 0 || offset + HEADER_BYTES + size > body.size()) {
            throw body.corrupt(offset + 4, "a block within its part", size + " bytes");
        }
        return HEADER_BYTES + (long) size;
    }

    /// A decoder of the `count` codes of the nested block at `offset` of `body`.
    static BlockDecoder decoder(Slice body, long offset, int count, Encoding.Level most) {
        long size = sizeBytes(body, offset);
        int wireId = body.intAt(offset);
        return BlockCodec.decoder(
                wireId, body.slice(offset + HEADER_BYTES, size - HEADER_BYTES), count, most);
    }

    /// All codes of the nested block at `offset` of `body`; the array may be longer.
    static long[] decode(Slice body, long offset, int count, Encoding.Level most) {
        if (count == 0) {
            body.expectZeros(offset, HEADER_BYTES);
            return new long[0];
        }
        BlockDecoder decoder = decoder(body, offset, count, most);
        if (count <= Limits.BATCH_ROWS) {
            long[] codes = new long[count];
            decoder.decodeLongs(0, codes);
            return codes;
        }
        int batches = (count + Limits.BATCH_ROWS - 1) / Limits.BATCH_ROWS;
        long[] codes = new long[batches * Limits.BATCH_ROWS];
        long[] batch = new long[Limits.BATCH_ROWS];
        for (int i = 0; i < batches; i++) {
            decoder.decodeLongs(i, batch);
            System.arraycopy(batch, 0, codes, i * Limits.BATCH_ROWS, Limits.BATCH_ROWS);
        }
        return codes;
    }
}
