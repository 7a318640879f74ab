// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import weir.engine.fault.Limits;
import weir.engine.index.ZoneMap;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;

/// A column of a segment that is about to be written: its final values in their final order.
///
/// It is *narrow* when a code of 31 bits says each value: of a dictionary column the code of the
/// dictionary, of a number column the number less [#base]; 0 is absent. Number columns whose values
/// lie further apart are *wide* and hold the numbers themselves.
final class StagedColumn {
    /// Narrow numbers are not as far from 0 as this.
    private static final long NARROW_BOUND = Long.MAX_VALUE >> 20;

    final Column column;

    /// Whether it is only there to say other columns by.
    final boolean isPart;

    /// Whether its codes are its numbers themselves, 0 among them: other columns ask for them.
    final boolean isChooser;

    /// The code of each row of a narrow column; the array may be longer. Of a wide one nothing.
    int[] codes;

    /// The number of each row of a wide column, [Column#ABSENT] where it has none. Of a narrow one
    /// nothing.
    long[] wide;

    /// What is added to a code to give a number.
    long base;

    private StagedColumn(
            Column column, boolean isPart, boolean isChooser, int[] codes, long[] wide, long base) {
        this.column = column;
        this.isPart = isPart;
        this.isChooser = isChooser;
        this.codes = codes;
        this.wide = wide;
        this.base = base;
    }

    /// A dictionary column.
    static StagedColumn ofCodes(Column column, int[] codes) {
        return new StagedColumn(column, false, false, codes, new long[0], 0);
    }

