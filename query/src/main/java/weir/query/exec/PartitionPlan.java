// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.exec.GroupPartitions.Combine;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;

/// What rows of a grouping have to keep to be put into partitions.
///
/// @param values what is computed of each row
/// @param combines how values of several rows come together, by value
/// @param valueOf by call: which value it is of, -1 of count(*)
/// @param deciding how many of the first keys decide about the partition
record PartitionPlan(
        List<Expr> values, List<Combine> combines, List<Integer> valueOf, int deciding) {

    /// The plan for a grouping; null where its keys are few, of other types than texts, addresses
    /// and whole numbers, or a call needs more than counts, sums and extremes of whole numbers.
    ///
    /// @param deciding how many of the first keys shall decide about the partition
    static @Nullable PartitionPlan of(LogicalPlan.Aggregate aggregate, int deciding) {
        if (aggregate.keys().size() < 2
                || !aggregate.keys().stream().allMatch(PartitionPlan::isKey)) {
            return null;
        }
        PartitionPlan plan =
                new PartitionPlan(
                        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), deciding);
        for (AggregateCall call : aggregate.calls()) {
            if (!plan.add(call)) {
                return null;
            }
        }
        return plan.values.size() > GroupPartitions.VALUES_MAX ? null : plan;
    }

    /// Whether the calls ask for more than which keys there are.
    boolean wantsRows() {
        return !valueOf.isEmpty();
    }

    private static boolean isKey(Expr key) {
        return key.type() == BasicType.VARCHAR
                || key.type() == BasicType.IPADDRESS
                || VectorBuilder.standsAsLongs(key.type());
    }

    private boolean add(AggregateCall call) {
        if (call.isDistinct() || call.filter() != null || !call.order().isEmpty()) {
            return false;
        }
        Combine combine =
                switch (call.function()) {
                    case COUNT_ALL, COUNT, COUNT_IF, SUM, AVG -> Combine.SUM;
                    case MIN, BOOL_AND -> Combine.MIN;
                    case MAX, BOOL_OR -> Combine.MAX;
                    default -> null;
                };
        if (combine == null) {
            return false;
        }
        if (call.arguments().isEmpty()) {
            valueOf.add(-1);
            return true;
        }
        Expr value = call.arguments().getFirst();
        boolean isWhole =
                combine == Combine.SUM
                        ? value.type().isInteger() || value.type() == BasicType.BOOLEAN
                        : VectorBuilder.standsAsLongs(value.type());
        valueOf.add(indexOf(value, combine));
        return isWhole;
    }

    private int indexOf(Expr value, Combine combine) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).equals(value) && combines.get(i) == combine) {
                return i;
            }
        }
        values.add(value);
        combines.add(combine);
        return values.size() - 1;
    }
}
