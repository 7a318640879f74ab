// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;
import weir.query.plan.LogicalPlan.Field;

/// Counts of distinct values as two groupings, one over the other: by the keys and the value, then
/// by the keys. So many pairs of group and value are many groups, which can be put into partitions.
final class DistinctAsGroups {
    private DistinctAsGroups() {}

    /// The same groups by two groupings; `aggregate` itself where that cannot be: without keys,
    /// with several things counted as distinct, or with calls that do not follow from parts.
    static LogicalPlan.Aggregate of(LogicalPlan.Aggregate aggregate) {
        Expr value = value(aggregate);
        if (value == null || aggregate.keys().isEmpty()) {
            return aggregate;
        }
        int keyCount = aggregate.keys().size();
        List<Field> keyFields = aggregate.output().subList(0, keyCount);
        List<Expr> keys = new ArrayList<>(aggregate.keys());
        keys.add(value);
        List<Field> fields = new ArrayList<>(keyFields);
        fields.add(new Field("_distinct", value.type()));
        List<AggregateCall> parts = new ArrayList<>();
        List<AggregateCall> wholes = new ArrayList<>();
        for (AggregateCall call : aggregate.calls()) {
            if (call.isDistinct()) {
                wholes.add(
                        PartCalls.call(
                                AggregateFunction.COUNT,
                                new Expr.Input(keyCount, value.type()),
                                call.type()));
            } else {
                wholes.add(PartCalls.whole(call, fields.size()));
                parts.add(call);
                fields.add(new Field("_part" + parts.size(), call.type()));
            }
        }
        List<Expr> outerKeys = new ArrayList<>();
        for (int key = 0; key < keyCount; key++) {
            outerKeys.add(new Expr.Input(key, keyFields.get(key).type()));
        }
        return new LogicalPlan.Aggregate(
                new LogicalPlan.Aggregate(aggregate.input(), keys, parts, fields),
                outerKeys,
                wholes,
                aggregate.output());
    }

    /// The one thing of which distinct values are counted; null when there is none, or more.
    private static @Nullable Expr value(LogicalPlan.Aggregate aggregate) {
        Expr value = null;
        for (AggregateCall call : aggregate.calls()) {
            if (call.filter() != null || !call.order().isEmpty()) {
                return null;
            }
            if (call.isDistinct()) {
                if (call.function() != AggregateFunction.COUNT
                        || call.arguments().size() != 1
                        || (value != null && !value.equals(call.arguments().getFirst()))) {
                    return null;
                }
                value = call.arguments().getFirst();
            } else if (!PartCalls.follows(call)) {
                return null;
            }
        }
        return value;
    }
}
