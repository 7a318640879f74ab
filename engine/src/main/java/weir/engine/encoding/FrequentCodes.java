// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import org.jspecify.annotations.Nullable;

/// The codes that most rows of a block have: `2^placeWidth - 1` of them, ascending, so that the
/// block is smallest when they are listed.
///
/// @param codes the codes, ascending
/// @param placeWidth bits of a place in the list, 1 to 8; the last place stands for all other codes
/// @param otherRows rows that have another code, at least 1
/// @param sizeBytes of the block that lists them
record FrequentCodes(long[] codes, int placeWidth, int otherRows, long sizeBytes) {
    private static final int PLACE_WIDTH_MAX = 8;

    /// The list that makes the smallest block; null when no list leaves other rows.
    static @Nullable FrequentCodes of(BlockShape shape, int[] counts, boolean isByCode) {
        int[] codesOfCount = codesOfCount(counts);
        int distinct = 0;
        for (int codes : codesOfCount) {
            distinct += codes;
        }
        long bestSize = Long.MAX_VALUE;
        int bestWidth = 0;
        int bestOthers = 0;
        for (int width = 1; width <= PLACE_WIDTH_MAX && (1 << width) - 1 < distinct; width++) {
            int others = shape.count - rowsOfFirst(codesOfCount, (1 << width) - 1);
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
        long[] listed = first(shape, counts, isByCode, codesOfCount, (1 << bestWidth) - 1);
        return new FrequentCodes(listed, bestWidth, bestOthers, bestSize);
    }

    /// How many codes have each number of rows, from 1.
    private static int[] codesOfCount(int[] counts) {
        int max = 0;
        for (int rows : counts) {
            max = Math.max(max, rows);
        }
        int[] codesOfCount = new int[max + 1];
        for (int rows : counts) {
            codesOfCount[rows]++;
        }
        codesOfCount[0] = 0;
        return codesOfCount;
    }

    /// Rows of the `size` commonest codes.
    private static int rowsOfFirst(int[] codesOfCount, int size) {
        int rows = 0;
        int left = size;
        for (int count = codesOfCount.length - 1; count > 0 && left > 0; count--) {
            int taken = Math.min(left, codesOfCount[count]);
            rows += taken * count;
            left -= taken;
        }
        return rows;
    }

    private static long[] first(
            BlockShape shape, int[] counts, boolean isByCode, int[] codesOfCount, int size) {
        int least = codesOfCount.length - 1;
        int above = 0;
        while (above + codesOfCount[least] < size) {
            above += codesOfCount[least--];
        }
        int atLeast = size - above; // of the codes with as many rows as the last one taken
        long[] listed = new long[size];
        int next = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > least || (counts[i] == least && atLeast-- > 0)) {
                listed[next++] = isByCode ? i : shape.distinct[i];
            }
        }
        return listed;
    }
}
