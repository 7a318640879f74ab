// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.index.ZoneMap;
import weir.engine.vector.Vector;
import weir.query.type.SqlType;

/// min and max of types that stand as whole numbers.
final class LongExtremeAccumulator extends GroupwiseAccumulator {
    private final boolean isMax;
    private long[] best = new long[0];
    private boolean[] isKnown = new boolean[0];

    LongExtremeAccumulator(boolean isMax, SqlType type, QueryContext context) {
        super(type, context, Long.BYTES + 1);
        this.isMax = isMax;
    }

    @Override
    void grow(int from, int to) {
        best = Arrays.copyOf(best, to);
        isKnown = Arrays.copyOf(isKnown, to);
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        Vector.Longs longs = LongSumAccumulator.longs(arguments[0]);
        for (int row = 0; row < input.rowCount(); row++) {
            if (!longs.isNull(row)) {
                add(input.groups()[row], longs.values()[row]);
            }
        }
    }

    private void add(int group, long value) {
        if (!isKnown[group] || (isMax ? value > best[group] : value < best[group])) {
            best[group] = value;
            isKnown[group] = true;
        }
    }

    @Override
    void add(int group, ZoneMap zone) {
        if (!zone.isAllAbsent()) {
            add(group, isMax ? zone.max() : zone.min());
        }
    }

    @Override
    void mergeGroup(Accumulator other, int from, int to) {
        LongExtremeAccumulator more = (LongExtremeAccumulator) other;
        if (more.isKnown[from]) {
            add(to, more.best[from]);
        }
    }

    @Override
    @Nullable Object result(int group) {
        return isKnown[group] ? (Object) best[group] : null;
    }
}
