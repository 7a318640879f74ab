// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Conversions to numbers, from numbers, BOOLEAN and text. Fractions round to the nearest whole
/// number, halves away from zero.
final class NumberCasts {
    /// More digits before or behind the point no decimal has.
    private static final int DIGITS_MAX = 100;

    /// Longer texts are no decimals.
    private static final int TEXT_MAX = 10_000;

    private NumberCasts() {}

    /// To TINYINT, SMALLINT, INTEGER or BIGINT.
    static Long toWhole(Object value, SqlType from, BasicType to) {
        return switch (value) {
            case Long number -> inRange(number, number, to);
            case Double number -> roundToWhole(number, from, to);
            case BigDecimal number -> roundToWhole(number, to);
            case String text -> parseWhole(text, to);
            default -> throw Casts.impossible(from, to);
        };
    }

    private static Long inRange(long number, Object value, BasicType to) {
        if (!to.holds(number)) {
            throw outOfRange(value, to);
        }
        return number;
    }

    private static QueryException outOfRange(Object value, BasicType to) {
        return InvalidValue.of("Out of range for " + to.displayName() + ": " + value);
    }

    private static Long roundToWhole(double value, SqlType from, BasicType to) {
        if (Double.isNaN(value)) {
            throw InvalidValue.of(
                    "Cannot cast " + from.displayName() + " NaN to " + to.displayName());
        }
        double rounded = value < 0 ? -Math.floor(-value + 0.5) : Math.floor(value + 0.5);
        if (Math.abs(value) >= 0x1p52) {
            rounded = value;
        }
        if (!(rounded >= -0x1p63 && rounded < 0x1p63)) {
            throw outOfRange(ValueText.ofDouble(value, from), to);
        }
        return inRange((long) rounded, ValueText.ofDouble(value, from), to);
    }

    private static Long roundToWhole(BigDecimal number, BasicType to) {
        BigDecimal rounded = number.setScale(0, RoundingMode.HALF_UP);
        if (rounded.unscaledValue().bitLength() > 63 || !to.holds(rounded.longValueExact())) {
            // Trino names the number as it was for BIGINT, and the rounded one for smaller types.
            BigDecimal named = to == BasicType.BIGINT ? number : rounded;
            throw Casts.cannotCast(named.toPlainString(), to.name());
        }
        return rounded.longValueExact();
    }

    private static Long parseWhole(String text, BasicType to) {
        Long number = parseLong(text);
        if (number == null || !to.holds(number)) {
            throw Casts.cannotCast(text, to == BasicType.INTEGER ? "INT" : to.name());
        }
        return number;
    }

    private static @Nullable Long parseLong(String spaced) {
        String text = spaced.strip();
        boolean hasSign = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+');
        for (int i = hasSign ? 1 : 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    /// To REAL or DOUBLE.
    static Double toFloating(Object value, SqlType from, BasicType to) {
        if (to == BasicType.DOUBLE) {
            return switch (value) {
                case Long number -> number.doubleValue();
                case Double number -> number;
                case BigDecimal number -> number.doubleValue();
                case String text -> parseDouble(text, to);
                default -> throw Casts.impossible(from, to);
            };
        }
        // Rounded once, from the value itself.
        return (double)
                switch (value) {
                    case Long number -> number.floatValue();
                    case Double number -> number.floatValue();
                    case BigDecimal number -> number.floatValue();
                    case String text -> (float) parseDouble(text, to);
                    default -> throw Casts.impossible(from, to);
                };
    }

    /// Trino reads what Java reads: `1.5`, ` 1e3 `, `1.5d`, `NaN`, `-Infinity`.
    private static double parseDouble(String text, BasicType to) {
        try {
            return to == BasicType.REAL ? Float.parseFloat(text) : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            QueryException failure = Casts.cannotCast(text, to.name());
            failure.initCause(e);
            throw failure;
        }
    }

    static BigDecimal toDecimal(Object value, SqlType from, SqlType.Decimal to) {
        BigDecimal number;
        try {
            number =
                    switch (value) {
                        case Long whole -> BigDecimal.valueOf(whole);
                        case Double real -> new BigDecimal(ValueText.ofDouble(real, from));
                        case BigDecimal decimal -> decimal;
                        case String text -> parseDecimal(text);
                        default -> throw Casts.impossible(from, to);
                    };
        } catch (NumberFormatException _) {
            throw notDecimal(value, from, to);
        }
        // Before its zeros are written out: a short text may ask for a billion of them.
        long wholeDigits = (long) number.precision() - number.scale();
        if (wholeDigits > DIGITS_MAX && number.signum() != 0) {
            throw notDecimal(value, from, to);
        }
        if (wholeDigits < -DIGITS_MAX || number.signum() == 0) {
            return BigDecimal.ZERO.setScale(to.scale());
        }
        BigDecimal result;
        try {
            result = number.setScale(to.scale(), RoundingMode.HALF_UP);
        } catch (ArithmeticException _) {
            throw notDecimal(value, from, to);
        }
        if (result.precision() > to.precision()) {
            throw notDecimal(value, from, to);
        }
        return result;
    }

    private static BigDecimal parseDecimal(String text) {
        // The time grows with the square of the length.
        if (text.length() > TEXT_MAX) {
            throw new NumberFormatException("longer than " + TEXT_MAX + " characters");
        }
        return new BigDecimal(text);
    }

    private static QueryException notDecimal(Object value, SqlType from, SqlType.Decimal to) {
        String name = from instanceof SqlType.Decimal ? "DECIMAL" : from.displayName();
        return InvalidValue.of(
                "Cannot cast %s '%s' to DECIMAL(%d, %d)"
                        .formatted(
                                name.toUpperCase(Locale.ROOT),
                                ValueText.of(value, from),
                                to.precision(),
                                to.scale()));
    }
}
