// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.scan.Predicate;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.value.ExprValue;
import weir.query.value.ValueOrder;

/// Comparisons of a number column with a constant as ranges of the number, also through functions
/// that never fall as it rises: casts to wider types, from_unixtime, date_trunc, division. The
/// range is found by trying the function itself, so it is exact whatever its rounding.
final class NumberCondition {
    private static final long MIN = -Long.MAX_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    /// Functions of time are tried on numbers up to the greatest of these that they know, to either
    /// side. A comparison that is decided only beyond is not turned into ranges. Numbers beyond,
    /// which are no time, pass as if the function went on rising, and then do not fail.
    private static final List<Long> TIMES_MAX = List.of(1L << 60, 1L << 50, 1L << 40);

    private final Expr function;
    private final Column column;
    private final int input;
    private final long low;
    private final long high;

    /// Whether the column has no number outside of `low` to `high`.
    private final boolean isWhole;

    private NumberCondition(Expr function, Column column, int input, boolean isTime) {
        this.function = function;
        this.column = column;
        this.input = input;
        this.isWhole = !isTime;
        boolean isInt = column.type() == ColumnType.INT32;
        if (isTime) {
            this.high = timeMax();
            this.low = -high;
        } else {
            this.low = isInt ? Integer.MIN_VALUE : MIN;
            this.high = isInt ? Integer.MAX_VALUE : MAX;
        }
    }

    private long timeMax() {
        for (long time : TIMES_MAX) {
            try {
                valueOf(time);
                valueOf(-time);
                return time;
            } catch (QueryException _) {
                // Too far for the function: a nearer one is tried.
            }
        }
        return TIMES_MAX.getLast();
    }

    private @Nullable Object valueOf(long number) {
        @Nullable Object[] row = new @Nullable Object[input + 1];
        row[input] = number;
        return ExprValue.of(function, row);
    }

    /// Ranges of the one number column that `expr` rises with; null when there is none.
    static @Nullable NumberCondition of(Expr expr, List<Column> columns) {
        var inputs = ExprInputs.of(expr);
        if (inputs.size() != 1) {
            return null;
        }
        Column column = columns.get(inputs.first());
        if (column.type().isDictionary() || !rises(expr)) {
            return null;
        }
        return new NumberCondition(expr, column, inputs.first(), hasTime(expr));
    }

    Column column() {
        return column;
    }

    /// Whether values of the expression are the numbers of the column.
    boolean isNumber() {
        return function.type().isInteger() && isPlain(function);
    }

    private static boolean isPlain(Expr expr) {
        return expr instanceof Expr.Input
                || (expr instanceof Expr.Cast cast
                        && cast.type().isNumeric()
                        && isPlain(cast.operand()));
    }

    private static boolean hasTime(Expr expr) {
        boolean isTime =
                switch (expr) {
                    case Expr.Call call ->
                            switch (call.function()) {
                                case FROM_UNIXTIME, TO_UNIXTIME, UTC_DATE, DATE_TRUNC -> true;
                                default -> false;
                            };
                    case Expr.Cast cast -> !cast.type().isNumeric();
                    default -> false;
                };
        return isTime || ExprTree.children(expr).stream().anyMatch(NumberCondition::hasTime);
    }

    private static boolean rises(Expr expr) {
        return switch (expr) {
            case Expr.Input _ -> true;
            case Expr.Cast cast -> isRisingCast(cast) && rises(cast.operand());
            case Expr.Call call ->
                    switch (call.function()) {
                        case FROM_UNIXTIME, TO_UNIXTIME, UTC_DATE ->
                                rises(call.arguments().getFirst());
                        case DATE_TRUNC ->
                                call.arguments().getFirst() instanceof Expr.Literal
                                        && rises(call.arguments().get(1));
                        case DIVIDE ->
                                call.type().isInteger()
                                        && call.arguments().get(1) instanceof Expr.Literal literal
                                        && literal.value() instanceof Long divisor
                                        && divisor > 0
                                        && rises(call.arguments().getFirst());
                        default -> false;
                    };
            default -> false;
        };
    }

