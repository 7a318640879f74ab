// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;

/// Two columns as three: the value that the row's owner has (or that is common), the other one, and
/// which of the two came first.
///
/// What counts as owned is guessed from counts over a sample; a wrong guess costs bytes, nothing
/// else. The parts take the place of the two columns in memory.
final class PairSplit {
    /// One row in this many is counted.
    private static final int SAMPLE = 16;

    /// Of each owner about so many rows are counted, but at least one row in [#SAMPLE_MAX].
    private static final int ROWS_OF_OWNER = 32;

    private static final int SAMPLE_MAX = 64;

    /// Values of columns without an owner are counted by a table of all of them, up to so many.
    private static final int TABLE_MAX = 1 << 20;

    /// The longest of what the names of the parts start with.
    private static final String OWNED = "~owned:";

    /// How many columns say a pair.
    static final int PARTS = 3;

    final StagedColumn first;
    final StagedColumn second;
    final StagedColumn side;
    final StagedColumn owned;
    final StagedColumn other;

    /// Whether an owner decides, and not how common a value is.
    final boolean isOwned;

    private final int rowCount;

    private PairSplit(
            StagedColumn first,
            StagedColumn second,
            StagedColumn side,
            StagedColumn owned,
            StagedColumn other,
            boolean isOwned,
            int rowCount) {
        this.first = first;
        this.second = second;
        this.side = side;
        this.owned = owned;
        this.other = other;
        this.isOwned = isOwned;
        this.rowCount = rowCount;
    }

    /// Whether the parts of the pair can be named.
    static boolean isNameable(Column first, Column second) {
        return SegmentBuilder.isName(OWNED + first.name() + "+" + second.name());
    }

    /// Splits the pair for rows owned by `owner` (null: by nobody); null when the values lie too
    /// far apart.
    static @Nullable PairSplit of(
            StagedColumn first,
            StagedColumn second,
            @Nullable StagedColumn owner,
            int rowCount,
            RowMemory memory) {
        if (first.isWide() || second.isWide() || !haveOneBase(first, second, rowCount)) {
            return null;
        }
        int greatest = owner == null ? greatest(first, second, rowCount) : 0;
        if (greatest >= TABLE_MAX) {
            return null;
        }
        int[] side = memory.ints(rowCount);
        if (owner == null) {
            splitByCount(first.codes, second.codes, rowCount, greatest + 1, side);
        } else {
            splitByOwner(owner.codes, first.codes, second.codes, rowCount, side);
        }
        String name = first.column.name() + "+" + second.column.name();
        return new PairSplit(
                first,
                second,
                StagedColumn.chooser("~side:" + name, side),
                StagedColumn.part(renamed(first.column, OWNED + name), first.codes, first.base),
                StagedColumn.part(
                        renamed(first.column, "~other:" + name), second.codes, first.base),
                owner != null,
                rowCount);
    }

    private static int greatest(StagedColumn first, StagedColumn second, int rowCount) {
        return Math.max(
                StagedColumn.greatest(first.codes, rowCount),
                StagedColumn.greatest(second.codes, rowCount));
    }

    private static Column renamed(Column column, String name) {
        return new Column(
                name, column.type(), column.dictionary(), column.absentText(), column.isHidden());
    }

    /// Makes equal codes of both mean equal values, if 31 bits are enough for that.
    private static boolean haveOneBase(StagedColumn first, StagedColumn second, int rowCount) {
        if (first.base == second.base) {
            return true;
        }
        StagedColumn lower = first.base < second.base ? first : second;
        StagedColumn upper = lower == first ? second : first;
        if (StagedColumn.greatest(lower.codes, rowCount) == 0) {
            lower.base = upper.base; // it has no value at all
            return true;
        }
        long more = upper.base - lower.base;
        // Less than nothing when it is more than a long can say.
        if (more < 0
                || more > Integer.MAX_VALUE
                || more + StagedColumn.greatest(upper.codes, rowCount) > Integer.MAX_VALUE) {
            return false;
        }
        int[] codes = upper.codes;
        for (int row = 0; row < rowCount; row++) {
            codes[row] += (int) more & (-codes[row] >> 31);
        }
        upper.base = lower.base;
        return true;
    }

    /// Puts the commoner value of each row into `first`, the other into `second`, and 1 where they
    /// changed places into `side`.
    private static void splitByCount(
            int[] first, int[] second, int rowCount, int values, int[] side) {
        int[] counts = new int[values];
        for (int row = 0; row < rowCount; row += SAMPLE) {
            counts[first[row]]++;
            counts[second[row]]++;
        }
        for (int row = 0; row < rowCount; row++) {
            int less = counts[first[row]] - counts[second[row]];
            side[row] = swapIfNegative(less, first, second, row);
        }
    }

    /// The same by how often the row's owner has the values.
    private static void splitByOwner(
            int[] owners, int[] first, int[] second, int rowCount, int[] side) {
        OwnerCounts counts = new OwnerCounts();
        int step =
                Math.clamp(
                        rowCount / (ROWS_OF_OWNER * (1L + StagedColumn.greatest(owners, rowCount))),
                        1,
                        SAMPLE_MAX);
        for (int row = 0; row < rowCount; row += step) {
            counts.add(owners[row], first[row]);
            counts.add(owners[row], second[row]);
        }
        for (int row = 0; row < rowCount; row++) {
            int owner = owners[row];
            int less = counts.of(owner, first[row]) - counts.of(owner, second[row]);
            side[row] = swapIfNegative(less, first, second, row);
        }
    }

    /// Swaps the two values of a row when `less` is negative, and gives 1 when it did and 0
    /// otherwise: by a mask, since a branch on what rows hold would be mispredicted.
    private static int swapIfNegative(int less, int[] first, int[] second, int row) {
        int mask = less >> 31;
        int differing = (first[row] ^ second[row]) & mask;
        first[row] ^= differing;
        second[row] ^= differing;
        return -mask;
    }

    /// Puts the two columns together again, in whatever order the rows are now.
    void undo() {
        int[] sides = side.codes;
        int[] a = owned.codes;
        int[] b = other.codes;
        for (int row = 0; row < rowCount; row++) {
            swapIfNegative(-sides[row], a, b, row);
        }
        first.codes = a;
        second.codes = b;
    }

    /// The codes that one of the two columns has in the rows `[from, from + count)`.
    void codes(boolean isSecond, int from, int count, int[] target) {
        int[] sides = side.codes;
        int[] a = isSecond ? other.codes : owned.codes;
        int[] b = isSecond ? owned.codes : other.codes;
        for (int i = 0; i < count; i++) {
            target[i] = a[from + i] ^ ((a[from + i] ^ b[from + i]) & -sides[from + i]);
        }
    }
}
