// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.index.PageIndex;
import weir.engine.index.RowSet;
import weir.engine.index.ZoneMap;

/// A number from one to another. Belongs to one thread.
final class NumberRangeTest extends RowTest {
    private final ColumnCursor cursor;
    private final long min;
    private final long max;
    private final boolean useZones;
    private final IndexedBatches indexed;

    NumberRangeTest(ColumnCursor cursor, Predicate.NumberRange range, boolean useZones) {
        this.cursor = cursor;
        this.min = Math.max(range.min(), -Long.MAX_VALUE);
        this.max = range.max();
        this.useZones = useZones;
        this.indexed =
                new IndexedBatches(
                        cursor,
                        min,
                        max,
                        from -> from > max ? PageIndex.Keys.NONE : Math.max(from, min));
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
        if (zone.isAllAbsent() || zone.max() < min || zone.min() > max) {
            return Verdict.NONE;
        }
        boolean isInside = min <= zone.min() && zone.max() <= max && !zone.hasAbsent();
        return isInside ? Verdict.ALL : Verdict.SOME;
    }

    @Override
    int indexed(int block) {
        return indexed.of(block);
    }

    @Override
    @Nullable RowSet rows(int most) {
        return bitmapped(cursor, key -> key >= min && key <= max, most);
    }

    @Override
    void test(int block, int batch, int count, int[] flags) {
        if (!cursor.isPresent() || (useZones && verdict(block, false) == Verdict.NONE)) {
            Arrays.fill(flags, 0, count, 0);
            return;
        }
        long base = cursor.base(block);
        long least = Math.max(min, cursor.least(block));
        // Codes are unsigned, and so are the differences as long as the lesser one is taken
        // off.
        long first = least - base;
        long last = max - base;
        if (least > max) {
            Arrays.fill(flags, 0, count, 0);
        } else if (cursor.isLong(block)) {
            cursor.load(block, batch);
            testLongs(cursor.longCodes(), count, first, last, flags);
        } else if (Long.compareUnsigned(first, Integer.MAX_VALUE) > 0) {
            Arrays.fill(flags, 0, count, 0);
        } else {
            boolean isWide = Long.compareUnsigned(last, Integer.MAX_VALUE) > 0;
            int lastCode = isWide ? Integer.MAX_VALUE : (int) last;
            cursor.test(block, batch, count, CodeSet.range((int) first, lastCode), flags);
        }
    }

    private static void testLongs(long[] codes, int count, long first, long last, int[] flags) {
        // Unsigned, because a code may take all 64 bits.
        for (int i = 0; i < count; i++) {
            flags[i] =
                    Long.compareUnsigned(codes[i], first) >= 0
                                    && Long.compareUnsigned(codes[i], last) <= 0
                            ? 1
                            : 0;
        }
    }
}
