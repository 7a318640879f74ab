// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Encodes a block in the smallest of all forms and reads any of them. Stateless.
public final class BlockCodec {
    /// In order of preference: the first of equal size wins.
    private static final Encoding[] ENCODINGS = {
        new ConstantEncoding(),
        new PlaneEncoding(),
        new PackedEncoding(),
        new RunLengthEncoding(),
        new ValueListEncoding()
    };

    /// What a form must save over planes before its slower decoding is worth it: 1/16 of the size.
    private static final int SAVING_SHIFT = 4;

    private BlockCodec() {}

    /// Appends the first `count` codes in the smallest form to `sink` and gives its wire id.
    ///
    /// @param codes unsigned numbers up to `2^63`
    /// @param count 1 to 65,536
    public static int encode(long[] codes, int count, ByteSink sink) {
        BlockShape shape = BlockShape.of(codes, count);
        Encoding best = ENCODINGS[0];
        long bestSize = Long.MAX_VALUE;
        for (Encoding encoding : ENCODINGS) {
            long size = encoding.encodedSizeBytes(shape);
            if (size >= 0 && size < bestSize - (isSlower(encoding) ? bestSize >> SAVING_SHIFT : 0)) {
                best = encoding;
                bestSize = size;
            }
        }
        int from = sink.size();
        best.encode(codes, shape, sink);
        assert sink.size() - from == bestSize : best + " wrote another size than it said";
        return best.wireId();
    }

    private static boolean isSlower(Encoding encoding) {
        return encoding instanceof RunLengthEncoding || encoding instanceof ValueListEncoding;
    }

    /// The reader of a block.
    ///
    /// @param wireId the form, as [#encode] gave it
    /// @param body exactly the bytes that [#encode] appended
    /// @param rowCount how many rows the block has
    /// @throws weir.engine.fault.CorruptSegmentException when the bytes are no such block
    public static BlockDecoder decoder(int wireId, Slice body, int rowCount) {
        for (Encoding encoding : ENCODINGS) {
            if (encoding.wireId() == wireId) {
                return encoding.decoder(body, rowCount);
            }
        }
        throw body.corrupt(0, "an encoding from 1 to 5", Integer.toString(wireId));
    }
}
