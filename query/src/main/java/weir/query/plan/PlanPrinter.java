// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.expr.WindowCall;

/// A plan as text: one line for each operator, its input below it and further right. The text of a
/// plan never changes by chance, so that tests can compare it.
public final class PlanPrinter {
    private static final int ROWS_MAX = 10;

    private PlanPrinter() {}

    /// The text of `plan`, without a newline at the end.
    public static String print(LogicalPlan plan) {
        StringBuilder text = new StringBuilder();
        print(plan, 0, text);
        return text.toString().stripTrailing();
    }

    private static void print(LogicalPlan plan, int depth, StringBuilder text) {
        text.append("  ".repeat(depth)).append(line(plan)).append('\n');
        switch (plan) {
            case LogicalPlan.Scan _ -> {}
            case LogicalPlan.Values values -> printRows(values, depth + 1, text);
            case LogicalPlan.Filter filter -> print(filter.input(), depth + 1, text);
            case LogicalPlan.Project project -> print(project.input(), depth + 1, text);
            case LogicalPlan.Aggregate aggregate -> print(aggregate.input(), depth + 1, text);
            case LogicalPlan.GroupingSets sets -> print(sets.input(), depth + 1, text);
            case LogicalPlan.Window window -> print(window.input(), depth + 1, text);
            case LogicalPlan.Sort sort -> print(sort.input(), depth + 1, text);
            case LogicalPlan.Limit limit -> print(limit.input(), depth + 1, text);
            case LogicalPlan.TopN top -> print(top.input(), depth + 1, text);
            case LogicalPlan.Join join -> {
                print(join.left(), depth + 1, text);
                print(join.right(), depth + 1, text);
            }
            case LogicalPlan.Union union ->
                    union.inputs().forEach(input -> print(input, depth + 1, text));
            case LogicalPlan.Repeat repeat -> print(repeat.input(), depth + 1, text);
            case LogicalPlan.Unnest unnest -> print(unnest.input(), depth + 1, text);
            case LogicalPlan.SingleRow single -> print(single.input(), depth + 1, text);
        }
    }

