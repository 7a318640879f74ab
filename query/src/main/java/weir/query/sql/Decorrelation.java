// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.List;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.plan.JoinType;
import weir.query.plan.LogicalPlan;

/// Takes the conditions that name outer columns out of the plan of a subquery, so that they become
/// conditions of a join with the outer rows. A plan keeps its columns and gets those behind them
/// that the conditions read; a grouping that a condition leaves is grouped by what it compares.
final class Decorrelation {
    private final Node node;

    /// @param node where the subquery stands
    Decorrelation(Node node) {
        this.node = node;
    }

    /// A plan that names nothing outside.
    ///
    /// @param plan its rows for all outer rows together
    /// @param conditions over them, and symbols, which tell the rows for one outer row
    record Pulled(LogicalPlan plan, List<Expr> conditions) {

        Pulled on(LogicalPlan changed) {
            return new Pulled(changed, conditions);
        }
    }

    QueryException unsupported() {
        return Problem.at(
                node,
                QueryException.Code.UNSUPPORTED,
                "Given correlated subquery is not supported; name outer columns in its WHERE only,"
                        + " and compare them by =");
    }

    /// Pulls the conditions out of `plan`.
    Pulled pull(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> new Pulled(scan, List.of());
            case LogicalPlan.Values values -> {
                values.rows().forEach(this::requireNoSymbol);
                yield new Pulled(values, List.of());
            }
            case LogicalPlan.Filter filter -> filter(filter);
            case LogicalPlan.Project project -> project(project);
            case LogicalPlan.Aggregate aggregate -> aggregate(aggregate);
            case LogicalPlan.Sort sort -> {
                Pulled input = pull(sort.input());
                yield input.on(new LogicalPlan.Sort(input.plan(), sort.keys()));
            }
            case LogicalPlan.Join join -> join(join);
            default -> {
                requireNoSymbol(expressions(plan));
                for (LogicalPlan input : inputs(plan)) {
                    Pulled pulled = pull(input);
                    if (!pulled.conditions().isEmpty()) {
                        throw unsupported();
                    }
                }
                yield new Pulled(plan, List.of());
            }
        };
    }

    private static List<LogicalPlan> inputs(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Limit limit -> List.of(limit.input());
            case LogicalPlan.TopN top -> List.of(top.input());
            case LogicalPlan.GroupingSets sets -> List.of(sets.input());
            case LogicalPlan.Window window -> List.of(window.input());
            case LogicalPlan.Union union -> union.inputs();
            case LogicalPlan.Repeat repeat -> List.of(repeat.input());
            case LogicalPlan.SingleRow single -> List.of(single.input());
            case LogicalPlan.Unnest unnest -> List.of(unnest.input());
            default -> List.of();
        };
    }

    private static List<Expr> expressions(LogicalPlan plan) {
        List<Expr> all = new ArrayList<>();
        if (plan instanceof LogicalPlan.GroupingSets sets) {
            all.addAll(sets.keys());
            sets.calls().forEach(call -> all.addAll(call.expressions()));
        } else if (plan instanceof LogicalPlan.Window window) {
            window.calls().forEach(call -> all.addAll(call.expressions()));
        } else if (plan instanceof LogicalPlan.Unnest unnest) {
            all.addAll(unnest.collections());
        }
        return all;
    }

    private void requireNoSymbol(List<Expr> exprs) {
        if (exprs.stream().anyMatch(ExprTree::hasSymbol)) {
            throw unsupported();
        }
    }

    private Pulled filter(LogicalPlan.Filter filter) {
        Pulled input = pull(filter.input());
        List<Expr> own = new ArrayList<>();
        List<Expr> conditions = new ArrayList<>(input.conditions());
        for (Expr part : Conditions.conjuncts(filter.condition())) {
            (ExprTree.hasSymbol(part) ? conditions : own).add(part);
        }
        Expr kept = Conditions.and(own);
        return new Pulled(
                kept == null ? input.plan() : new LogicalPlan.Filter(input.plan(), kept),
                List.copyOf(conditions));
    }

    private Pulled project(LogicalPlan.Project project) {
        requireNoSymbol(project.expressions());
        Pulled input = pull(project.input());
        List<Expr> expressions = new ArrayList<>(project.expressions());
        List<LogicalPlan.Field> output = new ArrayList<>(project.output());
        List<Expr> conditions = new ArrayList<>();
        for (Expr condition : input.conditions()) {
            conditions.add(
                    ExprTree.mapInputs(
                            condition, read -> shown(read, input.plan(), expressions, output)));
        }
        return new Pulled(
                new LogicalPlan.Project(
                        input.plan(), List.copyOf(expressions), List.copyOf(output)),
                List.copyOf(conditions));
    }

    /// The column of a projection that shows `read`, a new one when none does.
    private static Expr shown(
            Expr.Input read,
            LogicalPlan input,
            List<Expr> expressions,
            List<LogicalPlan.Field> output) {
        int index = expressions.indexOf(read);
        if (index < 0) {
            index = expressions.size();
            expressions.add(read);
            output.add(input.output().get(read.index()));
        }
        return new Expr.Input(index, read.type());
    }

    private Pulled aggregate(LogicalPlan.Aggregate aggregate) {
        requireNoSymbol(aggregate.keys());
        aggregate.calls().forEach(this::requireNoSymbol);
        Pulled input = pull(aggregate.input());
        if (input.conditions().isEmpty()) {
            return input.on(
                    new LogicalPlan.Aggregate(
                            input.plan(), aggregate.keys(), aggregate.calls(), aggregate.output()));
        }
        if (aggregate.keys().isEmpty()) {
            throw unsupported();
        }
        return grouped(aggregate, input);
    }

    private void requireNoSymbol(AggregateCall call) {
        requireNoSymbol(call.arguments());
        Expr filter = call.filter();
        if (filter != null) {
            requireNoSymbol(List.of(filter));
        }
    }

    /// A grouping for all outer rows together: by what the conditions compare, too. The columns of
    /// `aggregate` come first, then those.
    Pulled grouped(LogicalPlan.Aggregate aggregate, Pulled input) {
        aggregate.calls().forEach(this::requireNoSymbol);
        int keyCount = aggregate.keys().size();
        List<Expr> keys = new ArrayList<>(aggregate.keys());
        List<LogicalPlan.Field> fields = new ArrayList<>(aggregate.output().subList(0, keyCount));
        List<Integer> compared = new ArrayList<>();
        List<Expr> outer = new ArrayList<>();
        for (Expr condition : input.conditions()) {
            Equality equality = Equality.of(condition);
            if (equality == null) {
                throw unsupported();
            }
            int index = keys.indexOf(equality.inner());
            if (index < 0) {
                index = keys.size();
                keys.add(equality.inner());
                fields.add(new LogicalPlan.Field("_outer" + index, equality.inner().type()));
            }
            compared.add(index);
            outer.add(equality.outer());
        }
        fields.addAll(aggregate.output().subList(keyCount, aggregate.output().size()));
        LogicalPlan groups =
                new LogicalPlan.Aggregate(
                        input.plan(), List.copyOf(keys), aggregate.calls(), List.copyOf(fields));
        int added = keys.size() - keyCount;
        int width = aggregate.output().size();
        List<Expr> conditions = new ArrayList<>();
        for (int i = 0; i < compared.size(); i++) {
            int key = compared.get(i);
            Expr inner =
                    new Expr.Input(
                            key < keyCount ? key : width + key - keyCount, keys.get(key).type());
            conditions.add(Conditions.call(ScalarFunction.EQUAL, inner, outer.get(i)));
        }
        return new Pulled(addedLast(groups, keyCount, added), List.copyOf(conditions));
    }

    /// `plan` with its columns `from` to `from + count` behind all others.
    private static LogicalPlan addedLast(LogicalPlan plan, int from, int count) {
        List<Integer> order = new ArrayList<>();
        int width = plan.output().size();
        for (int i = 0; i < width; i++) {
            if (i < from || i >= from + count) {
                order.add(i);
            }
        }
        for (int i = from; i < from + count; i++) {
            order.add(i);
        }
        return picked(plan, order);
    }

    private static LogicalPlan picked(LogicalPlan plan, List<Integer> columns) {
        List<Expr> expressions = new ArrayList<>();
        List<LogicalPlan.Field> output = new ArrayList<>();
        for (int column : columns) {
            LogicalPlan.Field field = plan.output().get(column);
            expressions.add(new Expr.Input(column, field.type()));
            output.add(field);
        }
        return new LogicalPlan.Project(plan, List.copyOf(expressions), List.copyOf(output));
    }

    private Pulled join(LogicalPlan.Join join) {
        Expr residual = join.residual();
        join.keys().forEach(key -> requireNoSymbol(List.of(key.left(), key.right())));
        Pulled left = pull(join.left());
        Pulled right = pull(join.right());
        boolean isInner = join.type() == JoinType.INNER;
        if ((join.type().keepsRight() && !left.conditions().isEmpty())
                || (!isInner && join.type() != JoinType.RIGHT && !right.conditions().isEmpty())
                || (!isInner && residual != null && ExprTree.hasSymbol(residual))) {
            throw unsupported();
        }
        int width = join.left().output().size();
        int leftAdded = left.plan().output().size() - width;
        List<Expr> own = new ArrayList<>();
        List<Expr> conditions = new ArrayList<>();
        if (residual != null) {
            for (Expr part : Conditions.conjuncts(residual)) {
                (ExprTree.hasSymbol(part) ? conditions : own).add(shifted(part, width, leftAdded));
            }
        }
        conditions.addAll(left.conditions());
        right.conditions().forEach(part -> conditions.add(shifted(part, 0, width + leftAdded)));
        LogicalPlan joined =
                new LogicalPlan.Join(
                        join.type(), left.plan(), right.plan(), join.keys(), Conditions.and(own));
        if (leftAdded == 0) {
            return new Pulled(joined, List.copyOf(conditions));
        }
        return new Pulled(
                addedLast(joined, width, leftAdded),
                conditions.stream()
                        .map(part -> moved(part, width, leftAdded, joined.output().size()))
                        .toList());
    }

    /// `expr` with columns from `from` on moved by `by`.
    private static Expr shifted(Expr expr, int from, int by) {
        return ExprTree.mapInputs(
                expr,
                input ->
                        input.index() < from
                                ? input
                                : new Expr.Input(input.index() + by, input.type()));
    }

    /// `expr` where columns `from` to `from + count` went behind all `width`.
    private static Expr moved(Expr expr, int from, int count, int width) {
        return ExprTree.mapInputs(
                expr,
                input -> {
                    int index = input.index();
                    int place =
                            index < from
                                    ? index
                                    : index < from + count
                                            ? index - from + width - count
                                            : index - count;
                    return new Expr.Input(place, input.type());
                });
    }
}
