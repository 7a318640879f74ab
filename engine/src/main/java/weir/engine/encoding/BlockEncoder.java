// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.encoding.Encoding.Level;

/// Finds the smallest forms of blocks, one after the other, in memory that it uses again. Confined
/// to one thread.
public final class BlockEncoder {
    private final EncoderScratch scratch = new EncoderScratch();

    /// Bits of a run besides its code, about.
    private static final int RUN_BITS = 5;

    /// The smallest form of the first `count` codes.
    ///
    /// @param codes none negative; they must not change before the form is encoded
    /// @param count 1 to 65,536
    public BlockForm choose(int[] codes, int count) {
        return BlockCodec.choose(BlockShape.of(codes, count, scratch), Level.RUNS);
    }

    /// The same of unsigned 64-bit numbers.
    public BlockForm choose(long[] codes, int count) {
        return BlockCodec.choose(BlockShape.of(codes, count, scratch), Level.RUNS);
    }

    /// The form in which the first `count` of `rows`, ascending, have `codes`, and all others the
    /// code of another column.
    public EqualEncoding.Form differing(int[] rows, int[] codes, int count) {
        return new EqualEncoding.Form(rows, codes, count, scratch);
    }

    /// About how many bits the smallest form takes, from nothing but the runs and the width.
    public static long guessBits(int[] codes, int count) {
        int bits = 0;
        int runs = 1;
        for (int i = 0; i < count; i++) {
            bits |= codes[i];
        }
        for (int i = 1; i < count; i++) {
            runs += codes[i] != codes[i - 1] ? 1 : 0;
        }
        int width = 32 - Integer.numberOfLeadingZeros(bits);
        return runs == 1 ? 0 : Math.min((long) count * width, (long) runs * (width + RUN_BITS));
    }
}
