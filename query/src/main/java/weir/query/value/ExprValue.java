// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.Arrays;
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
        return of(expr, row, NO_ROW);
    }

    /// The function that `lambda` is for one row.
    public static LambdaValue lambda(Expr.Lambda lambda, @Nullable Object[] row) {
        return lambda(lambda, row, NO_ROW);
    }

    /// @param variables the parameters of the lambdas around `expr`, by slot
    private static @Nullable Object of(
            Expr expr, @Nullable Object[] row, @Nullable Object[] variables) {
        return switch (expr) {
            case Expr.Literal literal -> literal.value();
            case Expr.Variable variable -> variables[variable.slot()];
            case Expr.Lambda lambda -> lambda(lambda, row, variables);
            case Expr.Input input -> row[input.index()];
            case Expr.Symbol symbol -> throw new IllegalArgumentException("not bound: " + symbol);
            case Expr.Call call -> call(call, row, variables);
            case Expr.Apply apply -> apply(apply, row, variables);
            case Expr.Try attempt -> attempt(attempt, row, variables);
            case Expr.Cast cast -> cast(cast, row, variables);
            case Expr.Case cases -> cases(cases, row, variables);
            case Expr.And and -> junction(and.parts(), row, variables, 0L);
            case Expr.Or or -> junction(or.parts(), row, variables, 1L);
            case Expr.Not not -> {
                Object value = of(not.operand(), row, variables);
                yield value == null ? null : (Object) (1L - (Long) value);
            }
            case Expr.IsNull isNull -> of(isNull.operand(), row, variables) == null ? 1L : 0L;
            case Expr.In in -> in(in, row, variables);
            case Expr.Coalesce coalesce -> {
                for (Expr argument : coalesce.arguments()) {
                    Object value = of(argument, row, variables);
                    if (value != null) {
                        yield value;
                    }
                }
                yield null;
            }
        };
    }

    /// Calls of one lambda share a frame: one has ended before the next begins.
    private static LambdaValue lambda(
            Expr.Lambda lambda, @Nullable Object[] row, @Nullable Object[] variables) {
        int first = lambda.firstSlot();
        int count = lambda.parameterCount();
        @Nullable Object[] frame = Arrays.copyOf(variables, first + count);
        return arguments -> {
            Allowance.current().step();
            System.arraycopy(arguments, 0, frame, first, count);
            return of(lambda.body(), row, frame);
        };
    }

    private static @Nullable Object call(
            Expr.Call call, @Nullable Object[] row, @Nullable Object[] variables) {
        @Nullable Object[] values = new @Nullable Object[call.arguments().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = of(call.arguments().get(i), row, variables);
            if (values[i] == null && !call.function().takesNulls()) {
                return null;
            }
        }
        return Allowance.current()
                .made(Scalars.apply(call.function(), values, argumentType(call), call.type()));
    }

    private static @Nullable Object apply(
            Expr.Apply apply, @Nullable Object[] row, @Nullable Object[] variables) {
        @Nullable Object[] values = new @Nullable Object[apply.arguments().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = of(apply.arguments().get(i), row, variables);
            if (values[i] == null && !apply.function().takesNulls()) {
                return null;
            }
        }
        return Allowance.current().made(apply.function().start().apply(values));
    }

    private static @Nullable Object attempt(
            Expr.Try attempt, @Nullable Object[] row, @Nullable Object[] variables) {
        try {
            return of(attempt.operand(), row, variables);
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

    private static @Nullable Object cast(
            Expr.Cast cast, @Nullable Object[] row, @Nullable Object[] variables) {
        Object value = of(cast.operand(), row, variables);
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

    private static @Nullable Object cases(
            Expr.Case cases, @Nullable Object[] row, @Nullable Object[] variables) {
        for (Expr.When when : cases.whens()) {
            Object condition = of(when.condition(), row, variables);
            if (condition != null && (Long) condition != 0) {
                return of(when.result(), row, variables);
            }
        }
        return of(cases.otherwise(), row, variables);
    }

    /// AND ends at a false part, OR at a true one: what follows is not asked and may not fail.
    private static @Nullable Object junction(
            List<Expr> parts, @Nullable Object[] row, @Nullable Object[] variables, long deciding) {
        boolean hasNull = false;
        for (Expr part : parts) {
            Object value = of(part, row, variables);
            if (value == null) {
                hasNull = true;
            } else if ((Long) value == deciding) {
                return deciding;
            }
        }
        return hasNull ? null : (Object) (1L - deciding);
    }

    private static @Nullable Object in(
            Expr.In in, @Nullable Object[] row, @Nullable Object[] variables) {
        Object value = of(in.operand(), row, variables);
        if (value == null) {
            return null;
        }
        boolean hasNull = false;
        for (Expr candidate : in.candidates()) {
            Object other = of(candidate, row, variables);
            Boolean isEqual = other == null ? null : ValueOrder.equal(value, other);
            if (isEqual == null) {
                hasNull = true;
            } else if (isEqual) {
                return 1L;
            }
        }
        return hasNull ? null : (Object) 0L;
    }
}
