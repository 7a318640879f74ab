// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;

/// The rows of a number column under construction; [Column#ABSENT] where there is no value.
///
/// They take four bytes a row as long as all of them fit that (*narrow*), and eight from the first
/// one on that does not (*wide*).
public final class NumberRows extends ColumnRows {
    /// What stands for an absent value in narrow rows.
    public static final int NARROW_ABSENT = Integer.MIN_VALUE;

    private final RowMemory memory;
    private int[] narrow = new int[0];
    private long[] wide = new long[0];
    private boolean isWide;

    NumberRows(Column column, RowMemory memory) {
        super(column);
        this.memory = memory;
    }

    /// Whether `value`, or that there is none, can be said by narrow rows.
    public static boolean isNarrow(long value) {
        return value == Column.ABSENT || ((int) value == value && value != NARROW_ABSENT);
    }

    /// The array of all rows as long as they are narrow, with room for at least `rows` of them, to
    /// be written from the first row on that has no value yet; null once they are wide. Absent is
    /// [#NARROW_ABSENT].
    public int @Nullable [] narrowWithRoomFor(int rows) {
        if (isWide) {
            return null;
        }
        narrow = memory.grown(narrow, rows);
        return narrow;
    }

    /// The same of wide rows, which these are from now on.
    public long[] wideWithRoomFor(int rows) {
        if (!isWide) {
            wide = new long[Math.max(rows, narrow.length)];
            for (int row = 0; row < narrow.length; row++) {
                wide[row] = narrow[row] == NARROW_ABSENT ? Column.ABSENT : narrow[row];
            }
            memory.release(narrow);
            narrow = new int[0];
            isWide = true;
        } else if (wide.length < rows) {
            wide = Arrays.copyOf(wide, Math.max(rows, 2 * wide.length));
        }
        return wide;
    }

    /// Makes room for `rows` rows.
    public void reserve(int rows) {
        if (narrowWithRoomFor(rows) == null) {
            wideWithRoomFor(rows);
        }
    }

    /// Sets the value of a row.
    public void set(int row, long value) {
        int[] array = isNarrow(value) ? narrowWithRoomFor(row + 1) : null;
        if (array == null) {
            wideWithRoomFor(row + 1)[row] = value;
        } else {
            array[row] = value == Column.ABSENT ? NARROW_ABSENT : (int) value;
        }
    }

    /// Sets the values of the rows from `first` on: the first `count` of `values`.
    public void put(int first, long[] values, int count) {
        int[] array = narrowWithRoomFor(first + count);
        if (array != null && areNarrow(values, count)) {
            for (int i = 0; i < count; i++) {
                array[first + i] = values[i] == Column.ABSENT ? NARROW_ABSENT : (int) values[i];
            }
        } else {
            System.arraycopy(values, 0, wideWithRoomFor(first + count), first, count);
        }
    }

    private static boolean areNarrow(long[] values, int count) {
        boolean areNarrow = true;
        for (int i = 0; i < count; i++) {
            areNarrow &= isNarrow(values[i]);
        }
        return areNarrow;
    }

    /// Gives row `to` the value of row `from`.
    public void copy(int from, int to) {
        if (isWide) {
            wide[to] = wide[from];
        } else {
            narrow[to] = narrow[from];
        }
    }

    @Override
    void fillAbsent(int from, int to) {
        int[] array = narrowWithRoomFor(to);
        if (array == null) {
            Arrays.fill(wideWithRoomFor(to), from, to, Column.ABSENT);
        } else {
            Arrays.fill(array, from, to, NARROW_ABSENT);
        }
    }

    /// The first `rowCount` rows as a column to be written; they are no longer here afterwards.
    StagedColumn stage(int rowCount) {
        int below = StagedColumn.below(narrow, isWide ? 0 : rowCount);
        if (!isWide && haveNarrowRange(below, rowCount)) {
            int[] values = narrow;
            narrow = new int[0];
            return StagedColumn.ofNarrowNumbers(column(), values, below, rowCount);
        }
        long[] values = wideWithRoomFor(rowCount);
        wide = new long[0];
        return StagedColumn.ofNumbers(column(), values, rowCount, memory);
    }

    /// Whether the numbers less the least of them have 31 bits.
    private boolean haveNarrowRange(int below, int rowCount) {
        int max = NARROW_ABSENT;
        for (int row = 0; row < rowCount; row++) {
            max = Math.max(max, narrow[row]);
        }
        return max == NARROW_ABSENT || (long) max - below <= Integer.MAX_VALUE;
    }
}
