// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.InvalidRoaringFormat;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
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

    /// Appends the index of `keys[0, rowCount)` unless it has too many keys or no key has a bitmap;
    /// gives whether it did.
    public static boolean encode(long[] keys, int rowCount, ByteSink sink) {
        Map<Long, MutableRoaringBitmap> bitmaps = grouped(keys, rowCount);
        return bitmaps != null && encode(bitmaps, rowCount, sink);
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

    /// Keys of many rows get no bitmap; when the others take too many bytes, only rare keys do.
    private static boolean encode(
            Map<Long, MutableRoaringBitmap> bitmaps, int rowCount, ByteSink sink) {
        List<Long> order = new ArrayList<>(bitmaps.keySet());
        order.sort((a, b) -> Integer.compare(cardinality(bitmaps, b), cardinality(bitmaps, a)));
        int[] sizes = sizes(bitmaps, order, rowCount / Limits.BITMAP_ROWS_PER_ROW);
        long budget = (long) rowCount * Limits.BITMAP_BYTES_PER_1000_ROWS / 1000;
        if (Arrays.stream(sizes).asLongStream().sum() > budget) {
            sizes = sizes(bitmaps, order, rowCount / Limits.BITMAP_ROWS_PER_RARE_ROW);
        }
        long total = Arrays.stream(sizes).asLongStream().sum();
        if (total == 0 || total > budget) {
            return false;
        }
        sink.putInt(order.size());
        sink.putInt(rowCount);
        order.forEach(sink::putLong);
        sink.putInts(sizes, sizes.length);
        for (int i = 1; i < sizes.length; i++) {
            if (sizes[i] > 0) {
                byte[] bytes = serialized(bitmap(bitmaps, order.get(i)));
                sink.putBytes(bytes, 0, bytes.length);
            }
        }
        return true;
    }

    /// Bytes of the bitmap of each key that has at most `most` rows, and 0 for the others and the
    /// first.
    private static int[] sizes(
            Map<Long, MutableRoaringBitmap> bitmaps, List<Long> order, int most) {
        int[] sizes = new int[order.size()];
        for (int i = 1; i < sizes.length; i++) {
            MutableRoaringBitmap bitmap = bitmap(bitmaps, order.get(i));
            if (bitmap.getCardinality() <= most) {
                bitmap.runOptimize();
                sizes[i] = bitmap.serializedSizeInBytes();
            }
        }
        return sizes;
    }

    private static int cardinality(Map<Long, MutableRoaringBitmap> bitmaps, Long key) {
        return bitmap(bitmaps, key).getCardinality();
    }

    private static MutableRoaringBitmap bitmap(Map<Long, MutableRoaringBitmap> bitmaps, Long key) {
        return Objects.requireNonNull(bitmaps.get(key), "no bitmap of this key");
    }

    private static byte[] serialized(MutableRoaringBitmap bitmap) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(bitmap.serializedSizeInBytes());
        try {
            bitmap.serialize(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /// Reads what [#encode] appended, and validates every bitmap: deserialising checks nothing.
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
