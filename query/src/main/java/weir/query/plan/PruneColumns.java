// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.WindowCall;

/// Leaves out columns that nobody reads, down to what a scan reads. A scan of which nothing is
/// read, as for `count(*)`, has no column left: only its rows count.
final class PruneColumns {
    private PruneColumns() {}

    static LogicalPlan apply(LogicalPlan plan) {
        BitSet all = new BitSet();
        all.set(0, plan.output().size());
        return prune(plan, all).plan();
    }

    /// A plan that gives fewer columns.
    ///
    /// @param columns the columns of the former plan that it gives, in its order
    private record Pruned(LogicalPlan plan, List<Integer> columns) {

        Expr moved(Expr expr) {
            return ExprTree.mapInputs(
                    expr, input -> new Expr.Input(columns.indexOf(input.index()), input.type()));
        }

        List<Expr> moved(List<Expr> expressions) {
            return expressions.stream().map(this::moved).toList();
        }

        List<LogicalPlan.SortKey> movedKeys(List<LogicalPlan.SortKey> keys) {
            return keys.stream()
                    .map(key ->
                            new LogicalPlan.SortKey(
                                    columns.indexOf(key.column()),
                                    key.isDescending(),
                                    key.isNullsFirst()))
                    .toList();
        }
    }

    private static Pruned prune(LogicalPlan plan, BitSet wanted) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> scan(scan, wanted);
            case LogicalPlan.Values values -> values(values, wanted);
            case LogicalPlan.Filter filter -> {
                BitSet needed = copy(wanted);
                ExprTree.collectInputs(filter.condition(), needed);
                Pruned input = prune(filter.input(), needed);
                yield new Pruned(
                        new LogicalPlan.Filter(input.plan(), input.moved(filter.condition())),
                        input.columns());
            }
            case LogicalPlan.Project project -> project(project, wanted);
            case LogicalPlan.Aggregate aggregate -> aggregate(aggregate, wanted);
            case LogicalPlan.GroupingSets sets -> groupingSets(sets, wanted);
            case LogicalPlan.Window window -> window(window, wanted);
            case LogicalPlan.Sort sort -> {
                Pruned input = prune(sort.input(), with(wanted, sort.keys()));
                yield new Pruned(
                        new LogicalPlan.Sort(input.plan(), input.movedKeys(sort.keys())),
                        input.columns());
            }
            case LogicalPlan.Limit limit -> {
                Pruned input = prune(limit.input(), wanted);
                yield new Pruned(
                        new LogicalPlan.Limit(input.plan(), limit.offset(), limit.count()),
                        input.columns());
            }
            case LogicalPlan.TopN top -> {
                Pruned input = prune(top.input(), with(wanted, top.keys()));
                yield new Pruned(
                        new LogicalPlan.TopN(
                                input.plan(),
                                input.movedKeys(top.keys()),
                                top.offset(),
                                top.count()),
                        input.columns());
            }
            case LogicalPlan.Join join -> join(join, wanted);
            case LogicalPlan.Union union -> union(union, wanted);
            case LogicalPlan.Repeat repeat -> {
                BitSet needed = copy(wanted);
                ExprTree.collectInputs(repeat.count(), needed);
                Pruned input = prune(repeat.input(), needed);
                yield new Pruned(
                        new LogicalPlan.Repeat(input.plan(), input.moved(repeat.count())),
                        input.columns());
            }
            case LogicalPlan.Unnest unnest -> unnest(unnest, wanted);
            case LogicalPlan.SingleRow single -> {
                Pruned input = prune(single.input(), wanted);
                yield new Pruned(new LogicalPlan.SingleRow(input.plan()), input.columns());
            }
        };
    }

    /// What the collections hold stays, read or not; columns of the input go.
    private static Pruned unnest(LogicalPlan.Unnest unnest, BitSet wanted) {
        int width = unnest.input().output().size();
        BitSet needed = copy(wanted);
        needed.clear(width, unnest.output().size());
        unnest.collections().forEach(expr -> ExprTree.collectInputs(expr, needed));
        Pruned input = prune(unnest.input(), needed);
        List<Integer> columns = new ArrayList<>(input.columns());
        for (int i = width; i < unnest.output().size(); i++) {
            columns.add(i);
        }
        return new Pruned(
                unnest.over(input.plan(), input.moved(unnest.collections())), List.copyOf(columns));
    }

    /// All inputs give exactly the columns that are wanted.
    private static Pruned union(LogicalPlan.Union union, BitSet wanted) {
        List<Integer> columns = list(wanted);
        List<LogicalPlan.Field> output = select(union.output(), columns);
        List<LogicalPlan> inputs = new ArrayList<>();
        for (LogicalPlan input : union.inputs()) {
            Pruned pruned = prune(input, wanted);
            List<Expr> picked = new ArrayList<>();
            for (int column : columns) {
                picked.add(
                        new Expr.Input(
                                pruned.columns().indexOf(column),
                                input.output().get(column).type()));
            }
            inputs.add(
                    pruned.columns().equals(columns)
                            ? pruned.plan()
                            : new LogicalPlan.Project(pruned.plan(), List.copyOf(picked), output));
        }
        return new Pruned(new LogicalPlan.Union(List.copyOf(inputs), output), columns);
    }

    private static Pruned join(LogicalPlan.Join join, BitSet wanted) {
        int width = join.left().output().size();
        if (join.type().hasMark() && !wanted.get(width)) {
            return prune(join.left(), wanted);
        }
        BitSet needed = copy(wanted);
        if (!join.type().hasRight()) {
            needed.clear(width, Math.max(width, needed.length()));
        }
        Expr residual = join.residual();
        if (residual != null) {
            ExprTree.collectInputs(residual, needed);
        }
        BitSet ofLeft = needed.get(0, width);
        BitSet ofRight = needed.get(width, Math.max(width, needed.length()));
        for (JoinKey key : join.keys()) {
            ExprTree.collectInputs(key.left(), ofLeft);
            ExprTree.collectInputs(key.right(), ofRight);
        }
        Pruned left = prune(join.left(), ofLeft);
        Pruned right = prune(join.right(), ofRight);
        List<Integer> pairs = new ArrayList<>(left.columns());
        right.columns().forEach(column -> pairs.add(width + column));
        List<Integer> columns = join.type().hasRight() ? pairs : new ArrayList<>(left.columns());
        if (join.type().hasMark()) {
            columns.add(width);
        }
        List<JoinKey> keys =
                join.keys().stream()
                        .map(key ->
                                new JoinKey(
                                        left.moved(key.left()),
                                        right.moved(key.right()),
                                        key.isNullSafe()))
                        .toList();
        @Nullable Expr moved =
                residual == null ? null : new Pruned(join, List.copyOf(pairs)).moved(residual);
        return new Pruned(
                new LogicalPlan.Join(join.type(), left.plan(), right.plan(), keys, moved),
                List.copyOf(columns));
    }

    private static BitSet copy(BitSet columns) {
        BitSet copy = new BitSet();
        copy.or(columns);
        return copy;
    }

    private static BitSet with(BitSet wanted, List<LogicalPlan.SortKey> keys) {
        BitSet needed = copy(wanted);
        keys.forEach(key -> needed.set(key.column()));
        return needed;
    }

    private static List<Integer> list(BitSet columns) {
        return columns.stream().boxed().toList();
    }

    private static <T> List<T> select(List<T> all, List<Integer> columns) {
        List<T> selected = new ArrayList<>();
        for (int column : columns) {
            selected.add(all.get(column));
        }
        return List.copyOf(selected);
    }

    private static Pruned scan(LogicalPlan.Scan scan, BitSet wanted) {
        BitSet needed = copy(wanted);
        Expr filter = scan.filter();
        if (filter != null) {
            ExprTree.collectInputs(filter, needed);
        }
        List<Integer> columns = list(needed);
        LogicalPlan.Scan all =
                new LogicalPlan.Scan(
                        scan.table(),
                        select(scan.ordinals(), columns),
                        select(scan.output(), columns),
                        null);
        Pruned pruned = new Pruned(all, columns);
        @Nullable Expr moved = filter == null ? null : pruned.moved(filter);
        return new Pruned(
                new LogicalPlan.Scan(scan.table(), all.ordinals(), all.output(), moved), columns);
    }

    private static Pruned values(LogicalPlan.Values values, BitSet wanted) {
        List<Integer> columns = list(wanted);
        return new Pruned(
                new LogicalPlan.Values(
                        select(values.output(), columns),
                        values.rows().stream().map(row -> select(row, columns)).toList()),
                columns);
    }

    private static Pruned project(LogicalPlan.Project project, BitSet wanted) {
        List<Integer> columns = list(wanted);
        List<Expr> expressions = select(project.expressions(), columns);
        BitSet needed = new BitSet();
        expressions.forEach(expression -> ExprTree.collectInputs(expression, needed));
        Pruned input = prune(project.input(), needed);
        return new Pruned(
                new LogicalPlan.Project(
                        input.plan(), input.moved(expressions), select(project.output(), columns)),
                columns);
    }

    /// All keys stay, since they make the groups; calls that nobody reads go.
    private static Pruned aggregate(LogicalPlan.Aggregate aggregate, BitSet wanted) {
        int keys = aggregate.keys().size();
        List<Integer> columns = new ArrayList<>();
        BitSet needed = new BitSet();
        for (int i = 0; i < keys; i++) {
            columns.add(i);
            ExprTree.collectInputs(aggregate.keys().get(i), needed);
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (int i = 0; i < aggregate.calls().size(); i++) {
            if (wanted.get(keys + i)) {
                columns.add(keys + i);
                calls.add(aggregate.calls().get(i));
                collect(aggregate.calls().get(i), needed);
            }
        }
        Pruned input = prune(aggregate.input(), needed);
        return new Pruned(
                new LogicalPlan.Aggregate(
                        input.plan(),
                        input.moved(aggregate.keys()),
                        calls.stream().map(call -> moved(input, call)).toList(),
                        select(aggregate.output(), columns)),
                List.copyOf(columns));
    }

    /// As [#aggregate]; the number of the set stays too.
    private static Pruned groupingSets(LogicalPlan.GroupingSets sets, BitSet wanted) {
        int keys = sets.keys().size();
        List<Integer> columns = new ArrayList<>();
        BitSet needed = new BitSet();
        for (int i = 0; i < keys; i++) {
            columns.add(i);
            ExprTree.collectInputs(sets.keys().get(i), needed);
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (int i = 0; i < sets.calls().size(); i++) {
            if (wanted.get(keys + i)) {
                columns.add(keys + i);
                calls.add(sets.calls().get(i));
                collect(sets.calls().get(i), needed);
            }
        }
        columns.add(sets.output().size() - 1);
        Pruned input = prune(sets.input(), needed);
        return new Pruned(
                new LogicalPlan.GroupingSets(
                        input.plan(),
                        input.moved(sets.keys()),
                        sets.sets(),
                        calls.stream().map(call -> moved(input, call)).toList(),
                        select(sets.output(), columns)),
                List.copyOf(columns));
    }

    /// Calls that nobody reads go, and the whole operator when none is read: then rows come in the
    /// order of the input.
    private static Pruned window(LogicalPlan.Window window, BitSet wanted) {
        int width = window.input().output().size();
        List<WindowCall> calls = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        BitSet needed = wanted.get(0, width);
        for (int i = 0; i < window.calls().size(); i++) {
            if (wanted.get(width + i)) {
                WindowCall call = window.calls().get(i);
                calls.add(call);
                columns.add(width + i);
                call.expressions().forEach(part -> ExprTree.collectInputs(part, needed));
            }
        }
        if (calls.isEmpty()) {
            return prune(window.input(), needed);
        }
        window.partition().forEach(needed::set);
        Pruned input = prune(window.input(), with(needed, window.order()));
        columns.addAll(0, input.columns());
        return new Pruned(
                new LogicalPlan.Window(
                        input.plan(),
                        window.partition().stream().map(input.columns()::indexOf).toList(),
                        input.movedKeys(window.order()),
                        calls.stream().map(call -> call.mapExpressions(input::moved)).toList(),
                        window.top(),
                        select(window.output(), columns)),
                List.copyOf(columns));
    }

    private static void collect(AggregateCall call, BitSet needed) {
        call.arguments().forEach(argument -> ExprTree.collectInputs(argument, needed));
        Expr filter = call.filter();
        if (filter != null) {
            ExprTree.collectInputs(filter, needed);
        }
    }

    private static AggregateCall moved(Pruned input, AggregateCall call) {
        Expr filter = call.filter();
        return call.over(
                input.moved(call.arguments()), filter == null ? null : input.moved(filter));
    }
}
