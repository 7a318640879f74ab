// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// How the codes of a block stand in bytes, in themselves: writer and reader of one form. The wire
/// ids are never reused; 4 and 11 are retired, and 6 to 9 are the encodings that refer to other
/// columns.
///
/// A code is an unsigned 64-bit number; a block has 1 to 65,536 of them.
sealed interface Encoding
        permits ConstantEncoding,
                PlaneEncoding,
                PackedEncoding,
                RunEncoding,
                ValueListEncoding,
                FrequencyEncoding,
                MagnitudeEncoding {

    /// What an encoding may nest: only those of lower levels, so that nesting ends.
    enum Level {
        /// Nests nothing.
        PLAIN,
        /// Lists codes, and for each row a place in the list.
        LISTS,
        /// Magnitudes of codes.
        MAGNITUDES,
        /// Runs of codes.
        RUNS
    }

    /// The byte that names this encoding in a file.
    int wireId();

    /// The level of this encoding.
    Level level();

    /// How many sixteenths of the size of a faster form this one has to save before it is worth the
    /// slower decoding.
    int savingNeeded(BlockShape shape);

    /// Whether a cheap look says that the block would take more than `limitBytes`, so that its
    /// exact size need not be found out.
    default boolean isHopeless(BlockShape shape, long limitBytes) {
        return false;
    }

    /// The exact size in bytes of such a block encoded, or -1 when it cannot be.
    long encodedSizeBytes(BlockShape shape);

    /// Appends the block.
    void encode(BlockShape shape, ByteSink sink);

    /// The reader of an encoded block of `rowCount` rows.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the bytes cannot be such a block
    BlockDecoder decoder(Slice body, int rowCount);
}
