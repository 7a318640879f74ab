// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.expr.WindowCall;
import weir.query.expr.WindowFrame;
import weir.query.expr.WindowFunction;
import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;

/// Functions with OVER: what they compute, over which partition, order and frame.
final class WindowBinder {
    static final String IN_ARGUMENTS = "window function arguments";
    private static final String IN_SPECIFICATION = "window specification";

    private final ExpressionBinder expressions;
    private final FunctionBinder functions;
    private final FunctionRegistry registry = FunctionRegistry.instance();

    WindowBinder(ExpressionBinder expressions, FunctionBinder functions) {
        this.expressions = expressions;
        this.functions = functions;
    }

    /// What stands for `node`, which has OVER, in an expression.
    Expr bind(FunctionCall node) {
        Aggregates calls = placeFor(node);
        if (node.getFilter().isPresent()) {
            throw Problem.at(
                    node,
                    Code.UNSUPPORTED,
                    "FILTER is not yet supported for window functions; write IF(condition, x) as"
                            + " the argument");
        }
        WindowNames.Resolved window = calls.windowNames().resolve(node.getWindow().orElseThrow());
        List<Expr> partition = new ArrayList<>();
        for (Expression expression : window.partitionBy()) {
            partition.add(bindPart(expression, IN_SPECIFICATION));
        }
        List<WindowSlot.Key> order = order(window.orderBy());
        WindowFrame frame =
                new FrameBinder(node, window).bind(part -> bindPart(part, IN_SPECIFICATION));
        WindowCall call = call(node, window, frame);
        return calls.add(new WindowSlot(List.copyOf(partition), order, call, node));
    }

    /// Where the function is kept, once it is certain that it may stand here.
    private Aggregates placeFor(FunctionCall node) {
        String nested = expressions.isInAggregate() ? "aggregation" : expressions.windowPart();
        if (nested != null) {
            throw Problem.mismatch(
                    node,
                    "Cannot nest window functions or row pattern measures inside "
                            + nested
                            + "; compute it in a subquery");
        }
        Aggregates calls = expressions.aggregates();
        if (expressions.clause() == Clause.HAVING) {
            throw Problem.mismatch(
                    node,
                    "HAVING clause cannot contain window functions or row pattern measures;"
                            + " compute it in a subquery and filter that with WHERE");
        }
        if (calls == null || !expressions.clause().hasAggregates()) {
            throw Problem.mismatch(
                    node,
                    expressions.clause().text()
                            + " clause cannot contain aggregations, window functions or grouping"
                            + " operations: ["
                            + ExpressionBinder.text(node)
                            + "]; compute it in a subquery and filter that with WHERE");
        }
        return calls;
    }

    private Expr bindPart(Expression node, String part) {
        Expr bound = expressions.bindInWindow(node, part);
        if (Aggregates.readsWindow(bound)) {
            throw Problem.mismatch(
                    node, "Cannot nest window functions or row pattern measures inside " + part);
        }
        return bound;
    }

    private List<WindowSlot.Key> order(@Nullable OrderBy orderBy) {
        List<WindowSlot.Key> keys = new ArrayList<>();
        if (orderBy != null) {
            for (SortItem item : orderBy.getSortItems()) {
                keys.add(
                        new WindowSlot.Key(
                                bindPart(item.getSortKey(), IN_SPECIFICATION),
                                item.getOrdering() == SortItem.Ordering.DESCENDING,
                                item.getNullOrdering() == SortItem.NullOrdering.FIRST));
            }
        }
        return List.copyOf(keys);
    }

    private WindowCall call(FunctionCall node, WindowNames.Resolved window, WindowFrame frame) {
        String name = node.getName().getSuffix();
        List<Expr> arguments = new ArrayList<>();
        for (Expression argument : node.argumentValues()) {
            arguments.add(bindPart(argument, IN_ARGUMENTS));
        }
        WindowRegistry.Entry entry = registry.window(name);
        if (entry != null) {
            return ranking(node, window, entry, arguments, frame);
        }
        if (node.getNullTreatment().isPresent()) {
            throw refusedNullTreatment(node, name);
        }
        if (registry.aggregate(name).isEmpty()) {
            if (registry.scalar(name).isEmpty()) {
                throw functions.unknown(node, name);
            }
            throw Problem.mismatch(node, "Not a window function: " + name);
        }
        AggregateCall call = functions.aggregateCall(node, name, arguments, null);
        boolean movesStart = frame.start().kind() != WindowFrame.BoundKind.UNBOUNDED_PRECEDING;
        if (call.isDistinct() && movesStart) {
            throw Problem.unsupported(
                    node,
                    "DISTINCT over a frame that does not start at UNBOUNDED PRECEDING",
                    "let the frame start there");
        }
        return new WindowCall.Aggregate(call, frame);
    }

    private static WindowCall ranking(
            FunctionCall node,
            WindowNames.Resolved window,
            WindowRegistry.Entry entry,
            List<Expr> arguments,
            WindowFrame frame) {
        WindowFunction function = entry.function();
        boolean isShift = function == WindowFunction.LAG || function == WindowFunction.LEAD;
        if (isShift && window.orderBy() == null) {
            throw Problem.mismatch(
                    (Node) node.getWindow().orElseThrow(),
                    entry.name() + " function requires an ORDER BY window clause");
        }
        if (!function.hasFrame() && window.frame() != null) {
            throw Problem.mismatch(
                    window.frame(),
                    "Cannot specify window frame for " + entry.name() + " function");
        }
        if (!function.hasNullTreatment() && node.getNullTreatment().isPresent()) {
            throw refusedNullTreatment(node, entry.name());
        }
        if (node.isDistinct()) {
            throw Problem.mismatch(
                    node,
                    "Only aggregation window functions with DISTINCT are supported: "
                            + ExpressionBinder.text(node));
        }
        if (node.getOrderBy().isPresent()) {
            throw Problem.mismatch(
                    node, "Only aggregation window functions with ORDER BY are supported");
        }
        AggregateRegistry.AggregateTypes types =
                entry.typing().of(arguments.stream().map(Expr::type).toList());
        if (types == null) {
            throw FunctionBinder.wrongParameters(
                    node, entry.name(), arguments, entry.name() + "(" + entry.arguments() + ")");
        }
        return new WindowCall.Ranking(
                function,
                FunctionBinder.coerced(arguments, types.arguments()),
                node.getNullTreatment().orElse(null) == FunctionCall.NullTreatment.IGNORE,
                function.hasFrame() ? frame : WindowFrame.DEFAULT,
                types.result());
    }

    private static QueryException refusedNullTreatment(FunctionCall node, String name) {
        return Problem.mismatch(
                node, "Cannot specify null treatment clause for " + name + " function");
    }
}
