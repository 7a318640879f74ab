// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.query.catalog.Table;
import weir.query.plan.LogicalPlan;

/// How many rows a plan gives, roughly: enough to tell a lookup table from a table of flows. Never
/// depends on threads, so that it may decide the order of rows.
final class RowEstimate {
    /// A condition passes one row of so many.
    private static final double ROWS_PER_PASS = 4;

    /// A group has so many rows.
    private static final double ROWS_PER_GROUP = 10;

    private RowEstimate() {}

    static double of(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> {
                double rows =
                        switch (scan.table().source()) {
                            case Table.Segments segments -> (double) segments.snapshot().rowCount();
                            case Table.Rows held -> held.rows().size();
                            case Table.View _ -> 0;
                        };
                yield scan.filter() == null ? rows : rows / ROWS_PER_PASS;
            }
            case LogicalPlan.Values values -> values.rows().size();
            case LogicalPlan.Filter filter -> of(filter.input()) / ROWS_PER_PASS;
            case LogicalPlan.Project project -> of(project.input());
            case LogicalPlan.Aggregate aggregate ->
                    aggregate.keys().isEmpty() ? 1 : of(aggregate.input()) / ROWS_PER_GROUP;
            case LogicalPlan.GroupingSets sets ->
                    of(sets.input()) / ROWS_PER_GROUP * sets.sets().size();
            case LogicalPlan.Window window -> of(window.input());
            case LogicalPlan.Sort sort -> of(sort.input());
            case LogicalPlan.Limit limit -> atMost(of(limit.input()), limit.count());
            case LogicalPlan.TopN top -> atMost(of(top.input()), top.count());
            case LogicalPlan.Join join -> ofJoin(join);
            case LogicalPlan.Union union ->
                    union.inputs().stream().mapToDouble(RowEstimate::of).sum();
            case LogicalPlan.Repeat repeat -> of(repeat.input());
            case LogicalPlan.Unnest unnest -> of(unnest.input());
            case LogicalPlan.SingleRow _ -> 1;
        };
    }

    private static double atMost(double rows, long count) {
        return count < 0 ? rows : Math.min(rows, (double) count);
    }

    private static double ofJoin(LogicalPlan.Join join) {
        double left = of(join.left());
        if (!join.type().hasRight()) {
            return left;
        }
        double right = of(join.right());
        return join.keys().isEmpty() && join.residual() == null
                ? left * right
                : Math.max(left, right);
    }
}
