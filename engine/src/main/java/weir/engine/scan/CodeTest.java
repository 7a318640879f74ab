// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.index.PageIndex;
import weir.engine.index.RowSet;
import weir.engine.index.ZoneMap;

/// A value whose code is one of a set. Belongs to one thread.
final class CodeTest extends RowTest {
    /// An index is asked for at most one code of this many: more are in most blocks anyway.
    private static final int RARE_SHARE = 4;

    /// So few codes are always asked for.
    private static final int FEW_CODES = 4;

    private final ColumnCursor cursor;
    private final CodeSet codes;
    private final boolean isRare;
    private final IndexedBatches indexed;

    CodeTest(ColumnCursor cursor, DictionaryTest test) {
        this.cursor = cursor;
        this.codes = test.codes(cursor.dictionary());
        int size = cursor.dictionary().size();
        int passing = codes.count();
        this.isRare = passing <= Math.max(FEW_CODES, size / RARE_SHARE);
        this.indexed = new IndexedBatches(cursor, codes.first(), codes.last(), this::next);
    }

    private long next(long from) {
        int next = codes.next(Math.clamp(from, 0, Integer.MAX_VALUE));
        return next < 0 ? PageIndex.Keys.NONE : next;
    }

    @Override
    Verdict verdict(int block, boolean timeOnly) {
        // That the dictionary has no such value is what the index says.
        if (timeOnly || (codes.isEmpty() && cursor.isPresent())) {
            return Verdict.SOME;
        }
        if (!cursor.isPresent()) {
            return codes.contains(0) ? Verdict.ALL : Verdict.NONE;
        }
        ZoneMap zone = cursor.zone(block);
        Verdict absent = !zone.hasAbsent() ? null : codes.contains(0) ? Verdict.ALL : Verdict.NONE;
        if (zone.isAllAbsent()) {
            return absent == null ? Verdict.NONE : absent;
        }
        int min = (int) zone.min();
        int max = (int) zone.max();
        Verdict present =
                codes.containsAll(min, max)
                        ? Verdict.ALL
                        : codes.containsAny(min, max) ? Verdict.SOME : Verdict.NONE;
        return absent == null || absent == present ? present : Verdict.SOME;
    }

    @Override
    int indexed(int block) {
        if (codes.isEmpty() && cursor.isPresent()) {
            return 0;
        }
        return isRare ? indexed.of(block) : ALL_BATCHES;
    }

    @Override
    @Nullable RowSet rows(int most) {
        return bitmapped(cursor, key -> codes.contains((int) key), most);
    }

    @Override
    void test(int block, int batch, int count, int[] flags) {
        if (!cursor.isPresent()) {
            Arrays.fill(flags, 0, count, codes.contains(0) ? 1 : 0);
            return;
        }
        cursor.test(block, batch, count, codes, flags);
    }
}
