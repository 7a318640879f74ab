// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.fault.QueryException;
import weir.query.type.SqlType;
import weir.query.value.ValueOrder;
import weir.query.value.ValueSize;
import weir.query.value.Values;

/// min(x, n), max(x, n), min_by(x, key, n) and max_by(x, key, n): a heap of the n best rows of each
/// group, of equal ones those that stood first. Rows whose key or n is NULL do not count.
final class TopValuesAccumulator extends GroupwiseAccumulator {
    private static final int COUNT_MAX = 10_000;
    private static final int ENTRY_BYTES = 48;

    private final List<SqlType> types;
    private final int keyIndex;
    private final Comparator<Entry> order;
    private @Nullable Top[] groups = new @Nullable Top[0];

    /// A row: what it is ranked by, what is given for it, and where it stood.
    private record Entry(Object key, @Nullable Object value, long position) {
        long bytes() {
            return ENTRY_BYTES + ValueSize.bytes(key) + ValueSize.bytes(value);
        }
    }

    /// The best `count` rows so far, the worst of them at the head.
    private record Top(int count, PriorityQueue<Entry> entries) {}

    /// @param types of the arguments
    TopValuesAccumulator(AggregateCall call, List<SqlType> types, QueryContext context) {
        super(call.type(), context, Long.BYTES);
        this.types = types;
        AggregateFunction function = call.function();
        keyIndex = types.size() - 2;
        boolean isMax =
                function == AggregateFunction.MAX_VALUES
                        || function == AggregateFunction.MAX_BY_VALUES;
        Comparator<Entry> byKey = (a, b) -> ValueOrder.compareBest(a.key, b.key, isMax);
        order = byKey.thenComparingLong(Entry::position);
    }

    @Override
    void grow(int from, int to) {
        groups = Arrays.copyOf(groups, to);
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        for (int row = 0; row < input.rowCount(); row++) {
            Object key = VectorValues.get(arguments[keyIndex], types.get(keyIndex), row);
            Object count = VectorValues.get(arguments[keyIndex + 1], types.get(keyIndex + 1), row);
            if (key == null || count == null) {
                continue;
            }
            Object value =
                    keyIndex == 0 ? null : VectorValues.get(arguments[0], types.getFirst(), row);
            add(
                    group(input.groups()[row], (Long) count),
                    new Entry(key, value, input.position(row)));
        }
    }

    private Top group(int group, long count) {
        Top known = groups[group];
        if (known == null) {
            if (count < 1 || count > COUNT_MAX) {
                throw wrong("must be from 1 to " + COUNT_MAX + ": " + count);
            }
            known = new Top((int) count, new PriorityQueue<>(order.reversed()));
            groups[group] = known;
        } else if (known.count() != count) {
            throw wrong(
                    "must be the same for all rows of a group: " + known.count() + ", " + count);
        }
        return known;
    }

    private static QueryException wrong(String what) {
        return new QueryException(
                QueryException.Code.INVALID_VALUE, "How many values an aggregate gives " + what);
    }

    private void add(Top top, Entry entry) {
        PriorityQueue<Entry> entries = top.entries();
        if (entries.size() == top.count()) {
            Entry worst = entries.element();
            if (order.compare(entry, worst) >= 0) {
                return;
            }
            entries.remove();
            hold(-worst.bytes());
        }
        hold(entry.bytes());
        entries.add(entry);
    }

    @Override
    void mergeGroup(Accumulator other, int from, int to) {
        Top more = ((TopValuesAccumulator) other).groups[from];
        if (more != null) {
            Top here = group(to, more.count());
            more.entries().forEach(entry -> add(here, entry));
        }
    }

    @Override
    @Nullable Object result(int group) {
        Top top = groups[group];
        return top == null
                ? null
                : Values.list(
                        top.entries().stream()
                                .sorted(order)
                                .<@Nullable Object>map(e -> keyIndex == 0 ? e.key : e.value)
                                .toArray());
    }
}
