// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import weir.engine.index.PageIndex;
import weir.engine.index.RowSet;
import weir.engine.index.ZoneMap;
import weir.engine.schema.Column;

/// A number that is one of a list. Belongs to one thread.
final class NumberInTest extends RowTest {
    /// Above this code a bit for each code costs more than a search.
    private static final long BITS_MAX = 1 << 20;

    private final ColumnCursor cursor;
    private final long[] values;
    private final boolean useZones;
    private final IndexedBatches indexed;
    private int preparedBlock = -1;
    private CodeSet codes = CodeSet.none();
    private long[] longCodes = new long[0];

    NumberInTest(ColumnCursor cursor, Predicate.NumberIn in, boolean useZones) {
        this.cursor = cursor;
        this.useZones = useZones;
        this.values = in.values().stream().mapToLong(Long::longValue).sorted().toArray();
        this.indexed =
                values.length == 0
                        ? new IndexedBatches(cursor, 1, 0, _ -> PageIndex.Keys.NONE)
                        : new IndexedBatches(
                                cursor, values[0], values[values.length - 1], this::next);
    }

    /// The least value that is not below `from`.
    private long next(long from) {
        int next = placeOf(from);
        return next < values.length ? values[next] : PageIndex.Keys.NONE;
    }

    /// The place of the least value that is not below `from`.
    private int placeOf(long from) {
        int at = Arrays.binarySearch(values, from);
        return at >= 0 ? at : -at - 1;
    }

    @Override
    Verdict verdict(int block, boolean timeOnly) {
        if (timeOnly && !cursor.isTime()) {
            return Verdict.SOME;
        }
        if (!cursor.isPresent()) {
            return Verdict.NONE;
        }
        ZoneMap zone = cursor.zone(block);
        if (zone.isAllAbsent()) {
            return Verdict.NONE;
        }
        int at = Arrays.binarySearch(values, zone.min());
        if (at >= 0) {
            return zone.min() == zone.max() && !zone.hasAbsent() ? Verdict.ALL : Verdict.SOME;
        }
        int next = -at - 1;
        return next < values.length && values[next] <= zone.max() ? Verdict.SOME : Verdict.NONE;
    }

    @Override
    int indexed(int block) {
        return indexed.of(block);
    }

    @Override
    @Nullable RowSet rows(int most) {
        return bitmapped(
                cursor, key -> key != Column.ABSENT && Arrays.binarySearch(values, key) >= 0, most);
    }

    @Override
    void test(int block, int batch, int count, int[] flags) {
        if (!cursor.isPresent() || (useZones && verdict(block, false) == Verdict.NONE)) {
            Arrays.fill(flags, 0, count, 0);
            return;
        }
        prepare(block);
        if (cursor.isLong(block)) {
            cursor.load(block, batch);
            for (int i = 0; i < count; i++) {
                long code = cursor.longCodes()[i];
                flags[i] = Arrays.binarySearch(longCodes, code) >= 0 ? 1 : 0;
            }
        } else if (longCodes.length > 0) {
            cursor.load(block, batch);
            for (int i = 0; i < count; i++) {
                long code = cursor.codes()[i];
                flags[i] = Arrays.binarySearch(longCodes, code) >= 0 ? 1 : 0;
            }
        } else {
            cursor.test(block, batch, count, codes, flags);
        }
    }

    /// Translates the values that codes as wide as the block's can say to such codes.
    private void prepare(int block) {
        if (block == preparedBlock) {
            return;
        }
        preparedBlock = block;
        long base = cursor.base(block);
        long least = cursor.least(block);
        long greatestCode = cursor.isLong(block) ? -1 : Integer.MAX_VALUE;
        int from = placeOf(least);
        int to = from;
        while (to < values.length && Long.compareUnsigned(values[to] - base, greatestCode) <= 0) {
            to++;
        }
        long[] held = new long[to - from];
        for (int i = 0; i < held.length; i++) {
            held[i] = values[from + i] - base;
        }
        if (cursor.isLong(block)) {
            Arrays.sort(held); // what is searched ascends as signed numbers
        }
        codes = CodeSet.none();
        longCodes = new long[0];
        if (held.length == 0) {
            return;
        }
        if (cursor.isLong(block) || held[held.length - 1] > BITS_MAX) {
            longCodes = held;
            return;
        }
        BitSet bits = new BitSet();
        for (long code : held) {
            bits.set((int) code);
        }
        codes = CodeSet.of(bits);
    }
}
