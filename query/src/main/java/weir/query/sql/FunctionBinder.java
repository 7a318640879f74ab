// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.LambdaExpression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;
import weir.query.function.Definition;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Calls of functions: which one is meant, and whether its arguments fit.
final class FunctionBinder {
    private final ExpressionBinder expressions;
    private final FunctionRegistry registry = FunctionRegistry.instance();

    FunctionBinder(ExpressionBinder expressions) {
        this.expressions = expressions;
    }

    Expr bind(FunctionCall node) {
        String name = node.getName().getSuffix();
        if (node.getProcessingMode().isPresent()) {
            throw Problem.unsupported(node, "RUNNING or FINAL");
        }
        if (node.hasNamedArguments()) {
            throw Problem.unsupported(node, "A named argument");
        }
        if (node.getWindow().isPresent()) {
            return new WindowBinder(expressions, this).bind(node);
        }
        if (node.getNullTreatment().isPresent() && registry.window(name) == null) {
            throw Problem.mismatch(
                    node, "Cannot specify null treatment clause for " + name + " function");
        }
        if (!registry.aggregate(name).isEmpty()) {
            return aggregate(node, name);
        }
        if (registry.window(name) != null) {
            throw Problem.mismatch(node, "Window function " + name + " requires an OVER clause");
        }
        List<CollectionFunctions.Definition> definitions =
                CollectionFunctions.instance().named(name);
        if (!definitions.isEmpty() || hasLambda(node)) {
            requireScalar(node, name);
            return collection(node, name, definitions);
        }
        if (registry.scalar(name).isEmpty() && expressions.library().named(name).isEmpty()) {
            throw unknown(node, name);
        }
        requireScalar(node, name);
        return scalar(node, name, node.argumentValues().stream().map(expressions::bind).toList());
    }

    /// The signatures of the function `name` that are none of arrays and maps.
    private List<String> otherSignatures(String name) {
        return Stream.concat(
                        registry.scalar(name).stream().map(FunctionRegistry.Scalar::arguments),
                        expressions.library().named(name).stream().map(d -> d.signature().text()))
                .toList();
    }

    private static boolean hasLambda(FunctionCall node) {
        return node.argumentValues().stream().anyMatch(LambdaExpression.class::isInstance);
    }

    /// The call of a function of arrays or maps, or of another that has the same name. Arguments
    /// are bound once, or nested calls would take time without end.
    private Expr collection(
            FunctionCall node, String name, List<CollectionFunctions.Definition> definitions) {
        List<String> others = otherSignatures(name);
        if (definitions.isEmpty() && others.isEmpty()) {
            throw unknown(node, name);
        }
        CollectionCall call = new CollectionCall(node, expressions);
        for (CollectionFunctions.Definition definition : definitions) {
            Expr bound = definition.binding().bind(call);
            if (bound != null) {
                return bound;
            }
        }
        if (!others.isEmpty() && !call.hasLambda()) {
            return scalar(node, name, call.plain());
        }
        for (Definition definition : expressions.library().named(name)) {
            List<Expr> arguments = call.matching(definition.signature());
            Expr bound =
                    arguments == null ? null : LibraryBinder.call(List.of(definition), arguments);
            if (bound != null) {
                return bound;
            }
        }
        Stream<String> expected =
                Stream.concat(
                        definitions.stream().map(CollectionFunctions.Definition::arguments),
                        others.stream());
        throw Problem.mismatch(
                node,
                "Unexpected parameters ("
                        + String.join(", ", call.typeNames())
                        + ") for function "
                        + name
                        + ". Expected: "
                        + expected.map(arguments -> name + "(" + arguments + ")")
                                .collect(Collectors.joining(", ")));
    }

    private static void requireScalar(FunctionCall node, String name) {
        if (node.isDistinct() || node.getFilter().isPresent() || node.getOrderBy().isPresent()) {
            throw Problem.mismatch(
                    node,
                    "DISTINCT, FILTER and ORDER BY are for aggregates, and " + name + " is none");
        }
    }

