// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;

/// The order of a segment's rows: by several columns, then as they came, sorted as one 64-bit key a
/// row. Columns that do not fit the key are left out, the last first.
final class RowOrder {
    private RowOrder() {}

    /// The order by `columns`, most significant first; null when there is nothing to order by.
    static int @Nullable [] of(List<StagedColumn> columns, int rowCount) {
        int rowBits = bits(rowCount - 1L);
        long[] keys = new long[rowCount];
        int free = 63 - rowBits;
        for (StagedColumn column : columns) {
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            for (long value : column.values) {
                long known = value == Column.ABSENT ? -1 : value;
                min = Math.min(min, known);
                max = Math.max(max, known);
            }
            int width = bits(max - min);
            if (width > free) {
                break;
            }
            free -= width;
            for (int row = 0; row < rowCount; row++) {
                long value = column.values[row];
                long known = value == Column.ABSENT ? -1 : value;
                keys[row] = keys[row] << width | (known - min);
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

    private static int bits(long max) {
        return 64 - Long.numberOfLeadingZeros(max);
    }
}
