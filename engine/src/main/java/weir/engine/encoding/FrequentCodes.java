// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The codes that most rows of a block have: `2^placeWidth - 1` of them, ascending, so that the
/// block is smallest when they are listed.
///
/// @param codes the codes, ascending
/// @param placeWidth bits of a place in the list, 1 to 8; the last place stands for all other codes
/// @param otherRows rows that have another code, at least 1
/// @param sizeBytes of the block that lists them
record FrequentCodes(int[] codes, int placeWidth, int otherRows, long sizeBytes) {
    private static final int PLACE_WIDTH_MAX = 8;

    /// A code is listed when at least one row in so many has it.
    private static final int COMMON = 1 << 10;

    /// The list that makes the smallest block; null when no list leaves other rows.
    static @Nullable FrequentCodes of(BlockShape shape, CodeCounts counts) {
        long[] commonest = commonest(counts, Math.max(1, shape.count / COMMON));
        long bestSize = Long.MAX_VALUE;
        int bestWidth = 0;
        int bestOthers = 0;
        int others = shape.count;
        int taken = 0;
        for (int width = 1; width <= PLACE_WIDTH_MAX; width++) {
            int listed = (1 << width) - 1;
            if (listed > commonest.length || listed >= counts.codes().length) {
                break;
            }
            while (taken < listed) {
                others -= (int) (commonest[commonest.length - ++taken] >>> 32);
            }
            long size = FrequencyEncoding.sizeBytes(shape, width, others);
            if (size < bestSize) {
                bestSize = size;
                bestWidth = width;
                bestOthers = others;
            }
        }
        if (bestWidth == 0) {
            return null;
        }
        int[] listed = new int[(1 << bestWidth) - 1];
        for (int i = 0; i < listed.length; i++) {
            listed[i] = (int) commonest[commonest.length - 1 - i];
        }
        Arrays.sort(listed);
        return new FrequentCodes(listed, bestWidth, bestOthers, bestSize);
    }

    /// The codes with at least `least` rows, the commonest last: in the high half of each number
    /// the rows and in the low half the code.
    private static long[] commonest(CodeCounts counts, int least) {
        long[] commonest = new long[counts.codes().length];
        int found = 0;
        for (int i = 0; i < commonest.length; i++) {
            if (counts.rows()[i] >= least) {
                commonest[found++] = (long) counts.rows()[i] << 32 | counts.codes()[i];
            }
        }
        Arrays.sort(commonest, 0, found);
        return Arrays.copyOf(commonest, found);
    }
}
