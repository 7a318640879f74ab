// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import weir.engine.fault.Limits;
import weir.engine.index.ZoneMap;
import weir.engine.schema.Column;

/// A column of a segment that is about to be written: its final values in their final order. For a
/// dictionary column a value is its code and absent is 0; for a number column it is the number and
/// absent is [Column#ABSENT].
final class StagedColumn {
    final Column column;

    /// Whether it is only there to say other columns by.
    final boolean isPart;

    long[] values;

    StagedColumn(Column column, boolean isPart, long[] values) {
        this.column = column;
        this.isPart = isPart;
        this.values = values;
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
    static long base(Column column, ZoneMap zone) {
        if (column.type().isDictionary() || zone.isAllAbsent()) {
            return 0;
        }
        return zone.min() - (zone.hasAbsent() ? 1 : 0);
    }

    static int blockEnd(int from, int rowCount) {
        return Math.min(rowCount, from + Limits.BLOCK_ROWS);
    }
}
