// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.expr.WindowCall;
import weir.query.expr.WindowFrame;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;
import weir.query.value.ValueText;

/// Expressions as text close to SQL, for people and golden tests. What is not distinguished:
/// INTEGER from BIGINT literals.
final class ExprPrinter {
    private final List<LogicalPlan.Field> input;

    /// A printer of expressions over an input with these columns.
    ExprPrinter(List<LogicalPlan.Field> input) {
        this.input = input;
    }

    String print(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> literal(literal);
            case Expr.Input column -> column(column.index());
            case Expr.Symbol symbol -> "?" + symbol.index();
            case Expr.Variable variable -> "$" + variable.slot();
            case Expr.Lambda lambda -> lambda(lambda);
            case Expr.Call call -> call(call);
            case Expr.Apply apply -> apply.function().name() + "(" + list(apply.arguments()) + ")";
            case Expr.Try attempt -> "TRY(" + print(attempt.operand()) + ")";
            case Expr.Cast cast when isOfZone(cast) ->
                    part(cast.operand()) + " AT TIME ZONE '" + Timestamps.zone(cast.type()) + "'";
            case Expr.Cast cast ->
                    (cast.isTry() ? "TRY_CAST(" : "CAST(")
                            + print(cast.operand())
                            + " AS "
                            + cast.type().displayName()
                            + ")";
            case Expr.Case choice ->
                    choice.whens().stream()
                            .map(when ->
                                    " WHEN "
                                            + print(when.condition())
                                            + " THEN "
                                            + print(when.result()))
                            .collect(
                                    Collectors.joining(
                                            "",
                                            "CASE",
                                            " ELSE " + print(choice.otherwise()) + " END"));
            case Expr.And and -> joined(and.parts(), " AND ");
            case Expr.Or or -> joined(or.parts(), " OR ");
            case Expr.Not not -> "NOT " + part(not.operand());
            case Expr.IsNull isNull -> part(isNull.operand()) + " IS NULL";
            case Expr.In in -> part(in.operand()) + " IN (" + list(in.candidates()) + ")";
            case Expr.Coalesce coalesce -> "COALESCE(" + list(coalesce.arguments()) + ")";
        };
    }

    /// Parameters have no names any more, but the numbers of their slots.
    private String lambda(Expr.Lambda lambda) {
        return IntStream.range(0, lambda.parameterCount())
                .mapToObj(i -> "$" + (lambda.firstSlot() + i))
                .collect(Collectors.joining(", ", "(", ") -> " + print(lambda.body())));
    }

    String print(AggregateCall call) {
        String arguments =
                call.function() == AggregateFunction.COUNT_ALL
                        ? "*"
                        : (call.isDistinct() ? "DISTINCT " : "")
                                + list(call.arguments().subList(0, call.argumentCount()))
                                + order(call);
        String name =
                call.function() == AggregateFunction.COUNT_ALL
                        ? "count"
                        : call.function().name().toLowerCase(Locale.ROOT);
        Expr filter = call.filter();
        return name
                + "("
                + arguments
                + ")"
                + (filter == null ? "" : " FILTER (WHERE " + print(filter) + ")");
    }

    /// A call, with its frame where it is not the one that holds when none is written.
    String print(WindowCall call) {
        String text =
                switch (call) {
                    case WindowCall.Aggregate aggregate -> print(aggregate.call());
                    case WindowCall.Ranking ranking ->
                            ranking.function().name().toLowerCase(Locale.ROOT)
                                    + "("
                                    + list(ranking.arguments())
                                    + ")"
                                    + (ranking.ignoresNulls() ? " IGNORE NULLS" : "");
                };
        WindowFrame frame = call.frame();
        return frame.equals(WindowFrame.DEFAULT)
                ? text
                : text
                        + " "
                        + frame.unit()
                        + " BETWEEN "
                        + bound(frame.start())
                        + " AND "
                        + bound(frame.end());
    }

    private String bound(WindowFrame.Bound bound) {
        WindowFrame.Range range = bound.range();
        Expr offset = bound.offset();
        return (range != null
                        ? print(range.limit()) + " "
                        : offset == null ? "" : part(offset) + " ")
                + bound.kind().name().replace('_', ' ');
    }

    private String order(AggregateCall call) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < call.order().size(); i++) {
            AggregateCall.Direction direction = call.order().get(i);
            text.append(i == 0 ? " ORDER BY " : ", ")
                    .append(print(call.arguments().get(call.argumentCount() + i)))
                    .append(direction.isDescending() ? " DESC" : "")
                    .append(direction.isNullsFirst() ? " NULLS FIRST" : "");
        }
        return text.toString();
    }

    String column(int index) {
        return index < input.size() ? input.get(index).name() : "#" + index;
    }

    String list(List<Expr> expressions) {
        return expressions.stream().map(this::print).collect(Collectors.joining(", "));
    }

    private static boolean isOfZone(Expr.Cast cast) {
        return Timestamps.isElsewhere(cast.type())
                && Timestamps.isInstant(cast.operand().type())
                && Timestamps.precision(cast.type()) == Timestamps.precision(cast.operand().type());
    }

    private String joined(List<Expr> parts, String operator) {
        return parts.stream().map(this::part).collect(Collectors.joining(operator));
    }

    /// An operand, in brackets where it is an operator itself.
    private String part(Expr expr) {
        boolean isOperator =
                switch (expr) {
                    case Expr.And _, Expr.Or _, Expr.Not _, Expr.IsNull _, Expr.In _ -> true;
                    case Expr.Call call -> !symbol(call).isEmpty();
                    default -> false;
                };
        return isOperator ? "(" + print(expr) + ")" : print(expr);
    }

    private String call(Expr.Call call) {
        String symbol = symbol(call);
        List<Expr> arguments = call.arguments();
        if (call.function() == ScalarFunction.ARRAY_OF) {
            return "ARRAY[" + list(arguments) + "]";
        }
        if (call.function() == ScalarFunction.ROW_OF) {
            return "ROW(" + list(arguments) + ")";
        }
        if (!symbol.isEmpty() && arguments.size() == 2) {
            return part(arguments.get(0)) + " " + symbol + " " + part(arguments.get(1));
        }
        return call.function().name().toLowerCase(Locale.ROOT) + "(" + list(arguments) + ")";
    }

    private static String symbol(Expr.Call call) {
        return switch (call.function()) {
            case EQUAL -> "=";
            case NOT_EQUAL -> "<>";
            case LESS_THAN -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER_THAN -> ">";
            case GREATER_OR_EQUAL -> ">=";
            case IS_DISTINCT_FROM -> "IS DISTINCT FROM";
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case MODULUS -> "%";
            case LIKE -> call.arguments().size() == 2 ? "LIKE" : "";
            default -> "";
        };
    }

    private static String literal(Expr.Literal literal) {
        Object value = literal.value();
        SqlType type = literal.type();
        if (value == null) {
            return "NULL";
        }
        if (value instanceof String text) {
            return "'" + text.replace("'", "''") + "'";
        }
        if (value instanceof Long number && type instanceof SqlType.Timestamp) {
            return "TIMESTAMP '" + ValueText.ofLong(number, type) + "'";
        }
        if (value instanceof Long number) {
            return switch (type) {
                case BasicType.BOOLEAN -> number == 0 ? "FALSE" : "TRUE";
                case BasicType.DATE -> "DATE '" + LocalDate.ofEpochDay(number) + "'";
                case BasicType.TIMESTAMP -> "TIMESTAMP '" + timestamp(number) + "'";
                case BasicType.TIMESTAMP_TZ -> "TIMESTAMP '" + timestamp(number) + " UTC'";
                case BasicType.INTERVAL_DAY_SECOND ->
                        "INTERVAL '" + ValueText.of(number, type) + "' DAY TO SECOND";
                case BasicType.INTERVAL_YEAR_MONTH ->
                        "INTERVAL '" + ValueText.of(number, type) + "' YEAR TO MONTH";
                default -> number.toString();
            };
        }
        return switch (type) {
            case BasicType.IPADDRESS -> "IPADDRESS '" + value + "'";
            case BasicType.IPPREFIX -> "IPPREFIX '" + value + "'";
            default -> ValueText.of(value, type);
        };
    }

    private static String timestamp(long millis) {
        String text = Instant.ofEpochMilli(millis).toString();
        return text.substring(0, text.length() - 1).replace('T', ' ');
    }
}
