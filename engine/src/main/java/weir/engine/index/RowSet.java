// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.buffer.BufferFastAggregation;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/// A set of rows of one segment. Immutable; a [Cursor] over it belongs to one thread.
public final class RowSet {
    private final ImmutableRoaringBitmap rows;

    RowSet(ImmutableRoaringBitmap rows) {
        this.rows = rows;
    }

    ImmutableRoaringBitmap bitmap() {
        return rows;
    }

    /// No row.
    public static RowSet none() {
        return new RowSet(new MutableRoaringBitmap());
    }

    /// The rows in any of `sets`.
    public static RowSet union(Iterable<RowSet> sets) {
        MutableRoaringBitmap union = new MutableRoaringBitmap();
        for (RowSet set : sets) {
            union.or(set.rows);
        }
        return new RowSet(union);
    }

    /// The rows in both.
    public RowSet and(RowSet other) {
        return new RowSet(BufferFastAggregation.and(rows, other.rows));
    }

    /// The rows `[0, rowCount)` that are not in this set.
    public RowSet complement(int rowCount) {
        return new RowSet(ImmutableRoaringBitmap.flip(rows, 0L, rowCount));
    }

    /// How many rows.
    public int cardinality() {
        return rows.getCardinality();
    }

    /// Whether a row of `[from, to)` is in the set.
    public boolean intersects(int from, int to) {
        return rows.intersects(from, to);
    }

    /// A cursor before the first row.
    public Cursor cursor() {
        return new Cursor(rows.getIntIterator());
    }

    /// Reads a set in ascending order, range by range.
    public static final class Cursor {
        private final PeekableIntIterator iterator;

        private Cursor(PeekableIntIterator iterator) {
            this.iterator = iterator;
        }

        /// Puts the rows of `[from, to)`, less `from`, into `offsets` and gives how many there are.
        /// Calls come with ascending ranges.
        public int copyOffsets(int from, int to, int[] offsets) {
            iterator.advanceIfNeeded(from);
            int count = 0;
            while (iterator.hasNext() && iterator.peekNext() < to) {
                offsets[count++] = iterator.next() - from;
            }
            return count;
        }
    }
}
