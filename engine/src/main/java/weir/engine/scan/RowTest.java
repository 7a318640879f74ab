// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import weir.engine.index.BitmapIndex;
import weir.engine.index.RowSet;
import weir.engine.schema.Column;
import weir.engine.segment.ColumnReader;

/// A predicate resolved against one segment. Belongs to one thread.
///
/// Sound first: [#verdict] says NONE or ALL only with proof, the bit of a batch is 0 only with
/// proof that none of its rows passes, and [#rows] is exactly the rows that pass or it is null.
abstract sealed class RowTest
        permits NumberRangeTest, NumberInTest, NumberAbsentTest, CodeTest, AllTest, AnyTest {
    /// Every batch of a block.
    static final int ALL_BATCHES = -1;

    /// What zone maps prove of a block.
    ///
    /// @param timeOnly whether only the zones of the time column are asked
    abstract Verdict verdict(int block, boolean timeOnly);

    /// The batches of a block that may have a passing row, as page indexes and dictionaries tell:
    /// one bit each.
    int indexed(int block) {
        return ALL_BATCHES;
    }

    /// Exactly the rows of the segment that pass, or null when no index knows or they are more than
    /// `most`.
    abstract @Nullable RowSet rows(int most);

    /// Rows among which all that pass are, of at most `most` rows, where [#rows] does not know
    /// them; null when no index helps.
    @Nullable RowSet candidates(int most) {
        return null;
    }

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

    /// The rows whose key passes, as the bitmaps of the column tell.
    static @Nullable RowSet bitmapped(ColumnCursor cursor, LongPredicate test, int most) {
        ColumnReader reader = cursor.reader();
        BitmapIndex index = reader == null ? null : reader.index();
        return index == null ? null : index.rows(test, most);
    }

    static int[] sized(int[] scratch, int[] flags) {
        return scratch.length == flags.length ? scratch : new int[flags.length];
    }
}
