// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.index.RowSet;

/// Some part passes. Belongs to one thread.
final class AnyTest extends RowTest {
    private final List<RowTest> parts;
    private int[] partFlags = new int[0];

    AnyTest(List<RowTest> parts) {
        this.parts = parts;
    }

    @Override
    Verdict verdict(int block, boolean timeOnly) {
        Verdict verdict = Verdict.NONE;
        for (RowTest part : parts) {
            verdict = verdict.or(part.verdict(block, timeOnly));
        }
        return verdict;
    }

    @Override
    int indexed(int block) {
        int batches = 0;
        for (int i = 0; i < parts.size() && batches != ALL_BATCHES; i++) {
            batches |= parts.get(i).indexed(block);
        }
        return batches;
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