    /// A name that nothing has, or nothing that runs.
    QueryException unknown(Node node, String name) {
        if (registry.isLater(name)) {
            return Problem.unsupported(node, "Function " + name);
        }
        return Problem.unknown(
                node,
                "Function '" + name + "' not registered" + NearNames.hint(name, registry.names()));
    }

    /// The call of the scalar function `name`.
    Expr scalar(Node node, String name, List<Expr> arguments) {
        FunctionCallSite site = new FunctionCallSite(node, arguments, expressions.nowMillis());
        for (FunctionRegistry.Scalar scalar : registry.scalar(name)) {
            Expr call = scalar.lowering().lower(site);
            if (call != null) {
                return call;
            }
        }
        Expr call = LibraryBinder.call(expressions.library().named(name), arguments);
        if (call != null) {
            return call;
        }
        String expected =
                otherSignatures(name).stream()
                        .map(signature -> name + "(" + signature + ")")
                        .collect(Collectors.joining(", "));
        throw wrongParameters(node, name, arguments, expected + advice(name, arguments));
    }

    private static String advice(String name, List<Expr> arguments) {
        if (name.equalsIgnoreCase("contains")
                && arguments.size() == 2
                && arguments.get(1).type() == BasicType.VARCHAR) {
            return "; write contains('10.0.0.0/8', CAST(srcaddr AS IPADDRESS))";
        }
        boolean isOfTime =
                List.of("date_format", "date_trunc", "hour", "day", "month", "year", "to_iso8601")
                        .contains(name.toLowerCase(Locale.ROOT));
        return isOfTime && arguments.stream().anyMatch(argument -> argument.type().isNumeric())
                ? "; for epoch seconds use from_unixtime(x)"
                : "";
    }

    private Expr aggregate(FunctionCall node, String name) {
        Aggregates calls = expressions.aggregates();
        if (expressions.isInLambda()) {
            throw Problem.at(
                    node,
                    Code.UNSUPPORTED,
                    "Lambda expression cannot contain aggregations, window functions or grouping"
                            + " operations: ["
                            + ExpressionBinder.text(node)
                            + "]");
        }
        if (expressions.isInAggregate()) {
            throw Problem.at(
                    node,
                    Code.UNSUPPORTED,
                    "Cannot nest aggregations inside aggregation: " + ExpressionBinder.text(node));
        }
        if (calls == null || !expressions.clause().hasAggregates()) {
            throw Problem.at(
                    node,
                    Code.UNSUPPORTED,
                    expressions.clause().text()
                            + " clause cannot contain aggregations, window functions or grouping"
                            + " operations: ["
                            + ExpressionBinder.text(node)
                            + "]"
                            + (expressions.clause() == Clause.WHERE
                                    ? "; HAVING takes conditions on groups"
                                    : ""));
        }
        Expression condition = node.getFilter().orElse(null);
        Expr filter = condition == null ? null : filter(condition);
        List<Expr> arguments =
                node.argumentValues().stream().map(expressions::bindInAggregate).toList();
        return calls.add(aggregateCall(node, name, arguments, filter));
    }

    private Expr filter(Expression condition) {
        Expr filter = expressions.bindInAggregate(condition);
        if (!TypeCoercion.isCoercible(filter.type(), BasicType.BOOLEAN)) {
            throw Problem.mismatch(
                    condition,
                    "FILTER clause must evaluate to a boolean: actual type "
                            + filter.type().displayName());
        }
        return TypeCoercion.coerce(filter, BasicType.BOOLEAN);
    }

