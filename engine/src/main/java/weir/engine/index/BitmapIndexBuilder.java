// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.buffer.MutableRoaringBitmap;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;

/// Builds a [BitmapIndex] of a column before it is written. Rows are counted first, so that only
/// those that are in a bitmap are collected. Stateless.
public final class BitmapIndexBuilder {
    /// Codes below this are counted by a table of all of them.
    private static final int TABLE_SIZE = 1 << 10;

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
        int greatest = 0;
        for (int row = 0; row < count; row++) {
            greatest = Math.max(greatest, codes[row]);
        }
        return greatest < TABLE_SIZE
                ? countedByTable(codes, count, greatest)
                : countedByRuns(codes, count);
    }

    private static List<Rows> countedByTable(int[] codes, int count, int greatest) {
        int[] counts = new int[greatest + 1];
        for (int row = 0; row < count; row++) {
            counts[codes[row]]++;
        }
        List<Rows> all = new ArrayList<>();
        for (int code = 0; code <= greatest; code++) {
            if (counts[code] > 0) {
                Rows rows = new Rows(code);
                rows.count = counts[code];
                all.add(rows);
            }
        }
        return all.size() > Limits.BITMAP_KEYS_MAX ? new ArrayList<>() : all;
    }

    private static List<Rows> countedByRuns(int[] codes, int count) {
        List<Rows> all = new ArrayList<>();
        Map<Integer, Rows> rowsOf = new HashMap<>();
        int from = 0;
        while (from < count) {
            int to = from + 1;
            while (to < count && codes[to] == codes[from]) {
                to++;
            }
            Rows rows = rowsOf.computeIfAbsent(codes[from], Rows::new);
            if (rows.count == 0) {
                if (all.size() == Limits.BITMAP_KEYS_MAX) {
                    return new ArrayList<>();
                }
                all.add(rows);
            }
            rows.count += to - from;
            from = to;
        }
        return all;
    }

    /// Collects the rows of all codes but the commonest one, unless they are many.
    private static void collect(int[] codes, int rowCount, List<Rows> all) {
        Map<Integer, Rows> wanted = new HashMap<>();
        int wantedRows = 0;
        int greatest = 0;
        for (Rows rows : all) {
            greatest = Math.max(greatest, rows.code);
            if (rows != all.getFirst() && rows.count <= rowCount / Limits.BITMAP_ROWS_PER_ROW) {
                rows.rows = new int[rows.count];
                wanted.put(rows.code, rows);
                wantedRows += rows.count;
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        int[] found = new int[wantedRows + 1];
        if (greatest < TABLE_SIZE) {
            int[] isWanted = new int[greatest + 1];
            wanted.keySet().forEach(code -> isWanted[code] = 1);
            collectByTable(codes, rowCount, isWanted, found);
        } else {
            int next = 0;
            for (int row = 0; row < rowCount; row++) {
                if (wanted.containsKey(codes[row])) {
                    found[next++] = row;
                }
            }
        }
        for (int i = 0; i < wantedRows; i++) {
            Rows rows = wanted.get(codes[found[i]]);
            if (rows != null) {
                rows.rows[rows.collected++] = found[i];
            }
        }
    }

    /// Writes every row and advances where it is wanted: no branch to mispredict.
    private static void collectByTable(int[] codes, int rowCount, int[] isWanted, int[] found) {
        int next = 0;
        for (int row = 0; row < rowCount && next < found.length; row++) {
            found[next] = row;
            next += isWanted[codes[row]];
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
}
