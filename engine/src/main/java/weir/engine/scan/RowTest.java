// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.index.BitmapIndex;
import weir.engine.index.RowSet;
import weir.engine.index.ZoneMap;
import weir.engine.schema.Column;
import weir.engine.segment.ColumnReader;

/// A predicate resolved against one segment. Belongs to one thread.
///
/// Sound first: [#verdict] says NONE or ALL only with proof, and [#rows] is exactly the rows that
/// pass or it is null.
abstract sealed class RowTest {

    /// What zone maps and dictionaries prove of a block.
    abstract Verdict verdict(int block);

    /// Exactly the rows of the segment that pass, or null when no index knows or they are more than
    /// `most`.
    abstract @Nullable RowSet rows(int most);

    /// Sets `flags[i]` to 1 for the rows of a batch that pass and to 0 for the others.
    abstract void test(int block, int batch, int count, int[] flags);

    /// @param useZones whether the tests of rows may ask zone maps too
    static RowTest of(Predicate predicate, Map<String, ColumnCursor> cursors, boolean useZones) {
        return switch (predicate) {
            case Predicate.NumberRange range ->
                    new NumberRangeTest(cursor(range.column(), cursors), range, useZones);
            case Predicate.NumberIn in ->
                    new NumberInTest(cursor(in.column(), cursors), in, useZones);
            case Predicate.NumberAbsent absent ->
                    new NumberAbsentTest(cursor(absent.column(), cursors));
            case Predicate.Matches matches ->
                    new CodeTest(cursor(matches.column(), cursors), matches.test());
            case Predicate.And and -> new AllTest(parts(and.parts(), cursors, useZones));
            case Predicate.Or or -> new AnyTest(parts(or.parts(), cursors, useZones));
        };
    }

    private static List<RowTest> parts(
            List<Predicate> parts, Map<String, ColumnCursor> cursors, boolean useZones) {
        List<RowTest> tests = new ArrayList<>();
        parts.forEach(part -> tests.add(of(part, cursors, useZones)));
        return tests;
    }

    private static ColumnCursor cursor(Column column, Map<String, ColumnCursor> cursors) {
        ColumnCursor cursor = cursors.get(column.name());
        if (cursor == null) {
            throw new IllegalStateException("no cursor of column " + column.name());
        }
        return cursor;
    }

    /// The columns a predicate reads.
    static void collect(Predicate predicate, List<Column> columns) {
        switch (predicate) {
            case Predicate.NumberRange range -> columns.add(range.column());
            case Predicate.NumberIn in -> columns.add(in.column());
            case Predicate.NumberAbsent absent -> columns.add(absent.column());
            case Predicate.Matches matches -> columns.add(matches.column());
            case Predicate.And and -> and.parts().forEach(part -> collect(part, columns));
            case Predicate.Or or -> or.parts().forEach(part -> collect(part, columns));
        }
    }

    private static @Nullable RowSet indexed(
            ColumnCursor cursor, java.util.function.LongPredicate test, int most) {
        ColumnReader reader = cursor.reader();
        BitmapIndex index = reader == null ? null : reader.index();
        return index == null ? null : index.rows(test, most);
    }

    private static final class NumberRangeTest extends RowTest {
        private final ColumnCursor cursor;
        private final long min;
        private final long max;
        private final boolean useZones;

        NumberRangeTest(ColumnCursor cursor, Predicate.NumberRange range, boolean useZones) {
            this.cursor = cursor;
            this.min = Math.max(range.min(), -Long.MAX_VALUE);
            this.max = range.max();
            this.useZones = useZones;
        }

