// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Node;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.plan.TimeUnits;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;

/// Arithmetic where a side is a length of time, or both are points of time: dates, timestamps and
/// intervals, by Trino's rules.
final class TimeArithmetic {
    private TimeArithmetic() {}

    /// `left function right`, standing at `node`, or null when it has no meaning.
    static @Nullable Expr of(Node node, ScalarFunction function, Expr left, Expr right) {
        return switch (function) {
            case ADD -> add(node, left, right);
            case SUBTRACT -> subtract(node, left, right);
            case MULTIPLY -> {
                Expr scaled = scale(function, left, right);
                yield scaled == null ? scale(function, right, left) : scaled;
            }
            case DIVIDE -> scale(function, left, right);
            default -> null;
        };
    }

    private static @Nullable Expr add(Node node, Expr left, Expr right) {
        if (left.type().isInterval() && left.type().equals(right.type())) {
            return FunctionCallSite.of(ScalarFunction.ADD, left.type(), left, right);
        }
        if (isTime(left.type()) && right.type().isInterval()) {
            return shift(node, left, right);
        }
        return left.type().isInterval() && isTime(right.type()) ? shift(node, right, left) : null;
    }

    private static @Nullable Expr subtract(Node node, Expr left, Expr right) {
        if (left.type().isInterval() && left.type().equals(right.type())) {
            return FunctionCallSite.of(ScalarFunction.SUBTRACT, left.type(), left, right);
        }
        if (isTime(left.type()) && isTime(right.type())) {
            return difference(left, right);
        }
        return isTime(left.type()) && right.type().isInterval()
                ? shift(node, left, FunctionCallSite.of(ScalarFunction.NEGATE, right.type(), right))
                : null;
    }

    private static @Nullable Expr difference(Expr left, Expr right) {
        SqlType common = TypeCoercion.common(left.type(), right.type());
        if (common == null) {
            return null;
        }
        SqlType instant =
                common == BasicType.DATE ? BasicType.TIMESTAMP : TypeCoercion.compared(common);
        return FunctionCallSite.of(
                ScalarFunction.SUBTRACT,
                BasicType.INTERVAL_DAY_SECOND,
                TypeCoercion.coerce(left, instant),
                TypeCoercion.coerce(right, instant));
    }

    /// A length times or by a number: whole numbers multiply exactly, all else by DOUBLE.
    private static @Nullable Expr scale(ScalarFunction function, Expr length, Expr factor) {
        SqlType type = length.type();
        if (!type.isInterval() || !factor.type().isNumeric()) {
            return null;
        }
        boolean isExact = function == ScalarFunction.MULTIPLY && factor.type().isInteger();
        SqlType number = isExact ? BasicType.BIGINT : BasicType.DOUBLE;
        return FunctionCallSite.of(function, type, length, TypeCoercion.coerce(factor, number));
    }

    private static boolean isTime(SqlType type) {
        return type == BasicType.DATE || Timestamps.isTimestamp(type);
    }

    private static Expr shift(Node node, Expr time, Expr length) {
        if (length.type() == BasicType.INTERVAL_YEAR_MONTH) {
            return TimeFunctions.inZone(
                    time, local -> shifted(ScalarFunction.ADD_MONTHS, local, length));
        }
        boolean isDate = time.type() == BasicType.DATE;
        if (isDate
                && length instanceof Expr.Literal literal
                && literal.value() instanceof Long by) {
            if (by % TimeUnits.MILLIS_A_DAY != 0) {
                throw Problem.mismatch(node, "Cannot add hour, minutes or seconds to a date");
            }
            return shifted(
                    ScalarFunction.ADD_DAYS,
                    time,
                    new Expr.Literal(BasicType.BIGINT, by / TimeUnits.MILLIS_A_DAY));
        }
        return shifted(ScalarFunction.ADD_MILLIS, isDate ? time : exact(time), length);
    }

    /// A timestamp with all digits of a second, in its zone.
    private static Expr exact(Expr time) {
        String zone = Timestamps.isInstant(time.type()) ? Timestamps.zone(time.type()) : null;
        return TypeCoercion.coerce(time, Timestamps.of(Timestamps.PRECISION_MAX, zone));
    }

    /// The call takes plain numbers; a length stands as one.
    private static Expr shifted(ScalarFunction function, Expr time, Expr length) {
        Expr amount =
                length instanceof Expr.Literal literal
                        ? new Expr.Literal(BasicType.BIGINT, literal.value())
                        : length;
        return FunctionCallSite.of(function, time.type(), time, amount);
    }
}
