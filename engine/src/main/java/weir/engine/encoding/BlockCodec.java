// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.Encoding.Level;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Finds the smallest of all forms of a block and reads any of them. Stateless.
public final class BlockCodec {
    /// In order of preference: the first of equal size wins.
    private static final Encoding[] ENCODINGS = {
        new ConstantEncoding(),
        new PlaneEncoding(),
        new PackedEncoding(),
        new RunEncoding(),
        new ValueListEncoding(),
        new FrequencyEncoding(),
        new MagnitudeEncoding()
    };

    private static final @Nullable Encoding[] BY_WIRE_ID = new @Nullable Encoding[16];

    static {
        for (Encoding encoding : ENCODINGS) {
            BY_WIRE_ID[encoding.wireId()] = encoding;
        }
    }

    private BlockCodec() {}

    /// The smallest form of the first `count` codes.
    ///
    /// @param codes unsigned 64-bit numbers
    /// @param count 1 to 65,536
    public static BlockForm choose(long[] codes, int count) {
        return choose(BlockShape.of(codes, count), Level.RUNS);
    }

    /// The smallest form of at most the level `most`.
    static BlockForm choose(BlockShape shape, Level most) {
        Encoding best = ENCODINGS[0];
        long bestSize = Long.MAX_VALUE;
        for (Encoding encoding : ENCODINGS) {
            if (encoding.level().compareTo(most) > 0) {
                continue;
            }
            long limit = bestSize - bestSize / 16 * encoding.savingNeeded(shape);
            if (encoding.isHopeless(shape, limit)) {
                continue;
            }
            long size = encoding.encodedSizeBytes(shape);
            if (size >= 0 && size < limit) {
                best = encoding;
                bestSize = size;
            }
        }
        return new BlockForm(shape, best, bestSize);
    }

    /// Appends the first `count` codes in the smallest form to `sink` and gives its wire id.
    public static int encode(long[] codes, int count, ByteSink sink) {
        BlockForm form = choose(codes, count);
        form.encode(sink);
        return form.wireId();
    }

    /// The reader of a block.
    ///
    /// @param wireId the form, as [BlockForm] gave it
    /// @param body exactly the bytes that were appended
    /// @param rowCount how many rows the block has
    /// @param siblings the columns before this one, for forms that refer to them
    /// @throws weir.engine.fault.CorruptSegmentException when the bytes are no such block
    public static BlockDecoder decoder(int wireId, Slice body, int rowCount, Siblings siblings) {
        return switch (wireId) {
            case ChoiceEncoding.WIRE_ID -> ChoiceEncoding.decoder(body, siblings);
            case EqualEncoding.WIRE_ID -> EqualEncoding.decoder(body, rowCount, siblings);
            case DifferenceEncoding.WIRE_ID -> DifferenceEncoding.decoder(body, rowCount, siblings);
            case DeterminedEncoding.WIRE_ID -> DeterminedEncoding.decoder(body, siblings);
            default -> decoder(wireId, body, rowCount, Level.RUNS);
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
                Encoding encoding = encoding(wireId);
                yield encoding == null
                        ? "encoding " + wireId
                        : encoding.getClass()
                                .getSimpleName()
                                .replaceFirst("Encoding$", "")
                                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                                .toLowerCase(Locale.ROOT);
            }
        };
    }

    private static @Nullable Encoding encoding(int wireId) {
        return wireId >= 0 && wireId < BY_WIRE_ID.length ? BY_WIRE_ID[wireId] : null;
    }

    /// The reader of a block that refers to no other column and is of at most the level `most`.
    static BlockDecoder decoder(int wireId, Slice body, int rowCount, Level most) {
        Encoding encoding = encoding(wireId);
        if (encoding != null && encoding.level().compareTo(most) <= 0) {
            return encoding.decoder(body, rowCount);
        }
        throw body.corrupt(
                0,
                "a known encoding" + (most == Level.RUNS ? "" : " that may stand in another"),
                "number " + wireId);
    }
}
