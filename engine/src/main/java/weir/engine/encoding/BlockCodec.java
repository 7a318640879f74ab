// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Locale;
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
        new ValueListEncoding(),
        new MagnitudeEncoding()
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
        Encoding best = smallest(shape);
        int from = sink.size();
        best.encode(codes, shape, sink);
        assert sink.size() - from == best.encodedSizeBytes(shape)
                : best + " wrote another size than it said";
        return best.wireId();
    }

    /// How many bytes [#encode] would append.
    public static long encodedSizeBytes(long[] codes, int count) {
        return encodedSizeBytes(BlockShape.of(codes, count));
    }

    static long encodedSizeBytes(BlockShape shape) {
        return smallest(shape).encodedSizeBytes(shape);
    }

    private static Encoding smallest(BlockShape shape) {
        Encoding best = ENCODINGS[0];
        long bestSize = Long.MAX_VALUE;
        for (Encoding encoding : ENCODINGS) {
            long size = encoding.encodedSizeBytes(shape);
            long saving = isSlower(encoding) ? bestSize >> SAVING_SHIFT : 0;
            if (size >= 0 && size < bestSize - saving) {
                best = encoding;
                bestSize = size;
            }
        }
        return best;
    }

    private static boolean isSlower(Encoding encoding) {
        return encoding instanceof RunLengthEncoding || encoding instanceof ValueListEncoding;
    }

    /// The reader of a block.
    ///
    /// @param wireId the form, as [#encode] gave it
    /// @param body exactly the bytes that [#encode] appended
    /// @param rowCount how many rows the block has
    /// @param siblings the columns before this one, for forms that refer to them
    /// @throws weir.engine.fault.CorruptSegmentException when the bytes are no such block
    public static BlockDecoder decoder(int wireId, Slice body, int rowCount, Siblings siblings) {
        return switch (wireId) {
            case ChoiceEncoding.WIRE_ID -> ChoiceEncoding.decoder(body, siblings);
            case EqualEncoding.WIRE_ID -> EqualEncoding.decoder(body, rowCount, siblings);
            case DifferenceEncoding.WIRE_ID -> DifferenceEncoding.decoder(body, rowCount, siblings);
            case DeterminedEncoding.WIRE_ID -> DeterminedEncoding.decoder(body, siblings);
            default -> encoding(wireId, body).decoder(body, rowCount);
        };
    }

    /// What people call the form `wireId`, as reports print it: `plane`, `value list`.
    public static String nameOf(int wireId) {
        return switch (wireId) {
            case ChoiceEncoding.WIRE_ID -> "choice";
            case EqualEncoding.WIRE_ID -> "equal";
            case DifferenceEncoding.WIRE_ID -> "difference";
            case DeterminedEncoding.WIRE_ID -> "determined";
            default -> {
                for (Encoding encoding : ENCODINGS) {
                    if (encoding.wireId() == wireId) {
                        yield encoding.getClass()
                                .getSimpleName()
                                .replaceFirst("Encoding$", "")
                                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                                .toLowerCase(Locale.ROOT);
                    }
                }
                yield "encoding " + wireId;
            }
        };
    }

    private static Encoding encoding(int wireId, Slice body) {
        for (Encoding encoding : ENCODINGS) {
            if (encoding.wireId() == wireId) {
                return encoding;
            }
        }
        throw body.corrupt(0, "an encoding from 1 to 10", Integer.toString(wireId));
    }
}
