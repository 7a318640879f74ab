// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.ArrayList;
import java.util.List;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;

/// Moves conditions to where their columns come from: through projections and sorts, through
/// groupings where they speak of keys, into scans.
final class PushFilters {
    private PushFilters() {}

    static LogicalPlan apply(LogicalPlan plan) {
        return push(plan, List.of());
    }

    /// The rows of `plan` for which all `conjuncts`, none of them random, are true. What is random
    /// is asked once for each row of where it stands, so it stays there.
    static LogicalPlan push(LogicalPlan plan, List<Expr> conjuncts) {
        return switch (plan) {
            case LogicalPlan.Filter filter -> {
                List<Expr> moved = new ArrayList<>();
                List<Expr> random = new ArrayList<>();
                for (Expr part : Logic.conjuncts(filter.condition())) {
                    (ExprTree.isDeterministic(part) ? moved : random).add(part);
                }
                moved.addAll(conjuncts);
                yield filter(push(filter.input(), moved), random);
            }
            case LogicalPlan.Project project -> pushThrough(project, conjuncts);
            case LogicalPlan.Sort sort ->
                    new LogicalPlan.Sort(push(sort.input(), conjuncts), sort.keys());
            case LogicalPlan.Aggregate aggregate -> pushToKeys(aggregate, conjuncts);
            case LogicalPlan.GroupingSets sets ->
                    filter(
                            new LogicalPlan.GroupingSets(
                                    push(sets.input(), List.of()),
                                    sets.keys(),
                                    sets.sets(),
                                    sets.calls(),
                                    sets.output()),
                            conjuncts);
            case LogicalPlan.Window window -> pushToPartitions(window, conjuncts);
            case LogicalPlan.Scan scan -> scan(scan, conjuncts);
            case LogicalPlan.Values values -> filter(values, conjuncts);
            case LogicalPlan.Limit limit ->
                    filter(
                            new LogicalPlan.Limit(
                                    push(limit.input(), List.of()), limit.offset(), limit.count()),
                            conjuncts);
            case LogicalPlan.TopN top ->
                    filter(
                            new LogicalPlan.TopN(
                                    push(top.input(), List.of()),
                                    top.keys(),
                                    top.offset(),
                                    top.count()),
                            conjuncts);
            case LogicalPlan.Join join -> PushIntoJoins.push(join, conjuncts);
            case LogicalPlan.Union union ->
                    new LogicalPlan.Union(
                            union.inputs().stream().map(input -> push(input, conjuncts)).toList(),
                            union.output());
            case LogicalPlan.Repeat repeat ->
                    new LogicalPlan.Repeat(push(repeat.input(), conjuncts), repeat.count());
            case LogicalPlan.Unnest unnest -> pushThrough(unnest, conjuncts);
            case LogicalPlan.SingleRow single ->
                    filter(new LogicalPlan.SingleRow(push(single.input(), List.of())), conjuncts);
        };
    }

    /// What reads only columns of the input is asked before its rows multiply.
    private static LogicalPlan pushThrough(LogicalPlan.Unnest unnest, List<Expr> conjuncts) {
        List<Expr> below = new ArrayList<>();
        List<Expr> above = new ArrayList<>();
        int width = unnest.input().output().size();
        for (Expr part : conjuncts) {
            (ExprTree.inputs(part).length() <= width ? below : above).add(part);
        }
        return filter(unnest.over(push(unnest.input(), below), unnest.collections()), above);
    }

    private static LogicalPlan pushThrough(LogicalPlan.Project project, List<Expr> conjuncts) {
        List<Expr> below = new ArrayList<>();
        List<Expr> above = new ArrayList<>();
        for (Expr part : conjuncts) {
            if (staysShort(part, project.expressions())) {
                below.add(
                        ExprTree.mapInputs(
                                part, input -> project.expressions().get(input.index())));
            } else {
                above.add(part);
            }
        }
        for (Expr weak : Weakened.ofAll(above)) {
            if (staysShort(weak, project.expressions())) {
                below.add(
                        ExprTree.mapInputs(
                                weak, input -> project.expressions().get(input.index())));
            }
        }
        return filter(
                new LogicalPlan.Project(
                        push(project.input(), below), project.expressions(), project.output()),
                above);
    }