    /// The call of the aggregate `name` with `arguments`, which are not coerced yet.
    AggregateCall aggregateCall(
            FunctionCall node, String name, List<Expr> arguments, @Nullable Expr filter) {
        List<AggregateRegistry.Aggregate> signatures = registry.aggregate(name);
        if (arguments.isEmpty() && signatures.getFirst().function() == AggregateFunction.COUNT) {
            return new AggregateCall(
                    AggregateFunction.COUNT_ALL, List.of(), false, filter, BasicType.BIGINT);
        }
        List<SqlType> given = arguments.stream().map(Expr::type).toList();
        for (AggregateRegistry.Aggregate signature : signatures) {
            AggregateRegistry.AggregateTypes types = signature.typing().of(given);
            if (types != null) {
                return aggregateCall(node, signature.function(), types, arguments, filter);
            }
        }
        throw wrongParameters(
                node,
                signatures.getFirst().name(),
                arguments,
                signatures.stream()
                        .map(signature -> signature.name() + "(" + signature.arguments() + ")")
                        .collect(Collectors.joining(", ")));
    }

    private AggregateCall aggregateCall(
            FunctionCall node,
            AggregateFunction function,
            AggregateRegistry.AggregateTypes types,
            List<Expr> arguments,
            @Nullable Expr filter) {
        boolean isDistinct = node.isDistinct() && !isIndifferentToRepeats(function);
        List<Expr> coerced = new ArrayList<>(coerced(arguments, types.arguments()));
        List<AggregateCall.Direction> order = bindOrder(node, function, coerced);
        return new AggregateCall(
                function, List.copyOf(coerced), isDistinct, filter, order, types.result());
    }

    /// `arguments` as values of `types`.
    static List<Expr> coerced(List<Expr> arguments, List<SqlType> types) {
        List<Expr> coerced = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            coerced.add(TypeCoercion.coerce(arguments.get(i), types.get(i)));
        }
        return List.copyOf(coerced);
    }

    /// Arguments that `name` does not take.
    static QueryException wrongParameters(
            Node node, String name, List<Expr> arguments, String expected) {
        return Problem.mismatch(
                node,
                "Unexpected parameters ("
                        + arguments.stream()
                                .map(argument -> argument.type().displayName())
                                .collect(Collectors.joining(", "))
                        + ") for function "
                        + name
                        + ". Expected: "
                        + expected);
    }

    /// Puts what the call orders by behind its arguments. Where the order of rows changes nothing
    /// it is checked and left out.
    private List<AggregateCall.Direction> bindOrder(
            FunctionCall node, AggregateFunction function, List<Expr> arguments) {
        List<AggregateCall.Direction> order = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        List<SortItem> items = node.getOrderBy().map(OrderBy::getSortItems).orElse(List.of());
        for (SortItem item : items) {
            Expr value =
                    node.getWindow().isPresent()
                            ? expressions.bindInWindow(item.getSortKey(), WindowBinder.IN_ARGUMENTS)
                            : expressions.bindInAggregate(item.getSortKey());
            requireOrderable(item.getSortKey(), value);
            if (node.isDistinct() && !arguments.contains(value)) {
                throw Problem.mismatch(
                        item.getSortKey(),
                        "For aggregate function with DISTINCT, ORDER BY expressions must appear in"
                                + " arguments");
            }
            values.add(value);
            order.add(
                    new AggregateCall.Direction(
                            item.getOrdering() == SortItem.Ordering.DESCENDING,
                            item.getNullOrdering() == SortItem.NullOrdering.FIRST));
        }
        if (!function.isOrdered()) {
            return List.of();
        }
        arguments.addAll(values);
        return List.copyOf(order);
    }

    /// Refuses to order by maps.
    static void requireOrderable(Expression node, Expr value) {
        if (!value.type().isOrderable()) {
            throw Problem.mismatch(
                    node,
                    "Type "
                            + value.type().displayName()
                            + " is not orderable, and therefore cannot be used in ORDER BY: "
                            + ExpressionBinder.text(node));
        }
    }

    /// Whether a value that comes twice changes nothing.
    private static boolean isIndifferentToRepeats(AggregateFunction function) {
        return switch (function) {
            case MIN, MAX, BOOL_AND, BOOL_OR, ANY_VALUE, MIN_BY, MAX_BY, APPROX_DISTINCT -> true;
            default -> false;
        };
    }
}
