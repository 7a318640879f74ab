// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;

/// Turns comparisons of what is computed from a column into comparisons of the column, so that the
/// engine can prune by it: `UTC_DATE(start) = DATE '2026-11-23'` is a range of `start`, and so is
/// `CAST(bytes AS DOUBLE) > 1e9` of `bytes`.
///
/// Each step takes a function that never decreases and a literal, and gives a condition that is
/// true, false and NULL for the same rows; so it may stand under NOT and OR as well.
final class ComparisonRanges {
    /// Whole numbers below this are exact as DOUBLE, and their neighbours too.
    private static final double EXACT_MAX = 1L << 53;

    /// Longest IN list of computed values that becomes ranges.
    private static final int IN_MAX = 16;

    private ComparisonRanges() {}

    /// `expr` with every comparison in it turned into one of a column where that is exact.
    static Expr rewrite(Expr expr) {
        Expr changed = ExprTree.mapChildren(expr, ComparisonRanges::rewrite);
        if (changed instanceof Expr.Call call
                && call.arguments().size() == 2
                && call.arguments().get(1) instanceof Expr.Literal literal
                && literal.value() != null
                && isOrder(call.function())) {
            Expr range = range(call.function(), call.arguments().get(0), literal);
            return range == null ? changed : range;
        }
        return changed instanceof Expr.In in ? ranges(in) : changed;
    }

    private static boolean isOrder(ScalarFunction function) {
        return switch (function) {
            case EQUAL, NOT_EQUAL, LESS_THAN, LESS_OR_EQUAL, GREATER_THAN, GREATER_OR_EQUAL -> true;
            default -> false;
        };
    }

    private static Expr ranges(Expr.In in) {
        if (in.candidates().size() > IN_MAX) {
            return in;
        }
        List<Expr> parts = new ArrayList<>();
        for (Expr candidate : in.candidates()) {
            Expr range =
                    candidate instanceof Expr.Literal literal && literal.value() != null
                            ? range(ScalarFunction.EQUAL, in.operand(), literal)
                            : null;
            if (range == null) {
                return in;
            }
            parts.add(range);
        }
        return Logic.or(parts);
    }

    /// `operand function literal` as a condition of what `operand` is computed from, or null.
    private static @Nullable Expr range(
            ScalarFunction function, Expr operand, Expr.Literal literal) {
        try {
            Expr range =
                    switch (operand) {
                        case Expr.Call call -> ofCall(function, call, literal);
                        case Expr.Cast cast when !cast.isTry() -> ofCast(function, cast, literal);
                        default -> null;
                    };
            return range == null ? null : rewrite(range);
        } catch (ArithmeticException e) {
            // The end of the range lies outside of 64 bits: the comparison stays as it was written.
            return null;
        }
    }

    private static @Nullable Expr ofCall(
            ScalarFunction function, Expr.Call call, Expr.Literal literal) {
        if (call.function() == ScalarFunction.DATE_FORMAT) {
            return FormattedTimes.range(function, call, literal);
        }
        if (!(literal.value() instanceof Long value)) {
            return null;
        }
        Expr argument = call.arguments().getLast();
        return switch (call.function()) {
            case UTC_DATE ->
                    argument.type() == BasicType.BIGINT
                            ? bucket(function, argument, seconds(value), seconds(value + 1), true)
                            : null;
            case FROM_UNIXTIME ->
                    argument.type() == BasicType.BIGINT
                            ? whole(
                                    function,
                                    argument,
                                    Math.floorDiv(value, 1000L),
                                    Math.floorMod(value, 1000L) == 0)
                            : null;
            case DATE_TRUNC -> truncated(function, call, value);
            default -> null;
        };
    }

    private static long seconds(long day) {
        return Math.multiplyExact(day, TimeUnits.SECONDS_A_DAY);
    }

    private static @Nullable Expr truncated(ScalarFunction function, Expr.Call call, long value) {
        TimeUnits unit =
                call.arguments().get(0) instanceof Expr.Literal literal
                                && literal.value() instanceof String name
                        ? TimeUnits.named(name)
                        : null;
        if (unit == null) {
            return null;
        }
        SqlType type = call.type();
        long start = unit.floor(value, type);
        return bucket(
                function,
                call.arguments().get(1),
                start,
                unit.ceilingAfter(value, type),
                start == value);
    }