        @Override
        Verdict verdict(int block) {
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
        @Nullable RowSet rows(int most) {
            return indexed(cursor, key -> key >= min && key <= max, most);
        }

        @Override
        void test(int block, int batch, int count, int[] flags) {
            if (!cursor.isPresent() || (useZones && verdict(block) == Verdict.NONE)) {
                Arrays.fill(flags, 0, count, 0);
                return;
            }
            long base = cursor.base(block);
            long least = Math.max(min, cursor.least(block));
            cursor.load(block, batch);
            // Codes are unsigned, and so are the differences as long as the lesser one is taken
            // off.
            long first = least - base;
            long last = max - base;
            if (least > max) {
                Arrays.fill(flags, 0, count, 0);
            } else if (cursor.isLong()) {
                testLongs(cursor.longCodes(), count, first, last, flags);
            } else if (Long.compareUnsigned(first, Integer.MAX_VALUE) > 0) {
                Arrays.fill(flags, 0, count, 0);
            } else {
                boolean isWide = Long.compareUnsigned(last, Integer.MAX_VALUE) > 0;
                int lastCode = isWide ? Integer.MAX_VALUE : (int) last;
                CodeSet.testRange(cursor.codes(), count, (int) first, lastCode, flags);
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

    private static final class NumberInTest extends RowTest {
        /// Above this code a bit for each code costs more than a search.
        private static final long BITS_MAX = 1 << 20;

        private final ColumnCursor cursor;
        private final long[] values;
        private final boolean useZones;
        private int preparedBlock = -1;
        private CodeSet codes = CodeSet.none();
        private long[] longCodes = new long[0];

        NumberInTest(ColumnCursor cursor, Predicate.NumberIn in, boolean useZones) {
            this.cursor = cursor;
            this.useZones = useZones;
            this.values = in.values().stream().mapToLong(Long::longValue).sorted().toArray();
        }

        @Override
        Verdict verdict(int block) {
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
        @Nullable RowSet rows(int most) {
            return indexed(
                    cursor,
                    key -> key != Column.ABSENT && Arrays.binarySearch(values, key) >= 0,
                    most);
        }

        @Override
        void test(int block, int batch, int count, int[] flags) {
            if (!cursor.isPresent() || (useZones && verdict(block) == Verdict.NONE)) {
                Arrays.fill(flags, 0, count, 0);
                return;
            }
            cursor.load(block, batch);
            prepare(block);
            if (cursor.isLong()) {
                for (int i = 0; i < count; i++) {
                    long code = cursor.longCodes()[i];
                    flags[i] = Arrays.binarySearch(longCodes, code) >= 0 ? 1 : 0;
                }
            } else if (longCodes.length > 0) {
                for (int i = 0; i < count; i++) {
                    long code = cursor.codes()[i];
                    flags[i] = Arrays.binarySearch(longCodes, code) >= 0 ? 1 : 0;
                }
            } else {
                codes.test(cursor.codes(), count, flags);
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
            long greatestCode = cursor.isLong() ? -1 : Integer.MAX_VALUE;
            long[] held =
                    Arrays.stream(values)
                            .filter(value -> value >= least)
                            .map(value -> value - base)
                            .filter(code -> Long.compareUnsigned(code, greatestCode) <= 0)
                            .sorted()
                            .toArray();
            codes = CodeSet.none();
            longCodes = new long[0];
            if (held.length == 0) {
                return;
            }
            if (cursor.isLong() || held[held.length - 1] > BITS_MAX) {
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

    private static final class NumberAbsentTest extends RowTest {
        private final ColumnCursor cursor;

        NumberAbsentTest(ColumnCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        Verdict verdict(int block) {
            if (!cursor.isPresent() || cursor.zone(block).isAllAbsent()) {
                return Verdict.ALL;
            }
            return cursor.zone(block).hasAbsent() ? Verdict.SOME : Verdict.NONE;
        }

        @Override
        @Nullable RowSet rows(int most) {
            return indexed(cursor, key -> key == Column.ABSENT, most);
        }

        @Override
        void test(int block, int batch, int count, int[] flags) {
            if (!cursor.isPresent() || !cursor.hasAbsent(block)) {
                Arrays.fill(flags, 0, count, cursor.isPresent() ? 0 : 1);
                return;
            }
            cursor.load(block, batch);
            if (cursor.isLong()) {
                for (int i = 0; i < count; i++) {
                    flags[i] = cursor.longCodes()[i] == 0 ? 1 : 0;
                }
            } else {
                CodeSet.testRange(cursor.codes(), count, 0, 0, flags);
            }
        }
    }

    private static final class CodeTest extends RowTest {
        private final ColumnCursor cursor;
        private final CodeSet codes;

        CodeTest(ColumnCursor cursor, DictionaryTest test) {
            this.cursor = cursor;
            this.codes = test.codes(cursor.dictionary());
        }

        @Override
        Verdict verdict(int block) {
            if (codes.isEmpty()) {
                return Verdict.NONE;
            }
            if (!cursor.isPresent()) {
                return codes.contains(0) ? Verdict.ALL : Verdict.NONE;
            }
            ZoneMap zone = cursor.zone(block);
            Verdict absent =
                    !zone.hasAbsent() ? null : codes.contains(0) ? Verdict.ALL : Verdict.NONE;
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
        @Nullable RowSet rows(int most) {
            return indexed(cursor, key -> codes.contains((int) key), most);
        }

        @Override
        void test(int block, int batch, int count, int[] flags) {
            if (!cursor.isPresent()) {
                Arrays.fill(flags, 0, count, codes.contains(0) ? 1 : 0);
                return;
            }
            cursor.load(block, batch);
            codes.test(cursor.codes(), count, flags);
        }
    }

    private static final class AllTest extends RowTest {
        private final List<RowTest> parts;
        private int[] partFlags = new int[0];

        AllTest(List<RowTest> parts) {
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("an And needs a part");
            }
            this.parts = parts;
        }

        @Override
        Verdict verdict(int block) {
            Verdict verdict = Verdict.ALL;
            for (RowTest part : parts) {
                verdict = verdict.and(part.verdict(block));
            }
            return verdict;
        }

        @Override
        @Nullable RowSet rows(int most) {
            RowSet all = null;
            for (RowTest part : parts) {
                RowSet rows = part.rows(Integer.MAX_VALUE);
                if (rows == null) {
                    return null;
                }
                all = all == null ? rows : all.and(rows);
            }
            return all == null || all.cardinality() > most ? null : all;
        }

        /// Rows among which all that pass are: those of the part that knows and has fewest.
        @Nullable RowSet candidates(int most) {
            RowSet best = null;
            for (RowTest part : parts) {
                RowSet rows = part.rows(most);
                if (rows != null && (best == null || rows.cardinality() < best.cardinality())) {
                    best = rows;
                }
            }
            return best;
        }

        @Override
        void test(int block, int batch, int count, int[] flags) {
            partFlags = sized(partFlags, flags);
            boolean isFirst = true;
            for (RowTest part : parts) {
                if (isFirst) {
                    part.test(block, batch, count, flags);
                    isFirst = false;
                    continue;
                }
                if (!anySet(flags, count)) {
                    return;
                }
                part.test(block, batch, count, partFlags);
                for (int i = 0; i < count; i++) {
                    flags[i] &= partFlags[i];
                }
            }
        }

        private static boolean anySet(int[] flags, int count) {
            int any = 0;
            for (int i = 0; i < count; i++) {
                any |= flags[i];
            }
            return any != 0;
        }
    }

    private static final class AnyTest extends RowTest {
        private final List<RowTest> parts;
        private int[] partFlags = new int[0];

        AnyTest(List<RowTest> parts) {
            this.parts = parts;
        }

        @Override
        Verdict verdict(int block) {
            Verdict verdict = Verdict.NONE;
            for (RowTest part : parts) {
                verdict = verdict.or(part.verdict(block));
            }
            return verdict;
        }

        @Override
        @Nullable RowSet rows(int most) {
            List<RowSet> sets = new ArrayList<>();
            for (RowTest part : parts) {
                RowSet rows = part.rows(most);
                if (rows == null) {
                    return null;
                }
                sets.add(rows);
            }
            RowSet union = RowSet.union(sets);
            return union.cardinality() > most ? null : union;
        }

        @Override
        void test(int block, int batch, int count, int[] flags) {
            partFlags = sized(partFlags, flags);
            Arrays.fill(flags, 0, count, 0);
            for (RowTest part : parts) {
                part.test(block, batch, count, partFlags);
                for (int i = 0; i < count; i++) {
                    flags[i] |= partFlags[i];
                }
            }
        }
    }

    private static int[] sized(int[] scratch, int[] flags) {
        return scratch.length == flags.length ? scratch : new int[flags.length];
    }

    /// Rows among which all that pass are, or null when no index helps.
    static @Nullable RowSet candidates(RowTest test, int most) {
        return test instanceof AllTest all ? all.candidates(most) : test.rows(most);
    }
}
