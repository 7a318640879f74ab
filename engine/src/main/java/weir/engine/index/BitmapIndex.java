// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.InvalidRoaringFormat;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;
import weir.engine.fault.Limits;
import weir.engine.memory.Slice;
import weir.engine.memory.SliceCursor;

/// For a column of few distinct keys: key to rows, as Roaring bitmaps. A key is the dictionary
/// code, or the number itself; absent rows have the key that stands for absent there. Keys of many
/// rows have no bitmap; when only one has none, its rows are those that no other key has.
///
/// ```text
///  0  keys      4 bytes, how many, the commonest one first
///  4  rows      4 bytes, rows of the segment
///  8  keys      keys longs
///     sizes     keys ints: bytes of each bitmap, 0 where there is none, as for the first
///     bitmaps   in the portable Roaring form, one behind the other
/// ```
///
/// Immutable and safe for many readers.
public final class BitmapIndex {
    private final int rowCount;
    private final long[] keys;
    private final List<@Nullable RowSet> rows;
    private final int bare;

    /// @param bare how many keys have no bitmap
    private BitmapIndex(int rowCount, long[] keys, List<@Nullable RowSet> rows, int bare) {
        this.rowCount = rowCount;
        this.keys = keys;
        this.rows = rows;
        this.bare = bare;
    }

    /// The rows of each key; null when there are no rows, or more keys than an index may have.
    private static @Nullable Map<Long, MutableRoaringBitmap> grouped(long[] keys, int rowCount) {
        Map<Long, MutableRoaringBitmap> bitmaps = new TreeMap<>();
        long last = 0;
        MutableRoaringBitmap lastBitmap = null;
        int from = 0;
        for (int row = 0; row < rowCount; row++) {
            if (lastBitmap == null || keys[row] != last) {
                if (lastBitmap != null) {
                    lastBitmap.add((long) from, row);
                }
                from = row;
                last = keys[row];
                lastBitmap = bitmaps.computeIfAbsent(last, _ -> new MutableRoaringBitmap());
                if (bitmaps.size() > Limits.BITMAP_KEYS_MAX) {
                    return null;
                }
            }
        }
        if (lastBitmap == null) {
            return null;
        }
        lastBitmap.add((long) from, rowCount);
        return bitmaps;
    }

    /// Reads what [BitmapIndexBuilder] appended, and validates every bitmap: deserialising checks
    /// nothing.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the bytes are no such index
    public static BitmapIndex decode(Slice body, int rowCount) {
        SliceCursor cursor = new SliceCursor(body);
        int count = cursor.nextCount(Limits.BITMAP_KEYS_MAX, "keys");
        int rows = cursor.nextInt();
        if (rows != rowCount || count == 0) {
            throw body.corrupt(0, "keys of " + rowCount + " rows", count + " of " + rows);
        }
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = cursor.nextLong();
        }
        int[] sizes = new int[count];
        for (int i = 0; i < count; i++) {
            sizes[i] = cursor.nextInt();
        }
        List<@Nullable RowSet> sets = new ArrayList<>(count);
        long offset = 8 + 12L * count;
        int bare = 0;
        for (int i = 0; i < count; i++) {
            if (sizes[i] == 0) {
                sets.add(null);
                bare++;
            } else {
                sets.add(rowSet(body.slice(offset, sizes[i]), rowCount));
                offset += sizes[i];
            }
        }
        if (offset != body.size()) {
            throw body.corrupt(0, offset + " bytes of an index", Long.toString(body.size()));
        }
        return new BitmapIndex(rowCount, keys, sets, bare);
    }

    private static RowSet rowSet(Slice bytes, int rowCount) {
        ByteBuffer buffer = bytes.copiedBuffer();
        ImmutableRoaringBitmap bitmap;
        boolean isValid;
        try {
            bitmap = new ImmutableRoaringBitmap(buffer);
            isValid = bitmap.validate() && (bitmap.isEmpty() || bitmap.last() < rowCount);
        } catch (InvalidRoaringFormat
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | BufferUnderflowException e) {
            // What Roaring throws on foreign bytes depends on where it stumbles.
            throw bytes.corrupt(0, "a Roaring bitmap", String.valueOf(e.getMessage()));
        }
        if (!isValid) {
            throw bytes.corrupt(0, "a valid bitmap of rows below " + rowCount, "another");
        }
        return new RowSet(bitmap);
    }

    /// Where this index is not that of `data`, the keys of all rows; null when it is.
    public @Nullable IndexDifference difference(long[] data) {
        Map<Long, MutableRoaringBitmap> bitmaps = grouped(data, rowCount);
        if (bitmaps == null || bitmaps.size() != keys.length) {
            String found = bitmaps == null ? "more than " + keys.length : bitmaps.size() + "";
            return new IndexDifference(found + " keys", keys.length + "");
        }
        for (int i = 0; i < keys.length; i++) {
            MutableRoaringBitmap expected = bitmaps.get(keys[i]);
            RowSet found = rows.get(i);
            if (expected == null || (found != null && !expected.equals(found.bitmap()))) {
                return new IndexDifference(
                        "key " + keys[i] + " in " + words(expected),
                        words(found == null ? null : found.bitmap()));
            }
        }
        return null;
    }

    private static String words(@Nullable ImmutableRoaringBitmap bitmap) {
        return bitmap == null || bitmap.isEmpty()
                ? "no row"
                : "%d rows, %d to %d"
                        .formatted(bitmap.getCardinality(), bitmap.first(), bitmap.last());
    }

    /// The keys, the commonest first.
    public long[] keys() {
        return Arrays.copyOf(keys, keys.length);
    }

    /// Exactly the rows whose key passes `test`; or null when that is not known, or they are more
    /// than `most`, since then scanning is faster than the set.
    public @Nullable RowSet rows(LongPredicate test, int most) {
        List<RowSet> passing = new ArrayList<>();
        List<RowSet> others = new ArrayList<>();
        int barePassing = 0;
        int othersRows = 0;
        for (int i = 0; i < keys.length; i++) {
            RowSet set = rows.get(i);
            boolean passes = test.test(keys[i]);
            if (set == null) {
                barePassing += passes ? 1 : 0;
            } else if (passes) {
                passing.add(set);
            } else {
                others.add(set);
                othersRows += set.cardinality();
            }
        }
        if (barePassing == 0) {
            RowSet union = passing.size() == 1 ? passing.get(0) : RowSet.union(passing);
            return union.cardinality() > most ? null : union;
        }
        return bare > barePassing || rowCount - othersRows > most
                ? null
                : RowSet.union(others).complement(rowCount);
    }
}
