// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import weir.query.type.SqlType;

/// Functions of numbers that neither the optimizer nor a kernel knows by name.
final class NumberFunctions {
    private NumberFunctions() {}

    static List<Definition> definitions() {
        Definitions numbers = new Definitions(Definition.Kind.NUMBER);
        defineReals(numbers);
        defineConstants(numbers);
        defineSigns(numbers);
        defineRandom(numbers);
        defineBases(numbers);
        defineStatistics(numbers);
        numbers.define("format_number", "double", "varchar", "Short: 1.23K, 45.6M, 789B")
                .total()
                .is(a -> NumberText.shortForm(Args.real(a, 0)));
        return numbers.list();
    }

    private static void defineReals(Definitions numbers) {
        real(numbers, "cbrt", "Cube root", Math::cbrt);
        real(numbers, "exp", "e to the power", Math::exp);
        real(numbers, "log2", "Logarithm to base 2", x -> Math.log(x) / Math.log(2));
        real(numbers, "degrees", "Radians as degrees", Math::toDegrees);
        real(numbers, "radians", "Degrees as radians", Math::toRadians);
        real(numbers, "sin", "Sine", Math::sin);
        real(numbers, "cos", "Cosine", Math::cos);
        real(numbers, "tan", "Tangent", Math::tan);
        real(numbers, "asin", "Arc sine", Math::asin);
        real(numbers, "acos", "Arc cosine", Math::acos);
        real(numbers, "atan", "Arc tangent", Math::atan);
        real(numbers, "sinh", "Hyperbolic sine", Math::sinh);
        real(numbers, "cosh", "Hyperbolic cosine", Math::cosh);
        real(numbers, "tanh", "Hyperbolic tangent", Math::tanh);
        numbers.define("log", "double, double", "double", "Logarithm of the second to a base")
                .total()
                .is(a -> Math.log(Args.real(a, 1)) / Math.log(Args.real(a, 0)));
        numbers.define("atan2", "double, double", "double", "Arc tangent of y / x")
                .total()
                .is(a -> Math.atan2(Args.real(a, 0), Args.real(a, 1)));
    }

    private static void real(
            Definitions numbers, String name, String description, DoubleUnaryOperator function) {
        numbers.define(name, "double", "double", description)
                .total()
                .is(a -> function.applyAsDouble(Args.real(a, 0)));
    }

    private static void defineConstants(Definitions numbers) {
        numbers.define("pi", "", "double", "The constant pi").total().is(_ -> Math.PI);
        numbers.define("e", "", "double", "Euler's number").total().is(_ -> Math.E);
        numbers.define("infinity", "", "double", "Positive infinity")
                .total()
                .is(_ -> Double.POSITIVE_INFINITY);
        numbers.define("nan", "", "double", "Not a number").total().is(_ -> Double.NaN);
        numbers.define("is_nan", "double", "boolean", "Whether a value is not a number")
                .total()
                .is(a -> Args.bool(Double.isNaN(Args.real(a, 0))));
        numbers.define("is_finite", "double", "boolean", "Whether a value is finite")
                .total()
                .is(a -> Args.bool(Double.isFinite(Args.real(a, 0))));
        numbers.define("is_infinite", "double", "boolean", "Whether a value is infinite")
                .total()
                .is(a -> Args.bool(Double.isInfinite(Args.real(a, 0))));
    }

    private static void defineSigns(Definitions numbers) {
        String sign = "-1, 0 or 1 as a number is negative, zero or positive";
        for (String type : List.of("integer", "bigint")) {
            numbers.define("sign", type, type, sign)
                    .total()
                    .is(a -> (long) Long.signum(Args.number(a, 0)));
        }
        numbers.define("sign", "decimal(p,s)", "decimal(p,s)", sign)
                .total()
                .typed(_ -> new SqlType.Decimal(1, 0))
                .is(a -> BigDecimal.valueOf(Args.decimal(a, 0).signum()));
        numbers.define("sign", "double", "double", sign)
                .total()
                .is(a -> Math.signum(Args.real(a, 0)));
        String truncate = "Without the fraction";
        numbers.define("truncate", "decimal(p,s)", "decimal(p,s)", truncate)
                .total()
                .typed(types -> whole((SqlType.Decimal) types.getFirst()))
                .is(a -> Args.decimal(a, 0).setScale(0, RoundingMode.DOWN));
        numbers.define(
                        "truncate",
                        "decimal(p,s), bigint",
                        "decimal(p,s)",
                        "Without what stands behind so many digits of the fraction")
                .total()
                .is(a -> truncate(Args.decimal(a, 0), Args.number(a, 1)));
        numbers.define("truncate", "double", "double", truncate)
                .total()
                .is(a -> {
                    double value = Args.real(a, 0);
                    return Math.signum(value) * Math.floor(Math.abs(value));
                });
    }

