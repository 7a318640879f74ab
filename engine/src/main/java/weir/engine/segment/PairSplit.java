// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import org.jspecify.annotations.Nullable;
import weir.engine.memory.KeyHash;
import weir.engine.schema.Column;

/// Two columns as three: the value that the row's owner has (or that is common), the other one, and
/// which of the two came first.
///
/// What counts as owned is guessed from counts over a sample; a wrong guess costs bytes, nothing
/// else.
final class PairSplit {
    /// One row in this many is counted.
    private static final int SAMPLE = 8;

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

    private PairSplit(
            StagedColumn first,
            StagedColumn second,
            StagedColumn side,
            StagedColumn owned,
            StagedColumn other,
            boolean isOwned) {
        this.first = first;
        this.second = second;
        this.side = side;
        this.owned = owned;
        this.other = other;
        this.isOwned = isOwned;
    }

    /// Whether the parts of the pair can be named.
    static boolean isNameable(Column first, Column second) {
        return SegmentBuilder.isName(OWNED + first.name() + "+" + second.name());
    }

    /// Splits the pair for rows owned by `owner` (null: by nobody).
    static PairSplit of(StagedColumn first, StagedColumn second, @Nullable StagedColumn owner) {
        int rowCount = first.values.length;
        CountTable counts = new CountTable();
        for (int row = 0; row < rowCount; row += SAMPLE) {
            long key = owner == null ? 0 : owner.values[row];
            counts.add(key, first.values[row]);
            counts.add(key, second.values[row]);
        }
        long[] side = new long[rowCount];
        long[] owned = new long[rowCount];
        long[] other = new long[rowCount];
        for (int row = 0; row < rowCount; row++) {
            long key = owner == null ? 0 : owner.values[row];
            long a = first.values[row];
            long b = second.values[row];
            boolean isFirst = counts.of(key, a) >= counts.of(key, b);
            side[row] = isFirst ? 0 : 1;
            owned[row] = isFirst ? a : b;
            other[row] = isFirst ? b : a;
        }
        String name = first.column.name() + "+" + second.column.name();
        return new PairSplit(
                first,
                second,
                StagedColumn.chooser("~side:" + name, side),
                new StagedColumn(renamed(first.column, OWNED + name), true, owned),
                new StagedColumn(renamed(first.column, "~other:" + name), true, other),
                owner != null);
    }

    private static Column renamed(Column column, String name) {
        return new Column(
                name, column.type(), column.dictionary(), column.absentText(), column.isHidden());
    }

    /// Counts of (owner, value), in open addressing.
    private static final class CountTable {
        private long[] keys = new long[2 << 12];
        private int[] counts = new int[1 << 12];
        private int used;

        void add(long owner, long value) {
            int slot = slot(owner, value);
            if (counts[slot]++ == 0) {
                keys[2 * slot] = owner;
                keys[2 * slot + 1] = value;
                used++;
                if (used * 2 > counts.length) {
                    grow();
                }
            }
        }

        int of(long owner, long value) {
            return counts[slot(owner, value)];
        }

        private int slot(long owner, long value) {
            int mask = counts.length - 1;
            int slot = (int) KeyHash.of(owner, value) & mask;
            while (counts[slot] != 0 && (keys[2 * slot] != owner || keys[2 * slot + 1] != value)) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        private void grow() {
            long[] oldKeys = keys;
            int[] oldCounts = counts;
            keys = new long[2 * oldKeys.length];
            counts = new int[2 * oldCounts.length];
            for (int i = 0; i < oldCounts.length; i++) {
                if (oldCounts[i] != 0) {
                    int slot = slot(oldKeys[2 * i], oldKeys[2 * i + 1]);
                    keys[2 * slot] = oldKeys[2 * i];
                    keys[2 * slot + 1] = oldKeys[2 * i + 1];
                    counts[slot] = oldCounts[i];
                }
            }
        }
    }
}
