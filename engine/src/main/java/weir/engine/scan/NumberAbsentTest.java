// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.index.RowSet;
import weir.engine.schema.Column;

/// No number. Belongs to one thread.
final class NumberAbsentTest extends RowTest {
    private static final CodeSet ABSENT = CodeSet.range(0, 0);

    private final ColumnCursor cursor;

    NumberAbsentTest(ColumnCursor cursor) {
        this.cursor = cursor;
    }

    @Override
    Verdict verdict(int block, boolean timeOnly) {
        if (timeOnly && !cursor.isTime()) {
            return Verdict.SOME;
        }
        if (!cursor.isPresent() || cursor.zone(block).isAllAbsent()) {
            return Verdict.ALL;
        }
        return cursor.zone(block).hasAbsent() ? Verdict.SOME : Verdict.NONE;
    }

    @Override
    @Nullable RowSet rows(int most) {
        return bitmapped(cursor, key -> key == Column.ABSENT, most);
    }

    @Override
    void test(int block, int batch, int count, int[] flags) {
        if (!cursor.isPresent() || !cursor.hasAbsent(block)) {
            Arrays.fill(flags, 0, count, cursor.isPresent() ? 0 : 1);
            return;
        }
        if (cursor.isLong(block)) {
            cursor.load(block, batch);
            for (int i = 0; i < count; i++) {
                flags[i] = cursor.longCodes()[i] == 0 ? 1 : 0;
            }
        } else {
            cursor.test(block, batch, count, ABSENT, flags);
        }
    }
}