    private static boolean isRisingCast(Expr.Cast cast) {
        SqlType from = cast.operand().type();
        SqlType to = cast.type();
        if (cast.isTry() || from == BasicType.VARCHAR || to == BasicType.VARCHAR) {
            return false;
        }
        boolean isNarrow = to.isInteger() && to != BasicType.BIGINT;
        boolean isNumber = from.isInteger() && to.isNumeric() && !isNarrow;
        boolean isTime =
                (from == BasicType.TIMESTAMP
                                || from == BasicType.TIMESTAMP_TZ
                                || from == BasicType.DATE)
                        && (to == BasicType.TIMESTAMP
                                || to == BasicType.TIMESTAMP_TZ
                                || to == BasicType.DATE);
        return isNumber || isTime;
    }

    /// The rows for which the comparison with a constant (not null, not NaN) holds; false when the
    /// function fails for some number or what was tried does not decide it. `parts` gets the
    /// ranges: none when no row can pass.
    boolean compare(ScalarFunction comparison, Object constant, List<Predicate> parts) {
        if (constant instanceof Double number && number.isNaN()) {
            return false;
        }
        try {
            // Both may be one behind the greatest number: then there is none.
            Bound first = bound(constant, 0);
            Bound behind = bound(constant, 1);
            if (first == null || behind == null) {
                return false;
            }
            switch (comparison) {
                case EQUAL -> addRange(first, behind, parts);
                case LESS_THAN -> addRange(Bound.LOWEST, first, parts);
                case LESS_OR_EQUAL -> addRange(Bound.LOWEST, behind, parts);
                case GREATER_THAN -> addRange(behind, Bound.NONE, parts);
                case GREATER_OR_EQUAL -> addRange(first, Bound.NONE, parts);
                case NOT_EQUAL -> {
                    addRange(Bound.LOWEST, first, parts);
                    addRange(behind, Bound.NONE, parts);
                }
                default -> {
                    return false;
                }
            }
            return true;
        } catch (QueryException _) {
            return false;
        }
    }

    /// A number, or that no number is meant.
    private record Bound(long number, boolean isNone) {
        static final Bound LOWEST = new Bound(MIN, false);
        static final Bound NONE = new Bound(0, true);
    }

    /// The numbers from `from` on and before `end`.
    private void addRange(Bound from, Bound end, List<Predicate> parts) {
        if (from.isNone() || (!end.isNone() && end.number() <= from.number())) {
            return;
        }
        long last = end.isNone() ? MAX : end.number() - 1;
        parts.add(new Predicate.NumberRange(column, from.number(), last));
    }

    /// The least number whose function compares with `constant` as `least` or more; null when it
    /// may lie outside of what is tried.
    private @Nullable Bound bound(Object constant, int least) {
        if (order(low, constant) >= least) {
            return isWhole ? Bound.LOWEST : null;
        }
        if (order(high, constant) < least) {
            return isWhole ? Bound.NONE : null;
        }
        long below = low;
        long reached = high;
        while (reached - 1 != below) {
            long middle = (below & reached) + ((below ^ reached) >> 1);
            if (order(middle, constant) >= least) {
                reached = middle;
            } else {
                below = middle;
            }
        }
        return new Bound(reached, false);
    }

    private int order(long number, Object constant) {
        Object value = valueOf(number);
        return value == null ? -1 : ValueOrder.compare(value, constant);
    }

    /// Rows with any of these numbers, which ascend; for conditions that are [#isNumber()].
    Predicate in(List<Long> numbers) {
        return new Predicate.NumberIn(column, new ArrayList<>(numbers));
    }

    /// Rows that have a number.
    Predicate isPresent() {
        return new Predicate.NumberRange(column, MIN, MAX);
    }

    /// Rows that have none.
    Predicate isAbsent() {
        return new Predicate.NumberAbsent(column);
    }
}