    private static String line(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> scan(scan);
            case LogicalPlan.Values values ->
                    "Values [" + names(values.output()) + "] rows " + values.rows().size();
            case LogicalPlan.Filter filter ->
                    "Filter [" + over(filter.input()).print(filter.condition()) + "]";
            case LogicalPlan.Project project -> "Project [" + columns(project) + "]";
            case LogicalPlan.Aggregate aggregate -> "Aggregate " + groups(aggregate);
            case LogicalPlan.GroupingSets sets -> "GroupingSets " + sets(sets);
            case LogicalPlan.Window window -> "Window " + window(window);
            case LogicalPlan.Sort sort -> "Sort [" + order(sort.input(), sort.keys()) + "]";
            case LogicalPlan.Limit limit -> "Limit" + range(limit.offset(), limit.count());
            case LogicalPlan.TopN top ->
                    "TopN ["
                            + order(top.input(), top.keys())
                            + "]"
                            + range(top.offset(), top.count());
            case LogicalPlan.Join join -> join(join);
            case LogicalPlan.Union union -> "Union [" + names(union.output()) + "]";
            case LogicalPlan.Repeat repeat ->
                    "Repeat [" + over(repeat.input()).print(repeat.count()) + "]";
            case LogicalPlan.Unnest unnest -> unnest(unnest);
            case LogicalPlan.SingleRow _ -> "SingleRow";
        };
    }

    private static String unnest(LogicalPlan.Unnest unnest) {
        int width = unnest.input().output().size();
        List<LogicalPlan.Field> fields = unnest.output().subList(width, unnest.output().size());
        return (unnest.isOuter() ? "Unnest outer [" : "Unnest [")
                + over(unnest.input()).list(unnest.collections())
                + " AS "
                + names(fields)
                + (unnest.hasOrdinality() ? "] with ordinality" : "]");
    }

    private static String join(LogicalPlan.Join join) {
        List<String> keys = new ArrayList<>();
        for (JoinKey key : join.keys()) {
            keys.add(
                    over(join.left()).print(key.left())
                            + (key.isNullSafe() ? " IS NOT DISTINCT FROM " : " = ")
                            + over(join.right()).print(key.right()));
        }
        Expr residual = join.residual();
        return "Join "
                + join.type()
                + " ["
                + String.join(", ", keys)
                + "]"
                + (residual == null
                        ? ""
                        : " where " + new ExprPrinter(join.pairOutput()).print(residual));
    }

    private static ExprPrinter over(LogicalPlan input) {
        return new ExprPrinter(input.output());
    }

    private static String names(List<LogicalPlan.Field> fields) {
        return fields.stream().map(LogicalPlan.Field::name).collect(Collectors.joining(", "));
    }

    private static String scan(LogicalPlan.Scan scan) {
        Expr filter = scan.filter();
        return "Scan "
                + scan.table().name()
                + " ["
                + names(scan.output())
                + "]"
                + (filter == null ? "" : " where " + over(scan).print(filter));
    }

    private static String columns(LogicalPlan.Project project) {
        ExprPrinter printer = over(project.input());
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < project.expressions().size(); i++) {
            columns.add(
                    named(
                            printer.print(project.expressions().get(i)),
                            project.output().get(i).name()));
        }
        return String.join(", ", columns);
    }

    private static String named(String expression, String name) {
        return expression.equals(name) ? name : expression + " AS " + name;
    }

    private static String groups(LogicalPlan.Aggregate aggregate) {
        ExprPrinter printer = over(aggregate.input());
        List<String> keys = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        int width = aggregate.keys().size();
        for (int i = 0; i < width; i++) {
            keys.add(
                    named(
                            printer.print(aggregate.keys().get(i)),
                            aggregate.output().get(i).name()));
        }
        for (AggregateCall call : aggregate.calls()) {
            calls.add(
                    named(
                            printer.print(call),
                            aggregate.output().get(width + calls.size()).name()));
        }
        return "keys [" + String.join(", ", keys) + "] calls [" + String.join(", ", calls) + "]";
    }

    private static String sets(LogicalPlan.GroupingSets sets) {
        List<Integer> all = IntStream.range(0, sets.keys().size()).boxed().toList();
        LogicalPlan.GroupingSets one =
                new LogicalPlan.GroupingSets(
                        sets.input(), sets.keys(), List.of(all), sets.calls(), sets.output());
        return sets.sets().stream()
                        .map(set ->
                                set.stream()
                                        .map(key -> sets.output().get(key).name())
                                        .collect(Collectors.joining(", ", "(", ")")))
                        .collect(Collectors.joining(", ", "sets [", "] "))
                + groups(one.aggregate(0));
    }

    private static String window(LogicalPlan.Window window) {
        ExprPrinter printer = over(window.input());
        List<String> calls = new ArrayList<>();
        int width = window.input().output().size();
        for (WindowCall call : window.calls()) {
            calls.add(named(printer.print(call), window.output().get(width + calls.size()).name()));
        }
        return "partition ["
                + window.partition().stream().map(printer::column).collect(Collectors.joining(", "))
                + "] order ["
                + order(window.input(), window.order())
                + "] calls ["
                + String.join(", ", calls)
                + "]"
                + (window.top() == null ? "" : top(window.top()));
    }

    private static String top(LogicalPlan.Window.Top top) {
        return " top " + top.rowCount() + (top.hasPeers() ? " with ties" : "");
    }

    private static String order(LogicalPlan input, List<LogicalPlan.SortKey> keys) {
        ExprPrinter printer = over(input);
        return keys.stream()
                .map(key ->
                        printer.column(key.column())
                                + (key.isDescending() ? " DESC" : "")
                                + (key.isNullsFirst() ? " NULLS FIRST" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String range(long offset, long count) {
        return (offset == 0 ? "" : " offset " + offset) + (count < 0 ? "" : " count " + count);
    }

    private static void printRows(LogicalPlan.Values values, int depth, StringBuilder text) {
        ExprPrinter printer = new ExprPrinter(List.of());
        for (List<Expr> row : values.rows().subList(0, Math.min(ROWS_MAX, values.rows().size()))) {
            text.append("  ".repeat(depth)).append('(').append(printer.list(row)).append(")\n");
        }
        if (values.rows().size() > ROWS_MAX) {
            text.append("  ".repeat(depth)).append("...\n");
        }
    }
}
