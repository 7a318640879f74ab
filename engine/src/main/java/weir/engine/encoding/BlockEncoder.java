// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import org.jspecify.annotations.Nullable;
import weir.engine.encoding.Encoding.Level;

/// Finds the smallest forms of blocks, one after the other, in memory that it uses again. Confined
/// to one thread.
public final class BlockEncoder {
    private final EncoderScratch scratch = new EncoderScratch();
    private @Nullable BlockShape measured;

    /// The smallest form of the first `count` codes.
    ///
    /// @param codes none negative; they must not change before the form is encoded
    /// @param count 1 to 65,536
    public BlockForm choose(int[] codes, int count) {
        return BlockCodec.choose(BlockShape.of(codes, count, scratch), Level.RUNS);
    }

    /// The smallest form of the codes that were [#measure]d last, which must be the same still.
    public BlockForm choose() {
        if (measured == null) {
            throw new IllegalStateException("nothing was measured");
        }
        return BlockCodec.choose(measured, Level.RUNS);
    }

    /// About how many bytes the smallest form of the first `count` codes takes, from nothing but
    /// their runs and their width.
    public long measure(int[] codes, int count) {
        measured = BlockShape.of(codes, count, scratch);
        return measured.guessBytes();
    }

    /// The smallest form of the first `count` of unsigned 64-bit numbers.
    public BlockForm choose(long[] codes, int count) {
        return BlockCodec.choose(BlockShape.of(codes, count, scratch), Level.RUNS);
    }

    /// The form in which the first `count` of `rows`, ascending, have `codes`, and all others the
    /// code of another column.
    public EqualEncoding.Form differing(int[] rows, int[] codes, int count) {
        return new EqualEncoding.Form(rows, codes, count, scratch);
    }
}
