// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.plan.LogicalPlan;
import weir.query.value.ValueOrder;

/// The order of rows by sort keys. Immutable.
///
/// @param keys the columns to order by, the first decides first
record RowOrder(List<LogicalPlan.SortKey> keys) {

    /// How two values of a key compare.
    static int compare(LogicalPlan.SortKey key, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            if (left == null && right == null) {
                return 0;
            }
            return (left == null) == key.isNullsFirst() ? -1 : 1;
        }
        if (left instanceof Double number) {
            return compareDoubles(key, number, (Double) right);
        }
        int order =
                key.isNullsFirst() && left instanceof List<?>
                        ? ValueOrder.compareNullsFirst(left, right)
                        : ValueOrder.compare(left, right);
        return key.isDescending() ? -order : order;
    }

    /// How two DOUBLE values of a key compare. As in Trino, NaN is the greatest number under NULLS
    /// LAST and the least under NULLS FIRST.
    static int compareDoubles(LogicalPlan.SortKey key, double left, double right) {
        int order = ValueOrder.compareDoubles(left, right);
        boolean isNanLeast = key.isNullsFirst() && (Double.isNaN(left) || Double.isNaN(right));
        return key.isDescending() == isNanLeast ? order : -order;
    }

    /// How two rows compare.
    int compare(@Nullable Object[] left, @Nullable Object[] right) {
        for (LogicalPlan.SortKey key : keys) {
            int order = compare(key, left[key.column()], right[key.column()]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
