// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import weir.engine.fault.Limits;
import weir.engine.index.ZoneMap;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;

/// A column of a segment that is about to be written: its final values in their final order. For a
/// dictionary column a value is its code and absent is 0; for a number column it is the number and
/// absent is [Column#ABSENT].
final class StagedColumn {
    final Column column;

    /// Whether it is only there to say other columns by.
    final boolean isPart;

    /// Whether its codes are its numbers themselves: other columns ask for them.
    final boolean isChooser;

    long[] values;

    StagedColumn(Column column, boolean isPart, long[] values) {
        this(column, isPart, false, values);
    }

    private StagedColumn(Column column, boolean isPart, boolean isChooser, long[] values) {
        this.column = column;
        this.isPart = isPart;
        this.isChooser = isChooser;
        this.values = values;
    }

    /// A part called `name` whose numbers say which of several values others have in a row.
    static StagedColumn chooser(String name, long[] values) {
        return new StagedColumn(Column.number(name, ColumnType.INT32), true, true, values);
    }

    boolean isDictionary() {
        return column.type().isDictionary();
    }

    ZoneMap zone(int from, int to) {
        return isDictionary()
                ? ZoneMap.ofCodes(values, from, to)
                : ZoneMap.ofNumbers(values, from, to);
    }

    /// Brings the rows into another order: row `i` is what row `order[i]` was.
    void reorder(int[] order) {
        long[] moved = new long[order.length];
        for (int row = 0; row < order.length; row++) {
            moved[row] = values[order[row]];
        }
        values = moved;
    }

    /// Puts the codes of the rows `[from, to)` into `codes`, where `base` stands for the number 0.
    void codes(int from, int to, long base, long[] codes) {
        if (isDictionary()) {
            System.arraycopy(values, from, codes, 0, to - from);
            return;
        }
        for (int row = from; row < to; row++) {
            long value = values[row];
            codes[row - from] = value == Column.ABSENT ? 0 : value - base;
        }
    }

    /// What is added to a code to give a number of this zone: code 0 is absent where a row is, and
    /// the least value otherwise.
    long base(ZoneMap zone) {
        if (isDictionary() || isChooser || zone.isAllAbsent()) {
            return 0;
        }
        return zone.min() - (zone.hasAbsent() ? 1 : 0);
    }

    static int blockEnd(int from, int rowCount) {
        return Math.min(rowCount, from + Limits.BLOCK_ROWS);
    }
}
