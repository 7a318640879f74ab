// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.ScalarFunction;
import weir.query.expr.WindowCall;
import weir.query.expr.WindowFunction;
import weir.query.plan.LogicalPlan;
import weir.query.plan.LogicalPlan.Field;
import weir.query.type.BasicType;

/// A grouping by sessions (session_number over a partition by all the other keys) without a window
/// over all rows. Rows whose starts are in one slot of time, as long as the gap, are in one session
/// whatever lies between, so they are grouped first, by the partition and the slot; few slots are
/// left to be numbered.
///
/// @param slots the grouping by partition and slot: its calls are those that are wanted, then the
///   first start, the last start and the last end
/// @param partitionKeys how many of the first columns of `slots` are the partition
/// @param gap of the sessions
/// @param wholes the grouping that is wanted over the columns of `slots` and behind them the number
///   of the session
record SessionsAsGroups(
        LogicalPlan.Aggregate slots, int partitionKeys, long gap, LogicalPlan.Aggregate wholes) {

    /// Where the column of first starts is; behind it are last starts and last ends.
    int startColumn() {
        return slots.output().size() - 3;
    }

    /// The number of sessions of `aggregate` by two groupings; null where it is no grouping by
    /// sessions, or has calls that do not follow from parts.
    static @Nullable SessionsAsGroups of(LogicalPlan.Aggregate aggregate) {
        LogicalPlan.Aggregate direct = withoutProject(aggregate);
        if (!(direct.input() instanceof LogicalPlan.Window window)
                || window.top() != null
                || window.calls().size() != 1
                || !(window.calls().getFirst() instanceof WindowCall.Ranking call)
                || call.function() != WindowFunction.SESSION_NUMBER
                || !(call.arguments().get(2) instanceof Expr.Literal literal)
                || !(literal.value() instanceof Long gap)
                || gap <= 0
                || !isByStart(window, call.arguments().getFirst())) {
            return null;
        }
        int number = window.input().output().size();
        if (!isBySession(direct, window, number)
                || !direct.calls().stream().allMatch(c -> isOfParts(c, number))) {
            return null;
        }
        return split(direct, window, call.arguments(), gap);
    }

    /// The same grouping over what the projection below it reads.
    private static LogicalPlan.Aggregate withoutProject(LogicalPlan.Aggregate aggregate) {
        if (!(aggregate.input() instanceof LogicalPlan.Project project)
                || !project.expressions().stream().allMatch(Expr.Input.class::isInstance)) {
            return aggregate;
        }
        return new LogicalPlan.Aggregate(
                project.input(),
                aggregate.keys().stream().map(key -> below(key, project)).toList(),
                aggregate.calls().stream()
                        .map(call -> call.mapExpressions(expr -> below(expr, project)))
                        .toList(),
                aggregate.output());
    }

    private static Expr below(Expr expr, LogicalPlan.Project project) {
        return ExprTree.mapInputs(expr, input -> project.expressions().get(input.index()));
    }

    private static boolean isByStart(LogicalPlan.Window window, Expr start) {
        return start instanceof Expr.Input input
                && window.order().size() == 1
                && window.order().getFirst().column() == input.index()
                && !window.order().getFirst().isDescending()
                && !window.order().getFirst().isNullsFirst();
    }

    /// Whether the keys are the columns of the partition and the number, each once.
    private static boolean isBySession(
            LogicalPlan.Aggregate aggregate, LogicalPlan.Window window, int number) {
        Set<Integer> left = new HashSet<>(window.partition());
        left.add(number);
        for (Expr key : aggregate.keys()) {
            if (!(key instanceof Expr.Input input) || !left.remove(input.index())) {
                return false;
            }
        }
        return left.isEmpty() && aggregate.keys().size() > 1;
    }

    private static boolean isOfParts(AggregateCall call, int number) {
        return PartCalls.follows(call)
                && call.arguments().stream().noneMatch(a -> ExprInputs.of(a).contains(number));
    }

    private static SessionsAsGroups split(
            LogicalPlan.Aggregate aggregate,
            LogicalPlan.Window window,
            List<Expr> arguments,
            long gap) {
        int number = window.input().output().size();
        Expr start = arguments.get(0);
        Expr end = arguments.get(1);
        List<Expr> keys = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (Expr key : aggregate.keys()) {
            if (((Expr.Input) key).index() != number) {
                keys.add(key);
                fields.add(new Field("_part" + fields.size(), key.type()));
            }
        }
        int partitionKeys = keys.size();
        // Division truncates, so the slots around zero need their signs. Nothing overflows.
        keys.add(
                new Expr.Call(
                        ScalarFunction.DIVIDE,
                        List.of(start, new Expr.Literal(BasicType.BIGINT, gap)),
                        BasicType.BIGINT));
        keys.add(
                new Expr.Call(
                        ScalarFunction.LESS_THAN,
                        List.of(start, new Expr.Literal(BasicType.BIGINT, 0L)),
                        BasicType.BOOLEAN));
        fields.add(new Field("_slot", BasicType.BIGINT));
        fields.add(new Field("_sign", BasicType.BOOLEAN));
        List<AggregateCall> parts = new ArrayList<>(aggregate.calls());
        parts.add(PartCalls.call(AggregateFunction.MIN, start, BasicType.BIGINT));
        parts.add(PartCalls.call(AggregateFunction.MAX, start, BasicType.BIGINT));
        parts.add(PartCalls.call(AggregateFunction.MAX, end, BasicType.BIGINT));
        List<AggregateCall> wholes = new ArrayList<>();
        for (AggregateCall part : parts) {
            if (wholes.size() < aggregate.calls().size()) {
                wholes.add(PartCalls.whole(part, fields.size()));
            }
            fields.add(new Field("_part" + fields.size(), part.type()));
        }
        List<Expr> wholeKeys = new ArrayList<>();
        int next = 0;
        for (Expr key : aggregate.keys()) {
            boolean isNumber = ((Expr.Input) key).index() == number;
            wholeKeys.add(new Expr.Input(isNumber ? fields.size() : next++, key.type()));
        }
        LogicalPlan.Aggregate slots =
                new LogicalPlan.Aggregate(window.input(), keys, parts, fields);
        return new SessionsAsGroups(
                slots,
                partitionKeys,
                gap,
                new LogicalPlan.Aggregate(slots, wholeKeys, wholes, aggregate.output()));
    }
}
