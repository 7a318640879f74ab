// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.memory.KeyHash;

/// How many rows of a block have each of its codes.
///
/// @param codes the distinct codes, ascending
/// @param rows how many rows have each of them
record CodeCounts(int[] codes, int[] rows) {
    /// Up to so many possible codes have a counter each, and up to so many where there are as many
    /// rows.
    private static final int TABLE_MIN = 256;

    private static final int TABLE_MAX = 1 << 12;

    /// Blocks of so many rows are judged by a sample first.
    private static final int SAMPLED_MIN = 1 << 14;

    private static final int SAMPLE_ROWS = 1 << 11;

    private static final int SAMPLE_SLOTS = 1 << 13;

    /// Rows of a sample that make a code a common one.
    private static final int COMMON_IN_SAMPLE = 8;

    private static final double LOG_2 = Math.log(2);

    /// So many distinct codes are always counted.
    private static final int FEW = 16;

    /// Counts the codes of a narrow block; null when they are so many that nothing that lists codes
    /// can pay.
    static @Nullable CodeCounts of(BlockShape shape, EncoderScratch scratch) {
        boolean isSmall =
                1L << shape.width <= Math.max(TABLE_MIN, Math.min(shape.count, TABLE_MAX));
        return isSmall ? counted(shape, scratch) : hashed(shape, scratch);
    }

    /// Whether a sample of the rows of a large block says that neither a list of its codes nor one
    /// of its common codes comes to less than `limitBytes`.
    static boolean isHopeless(BlockShape shape, EncoderScratch scratch, long limitBytes) {
        if (shape.count < SAMPLED_MIN) {
            return false;
        }
        int step = shape.count / SAMPLE_ROWS;
        int[] keys = scratch.keys();
        int[] rows = scratch.keyRows();
        Arrays.fill(rows, 0, SAMPLE_SLOTS, 0);
        int distinct = 0;
        for (int row = 0; row < shape.count; row += step) {
            int code = shape.codes[row];
            int slot = (int) KeyHash.of(code) & (SAMPLE_SLOTS - 1);
            while (rows[slot] > 0 && keys[slot] != code) {
                slot = slot + 1 & SAMPLE_SLOTS - 1;
            }
            distinct += rows[slot] == 0 ? 1 : 0;
            keys[slot] = code;
            rows[slot]++;
        }
        int common = 0;
        int commonRows = 0;
        for (int slot = 0; slot < SAMPLE_SLOTS; slot++) {
            boolean isCommon = rows[slot] >= COMMON_IN_SAMPLE;
            common += isCommon ? 1 : 0;
            commonRows += isCommon ? rows[slot] : 0;
        }
        // Of a sample with this many codes the whole has about twice as many, or far more.
        double listBits = distinct > SAMPLE_ROWS / 2 ? Long.MAX_VALUE : Math.log(distinct) / LOG_2;
        double rare = 1 - (double) commonRows / SAMPLE_ROWS;
        double commonBits = Math.log(common + 1) / LOG_2 + rare * shape.width;
        return Math.min(listBits, commonBits) * shape.count / 8 > limitBytes;
    }

    /// Of codes that are already counted, `counts[c]` rows of code `c`.
    static CodeCounts of(int[] counts, int codeCount) {
        int found = 0;
        for (int code = 0; code < codeCount; code++) {
            found += counts[code] > 0 ? 1 : 0;
        }
        int[] codes = new int[found];
        int[] rows = new int[found];
        for (int code = 0, next = 0; next < found; code++) {
            if (counts[code] > 0) {
                codes[next] = code;
                rows[next++] = counts[code];
            }
        }
        return new CodeCounts(codes, rows);
    }

    private static CodeCounts counted(BlockShape shape, EncoderScratch scratch) {
        int[] counts = scratch.table(shape.width);
        Arrays.fill(counts, 0, 1 << shape.width, 0);
        int[] codes = shape.codes;
        for (int row = 0; row < shape.count; row++) {
            counts[codes[row]]++;
        }
        return of(counts, 1 << shape.width);
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
        return ofTable(keys, rows, size, found);
    }

    /// More distinct codes are of no use: where common codes are not listed either, each code of a
    /// list takes 64 bits, and all together save at most their width in each row.
    private static int distinctMax(BlockShape shape) {
        return shape.count >= FrequencyEncoding.ROWS_MIN
                ? BlockShape.DISTINCT_MAX
                : Math.max(FEW, shape.count * shape.width / 64);
    }

    private static CodeCounts ofTable(int[] keys, int[] counts, int size, int found) {
        long[] entries = new long[found];
        int next = 0;
        for (int slot = 0; slot < size; slot++) {
            if (counts[slot] > 0) {
                entries[next++] = (long) keys[slot] << 32 | counts[slot];
            }
        }
        Arrays.sort(entries);
        int[] codes = new int[found];
        int[] rows = new int[found];
        for (int i = 0; i < found; i++) {
            codes[i] = (int) (entries[i] >>> 32);
            rows[i] = (int) entries[i];
        }
        return new CodeCounts(codes, rows);
    }
}
