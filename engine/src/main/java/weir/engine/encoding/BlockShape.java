// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.memory.KeyHash;

/// What the choice of an encoding needs to know of a block's codes.
final class BlockShape {
    /// Distinct codes beyond this many are not counted: a longer value list never wins.
    static final int DISTINCT_MAX = 4096;

    /// Up to this width a bit for each possible code is the fastest way to tell which there are.
    private static final int BITSET_WIDTH_MAX = 16;

    final int count;
    final int width;
    final int runCount;

    /// The distinct codes ascending, or an empty array when there are more than [#DISTINCT_MAX].
    final long[] distinct;

    private final long[] codes;
    private long[] classes = new long[0];
    private @Nullable BlockShape classShape;
    private long lowBits;

    private BlockShape(long[] codes, int count, int width, int runCount, long[] distinct) {
        this.codes = codes;
        this.count = count;
        this.width = width;
        this.runCount = runCount;
        this.distinct = distinct;
    }

    static BlockShape of(long[] codes, int count) {
        long bits = 0;
        int runs = count == 0 ? 0 : 1;
        for (int i = 0; i < count; i++) {
            bits |= codes[i];
        }
        for (int i = 1; i < count; i++) {
            runs += codes[i] != codes[i - 1] ? 1 : 0;
        }
        int width = 64 - Long.numberOfLeadingZeros(bits);
        return new BlockShape(codes, count, width, runs, distinct(codes, count, width, runs));
    }

    private static long[] distinct(long[] codes, int count, int width, int runs) {
        return width <= BITSET_WIDTH_MAX
                ? distinctSmall(codes, count, width)
                : distinctWide(codes, count, runs);
    }

    private static long[] distinctSmall(long[] codes, int count, int width) {
        long[] seen = new long[((1 << width) + 63) >>> 6];
        for (int i = 0; i < count; i++) {
            int code = (int) codes[i];
            seen[code >>> 6] |= 1L << code;
        }
        int found = 0;
        for (long word : seen) {
            found += Long.bitCount(word);
        }
        if (found > DISTINCT_MAX) {
            return new long[0];
        }
        long[] distinct = new long[found];
        int next = 0;
        for (int i = 0; i < seen.length; i++) {
            for (long word = seen[i]; word != 0; word &= word - 1) {
                distinct[next++] = 64L * i + Long.numberOfTrailingZeros(word);
            }
        }
        return distinct;
    }

    private static long[] distinctWide(long[] codes, int count, int runs) {
        long[] table = new long[4 * DISTINCT_MAX];
        boolean[] used = new boolean[table.length];
        long[] values = new long[Math.min(runs, DISTINCT_MAX)];
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (i > 0 && codes[i] == codes[i - 1]) {
                continue;
            }
            long code = codes[i];
            int slot = (int) (KeyHash.of(code) & (table.length - 1));
            while (used[slot] && table[slot] != code) {
                slot = slot + 1 & table.length - 1;
            }
            if (!used[slot]) {
                if (found == values.length) {
                    return new long[0];
                }
                used[slot] = true;
                table[slot] = code;
                values[found++] = code;
            }
        }
        long[] distinct = Arrays.copyOf(values, found);
        Arrays.sort(distinct);
        return distinct;
    }

    /// The shape of the codes' magnitudes.
    BlockShape classShape() {
        if (classShape == null) {
            classes = new long[count];
            for (int i = 0; i < count; i++) {
                classes[i] = 63L - Long.numberOfLeadingZeros(codes[i] + 1);
                lowBits += classes[i];
            }
            classShape = of(classes, count);
        }
        return classShape;
    }

    /// Of each code plus one the position of its top bit.
    long[] classes() {
        classShape();
        return classes;
    }

    /// How many bits all codes have below their top bits.
    long lowBits() {
        classShape();
        return lowBits;
    }

    /// How many batches the rows fill, the last one perhaps in part.
    int batchCount() {
        return (count + Limits.BATCH_ROWS - 1) / Limits.BATCH_ROWS;
    }

    /// Bits that hold every number below `size`.
    static int widthFor(int size) {
        return 32 - Integer.numberOfLeadingZeros(Math.max(0, size - 1));
    }
}
