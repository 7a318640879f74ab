// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;

/// The order of a segment's rows: by several columns, then as they came, sorted as one 64-bit key a
/// row. Columns that do not fit the key are left out, the last first.
final class RowOrder {
    /// Values further apart than this are not counted.
    private static final long COUNTED_MAX = 1 << 20;

    private RowOrder() {}

    /// The order by `columns`, most significant first; null when there is nothing to order by.
    static int @Nullable [] of(List<StagedColumn> columns, int rowCount) {
        int rowBits = bits(rowCount - 1L);
        long[] keys = new long[rowCount];
        int free = 63 - rowBits;
        for (StagedColumn column : columns) {
            long[] ranks = ranks(column.values);
            int width = bits(Arrays.stream(ranks).max().orElse(0));
            if (width > free) {
                break;
            }
            free -= width;
            for (int row = 0; row < rowCount; row++) {
                keys[row] = keys[row] << width | ranks[row];
            }
        }
        if (free == 63 - rowBits) {
            return null;
        }
        for (int row = 0; row < rowCount; row++) {
            keys[row] = keys[row] << rowBits | row;
        }
        Arrays.sort(keys);
        int[] order = new int[rowCount];
        long mask = (1L << rowBits) - 1;
        for (int row = 0; row < rowCount; row++) {
            order[row] = (int) (keys[row] & mask);
        }
        return order;
    }

    /// Numbers from 0 in the order of the values, absent first: how many lesser values there are
    /// where the values lie close together, so that they take few bits, else the distance from the
    /// least one.
    private static long[] ranks(long[] values) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (long value : values) {
            long known = known(value);
            min = Math.min(min, known);
            max = Math.max(max, known);
        }
        long[] ranks = new long[values.length];
        for (int row = 0; row < values.length; row++) {
            ranks[row] = known(values[row]) - min;
        }
        if (max - min < 0 || max - min >= COUNTED_MAX) {
            return ranks;
        }
        int[] rankOf = new int[(int) (max - min + 1)];
        for (long distance : ranks) {
            rankOf[(int) distance] = 1;
        }
        int next = 0;
        for (int i = 0; i < rankOf.length; i++) {
            next += rankOf[i];
            rankOf[i] = next - 1;
        }
        for (int row = 0; row < ranks.length; row++) {
            ranks[row] = rankOf[(int) ranks[row]];
        }
        return ranks;
    }

    private static long known(long value) {
        return value == Column.ABSENT ? -1 : value;
    }

    private static int bits(long max) {
        return 64 - Long.numberOfLeadingZeros(max);
    }
}