    /// The comparison of a bucket's name with a value: everything in `[start, next)` has one name,
    /// and `isName` says whether the value is that name or lies behind it.
    private static @Nullable Expr bucket(
            ScalarFunction function, Expr operand, long start, long next, boolean isName) {
        Expr atStart = literal(operand.type(), isName ? start : next);
        Expr atNext = literal(operand.type(), next);
        return switch (function) {
            case LESS_THAN -> Logic.comparison(ScalarFunction.LESS_THAN, operand, atStart);
            case GREATER_OR_EQUAL ->
                    Logic.comparison(ScalarFunction.GREATER_OR_EQUAL, operand, atStart);
            case LESS_OR_EQUAL -> Logic.comparison(ScalarFunction.LESS_THAN, operand, atNext);
            case GREATER_THAN -> Logic.comparison(ScalarFunction.GREATER_OR_EQUAL, operand, atNext);
            case EQUAL -> isName ? between(operand, atStart, atNext) : null;
            case NOT_EQUAL ->
                    isName
                            ? new Expr.Or(
                                    List.of(
                                            Logic.comparison(
                                                    ScalarFunction.LESS_THAN, operand, atStart),
                                            Logic.comparison(
                                                    ScalarFunction.GREATER_OR_EQUAL,
                                                    operand,
                                                    atNext)))
                            : null;
            default -> null;
        };
    }

    /// `start <= operand < next`.
    static Expr between(Expr operand, Expr start, Expr next) {
        return new Expr.And(
                List.of(
                        Logic.comparison(ScalarFunction.GREATER_OR_EQUAL, operand, start),
                        Logic.comparison(ScalarFunction.LESS_THAN, operand, next)));
    }

    static Expr literal(SqlType type, long value) {
        return new Expr.Literal(type, value);
    }

    /// The comparison of a whole number with one whose integer part is `floor`: exactly `floor`
    /// when `isWhole`, else between it and the next.
    private static @Nullable Expr whole(
            ScalarFunction function, Expr operand, long floor, boolean isWhole) {
        boolean isNarrow = operand.type().isInteger() && operand.type() != BasicType.BIGINT;
        if (isNarrow && !(holds(operand.type(), floor) && holds(operand.type(), floor + 1))) {
            return null;
        }
        Expr low = literal(operand.type(), floor);
        if (isWhole) {
            return Logic.comparison(function, operand, low);
        }
        return switch (function) {
            case LESS_THAN, LESS_OR_EQUAL ->
                    Logic.comparison(ScalarFunction.LESS_OR_EQUAL, operand, low);
            case GREATER_THAN, GREATER_OR_EQUAL ->
                    Logic.comparison(ScalarFunction.GREATER_THAN, operand, low);
            default -> null;
        };
    }

    private static boolean holds(SqlType type, long value) {
        return type instanceof BasicType basic && basic.holds(value);
    }

    private static @Nullable Expr ofCast(
            ScalarFunction function, Expr.Cast cast, Expr.Literal literal) {
        Expr operand = cast.operand();
        SqlType from = operand.type();
        Object value = literal.value();
        if (from.isInteger()) {
            return ofNumberCast(function, operand, cast.type(), value);
        }
        if (!(value instanceof Long millis)) {
            return null;
        }
        boolean isToTimestamp = isInUtc(cast.type());
        if (from == BasicType.DATE && isToTimestamp) {
            return whole(
                    function,
                    operand,
                    Math.floorDiv(millis, TimeUnits.MILLIS_A_DAY),
                    Math.floorMod(millis, TimeUnits.MILLIS_A_DAY) == 0);
        }
        boolean isFromTimestamp = isInUtc(from);
        boolean isExact = Timestamps.precision(from) <= Timestamps.precision(cast.type());
        if (isFromTimestamp && isToTimestamp && isExact) {
            return Logic.comparison(function, operand, literal(from, millis));
        }
        if (isFromTimestamp && cast.type() == BasicType.DATE) {
            long start = Math.multiplyExact(millis, TimeUnits.MILLIS_A_DAY);
            return bucket(function, operand, start, start + TimeUnits.MILLIS_A_DAY, true);
        }
        return null;
    }

    /// Whether values are milliseconds whose days are those of UTC.
    private static boolean isInUtc(SqlType type) {
        return Timestamps.isTimestamp(type) && !Timestamps.isElsewhere(type);
    }

    private static @Nullable Expr ofNumberCast(
            ScalarFunction function, Expr operand, SqlType to, @Nullable Object value) {
        int bits = ((BasicType) operand.type()).bits();
        if (to.isInteger() && value instanceof Long number) {
            // A narrower type does not hold every value: there the cast is a failure.
            return ((BasicType) to).bits() >= bits ? whole(function, operand, number, true) : null;
        }
        if (to == BasicType.DOUBLE && value instanceof Double number) {
            double floor = Math.floor(number);
            return Math.abs(number) < EXACT_MAX
                    ? whole(function, operand, (long) floor, floor == number)
                    : null;
        }
        // Digits of the greatest number.
        int digits =
                switch (bits) {
                    case 8 -> 3;
                    case 16 -> 5;
                    case 32 -> 10;
                    default -> 19;
                };
        if (to instanceof SqlType.Decimal decimal
                && decimal.precision() - decimal.scale() >= digits
                && value instanceof BigDecimal number) {
            BigDecimal floor = number.setScale(0, RoundingMode.FLOOR);
            return floor.toBigInteger().bitLength() < Long.SIZE
                    ? whole(function, operand, floor.longValueExact(), floor.compareTo(number) == 0)
                    : null;
        }
        return null;
    }
}