    /// Whether `part` stays short with `columns` in place of its inputs: what reads several columns
    /// may stand in it once. Otherwise subqueries in subqueries would double it at each level. What
    /// is random is computed once for a row and stays where it is.
    private static boolean staysShort(Expr part, List<Expr> columns) {
        int[] reads = new int[columns.size()];
        countReads(part, reads);
        for (int i = 0; i < reads.length; i++) {
            boolean isLong = reads[i] > 1 && reads(columns.get(i)) > 1;
            if (isLong || (reads[i] > 0 && !ExprTree.isDeterministic(columns.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static void countReads(Expr expr, int[] reads) {
        if (expr instanceof Expr.Input input) {
            reads[input.index()]++;
        }
        ExprTree.children(expr).forEach(child -> countReads(child, reads));
    }

    /// How many times `expr` reads a column.
    private static int reads(Expr expr) {
        return expr instanceof Expr.Input
                ? 1
                : ExprTree.children(expr).stream().mapToInt(PushFilters::reads).sum();
    }

    private static LogicalPlan pushToKeys(LogicalPlan.Aggregate aggregate, List<Expr> conjuncts) {
        List<Expr> below = new ArrayList<>();
        List<Expr> above = new ArrayList<>();
        for (Expr part : conjuncts) {
            (isOfKeys(part, aggregate) ? below : above).add(part);
        }
        Weakened.ofAll(above).stream()
                .filter(weak -> isOfKeys(weak, aggregate))
                .forEach(below::add);
        below.replaceAll(
                part -> ExprTree.mapInputs(part, input -> aggregate.keys().get(input.index())));
        return filter(
                new LogicalPlan.Aggregate(
                        push(aggregate.input(), below),
                        aggregate.keys(),
                        aggregate.calls(),
                        aggregate.output()),
                above);
    }

    private static boolean isOfKeys(Expr part, LogicalPlan.Aggregate aggregate) {
        int keys = aggregate.keys().size();
        return keys > 0
                && ExprTree.inputs(part).length() <= keys
                && staysShort(part, aggregate.keys());
    }

    /// What speaks of partition columns alone keeps or drops whole partitions.
    private static LogicalPlan pushToPartitions(LogicalPlan.Window window, List<Expr> conjuncts) {
        List<Expr> below = new ArrayList<>();
        List<Expr> above = new ArrayList<>();
        for (Expr part : conjuncts) {
            boolean isOfPartitions =
                    ExprTree.inputs(part).stream().allMatch(window.partition()::contains);
            (isOfPartitions ? below : above).add(part);
        }
        return filter(
                new LogicalPlan.Window(
                        push(window.input(), below),
                        window.partition(),
                        window.order(),
                        window.calls(),
                        TopOfPartitions.of(window, above),
                        window.output()),
                above);
    }

    private static LogicalPlan scan(LogicalPlan.Scan scan, List<Expr> conjuncts) {
        if (conjuncts.isEmpty()) {
            return scan;
        }
        List<Expr> all = new ArrayList<>();
        Expr known = scan.filter();
        if (known != null) {
            all.addAll(Logic.conjuncts(known));
        }
        all.addAll(conjuncts);
        // Of columns alone, so that indexes can answer it.
        Weakened.ofAll(conjuncts).stream().filter(weak -> !all.contains(weak)).forEach(all::add);
        return new LogicalPlan.Scan(
                scan.table(), scan.ordinals(), scan.output(), new Expr.And(List.copyOf(all)));
    }

    static LogicalPlan filter(LogicalPlan input, List<Expr> conjuncts) {
        return conjuncts.isEmpty()
                ? input
                : new LogicalPlan.Filter(
                        input,
                        conjuncts.size() == 1
                                ? conjuncts.getFirst()
                                : new Expr.And(List.copyOf(conjuncts)));
    }
}
