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
/// code, or the number itself; absent rows have the key that stands for absent there. The commonest
/// key has no bitmap: its rows are those that no other key has.
///
/// ```text
///  0  keys      4 bytes, how many, the commonest one first
///  4  rows      4 bytes, rows of the segment
///  8  keys      keys longs
///     sizes     keys ints: bytes of each bitmap, 0 for the first
///     bitmaps   in the portable Roaring form, one behind the other
/// ```
///
/// Immutable and safe for many readers.
public final class BitmapIndex {
    private final int rowCount;
    private final long[] keys;
    private final List<RowSet> rows;

    private BitmapIndex(int rowCount, long[] keys, List<RowSet> rows) {
        this.rowCount = rowCount;
        this.keys = keys;
        this.rows = rows;
    }

    /// Appends the index of `keys[0, rowCount)` unless it would have too many keys or bytes; gives
    /// whether it did.
    public static boolean encode(long[] keys, int rowCount, ByteSink sink) {
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
                    return false;
                }
            }
        }
        if (lastBitmap == null) {
            return false;
        }
        lastBitmap.add((long) from, rowCount);
        return encode(bitmaps, rowCount, sink);
    }

    private static boolean encode(
            Map<Long, MutableRoaringBitmap> bitmaps, int rowCount, ByteSink sink) {
        List<Long> order = new ArrayList<>(bitmaps.keySet());
        order.sort((a, b) -> Integer.compare(cardinality(bitmaps, b), cardinality(bitmaps, a)));
        long budget = (long) rowCount * Limits.BITMAP_BYTES_PER_1000_ROWS / 1000;
        for (Long key : order.subList(1, order.size())) {
            MutableRoaringBitmap bitmap = bitmap(bitmaps, key);
            bitmap.runOptimize();
            budget -= bitmap.serializedSizeInBytes();
        }
        if (budget < 0) {
            return false;
        }
        sink.putInt(order.size());
        sink.putInt(rowCount);
        order.forEach(sink::putLong);
        sink.putInt(0);
        for (Long key : order.subList(1, order.size())) {
            sink.putInt(bitmap(bitmaps, key).serializedSizeInBytes());
        }
        for (Long key : order.subList(1, order.size())) {
            byte[] bytes = serialized(bitmap(bitmaps, key));
            sink.putBytes(bytes, 0, bytes.length);
        }
        return true;
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
        List<RowSet> sets = new ArrayList<>(count);
        sets.add(RowSet.none());
        long offset = 8 + 12L * count;
        for (int i = 1; i < count; i++) {
            sets.add(rowSet(body.slice(offset, sizes[i]), rowCount));
            offset += sizes[i];
        }
        return new BitmapIndex(rowCount, keys, sets);
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

    /// The keys, the commonest first.
    public long[] keys() {
        return Arrays.copyOf(keys, keys.length);
    }

    /// Exactly the rows whose key passes `test`; or null when they are more than `most`, since then
    /// scanning is faster than the set.
    public @Nullable RowSet rows(LongPredicate test, int most) {
        if (!test.test(keys[0])) {
            List<RowSet> chosen = new ArrayList<>();
            for (int i = 1; i < keys.length; i++) {
                if (test.test(keys[i])) {
                    chosen.add(rows.get(i));
                }
            }
            RowSet union = chosen.size() == 1 ? chosen.get(0) : RowSet.union(chosen);
            return union.cardinality() > most ? null : union;
        }
        List<RowSet> others = new ArrayList<>();
        int left = rowCount;
        for (int i = 1; i < keys.length; i++) {
            if (!test.test(keys[i])) {
                others.add(rows.get(i));
                left -= rows.get(i).cardinality();
            }
        }
        return left > most ? null : RowSet.union(others).complement(rowCount);
    }
}
