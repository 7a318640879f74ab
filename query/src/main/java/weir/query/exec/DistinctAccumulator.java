// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.vector.Vector;

/// Any aggregate with DISTINCT: keeps the distinct pairs of group and arguments, and gives them to
/// the plain aggregate when the first result is asked for.
final class DistinctAccumulator extends Accumulator {
    private final Accumulator inner;
    private final ArgumentIds ids;

    /// 1 where NULL, whose id is 0, is a value too: a pair with the id 0 cannot be kept.
    private final int shift;

    private final PairSet pairs;
    private final QueryContext context;
    private final int[] idsOfRows = new int[Limits.BATCH_ROWS];
    private int groupCapacity;

    /// Whether there is one group so far, which has every id, and no pair is kept.
    private boolean isOneGroup = true;

    private boolean isFinished;

    /// @param ids the numbering of the arguments
    /// @param takesNulls whether a NULL is a value too
    DistinctAccumulator(
            Accumulator inner, ArgumentIds ids, boolean takesNulls, QueryContext context) {
        super(inner.type(), context, 0);
        this.inner = inner;
        this.context = context;
        this.ids = ids;
        this.shift = takesNulls ? 1 : 0;
        this.pairs = new PairSet(context);
    }

    @Override
    void grow(int from, int to) {
        groupCapacity = to;
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        int rowCount = input.rowCount();
        int[] known = rowCount <= idsOfRows.length ? idsOfRows : new int[rowCount];
        if (isOneGroup && (shift > 0 || isOther(input))) {
            keepPairs();
        }
        ids.idsOf(arguments, rowCount, known);
        for (int row = 0; row < rowCount && !isOneGroup; row++) {
            if (known[row] + shift != 0) {
                pairs.add(input.groups()[row], known[row] + shift);
            }
        }
    }

    private static boolean isOther(AggregateInput input) {
        int some = 0;
        for (int row = 0; row < input.rowCount(); row++) {
            some |= input.groups()[row];
        }
        return some != 0;
    }

    private void keepPairs() {
        for (int id = 1; isOneGroup && id < ids.size(); id++) {
            pairs.add(0, id);
        }
        isOneGroup = false;
    }

    @Override
    void merge(Accumulator other, int[] groups) {
        DistinctAccumulator more = (DistinctAccumulator) other;
        if (!isOneGroup || !more.isOneGroup || (groups.length > 0 && groups[0] != 0)) {
            keepPairs();
            more.keepPairs();
        }
        int[] mapping = ids.merge(more.ids, context);
        long[] all = more.pairs.pairs();
        for (int i = 0; i < all.length; i++) {
            context.checkAt(i);
            long pair = all[i];
            pairs.add(groups[(int) (pair >>> 32)], mapping[(int) pair - shift] + shift);
        }
    }

    private void finish() {
        if (isFinished) {
            return;
        }
        isFinished = true;
        inner.ensure(groupCapacity);
        keepPairs();
        long[] all = pairs.pairs();
        for (int from = 0; from < all.length; from += Limits.BATCH_ROWS) {
            context.check();
            int count = Math.min(Limits.BATCH_ROWS, all.length - from);
            int[] groups = new int[count];
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                groups[i] = (int) (all[from + i] >>> 32);
                values[i] = (int) all[from + i] - shift;
            }
            inner.add(new AggregateInput(groups, count, from, null), ids.values(values, count));
        }
    }

    @Override
    @Nullable Object result(int group) {
        finish();
        return inner.result(group);
    }

    @Override
    Vector results(int[] order, int from, int count) {
        finish();
        return inner.results(order, from, count);
    }
}
