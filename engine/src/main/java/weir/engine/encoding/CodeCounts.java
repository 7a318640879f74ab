// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.memory.KeyHash;

/// How many rows of a block have each of its codes.
///
/// @param distinct the distinct codes ascending, or nothing when they are too many for a list of
///   them to pay
/// @param distinctCount how many distinct codes there are
/// @param commonest the codes with the most rows, in the high half of each number the rows and in
///   the low half the code, the commonest last; without codes that hardly any row has
record CodeCounts(int[] distinct, int distinctCount, long[] commonest) {
    /// Up to so many possible codes have a counter each, and up to so many where there are as many
    /// rows.
    private static final int TABLE_MIN = 256;

    private static final int TABLE_MAX = 1 << 12;

    /// Blocks of so many rows are judged by a sample first.
    private static final int SAMPLED_MIN = 1 << 14;

    private static final int SAMPLE_STEP = 16;

    /// So many distinct codes are always counted.
    private static final int FEW = 16;

    /// A code counts as common when at least one row in so many has it, so that at most so many do.
    private static final int COMMON = 1 << 10;

    /// Counts the codes of a narrow block; null when they are so many that nothing that lists codes
    /// can pay.
    static @Nullable CodeCounts of(BlockShape shape, EncoderScratch scratch) {
        if (1L << shape.width <= Math.max(TABLE_MIN, Math.min(shape.count, TABLE_MAX))) {
            return counted(shape, scratch);
        }
        return isHopeless(shape, scratch) ? null : hashed(shape, scratch);
    }

    /// Of codes that are already counted, `counts[c]` rows of code `c`.
    static CodeCounts of(int[] counts, int codeCount, int rowCount) {
        int least = Math.max(1, rowCount / COMMON);
        int found = 0;
        int common = 0;
        for (int code = 0; code < codeCount; code++) {
            found += counts[code] > 0 ? 1 : 0;
            common += counts[code] >= least ? 1 : 0;
        }
        int[] distinct = new int[found > BlockShape.DISTINCT_MAX ? 0 : found];
        long[] commonest = new long[common];
        for (int code = 0, next = 0, nextCommon = 0; code < codeCount; code++) {
            int rows = counts[code];
            if (rows > 0 && next < distinct.length) {
                distinct[next++] = code;
            }
            if (rows >= least) {
                commonest[nextCommon++] = (long) rows << 32 | code;
            }
        }
        Arrays.sort(commonest);
        return new CodeCounts(distinct, found, commonest);
    }

    /// Whether most rows of a sample have a code of their own: then neither a list of all codes nor
    /// one of the common ones pays.
    private static boolean isHopeless(BlockShape shape, EncoderScratch scratch) {
        if (shape.count < SAMPLED_MIN || shape.runCount < shape.count / 2) {
            return false;
        }
        int size = 1 << 12;
        int[] seen = scratch.keys();
        Arrays.fill(seen, 0, size, -1);
        int found = 0;
        for (int row = 0; row < shape.count; row += SAMPLE_STEP) {
            // Two codes that share a slot make each other look new, which is rare enough.
            int code = shape.codes[row];
            int slot = (int) KeyHash.of(code) & (size - 1);
            found += seen[slot] != code ? 1 : 0;
            seen[slot] = code;
        }
        return found > shape.count / SAMPLE_STEP / 2;
    }

    private static CodeCounts counted(BlockShape shape, EncoderScratch scratch) {
        int[] counts = scratch.table(shape.width);
        Arrays.fill(counts, 0, 1 << shape.width, 0);
        int[] codes = shape.codes;
        for (int row = 0; row < shape.count; row++) {
            counts[codes[row]]++;
        }
        return of(counts, 1 << shape.width, shape.count);
    }

    private static @Nullable CodeCounts hashed(BlockShape shape, EncoderScratch scratch) {
        int most = distinctMax(shape);
        int size = Math.max(4, Integer.highestOneBit(most) * 4);
        int[] keys = scratch.keys();
        int[] rows = scratch.keyRows();
        Arrays.fill(rows, 0, size, 0);
        int[] codes = shape.codes;
        int found = 0;
        int from = 0;
        while (from < shape.count) {
            int code = codes[from];
            int to = from + 1;
            while (to < shape.count && codes[to] == code) {
                to++;
            }
            int slot = (int) KeyHash.of(code) & size - 1;
            while (rows[slot] > 0 && keys[slot] != code) {
                slot = slot + 1 & size - 1;
            }
            if (rows[slot] == 0) {
                if (found++ == most) {
                    return null;
                }
                keys[slot] = code;
            }
            rows[slot] += to - from;
            from = to;
        }
        return ofTable(keys, rows, size, found, shape.count);
    }

    /// More distinct codes are of no use: where common codes are not listed either, each code of a
    /// list takes 64 bits, and all together save at most their width in each row.
    private static int distinctMax(BlockShape shape) {
        return shape.count >= FrequencyEncoding.ROWS_MIN
                ? BlockShape.DISTINCT_MAX
                : Math.max(FEW, shape.count * shape.width / 64);
    }

    private static CodeCounts ofTable(int[] keys, int[] rows, int size, int found, int rowCount) {
        int least = Math.max(1, rowCount / COMMON);
        int[] distinct = new int[found];
        long[] commonest = new long[found];
        int next = 0;
        int common = 0;
        for (int slot = 0; slot < size; slot++) {
            if (rows[slot] > 0) {
                distinct[next++] = keys[slot];
            }
            if (rows[slot] >= least) {
                commonest[common++] = (long) rows[slot] << 32 | keys[slot];
            }
        }
        Arrays.sort(distinct);
        Arrays.sort(commonest, 0, common);
        return new CodeCounts(distinct, found, Arrays.copyOf(commonest, common));
    }
}
