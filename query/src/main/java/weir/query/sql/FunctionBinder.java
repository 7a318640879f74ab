// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.Node;
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
import weir.query.function.FunctionLibrary;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Calls of functions: which one is meant, and whether its arguments fit.
final class FunctionBinder {
    private final ExpressionBinder expressions;
    private final FunctionRegistry registry = FunctionRegistry.instance();
    private final FunctionLibrary library = FunctionLibrary.instance();

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
                    node,
                    "Cannot specify null treatment clause for " + name + " function");
        }
        AggregateRegistry.Aggregate aggregate = registry.aggregate(name);
        if (aggregate != null) {
            return aggregate(node, aggregate);
        }
        if (registry.window(name) != null) {
            throw Problem.mismatch(
                    node, "Window function " + name + " requires an OVER clause");
        }
        if (registry.scalar(name).isEmpty() && library.named(name).isEmpty()) {
            throw unknown(node, name);
        }
        if (node.isDistinct() || node.getFilter().isPresent() || node.getOrderBy().isPresent()) {
            throw Problem.mismatch(
                    node,
                    "DISTINCT, FILTER and ORDER BY are for aggregates, and " + name + " is none");
        }
        return scalar(node, name, node.argumentValues().stream().map(expressions::bind).toList());
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
        Expr call = LibraryBinder.call(library.named(name), arguments);
        if (call != null) {
            return call;
        }
        String expected =
                Stream.concat(
                                registry.scalar(name).stream()
                                        .map(FunctionRegistry.Scalar::arguments),
                                library.named(name).stream().map(d -> d.signature().text()))
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

    private Expr aggregate(FunctionCall node, AggregateRegistry.Aggregate aggregate) {
        Aggregates calls = expressions.aggregates();
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
        if (node.getOrderBy().isPresent()) {
            throw Problem.unsupported(node, "ORDER BY inside of " + aggregate.name());
        }
        Expression condition = node.getFilter().orElse(null);
        Expr filter = condition == null ? null : filter(condition);
        List<Expr> arguments =
                node.argumentValues().stream().map(expressions::bindInAggregate).toList();
        return calls.add(aggregateCall(node, aggregate, arguments, filter));
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

    /// The call of `aggregate` with `arguments`, which are not coerced yet.
    AggregateCall aggregateCall(
            FunctionCall node,
            AggregateRegistry.Aggregate aggregate,
            List<Expr> arguments,
            @Nullable Expr filter) {
        if (arguments.isEmpty() && aggregate.function() == AggregateFunction.COUNT) {
            return new AggregateCall(
                    AggregateFunction.COUNT_ALL, List.of(), false, filter, BasicType.BIGINT);
        }
        AggregateRegistry.AggregateTypes types =
                aggregate.typing().of(arguments.stream().map(Expr::type).toList());
        if (types == null) {
            throw wrongParameters(
                    node,
                    aggregate.name(),
                    arguments,
                    aggregate.name() + "(" + aggregate.arguments() + ")");
        }
        return new AggregateCall(
                aggregate.function(),
                coerced(arguments, types.arguments()),
                node.isDistinct() && !isIndifferentToRepeats(aggregate.function()),
                filter,
                types.result());
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

    /// Whether a value that comes twice changes nothing.
    private static boolean isIndifferentToRepeats(AggregateFunction function) {
        return switch (function) {
            case MIN, MAX, BOOL_AND, BOOL_OR, ANY_VALUE, MIN_BY, MAX_BY, APPROX_DISTINCT -> true;
            default -> false;
        };
    }
}
