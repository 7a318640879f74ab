// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.index.RowSet;

/// Every part passes. Belongs to one thread.
final class AllTest extends RowTest {
    private final List<RowTest> parts;
    private int[] partFlags = new int[0];

    AllTest(List<RowTest> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("an And needs a part");
        }
        this.parts = parts;
    }

    @Override
    Verdict verdict(int block, boolean timeOnly) {
        Verdict verdict = Verdict.ALL;
        for (RowTest part : parts) {
            verdict = verdict.and(part.verdict(block, timeOnly));
        }
        return verdict;
    }

    @Override
    int indexed(int block) {
        int batches = ALL_BATCHES;
        for (int i = 0; i < parts.size() && batches != 0; i++) {
            batches &= parts.get(i).indexed(block);
        }
        return batches;
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
    @Override
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
