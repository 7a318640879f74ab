// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.function.UnaryOperator;
import weir.query.value.Allowance;

/// Rewriting plans.
final class PlanTree {
    private PlanTree() {}

    /// `plan` with each of its inputs replaced by what `change` makes of it.
    static LogicalPlan mapInputs(LogicalPlan plan, UnaryOperator<LogicalPlan> change) {
        Allowance.current().step();
        return switch (plan) {
            case LogicalPlan.Scan scan -> scan;
            case LogicalPlan.Values values -> values;
            case LogicalPlan.Filter filter ->
                    new LogicalPlan.Filter(change.apply(filter.input()), filter.condition());
            case LogicalPlan.Project project ->
                    new LogicalPlan.Project(
                            change.apply(project.input()), project.expressions(), project.output());
            case LogicalPlan.Aggregate aggregate ->
                    new LogicalPlan.Aggregate(
                            change.apply(aggregate.input()),
                            aggregate.keys(),
                            aggregate.calls(),
                            aggregate.output());
            case LogicalPlan.GroupingSets sets ->
                    new LogicalPlan.GroupingSets(
                            change.apply(sets.input()),
                            sets.keys(),
                            sets.sets(),
                            sets.calls(),
                            sets.output());
            case LogicalPlan.Window window ->
                    new LogicalPlan.Window(
                            change.apply(window.input()),
                            window.partition(),
                            window.order(),
                            window.calls(),
                            window.top(),
                            window.output());
            case LogicalPlan.Sort sort ->
                    new LogicalPlan.Sort(change.apply(sort.input()), sort.keys());
            case LogicalPlan.Limit limit ->
                    new LogicalPlan.Limit(
                            change.apply(limit.input()), limit.offset(), limit.count());
            case LogicalPlan.TopN top ->
                    new LogicalPlan.TopN(
                            change.apply(top.input()), top.keys(), top.offset(), top.count());
            case LogicalPlan.Join join ->
                    new LogicalPlan.Join(
                            join.type(),
                            change.apply(join.left()),
                            change.apply(join.right()),
                            join.keys(),
                            join.residual());
            case LogicalPlan.Union union ->
                    new LogicalPlan.Union(
                            union.inputs().stream().map(change).toList(), union.output());
            case LogicalPlan.Repeat repeat ->
                    new LogicalPlan.Repeat(change.apply(repeat.input()), repeat.count());
            case LogicalPlan.Unnest unnest ->
                    unnest.over(change.apply(unnest.input()), unnest.collections());
            case LogicalPlan.SingleRow single ->
                    new LogicalPlan.SingleRow(change.apply(single.input()));
        };
    }
}
