// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Arithmetic. Whole numbers never wrap: what does not fit its type is a failure.
public final class NumberFunctions {
    private NumberFunctions() {}

    /// ADD, SUBTRACT, MULTIPLY, DIVIDE or MODULUS of two whole numbers, or of a length of time and
    /// one.
    public static long arithmetic(ScalarFunction function, long a, long b, SqlType type) {
        long result;
        try {
            result =
                    switch (function) {
                        case ADD -> Math.addExact(a, b);
                        case SUBTRACT -> Math.subtractExact(a, b);
                        case MULTIPLY -> Math.multiplyExact(a, b);
                        case DIVIDE -> Math.divideExact(a, nonZero(b));
                        case MODULUS -> a % nonZero(b);
                        default -> throw new IllegalArgumentException(function + " of integers");
                    };
        } catch (ArithmeticException e) {
            throw overflow(function, a, b, type, e);
        }
        if (type instanceof BasicType basic && !basic.holds(result)) {
            throw overflow(function, a, b, type, null);
        }
        return result;
    }

    /// A length of time times or by a number; fractions are cut.
    static Long scaleInterval(ScalarFunction function, long length, double factor) {
        if (function == ScalarFunction.DIVIDE && factor == 0) {
            throw InvalidValue.of("Cannot divide by double " + factor);
        }
        return (long) (function == ScalarFunction.DIVIDE ? length / factor : length * factor);
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw InvalidValue.of("Division by zero");
        }
        return divisor;
    }

    private static QueryException overflow(
            ScalarFunction function, long a, long b, SqlType type, @Nullable Throwable cause) {
        String what =
                switch (function) {
                    case ADD -> "addition overflow: " + a + " + ";
                    case SUBTRACT -> "subtraction overflow: " + a + " - ";
                    case MULTIPLY -> "multiplication overflow: " + a + " * ";
                    default -> "division overflow: " + a + " / ";
                };
        QueryException failure = InvalidValue.of(type.displayName() + " " + what + b);
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    /// The same of two DOUBLE values, by the rules of IEEE 754.
    public static double arithmetic(ScalarFunction function, double a, double b) {
        return switch (function) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MODULUS -> a % b;
            default -> throw new IllegalArgumentException(function + " of doubles");
        };
    }

    static BigDecimal arithmetic(
            ScalarFunction function, BigDecimal a, BigDecimal b, SqlType.Decimal type) {
        BigDecimal result =
                switch (function) {
                    case ADD -> a.add(b);
                    case SUBTRACT -> a.subtract(b);
                    case MULTIPLY -> a.multiply(b);
                    case DIVIDE -> a.divide(nonZero(b), type.scale(), RoundingMode.HALF_UP);
                    case MODULUS -> a.remainder(nonZero(b));
                    default -> throw new IllegalArgumentException(function + " of decimals");
                };
        return fit(result, type);
    }

    private static BigDecimal nonZero(BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw InvalidValue.of("Division by zero");
        }
        return divisor;
    }

    /// The value with the type's scale.
    static BigDecimal fit(BigDecimal value, SqlType.Decimal type) {
        BigDecimal result = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (result.precision() > type.precision()) {
            throw InvalidValue.of("Decimal overflow");
        }
        return result;
    }

    /// The least number of a type of whole numbers or of lengths of time.
    private static long least(SqlType type) {
        int bits = type instanceof BasicType basic ? basic.bits() : 0;
        return Long.MIN_VALUE >> (bits == 0 ? 0 : 64 - bits);
    }

    static Object negate(Object value, SqlType type) {
        return switch (value) {
            case Long number -> {
                if (number == least(type)) {
                    throw InvalidValue.of(type.displayName() + " negation overflow: " + number);
                }
                yield -number;
            }
            case Double number -> -number;
            default -> ((BigDecimal) value).negate();
        };
    }

    static Object abs(Object value, SqlType type) {
        return switch (value) {
            case Long number -> {
                if (number == least(type)) {
                    throw InvalidValue.of(
                            "Value "
                                    + number
                                    + " is out of range for abs("
                                    + type.displayName()
                                    + ")");
                }
                yield Math.abs(number);
            }
            case Double number -> Math.abs(number);
            default -> ((BigDecimal) value).abs();
        };
    }

    static Object floor(Object value, SqlType type, RoundingMode mode) {
        return switch (value) {
            case Double number ->
                    mode == RoundingMode.FLOOR ? Math.floor(number) : Math.ceil(number);
            case BigDecimal number -> fitAny(number.setScale(0, mode), type);
            default -> value;
        };
    }

    /// To `digits` digits behind the point, halves away from zero.
    static Object round(Object value, long digits, SqlType type) {
        int places = Math.clamp(digits, -400, 400);
        return switch (value) {
            case Double number -> roundDouble(number, places);
            case BigDecimal number ->
                    fitAny(
                            number.setScale(Math.min(places, number.scale()), RoundingMode.HALF_UP),
                            type);
            default -> roundLong((Long) value, places, type);
        };
    }

    private static Object fitAny(BigDecimal value, SqlType type) {
        return type instanceof SqlType.Decimal decimal
                ? fit(value, decimal)
                : value.longValueExact();
    }

    private static Object roundLong(long value, int places, SqlType type) {
        if (places >= 0) {
            return value;
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
        BigDecimal most = BigDecimal.valueOf(-(least(type) + 1));
        if (rounded.abs().compareTo(most) > 0) {
            throw InvalidValue.of("Out of range for " + type.displayName() + ": " + value);
        }
        return rounded.longValueExact();
    }

    private static double roundDouble(double value, int places) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        double factor = Math.pow(10, places);
        double scaled = Math.abs(value) * factor;
        if (scaled >= Long.MAX_VALUE || factor == 0 || Double.isInfinite(factor)) {
            return places >= 0 ? value : 0.0;
        }
        double rounded = Math.round(scaled) / factor;
        return value < 0 ? -rounded : rounded;
    }
}
