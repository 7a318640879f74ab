// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.fault.QueryException;
import weir.query.plan.LogicalPlan;
import weir.query.type.SqlType;
import weir.query.value.Allowance;
import weir.query.value.Collecting;
import weir.query.value.GroupKey;
import weir.query.value.ValueSize;
import weir.query.value.Values;

/// Aggregates that keep what they are given: array_agg and its kind. The rows of a group are put in
/// order when its result is asked for: by what the call orders by, then by where they stood, so
/// that threads do not matter. With DISTINCT, and for what only counts, each value is kept once.
final class CollectAccumulator extends Accumulator {
    private static final int ENTRY_BYTES = 64;

    private final AggregateCall call;
    private final List<SqlType> types;
    private final QueryContext context;
    private @Nullable Rows[] groups = new @Nullable Rows[0];

    /// One row: where it stood, its arguments and what it is ordered by, and how often it came.
    private static final class Entry {
        private final @Nullable Object[] values;
        private long position;
        private long count = 1;

        Entry(long position, @Nullable Object[] values) {
            this.position = position;
            this.values = values;
        }
    }

    /// The rows of one group: all of them, or by what is distinct.
    private record Rows(List<Entry> all, Map<Object, Entry> distinct) {
        Collection<Entry> entries() {
            return distinct.isEmpty() ? all : distinct.values();
        }
    }

    CollectAccumulator(AggregateCall call, List<SqlType> types, QueryContext context) {
        super(call.type(), context, Long.BYTES);
        this.call = call;
        this.types = types;
        this.context = context;
    }

    @Override
    void grow(int from, int to) {
        groups = Arrays.copyOf(groups, to);
    }

    private boolean isOfDistinct() {
        return call.isDistinct() || Collecting.isOfCounts(call.function());
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        for (int row = 0; row < input.rowCount(); row++) {
            @Nullable Object[] values = new @Nullable Object[arguments.length];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        call.arguments().get(i) instanceof Expr.Literal literal
                                ? literal.value()
                                : VectorValues.get(arguments[i], types.get(i), row);
            }
            if (Collecting.counts(call.function(), values)) {
                add(input.groups()[row], new Entry(input.position(row), values));
            }
        }
    }

    private void add(int group, Entry entry) {
        Rows rows = groups[group];
        if (rows == null) {
            rows = new Rows(new ArrayList<>(), new HashMap<>());
            groups[group] = rows;
        }
        if (!isOfDistinct()) {
            hold(bytes(entry));
            rows.all().add(entry);
            return;
        }
        Entry known = rows.distinct().putIfAbsent(key(entry), entry);
        if (known == null) {
            hold(2 * bytes(entry));
        } else {
            known.position = Math.min(known.position, entry.position);
            known.count += entry.count;
        }
    }

    /// What an entry takes; literals are shared by all.
    private long bytes(Entry entry) {
        long total = ENTRY_BYTES + 8L * entry.values.length;
        for (int i = 0; i < entry.values.length; i++) {
            if (!(call.arguments().get(i) instanceof Expr.Literal)) {
                total += ValueSize.bytes(entry.values[i]);
            }
        }
        return total;
    }

    private Object key(Entry entry) {
        if (Collecting.isOfCounts(call.function())) {
            int index = Collecting.valueIndex(call.function());
            return GroupKey.of(Objects.requireNonNull(entry.values[index]));
        }
        return GroupKey.of(Values.list(Arrays.copyOf(entry.values, call.argumentCount())));
    }

    @Override
    void merge(Accumulator other, int[] mapping) {
        CollectAccumulator more = (CollectAccumulator) other;
        for (int group = 0; group < mapping.length; group++) {
            Rows rows = more.groups[group];
            if (rows != null) {
                context.checkAt(group);
                for (Entry entry : rows.entries()) {
                    add(mapping[group], entry);
                }
            }
        }
    }

    @Override
    @Nullable Object result(int group) {
        Rows rows = groups[group];
        if (rows == null) {
            return null;
        }
        context.check();
        List<Entry> entries = new ArrayList<>(rows.entries());
        entries.sort(this::compare);
        List<@Nullable Object[]> values = new ArrayList<>(entries.size());
        List<Long> counts = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            values.add(entry.values);
            counts.add(call.isDistinct() ? 1L : entry.count);
        }
        try {
            return Collecting.result(call.function(), values, counts);
        } catch (OutOfMemoryError e) {
            QueryException failure =
                    new QueryException(
                            QueryException.Code.LIMIT_EXCEEDED,
                            "The result of one group is larger than the memory of the query");
            failure.initCause(e);
            throw failure;
        }
    }

    private int compare(Entry left, Entry right) {
        Allowance.current().step();
        int first = call.argumentCount();
        for (int i = 0; i < call.order().size(); i++) {
            AggregateCall.Direction direction = call.order().get(i);
            LogicalPlan.SortKey key =
                    new LogicalPlan.SortKey(
                            first + i, direction.isDescending(), direction.isNullsFirst());
            int order = RowOrder.compare(key, left.values[first + i], right.values[first + i]);
            if (order != 0) {
                return order;
            }
        }
        return Long.compare(left.position, right.position);
    }
}
