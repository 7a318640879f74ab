// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.buffer.MutableRoaringBitmap;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;

/// Builds a [BitmapIndex] of a column before it is written. Rows are counted first, so that only
/// those that are in a bitmap are collected. Stateless.
public final class BitmapIndexBuilder {
    private BitmapIndexBuilder() {}

    /// The rows of one code.
    private static final class Rows {
        final int code;
        int count;
        int[] rows = new int[0];
        int collected;
        @Nullable MutableRoaringBitmap bitmap;

        Rows(int code) {
            this.code = code;
        }

        void collect(int from, int to) {
            for (int row = from; row < to; row++) {
                rows[collected++] = row;
            }
        }
    }

    /// Whether the first `count` codes are few enough different ones for an index.
    public static boolean haveFewKeys(int[] codes, int count) {
        return !counted(codes, count).isEmpty();
    }

    /// Appends the index of `codes[0, rowCount)` unless it has too many keys or no key has a
    /// bitmap; gives whether it did.
    ///
    /// @param codes none negative
    /// @param keyOf the key of a code; greater for greater codes
    public static boolean encode(
            int[] codes, int rowCount, IntToLongFunction keyOf, ByteSink sink) {
        List<Rows> all = counted(codes, rowCount);
        all.sort(Comparator.comparingInt((Rows rows) -> -rows.count).thenComparingInt(r -> r.code));
        collect(codes, rowCount, all);
        int[] sizes = sizes(all, rowCount / Limits.BITMAP_ROWS_PER_ROW);
        long budget = (long) rowCount * Limits.BITMAP_BYTES_PER_1000_ROWS / 1000;
        if (Arrays.stream(sizes).asLongStream().sum() > budget) {
            // Only rare keys get one then.
            sizes = sizes(all, rowCount / Limits.BITMAP_ROWS_PER_RARE_ROW);
        }
        long total = Arrays.stream(sizes).asLongStream().sum();
        if (total == 0 || total > budget) {
            return false;
        }
        sink.putInt(all.size());
        sink.putInt(rowCount);
        all.forEach(rows -> sink.putLong(keyOf.applyAsLong(rows.code)));
        sink.putInts(sizes, sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            MutableRoaringBitmap bitmap = all.get(i).bitmap;
            if (sizes[i] > 0 && bitmap != null) {
                byte[] bytes = serialized(bitmap);
                sink.putBytes(bytes, 0, bytes.length);
            }
        }
        return true;
    }

    /// How many rows each code has; nothing when there are more codes than an index may have.
    private static List<Rows> counted(int[] codes, int count) {
        List<Rows> all = new ArrayList<>();
        Slots slots = new Slots();
        int from = 0;
        while (from < count) {
            int to = runEnd(codes, from, count);
            Rows rows = slots.get(codes[from]);
            if (rows == null) {
                if (all.size() == Limits.BITMAP_KEYS_MAX) {
                    return new ArrayList<>();
                }
                rows = new Rows(codes[from]);
                all.add(rows);
                slots.add(rows);
            }
            rows.count += to - from;
            from = to;
        }
        return all;
    }

    private static int runEnd(int[] codes, int from, int count) {
        int to = from + 1;
        while (to < count && codes[to] == codes[from]) {
            to++;
        }
        return to;
    }

    /// Collects the rows of all codes but the commonest one, unless they are many.
    private static void collect(int[] codes, int rowCount, List<Rows> all) {
        Slots slots = new Slots();
        for (Rows rows : all.subList(Math.min(1, all.size()), all.size())) {
            if (rows.count <= rowCount / Limits.BITMAP_ROWS_PER_ROW) {
                rows.rows = new int[rows.count];
                slots.add(rows);
            }
        }
        int from = 0;
        while (from < rowCount && !slots.isEmpty()) {
            int to = runEnd(codes, from, rowCount);
            Rows rows = slots.get(codes[from]);
            if (rows != null) {
                rows.collect(from, to);
            }
            from = to;
        }
    }

    /// Bytes of the bitmap of each key that has at most `most` rows, and 0 for the others and the
    /// first.
    private static int[] sizes(List<Rows> all, int most) {
        int[] sizes = new int[all.size()];
        for (int i = 1; i < sizes.length; i++) {
            Rows rows = all.get(i);
            if (rows.count <= most) {
                if (rows.bitmap == null) {
                    rows.bitmap = new MutableRoaringBitmap();
                    rows.bitmap.addN(rows.rows, 0, rows.count);
                    rows.bitmap.runOptimize();
                }
                sizes[i] = rows.bitmap.serializedSizeInBytes();
            }
        }
        return sizes;
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

    /// A few codes, found by a table.
    private static final class Slots {
        private static final int SIZE = 4 * Limits.BITMAP_KEYS_MAX;
        private final @Nullable Rows[] slots = new @Nullable Rows[SIZE];
        private boolean isEmpty = true;

        boolean isEmpty() {
            return isEmpty;
        }

        @Nullable Rows get(int code) {
            for (int slot = first(code); ; slot = slot + 1 & SIZE - 1) {
                Rows rows = slots[slot];
                if (rows == null || rows.code == code) {
                    return rows;
                }
            }
        }

        void add(Rows rows) {
            int slot = first(rows.code);
            while (slots[slot] != null) {
                slot = slot + 1 & SIZE - 1;
            }
            slots[slot] = rows;
            isEmpty = false;
        }

        private static int first(int code) {
            return ((code * 0x9E3779B9) >>> 24) & (SIZE - 1);
        }
    }
}
