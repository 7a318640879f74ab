// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.ArrayList;
import java.util.List;
import weir.query.expr.Expr;

/// Moves limits below projections, makes a sort with a limit a [LogicalPlan.TopN], and two limits
/// one.
final class PushLimits {
    private PushLimits() {}

    static LogicalPlan apply(LogicalPlan plan) {
        return plan instanceof LogicalPlan.Limit limit
                ? push(apply(limit.input()), limit.offset(), limit.count())
                : PlanTree.mapInputs(plan, PushLimits::apply);
    }

    /// Rows `offset` to `offset + count` of `input`; all from `offset` on when `count` is -1.
    private static LogicalPlan push(LogicalPlan input, long offset, long count) {
        if (count == 0) {
            return new LogicalPlan.Values(input.output(), List.of());
        }
        return switch (input) {
            case LogicalPlan.Project project ->
                    new LogicalPlan.Project(
                            push(project.input(), offset, count),
                            project.expressions(),
                            project.output());
            case LogicalPlan.Sort sort when isBounded(offset, count) ->
                    top(sort.input(), sort.keys(), offset, count);
            case LogicalPlan.Limit inner when isBounded(inner.offset(), offset) -> {
                long left = inner.count() < 0 ? -1 : Math.max(0, inner.count() - offset);
                long both = left < 0 ? count : count < 0 ? left : Math.min(left, count);
                yield push(inner.input(), inner.offset() + offset, both);
            }
            case LogicalPlan.Union union when isBounded(offset, count) ->
                    new LogicalPlan.Limit(
                            new LogicalPlan.Union(
                                    union.inputs().stream()
                                            .map(part -> push(part, 0, offset + count))
                                            .toList(),
                                    union.output()),
                            offset,
                            count);
            case LogicalPlan.Join join when isBounded(offset, count) && join.type().keepsAll() ->
                    new LogicalPlan.Limit(
                            new LogicalPlan.Join(
                                    join.type(),
                                    push(join.left(), 0, offset + count),
                                    join.right(),
                                    join.keys(),
                                    join.residual()),
                            offset,
                            count);
            default -> new LogicalPlan.Limit(input, offset, count);
        };
    }

    /// The first rows of a sort; what is not sorted by is computed for these rows only.
    private static LogicalPlan top(
            LogicalPlan input, List<LogicalPlan.SortKey> keys, long offset, long count) {
        if (!(input instanceof LogicalPlan.Project project)) {
            return new LogicalPlan.TopN(input, keys, offset, count);
        }
        List<LogicalPlan.SortKey> below = new ArrayList<>();
        for (LogicalPlan.SortKey key : keys) {
            if (!(project.expressions().get(key.column()) instanceof Expr.Input column)) {
                return new LogicalPlan.TopN(input, keys, offset, count);
            }
            below.add(
                    new LogicalPlan.SortKey(
                            column.index(), key.isDescending(), key.isNullsFirst()));
        }
        return new LogicalPlan.Project(
                top(project.input(), List.copyOf(below), offset, count),
                project.expressions(),
                project.output());
    }

    private static boolean isBounded(long offset, long count) {
        return count >= 0 && offset <= Long.MAX_VALUE - count;
    }
}
