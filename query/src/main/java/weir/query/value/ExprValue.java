// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.type.SqlType;

/// Evaluates an expression for one row: slow, plain, and what every faster way must agree with.
/// Constants are folded with it.
public final class ExprValue {
    private static final @Nullable Object[] NO_ROW = {};

    private ExprValue() {}

    /// The value of an expression that reads no column.
    public static @Nullable Object ofConstant(Expr expr) {
        return of(expr, NO_ROW);
    }

    /// The value of `expr` where column `i` has the value `row[i]`; null is NULL.
    ///
    /// @throws QueryException when the values make it impossible
    public static @Nullable Object of(Expr expr, @Nullable Object[] row) {
        return switch (expr) {
            case Expr.Literal literal -> literal.value();
            case Expr.Input input -> row[input.index()];
            case Expr.Symbol symbol -> throw new IllegalArgumentException("not bound: " + symbol);
            case Expr.Call call -> call(call, row);
            case Expr.Apply apply -> apply(apply, row);
            case Expr.Try attempt -> attempt(attempt, row);
            case Expr.Cast cast -> cast(cast, row);
            case Expr.Case cases -> cases(cases, row);
            case Expr.And and -> junction(and.parts(), row, 0L);
            case Expr.Or or -> junction(or.parts(), row, 1L);
            case Expr.Not not -> {
                Object value = of(not.operand(), row);
                yield value == null ? null : (Object) (1L - (Long) value);
            }
            case Expr.IsNull isNull -> of(isNull.operand(), row) == null ? 1L : 0L;
            case Expr.In in -> in(in, row);
            case Expr.Coalesce coalesce -> {
                for (Expr argument : coalesce.arguments()) {
                    Object value = of(argument, row);
                    if (value != null) {
                        yield value;
                    }
                }
                yield null;
            }
        };
    }

    private static @Nullable Object call(Expr.Call call, @Nullable Object[] row) {
        @Nullable Object[] values = new @Nullable Object[call.arguments().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = of(call.arguments().get(i), row);
            if (values[i] == null && call.function() != ScalarFunction.IS_DISTINCT_FROM) {
                return null;
            }
        }
        return Scalars.apply(call.function(), values, argumentType(call), call.type());
    }

    private static @Nullable Object apply(Expr.Apply apply, @Nullable Object[] row) {
        @Nullable Object[] values = new @Nullable Object[apply.arguments().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = of(apply.arguments().get(i), row);
            if (values[i] == null && !apply.function().takesNulls()) {
                return null;
            }
        }
        return apply.function().start().apply(values);
    }

    private static @Nullable Object attempt(Expr.Try attempt, @Nullable Object[] row) {
        try {
            return of(attempt.operand(), row);
        } catch (QueryException e) {
            if (e.code() == QueryException.Code.INVALID_VALUE) {
                return null;
            }
            throw e;
        }
    }

    /// The type of what a call works on: of the argument behind the unit, else of the first.
    public static SqlType argumentType(Expr.Call call) {
        boolean hasUnit =
                call.function() == ScalarFunction.DATE_TRUNC
                        || call.function() == ScalarFunction.DATE_DIFF;
        return call.arguments().isEmpty()
                ? call.type()
                : call.arguments().get(hasUnit ? 1 : 0).type();
    }

    private static @Nullable Object cast(Expr.Cast cast, @Nullable Object[] row) {
        Object value = of(cast.operand(), row);
        return value == null ? null : convert(value, cast);
    }

    /// What a cast makes of a value that is not null.
    public static @Nullable Object convert(Object value, Expr.Cast cast) {
        try {
            return Casts.cast(value, cast.operand().type(), cast.type());
        } catch (QueryException e) {
            // What is not supported is no value that could not be converted.
            if (cast.isTry() && e.code() == QueryException.Code.INVALID_VALUE) {
                return null;
            }
            throw e;
        }
    }

    private static @Nullable Object cases(Expr.Case cases, @Nullable Object[] row) {
        for (Expr.When when : cases.whens()) {
            Object condition = of(when.condition(), row);
            if (condition != null && (Long) condition != 0) {
                return of(when.result(), row);
            }
        }
        return of(cases.otherwise(), row);
    }

    /// AND ends at a false part, OR at a true one: what follows is not asked and may not fail.
    private static @Nullable Object junction(
            List<Expr> parts, @Nullable Object[] row, long deciding) {
        boolean hasNull = false;
        for (Expr part : parts) {
            Object value = of(part, row);
            if (value == null) {
                hasNull = true;
            } else if ((Long) value == deciding) {
                return deciding;
            }
        }
        return hasNull ? null : (Object) (1L - deciding);
    }

    private static @Nullable Object in(Expr.In in, @Nullable Object[] row) {
        Object value = of(in.operand(), row);
        if (value == null) {
            return null;
        }
        boolean hasNull = false;
        for (Expr candidate : in.candidates()) {
            Object other = of(candidate, row);
            if (other == null) {
                hasNull = true;
            } else if (ValueOrder.isEqual(value, other)) {
                return 1L;
            }
        }
        return hasNull ? null : (Object) 0L;
    }
}
