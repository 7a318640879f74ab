// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.plan.LogicalPlan;
import weir.query.value.ValueOrder;

/// Orders of row numbers by whole columns.
final class ColumnOrder {
    private ColumnOrder() {}

    /// The order by `keys`, whose columns are kept.
    static RowSort.Order of(BuildRows rows, List<LogicalPlan.SortKey> keys, QueryContext context) {
        List<RowSort.Order> orders = new ArrayList<>();
        for (LogicalPlan.SortKey key : keys) {
            orders.add(of(rows.column(key.column()), key, context));
        }
        if (orders.size() == 1) {
            return orders.getFirst();
        }
        return (a, b) -> {
            for (RowSort.Order order : orders) {
                int compared = order.compare(a, b);
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
    }

    private static RowSort.Order of(
            BuildColumn column, LogicalPlan.SortKey key, QueryContext context) {
        return switch (column) {
            case BuildColumn.Longs longs -> ofLongs(longs, key);
            case BuildColumn.Ids ids -> new Ranked(ids.ids(), ids.numbering(), key, context);
            case BuildColumn.Doubles doubles -> ofDoubles(doubles, key);
            case BuildColumn.Objects objects -> ofObjects(objects.values(), key);
        };
    }

    private static RowSort.Order ofLongs(BuildColumn.Longs column, LogicalPlan.SortKey key) {
        long[] values = column.values();
        boolean[] nulls = column.isNull();
        boolean isDescending = key.isDescending();
        if (nulls == null) {
            return isDescending
                    ? (a, b) -> Long.compare(values[b], values[a])
                    : (a, b) -> Long.compare(values[a], values[b]);
        }
        return (a, b) -> {
            if (nulls[a] || nulls[b]) {
                return ofNulls(nulls[a], nulls[b], key);
            }
            return isDescending
                    ? Long.compare(values[b], values[a])
                    : Long.compare(values[a], values[b]);
        };
    }

    private static int ofNulls(boolean left, boolean right, LogicalPlan.SortKey key) {
        return left && right ? 0 : left == key.isNullsFirst() ? -1 : 1;
    }

    private static RowSort.Order ofDoubles(BuildColumn.Doubles column, LogicalPlan.SortKey key) {
        double[] values = column.values();
        boolean[] nulls = column.isNull();
        return (a, b) -> {
            if (nulls != null && (nulls[a] || nulls[b])) {
                return ofNulls(nulls[a], nulls[b], key);
            }
            return RowOrder.compareDoubles(key, values[a], values[b]);
        };
    }

    private static RowSort.Order ofObjects(@Nullable Object[] values, LogicalPlan.SortKey key) {
        return (a, b) -> RowOrder.compare(key, values[a], values[b]);
    }

    /// Texts and the like. When about as many were compared as there are, all are put in order.
    private static final class Ranked implements RowSort.Order {
        private final int[] ids;
        private final ValueIds numbering;
        private final LogicalPlan.SortKey key;
        private final QueryContext context;
        private int @Nullable [] ranks;
        private int asked;

        Ranked(int[] ids, ValueIds numbering, LogicalPlan.SortKey key, QueryContext context) {
            this.ids = ids;
            this.numbering = numbering;
            this.key = key;
            this.context = context;
        }

        @Override
        public int compare(int a, int b) {
            int left = ids[a];
            int right = ids[b];
            if (left == right) {
                return 0;
            }
            if (left == 0 || right == 0) {
                return ofNulls(left == 0, right == 0, key);
            }
            int compared = compareValues(left, right);
            return key.isDescending() ? -compared : compared;
        }

        private int compareValues(int left, int right) {
            int[] known = ranks;
            if (known == null && ++asked < numbering.size() / 2) {
                return ColumnOrder.compare(numbering.value(left), numbering.value(right));
            }
            if (known == null) {
                known = ranks(numbering, context);
                ranks = known;
            }
            return Integer.compare(known[left], known[right]);
        }
    }

    /// The place of each id among the values in order, so that each text is compared a few times
    /// however many rows have it.
    private static int[] ranks(ValueIds numbering, QueryContext context) {
        int size = numbering.size();
        context.reserve(16L * size);
        @Nullable Object[] values = new @Nullable Object[size];
        int[] sorted = new int[size - 1];
        for (int id = 1; id < size; id++) {
            values[id] = numbering.value(id);
            sorted[id - 1] = id;
        }
        RowSort.sort(sorted, (a, b) -> compare(values[a], values[b]), context);
        int[] ranks = new int[size];
        for (int i = 0; i < sorted.length; i++) {
            ranks[sorted[i]] = i;
        }
        context.reserve(-8L * size);
        return ranks;
    }

    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            throw new IllegalStateException("an id without a value");
        }
        return ValueOrder.compare(left, right);
    }
}