    /// A number column: `values[row]`, [Column#ABSENT] where a row has none.
    static StagedColumn ofNumbers(Column column, long[] values, int rowCount, RowMemory memory) {
        long below = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int row = 0; row < rowCount; row++) {
            // The absent number is the least one, and one less than it the greatest.
            below = Math.min(below, values[row] - 1);
            max = Math.max(max, values[row]);
        }
        if (max != Column.ABSENT && !isNarrowRange(below, max)) {
            return new StagedColumn(column, false, false, new int[0], values, 0);
        }
        int[] codes = memory.ints(rowCount);
        for (int row = 0; row < rowCount; row++) {
            long value = values[row];
            codes[row] = value == Column.ABSENT ? 0 : (int) (value - below);
        }
        long base = max == Column.ABSENT ? 0 : below;
        return new StagedColumn(column, false, false, codes, new long[0], base);
    }

    /// Whether codes of 31 bits say the numbers above `below` up to `max`, which lie within a part
    /// of all numbers: there, sums of a block do not overflow unseen.
    private static boolean isNarrowRange(long below, long max) {
        return below > -NARROW_BOUND
                && below < NARROW_BOUND
                && max - below > 0
                && max - below <= Integer.MAX_VALUE;
    }

    /// A number column of narrow rows, as [NumberRows] has them, that lie no further apart than 31
    /// bits; their array becomes that of the codes.
    ///
    /// @param below what [#below] gives for them
    static StagedColumn ofNarrowNumbers(Column column, int[] values, int below, int rowCount) {
        for (int row = 0; row < rowCount; row++) {
            int value = values[row];
            values[row] = value == NumberRows.NARROW_ABSENT ? 0 : value - below;
        }
        long base = below == Integer.MAX_VALUE ? 0 : below;
        return new StagedColumn(column, false, false, values, new long[0], base);
    }

    /// One less than the least of narrow values; the greatest int when all are absent.
    static int below(int[] values, int rowCount) {
        int below = Integer.MAX_VALUE;
        for (int row = 0; row < rowCount; row++) {
            // The absent one is the least int, and one less than it the greatest.
            below = Math.min(below, values[row] - 1);
        }
        return below;
    }

    /// A part of other columns, with their kind of codes.
    static StagedColumn part(Column column, int[] codes, long base) {
        return new StagedColumn(column, true, false, codes, new long[0], base);
    }

    /// A part called `name` whose codes say which of several values others have in a row.
    static StagedColumn chooser(String name, int[] codes) {
        Column column = Column.number(name, ColumnType.INT32);
        return new StagedColumn(column, true, true, codes, new long[0], 0);
    }

    /// The column of the rows `rows[0, count)` in that order.
    ///
    /// @param from the codes of all rows
    StagedColumn picked(int[] from, int[] rows, int count) {
        int[] picked = new int[count];
        gather(from, rows, count, picked);
        return new StagedColumn(column, false, false, picked, new long[0], base);
    }

    boolean isDictionary() {
        return column.type().isDictionary();
    }

    boolean isWide() {
        return wide.length > 0;
    }

    /// Whether its blocks have codes of their own base, from the least number on.
    private boolean isRebased() {
        return !isDictionary() && !isChooser;
    }

    /// The zone of the rows `[from, to)`.
    ZoneMap zone(int from, int to) {
        return isWide() ? ZoneMap.ofNumbers(wide, from, to) : zone(codes, from, to);
    }

    /// The zone of the rows whose codes are `found[from, to)`.
    ZoneMap zone(int[] found, int from, int to) {
        return isChooser
                ? ZoneMap.ofPresent(found, from, to)
                : ZoneMap.ofCodes(found, from, to, base, isDictionary());
    }

    /// What is added to a code of a block of this zone to give a number: code 0 is absent where a
    /// row is, and the least value otherwise.
    long blockBase(ZoneMap zone) {
        if (!isRebased() || zone.isAllAbsent()) {
            return 0;
        }
        return zone.min() - (zone.hasAbsent() ? 1 : 0);
    }

    /// Turns the codes `source[from, from + count)` of a narrow column into those of a block with
    /// this zone.
    void blockCodes(int[] source, int from, int count, ZoneMap zone, int[] target) {
        if (!isRebased() || zone.isAllAbsent()) {
            System.arraycopy(source, from, target, 0, count);
            return;
        }
        int less = (int) (blockBase(zone) - base);
        if (!zone.hasAbsent()) {
            for (int i = 0; i < count; i++) {
                target[i] = source[from + i] - less;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int code = source[from + i];
            target[i] = code - (less & (-code >> 31));
        }
    }

    /// The same for a wide column.
    void wideBlockCodes(int from, int count, ZoneMap zone, long[] target) {
        long blockBase = blockBase(zone);
        for (int i = 0; i < count; i++) {
            long value = wide[from + i];
            target[i] = value == Column.ABSENT ? 0 : value - blockBase;
        }
    }

    /// Brings the rows into another order: row `i` is what row `order[i]` was. Gives the memory
    /// that is free then, for the next narrow column.
    int[] reorder(int[] order, int rowCount, int[] free) {
        if (isWide()) {
            long[] moved = new long[rowCount];
            for (int row = 0; row < rowCount; row++) {
                moved[row] = wide[order[row]];
            }
            wide = moved;
            return free;
        }
        int[] from = codes;
        if (isConstant(from, rowCount)) {
            return free;
        }
        gather(from, order, rowCount, free);
        codes = free;
        return from;
    }

    private static boolean isConstant(int[] codes, int count) {
        int different = 0;
        for (int row = 0; row < count; row++) {
            different |= codes[row] ^ codes[0];
        }
        return different == 0;
    }

    private static void gather(int[] from, int[] order, int rowCount, int[] to) {
        for (int row = 0; row < rowCount; row++) {
            to[row] = from[order[row]];
        }
    }

    /// The greatest of the first `count` codes; 0 when there are none.
    static int greatest(int[] codes, int count) {
        int greatest = 0;
        for (int i = 0; i < count; i++) {
            greatest = Math.max(greatest, codes[i]);
        }
        return greatest;
    }

    /// Bits that hold each of the first `count` codes.
    static int width(int[] codes, int count) {
        int bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= codes[i];
        }
        return 32 - Integer.numberOfLeadingZeros(bits);
    }

    static int blockEnd(int from, int rowCount) {
        return Math.min(rowCount, from + Limits.BLOCK_ROWS);
    }
}
