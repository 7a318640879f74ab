// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.SqlType.Decimal;

/// Types of arithmetic and of the functions of numbers, by Trino's rules.
final class NumberFunctions {
    private static final int QUOTIENT_SCALE_MIN = 6;

    private NumberFunctions() {}

    /// `left function right`, or null when the two are no numbers.
    static @Nullable Expr arithmetic(ScalarFunction function, Expr left, Expr right) {
        SqlType common = TypeCoercion.common(left.type(), right.type());
        if (common == BasicType.UNKNOWN) {
            return new Expr.Literal(BasicType.UNKNOWN, null);
        }
        if (common == null || !common.isNumeric()) {
            return null;
        }
        if (!(common instanceof Decimal)) {
            return FunctionCallSite.of(
                    function,
                    common,
                    TypeCoercion.coerce(left, common),
                    TypeCoercion.coerce(right, common));
        }
        Decimal a = operand(left, common);
        Decimal b = operand(right, common);
        return FunctionCallSite.of(
                function,
                decimalResult(function, a, b),
                TypeCoercion.coerce(left, a),
                TypeCoercion.coerce(right, b));
    }

    private static Decimal operand(Expr expr, SqlType common) {
        return TypeCoercion.decimal(expr.type() == BasicType.UNKNOWN ? common : expr.type());
    }

    /// The type of arithmetic on decimals: wide enough for every result, up to 38 digits. Where it
    /// would take more, the digits before the point are kept and those behind it are cut, of
    /// products and quotients down to six.
    static Decimal decimalResult(ScalarFunction function, Decimal a, Decimal b) {
        int scale = Math.max(a.scale(), b.scale());
        int wholeA = a.precision() - a.scale();
        int wholeB = b.precision() - b.scale();
        return switch (function) {
            case ADD, SUBTRACT -> {
                int whole = Math.max(wholeA, wholeB);
                int precision = Math.min(whole + scale + 1, Decimal.PRECISION_MAX);
                yield new Decimal(precision, Math.min(scale, precision - whole));
            }
            case MULTIPLY -> product(wholeA + wholeB, a.scale() + b.scale());
            case DIVIDE ->
                    product(
                            wholeA + b.scale(),
                            Math.max(QUOTIENT_SCALE_MIN, a.scale() + b.precision() + 1));
            case MODULUS -> decimal(Math.min(wholeA, wholeB) + scale, scale);
            default -> throw new IllegalArgumentException(function + " is no arithmetic");
        };
    }

    private static Decimal product(int whole, int scale) {
        int room = Math.max(QUOTIENT_SCALE_MIN, Decimal.PRECISION_MAX - whole);
        return new Decimal(Math.min(whole + scale, Decimal.PRECISION_MAX), Math.min(scale, room));
    }

    private static Decimal decimal(int precision, int scale) {
        int digits = Math.clamp(precision, 1, Decimal.PRECISION_MAX);
        return new Decimal(digits, Math.min(scale, digits));
    }

    static @Nullable Expr abs(FunctionCallSite site) {
        return site.count() == 1 && site.type(0).isNumeric()
                ? FunctionCallSite.of(ScalarFunction.ABS, site.type(0), site.argument(0))
                : null;
    }

    /// FLOOR and CEIL: a decimal loses its fraction and may gain a digit.
    static @Nullable Expr toWhole(FunctionCallSite site, ScalarFunction function) {
        if (site.count() != 1 || !site.type(0).isNumeric()) {
            return null;
        }
        return FunctionCallSite.of(function, wholeType(site.type(0)), site.argument(0));
    }

    private static SqlType wholeType(SqlType type) {
        return type instanceof Decimal decimal
                ? decimal(decimal.precision() - decimal.scale() + Math.min(decimal.scale(), 1), 0)
                : type;
    }

    static @Nullable Expr round(FunctionCallSite site) {
        return toWhole(site, ScalarFunction.ROUND);
    }

    static @Nullable Expr roundTo(FunctionCallSite site) {
        if (site.count() != 2
                || !site.type(0).isNumeric()
                || !TypeCoercion.isCoercible(site.type(1), BasicType.INTEGER)) {
            return null;
        }
        SqlType type =
                site.type(0) instanceof Decimal decimal
                        ? decimal(decimal.precision() + 1, decimal.scale())
                        : site.type(0);
        return FunctionCallSite.of(
                ScalarFunction.ROUND,
                type,
                site.argument(0),
                TypeCoercion.coerce(site.argument(1), BasicType.INTEGER));
    }

    static @Nullable Expr mod(FunctionCallSite site) {
        return site.count() == 2
                ? arithmetic(ScalarFunction.MODULUS, site.argument(0), site.argument(1))
                : null;
    }

    /// GREATEST and LEAST.
    static @Nullable Expr extreme(FunctionCallSite site, ScalarFunction function) {
        SqlType type = site.commonType();
        if (type == null || site.count() == 0) {
            return null;
        }
        List<Expr> coerced = new ArrayList<>();
        for (Expr argument : site.arguments()) {
            coerced.add(TypeCoercion.coerce(argument, type));
        }
        return coerced.size() == 1
                ? coerced.getFirst()
                : FunctionCallSite.of(function, type, coerced);
    }

    static AggregateRegistry.@Nullable AggregateTypes sumTypes(SqlType type) {
        if (type.isInteger()) {
            return new AggregateRegistry.AggregateTypes(type, BasicType.BIGINT);
        }
        if (type instanceof Decimal decimal) {
            return new AggregateRegistry.AggregateTypes(
                    type, new Decimal(Decimal.PRECISION_MAX, decimal.scale()));
        }
        return type.isFloating() || type.isInterval()
                ? new AggregateRegistry.AggregateTypes(type, type)
                : null;
    }

    static AggregateRegistry.@Nullable AggregateTypes averageTypes(SqlType type) {
        if (type instanceof Decimal || type == BasicType.REAL || type.isInterval()) {
            return new AggregateRegistry.AggregateTypes(type, type);
        }
        return type.isNumeric()
                ? new AggregateRegistry.AggregateTypes(type, BasicType.DOUBLE)
                : null;
    }
}
