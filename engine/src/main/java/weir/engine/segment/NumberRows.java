// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import weir.engine.schema.Column;

/// The rows of a number column under construction; [Column#ABSENT] where there is no value.
public final class NumberRows extends ColumnRows {
    private long[] values = new long[0];

    NumberRows(Column column) {
        super(column);
    }

    /// The array of all rows, with room for at least `rows` of them.
    public long[] withRoomFor(int rows) {
        if (values.length < rows) {
            values = Arrays.copyOf(values, Math.max(rows, values.length * 2));
        }
        return values;
    }

    @Override
    void fillAbsent(int from, int to) {
        Arrays.fill(withRoomFor(to), from, to, Column.ABSENT);
    }

    /// The values of the first `rowCount` rows, which are no longer here afterwards; the array may
    /// be longer.
    long[] take(int rowCount) {
        long[] taken = values.length < rowCount ? Arrays.copyOf(values, rowCount) : values;
        values = new long[0];
        return taken;
    }
}