    private static SqlType whole(SqlType.Decimal type) {
        return new SqlType.Decimal(Math.max(1, type.precision() - type.scale()), 0);
    }

    private static BigDecimal truncate(BigDecimal value, long digits) {
        if (digits >= value.scale()) {
            return value;
        }
        if (-digits >= SqlType.Decimal.PRECISION_MAX) {
            return BigDecimal.ZERO.setScale(value.scale());
        }
        return value.setScale((int) digits, RoundingMode.DOWN).setScale(value.scale());
    }

    private static void defineRandom(Definitions numbers) {
        for (String name : List.of("random", "rand")) {
            numbers.define(name, "", "double", "A random number from 0 to below 1")
                    .random()
                    .total()
                    .is(_ -> ThreadLocalRandom.current().nextDouble());
            for (String type : List.of("integer", "bigint")) {
                numbers.define(name, type, type, "A random number from 0 to below a bound")
                        .random()
                        .is(a -> random(0, Args.number(a, 0), "bound must be positive"));
                numbers.define(
                                name,
                                type + ", " + type,
                                type,
                                "A random number from a bound to below another")
                        .random()
                        .is(a ->
                                random(
                                        Args.number(a, 0),
                                        Args.number(a, 1),
                                        "start value must be less than stop value"));
            }
        }
    }

    private static Long random(long from, long below, String failure) {
        if (from >= below) {
            throw Args.invalid(failure);
        }
        return ThreadLocalRandom.current().nextLong(from, below);
    }

    private static void defineBases(Definitions numbers) {
        numbers.define("from_base", "varchar, bigint", "bigint", "A number in a base, 2 to 36")
                .is(a -> fromBase(Args.text(a, 0), radix(Args.number(a, 1))));
        numbers.define("to_base", "bigint, bigint", "varchar", "A number written in a base")
                .is(a -> Long.toString(Args.number(a, 0), radix(Args.number(a, 1))));
    }

    private static int radix(long radix) {
        if (radix < Character.MIN_RADIX || radix > Character.MAX_RADIX) {
            throw Args.invalid("Radix must be between 2 and 36");
        }
        return (int) radix;
    }

    private static Long fromBase(String text, int radix) {
        try {
            return Long.parseLong(text, radix);
        } catch (NumberFormatException e) {
            throw Args.invalid("Not a valid base-" + radix + " number: " + text, e);
        }
    }

    private static void defineStatistics(Definitions numbers) {
        numbers.define(
                        "width_bucket",
                        "double, double, double, bigint",
                        "bigint",
                        "The bucket of a value among equal ones between two bounds")
                .is(NumberFunctions::bucket);
        numbers.define(
                        "wilson_interval_lower",
                        "bigint, bigint, double",
                        "double",
                        "Lower bound of the share of successes in trials, for a z-score")
                .is(a -> wilson(a, -1));
        numbers.define(
                        "wilson_interval_upper",
                        "bigint, bigint, double",
                        "double",
                        "Upper bound of the share of successes in trials, for a z-score")
                .is(a -> wilson(a, 1));
    }

    private static Long bucket(@Nullable Object[] arguments) {
        double value = Args.real(arguments, 0);
        double first = Args.real(arguments, 1);
        double second = Args.real(arguments, 2);
        long count = Args.number(arguments, 3);
        require(count > 0, "bucketCount must be greater than 0");
        require(!Double.isNaN(value), "operand must not be NaN");
        require(Double.isFinite(first), "first bound must be finite");
        require(Double.isFinite(second), "second bound must be finite");
        require(first != second, "bounds cannot equal each other");
        double lower = Math.min(first, second);
        double upper = Math.max(first, second);
        long bucket;
        if (value < lower) {
            bucket = 0;
        } else if (value >= upper) {
            require(count < Long.MAX_VALUE, "Bucket for value " + value + " is out of range");
            bucket = count + 1;
        } else {
            bucket = (long) ((double) count * (value - lower) / (upper - lower) + 1);
        }
        return first > second ? count - bucket + 1 : bucket;
    }

    private static void require(boolean isTrue, String failure) {
        if (!isTrue) {
            throw Args.invalid(failure);
        }
    }

    private static Double wilson(@Nullable Object[] arguments, int side) {
        long successes = Args.number(arguments, 0);
        long trials = Args.number(arguments, 1);
        double z = Args.real(arguments, 2);
        require(successes >= 0, "number of successes must not be negative");
        require(trials > 0, "number of trials must be positive");
        require(
                successes <= trials,
                "number of successes must not be larger than number of trials");
        require(z >= 0, "z-score must not be negative");
        double n = (double) trials;
        double p = (double) successes / n;
        double center = p + z * z / (2 * n);
        double spread = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        return (center + side * spread) / (1 + z * z / n);
    }
}
