// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;
import weir.query.value.Casts;
import weir.query.value.ExprValue;
import weir.query.value.TimeFunctions;
import weir.query.value.TimeText;

/// Calls and conversions of literals that are computed before the query runs: what ranges of time
/// and numbers need. Everything else, and everything that would fail, is left to the execution,
/// which computes a constant once anyway and fails only where a row asks for it.
public final class ConstantFolding {
    private ConstantFolding() {}

    /// The literal that `call` gives, or `call`.
    public static Expr fold(Expr.Call call) {
        List<Expr> arguments = call.arguments();
        for (Expr argument : arguments) {
            if (!(argument instanceof Expr.Literal)) {
                return call;
            }
        }
        try {
            Object value =
                    switch (arguments.size()) {
                        case 1 -> unary(call, value(arguments.get(0)));
                        case 2 -> binary(call, value(arguments.get(0)), value(arguments.get(1)));
                        default -> null;
                    };
            return value == null ? call : new Expr.Literal(call.type(), value);
        } catch (ArithmeticException e) {
            return call;
        }
    }

    /// The literal that `call` gives where all its arguments are literals, or `call`.
    public static Expr fold(Expr.Apply call) {
        boolean isConstant =
                call.function().isDeterministic()
                        && call.arguments().stream().allMatch(a -> a instanceof Expr.Literal);
        if (!isConstant) {
            return call;
        }
        try {
            return new Expr.Literal(call.type(), ExprValue.ofConstant(call));
        } catch (QueryException _) {
            return call;
        }
    }

    private static @Nullable Object value(Expr literal) {
        return ((Expr.Literal) literal).value();
    }

    private static @Nullable Object unary(Expr.Call call, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (call.function()) {
            case NEGATE ->
                    switch (value) {
                        case Long number -> checked(Math.negateExact(number), call.type());
                        case Double number -> -number;
                        case BigDecimal number -> number.negate();
                        default -> null;
                    };
            case FROM_UNIXTIME -> value instanceof Long seconds ? fromUnixTime(seconds) : null;
            case TO_UNIXTIME -> value instanceof Long millis ? millis / 1000.0 : null;
            case UTC_DATE ->
                    value instanceof Long seconds
                            ? Math.floorDiv(seconds, TimeUnits.SECONDS_A_DAY)
                            : null;
            default -> null;
        };
    }

    private static @Nullable Object fromUnixTime(long seconds) {
        try {
            return TimeFunctions.fromUnixTime(seconds);
        } catch (QueryException _) {
            return null;
        }
    }

    private static @Nullable Object binary(
            Expr.Call call, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return null;
        }
        SqlType type = call.type();
        if (call.function() == ScalarFunction.DATE_TRUNC) {
            TimeUnits unit = left instanceof String name ? TimeUnits.named(name) : null;
            return unit != null && right instanceof Long at ? unit.floor(at, type) : null;
        }
        if (!(left instanceof Long a) || !(right instanceof Long b)) {
            return null;
        }
        boolean isWhole = type.isInteger() || type.isInterval();
        return switch (call.function()) {
            case ADD -> isWhole ? checked(Math.addExact(a, b), type) : null;
            case SUBTRACT -> isWhole ? checked(Math.subtractExact(a, b), type) : null;
            case MULTIPLY -> isWhole ? checked(Math.multiplyExact(a, b), type) : null;
            case DIVIDE ->
                    type.isInteger() && b != 0 ? checked(Math.divideExact(a, b), type) : null;
            case MODULUS -> type.isInteger() && b != 0 ? (Long) (a % b) : null;
            case ADD_MILLIS -> type == BasicType.DATE ? null : (Long) Math.addExact(a, b);
            case ADD_DAYS -> TimeUnits.checkedDay(Math.addExact(a, b));
            case ADD_MONTHS -> TimeUnits.plusMonths(a, b, type);
            default -> null;
        };
    }

    private static Long checked(long value, SqlType type) {
        if (type instanceof BasicType basic && !basic.holds(value)) {
            throw new ArithmeticException(type.displayName() + " overflow");
        }
        return value;
    }

    /// The literal that converting `operand` to `type` gives, or the conversion.
    public static Expr cast(Expr operand, SqlType type, boolean isTry) {
        if (operand.type().equals(type)) {
            return operand;
        }
        boolean isSameInstant =
                operand instanceof Expr.Cast inner
                        && Timestamps.isInstant(type)
                        && Timestamps.isInstant(inner.type())
                        && inner.operand().type().equals(type);
        if (isSameInstant) {
            return ((Expr.Cast) operand).operand();
        }
        if (operand instanceof Expr.Literal literal) {
            Object value = literal.value();
            Object converted = value == null ? null : convert(value, literal.type(), type);
            if (value == null || converted != null) {
                return new Expr.Literal(type, converted);
            }
        }
        return new Expr.Cast(operand, type, isTry);
    }

    private static @Nullable Object convert(Object value, SqlType from, SqlType to) {
        return switch (value) {
            case Long number when from.isInteger() -> convertInteger(number, to);
            case Long number
                    when (from == BasicType.DATE || Timestamps.isTimestamp(from))
                            && (to == BasicType.DATE || Timestamps.isTimestamp(to)) ->
                    Casts.cast(number, from, to);
            case BigDecimal number -> convertDecimal(number, to);
            case String text -> convertText(text, to);
            default -> null;
        };
    }

    private static @Nullable Object convertInteger(Long number, SqlType to) {
        if (to instanceof BasicType basic && basic.isInteger()) {
            return basic.holds(number) ? number : null;
        }
        if (to == BasicType.REAL) {
            return (double) number.floatValue();
        }
        if (to == BasicType.DOUBLE) {
            return number.doubleValue();
        }
        return to instanceof SqlType.Decimal decimal
                ? fit(BigDecimal.valueOf(number), decimal)
                : null;
    }

    private static @Nullable Object convertDecimal(BigDecimal number, SqlType to) {
        if (to == BasicType.DOUBLE) {
            return number.doubleValue();
        }
        if (to == BasicType.REAL) {
            return (double) number.floatValue();
        }
        return to instanceof SqlType.Decimal decimal ? fit(number, decimal) : null;
    }

    private static @Nullable BigDecimal fit(BigDecimal number, SqlType.Decimal type) {
        BigDecimal scaled = number.setScale(type.scale(), RoundingMode.HALF_UP);
        return scaled.precision() <= type.precision() ? scaled : null;
    }

    private static @Nullable Object convertText(String text, SqlType to) {
        if (to == BasicType.IPADDRESS) {
            return IpAddress.parse(text);
        }
        return to == BasicType.DATE ? TimeText.parseDate(text) : null;
    }
}
