// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;

/// Simplifies every expression of a plan; a condition that can never be true makes its rows
/// constant: none.
final class SimplifyConditions {
    private SimplifyConditions() {}

    static LogicalPlan apply(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> scan(scan);
            case LogicalPlan.Values values -> values;
            case LogicalPlan.Filter filter -> filter(apply(filter.input()), filter.condition());
            case LogicalPlan.Project project ->
                    new LogicalPlan.Project(
                            apply(project.input()), all(project.expressions()), project.output());
            case LogicalPlan.Aggregate aggregate ->
                    new LogicalPlan.Aggregate(
                            apply(aggregate.input()),
                            all(aggregate.keys()),
                            aggregate.calls().stream().map(SimplifyConditions::call).toList(),
                            aggregate.output());
            case LogicalPlan.GroupingSets sets ->
                    new LogicalPlan.GroupingSets(
                            apply(sets.input()),
                            all(sets.keys()),
                            sets.sets(),
                            sets.calls().stream().map(SimplifyConditions::call).toList(),
                            sets.output());
            case LogicalPlan.Window window ->
                    new LogicalPlan.Window(
                            apply(window.input()),
                            window.partition(),
                            window.order(),
                            window.calls().stream()
                                    .map(call -> call.mapExpressions(Logic::simplify))
                                    .toList(),
                            window.top(),
                            window.output());
            case LogicalPlan.Sort sort -> new LogicalPlan.Sort(apply(sort.input()), sort.keys());
            case LogicalPlan.Limit limit ->
                    new LogicalPlan.Limit(apply(limit.input()), limit.offset(), limit.count());
            case LogicalPlan.TopN top ->
                    new LogicalPlan.TopN(apply(top.input()), top.keys(), top.offset(), top.count());
            case LogicalPlan.Join join -> join(join);
            case LogicalPlan.Union union ->
                    new LogicalPlan.Union(
                            union.inputs().stream().map(SimplifyConditions::apply).toList(),
                            union.output());
            case LogicalPlan.Repeat repeat ->
                    new LogicalPlan.Repeat(apply(repeat.input()), Logic.simplify(repeat.count()));
            case LogicalPlan.Unnest unnest ->
                    unnest.over(apply(unnest.input()), all(unnest.collections()));
            case LogicalPlan.SingleRow single -> new LogicalPlan.SingleRow(apply(single.input()));
        };
    }

    private static List<Expr> all(List<Expr> expressions) {
        return expressions.stream().map(Logic::simplify).toList();
    }

    private static AggregateCall call(AggregateCall call) {
        Expr filter = call.filter();
        return call.over(all(call.arguments()), filter == null ? null : Logic.simplify(filter));
    }

    /// A condition for rows to pass: simple, with ranges of columns in it; null when all pass.
    private static @Nullable Expr condition(Expr condition) {
        List<Expr> parts = Logic.conjuncts(Logic.simplify(condition));
        Expr merged = new Expr.And(FormattedTimes.mergeFields(parts));
        Expr ranges = Logic.simplify(ComparisonRanges.rewrite(Logic.simplify(merged)));
        List<Expr> kept = new ArrayList<>();
        for (Expr part : Logic.conjuncts(ranges)) {
            if (part.equals(Logic.NULL) || part.equals(Logic.FALSE)) {
                return Logic.FALSE;
            }
            kept.add(part);
        }
        Expr all = Logic.and(kept);
        return all.equals(Logic.TRUE) ? null : all;
    }

    private static LogicalPlan filter(LogicalPlan input, Expr condition) {
        Expr simple = condition(condition);
        if (simple == null) {
            return input;
        }
        return simple.equals(Logic.FALSE)
                ? new LogicalPlan.Values(input.output(), List.of())
                : new LogicalPlan.Filter(input, simple);
    }

    private static LogicalPlan join(LogicalPlan.Join join) {
        List<JoinKey> keys =
                join.keys().stream()
                        .map(key ->
                                new JoinKey(
                                        Logic.simplify(key.left()),
                                        Logic.simplify(key.right()),
                                        key.isNullSafe()))
                        .toList();
        Expr condition = join.residual();
        Expr simple = condition == null ? Logic.TRUE : Logic.simplify(condition);
        boolean isNever = simple.equals(Logic.FALSE) || simple.equals(Logic.NULL);
        if (isNever && join.type() == JoinType.INNER) {
            return new LogicalPlan.Values(join.output(), List.of());
        }
        return new LogicalPlan.Join(
                join.type(),
                apply(join.left()),
                apply(join.right()),
                keys,
                simple.equals(Logic.TRUE) ? null : simple);
    }

    private static LogicalPlan scan(LogicalPlan.Scan scan) {
        Expr filter = scan.filter();
        if (filter == null) {
            return scan;
        }
        Expr simple = condition(filter);
        return simple != null && simple.equals(Logic.FALSE)
                ? new LogicalPlan.Values(scan.output(), List.of())
                : new LogicalPlan.Scan(scan.table(), scan.ordinals(), scan.output(), simple);
    }
}
