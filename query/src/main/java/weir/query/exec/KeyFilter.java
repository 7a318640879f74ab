// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.catalog.Table;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.plan.JoinType;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;

/// What the keys of a build side say of the rows that can match, as a condition on the probe side:
/// segments, blocks and rows without such a key are then not read at all. Only where rows without
/// match are of no use.
final class KeyFilter {
    /// More texts than this take longer to look up in each dictionary than they spare.
    private static final int TEXTS_MAX = 4096;

    private static final int NUMBERS_MAX = 1 << 16;

    private KeyFilter() {}

    /// The conditions that a probe row has the values of some build row in each key, where there is
    /// something to say of it.
    ///
    /// @param keys over the rows of `probe`
    static List<Expr> of(
            List<Expr> keys, List<Boolean> isNullSafe, JoinTable table, LogicalPlan probe) {
        List<Expr> conditions = new ArrayList<>();
        for (int k = 0; k < keys.size(); k++) {
            if (!isNullSafe.get(k) && reachesSegments(keys.get(k), probe)) {
                Expr condition = condition(keys.get(k), table.values(k));
                if (condition != null) {
                    conditions.add(condition);
                }
            }
        }
        return conditions;
    }

    private static @Nullable Expr condition(Expr key, ValueIds values) {
        boolean isNumber = VectorBuilder.standsAsLongs(key.type());
        if (key.type().isFloating() || key.type() == BasicType.UNKNOWN) {
            return null;
        }
        if (values.size() - 1 <= (isNumber ? NUMBERS_MAX : TEXTS_MAX)) {
            List<Expr> literals = new ArrayList<>();
            for (int id = 1; id < values.size(); id++) {
                literals.add(new Expr.Literal(key.type(), values.value(id)));
            }
            return literals.isEmpty() ? null : new Expr.In(key, List.copyOf(literals));
        }
        return isNumber ? range(key, values) : null;
    }

    private static Expr range(Expr key, ValueIds values) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int id = 1; id < values.size(); id++) {
            Object value = values.value(id);
            long number = value == null ? 0 : (Long) value;
            min = Math.min(min, number);
            max = Math.max(max, number);
        }
        return new Expr.And(
                List.of(
                        bound(key, ScalarFunction.GREATER_OR_EQUAL, min),
                        bound(key, ScalarFunction.LESS_OR_EQUAL, max)));
    }

    private static Expr bound(Expr key, ScalarFunction function, long value) {
        return new Expr.Call(
                function,
                List.of(key, new Expr.Literal(key.type(), (Long) value)),
                BasicType.BOOLEAN);
    }

    /// Whether a condition on `expr` gets down to a scan of segments.
    static boolean reachesSegments(Expr expr, LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> scan.table().source() instanceof Table.Segments;
            case LogicalPlan.Filter filter -> reachesSegments(expr, filter.input());
            case LogicalPlan.Sort sort -> reachesSegments(expr, sort.input());
            case LogicalPlan.Project project ->
                    ExprInputs.of(expr).size() == 1
                            && reachesSegments(
                                    project.expressions().get(ExprInputs.of(expr).first()),
                                    project.input());
            case LogicalPlan.Join join -> reachesSegments(expr, join);
            case LogicalPlan.Union union ->
                    union.inputs().stream().anyMatch(input -> reachesSegments(expr, input));
            case LogicalPlan.Repeat repeat -> reachesSegments(expr, repeat.input());
            case LogicalPlan.Values _,
                    LogicalPlan.Aggregate _,
                    LogicalPlan.GroupingSets _,
                    LogicalPlan.Window _,
                    LogicalPlan.Limit _,
                    LogicalPlan.SingleRow _,
                    LogicalPlan.Unnest _,
                    LogicalPlan.TopN _ ->
                    false;
        };
    }

    private static boolean reachesSegments(Expr expr, LogicalPlan.Join join) {
        int width = join.left().output().size();
        var inputs = ExprInputs.of(expr);
        if (inputs.isEmpty()) {
            return false;
        }
        if (inputs.last() < width) {
            return !join.type().keepsRight() && reachesSegments(expr, join.left());
        }
        boolean isRight = join.type() == JoinType.INNER || join.type() == JoinType.RIGHT;
        return isRight
                && inputs.first() >= width
                && reachesSegments(ExprInputs.remap(expr, i -> i - width), join.right());
    }
}
