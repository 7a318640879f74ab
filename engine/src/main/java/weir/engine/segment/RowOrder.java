// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The order of a segment's rows: by several columns, then as they came, sorted as one 64-bit key a
/// row. Columns that do not fit the key are left out, the last first.
///
/// The sort keeps the order of equal keys, so that the number of the row, in the lowest bits, need
/// not be sorted by.
final class RowOrder {
    /// Codes above this are not counted.
    private static final int COUNTED_MAX = 1 << 20;

    private RowOrder() {}

    /// The order by columns of codes, most significant first; null when there is nothing to order
    /// by.
    static int @Nullable [] of(List<int[]> columns, int rowCount, RowMemory memory) {
        int rowBits = bits(rowCount - 1);
        long[] keys = memory.longs(rowCount);
        Arrays.fill(keys, 0, rowCount, 0);
        int used = 0;
        for (int[] codes : columns) {
            int greatest = StagedColumn.greatest(codes, rowCount);
            int[] ranks = greatest < COUNTED_MAX ? ranks(codes, rowCount, greatest) : new int[0];
            int width = bits(ranks.length == 0 ? greatest : ranks[greatest]);
            if (used + width > 63 - rowBits) {
                break;
            }
            used += width;
            addToKeys(codes, ranks, width, keys, rowCount);
        }
        if (used == 0) {
            memory.release(keys);
            return null;
        }
        for (int row = 0; row < rowCount; row++) {
            keys[row] = keys[row] << rowBits | row;
        }
        long[] spare = memory.longs(rowCount);
        long[] sorted = RadixSort.sort(keys, spare, rowCount, rowBits, used);
        int[] order = memory.ints(rowCount);
        rows(sorted, (1L << rowBits) - 1, rowCount, order);
        memory.release(keys);
        memory.release(spare);
        return order;
    }

    private static void rows(long[] keys, long mask, int rowCount, int[] order) {
        for (int row = 0; row < rowCount; row++) {
            order[row] = (int) (keys[row] & mask);
        }
    }

    private static void addToKeys(int[] codes, int[] ranks, int width, long[] keys, int rowCount) {
        if (ranks.length == 0) {
            for (int row = 0; row < rowCount; row++) {
                keys[row] = keys[row] << width | codes[row];
            }
            return;
        }
        for (int row = 0; row < rowCount; row++) {
            keys[row] = keys[row] << width | ranks[codes[row]];
        }
    }

    /// For each code how many lesser ones there are among `codes`, which takes fewer bits.
    private static int[] ranks(int[] codes, int rowCount, int greatest) {
        int[] ranks = new int[greatest + 1];
        for (int row = 0; row < rowCount; row++) {
            ranks[codes[row]] = 1;
        }
        int next = 0;
        for (int code = 0; code < ranks.length; code++) {
            int isThere = ranks[code];
            ranks[code] = next;
            next += isThere;
        }
        return ranks;
    }

    private static int bits(int max) {
        return 32 - Integer.numberOfLeadingZeros(max);
    }
}
