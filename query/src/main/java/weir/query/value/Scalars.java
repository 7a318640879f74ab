// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Every function of one row, value by value: the reference that faster kernels agree with.
public final class Scalars {
    private static final Long TRUE = 1L;
    private static final Long FALSE = 0L;

    private Scalars() {}

    /// What `function` gives.
    ///
    /// @param arguments none null, but for IS_DISTINCT_FROM
    /// @param argument type of the first argument that is not a unit
    /// @param type of the result
    /// @throws weir.query.fault.QueryException when the values have no result
    public static @Nullable Object apply(
            ScalarFunction function, @Nullable Object[] arguments, SqlType argument, SqlType type) {
        if (function == ScalarFunction.IS_DISTINCT_FROM) {
            return bool(ValueOrder.isDistinct(arguments[0], arguments[1]));
        }
        if (function == ScalarFunction.ARRAY_OF || function == ScalarFunction.ROW_OF) {
            return Values.list(arguments.clone());
        }
        if (function.takesNulls()) {
            return CollectionScalars.apply(function, arguments, argument, type);
        }
        Object first = value(arguments, 0);
        return switch (function) {
            case EQUAL, NOT_EQUAL, LESS_THAN, LESS_OR_EQUAL, GREATER_THAN, GREATER_OR_EQUAL ->
                    boolOrNull(compare(function, first, value(arguments, 1)));
            case IS_DISTINCT_FROM, ARRAY_OF, ROW_OF ->
                    throw new IllegalStateException("handled above");
            case SUBSCRIPT -> Subscripts.of(first, value(arguments, 1), argument);
            case ARRAY_DISTINCT,
                    ARRAY_INTERSECT,
                    ARRAY_UNION,
                    ARRAY_EXCEPT,
                    ARRAYS_OVERLAP,
                    ARRAY_JOIN,
                    ARRAY_MAX,
                    ARRAY_MIN,
                    ARRAY_POSITION,
                    ARRAY_REMOVE,
                    ARRAY_SORT,
                    ARRAY_SORT_BY,
                    ARRAY_CONTAINS,
                    CONTAINS_SEQUENCE,
                    ARRAY_CONCAT,
                    ARRAY_APPEND,
                    ARRAY_PREPEND,
                    CARDINALITY,
                    ELEMENT_AT,
                    FLATTEN,
                    REPEAT,
                    ARRAY_REVERSE,
                    SHUFFLE,
                    SLICE,
                    TRIM_ARRAY,
                    ZIP,
                    ZIP_WITH,
                    NGRAMS,
                    COMBINATIONS,
                    ARRAY_HISTOGRAM,
                    SEQUENCE,
                    MAP_OF,
                    MAP_CONCAT,
                    MAP_ENTRIES,
                    MAP_FROM_ENTRIES,
                    MULTIMAP_FROM_ENTRIES,
                    MAP_KEYS,
                    MAP_VALUES,
                    MAP_FILTER,
                    TRANSFORM_KEYS,
                    TRANSFORM_VALUES,
                    MAP_ZIP_WITH,
                    TRANSFORM,
                    FILTER,
                    REDUCE,
                    ANY_MATCH,
                    ALL_MATCH,
                    NONE_MATCH ->
                    CollectionScalars.apply(function, arguments, argument, type);
            case FIELD -> Values.asList(first).get((int) number(arguments, 1));
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULUS ->
                    arithmetic(function, first, value(arguments, 1), type);
            case NEGATE -> NumberFunctions.negate(first, type);
            case ADD_MILLIS, ADD_MONTHS, ADD_DAYS ->
                    addTime(function, (Long) first, number(arguments, 1), argument);
            case CONCAT, LOWER, UPPER, TRIM, SUBSTR, FIT, REPLACE, SPLIT_PART ->
                    text(function, (String) first, arguments);
            case LIKE ->
                    bool(
                            LikePattern.of(
                                            text(arguments, 1),
                                            arguments.length > 2 ? text(arguments, 2) : null)
                                    .matches((String) first));
            case LENGTH -> TextFunctions.length((String) first);
            case STRPOS -> TextFunctions.strpos((String) first, text(arguments, 1));
            case STARTS_WITH -> bool(((String) first).startsWith(text(arguments, 1)));
            case ABS -> NumberFunctions.abs(first, type);
            case FLOOR -> NumberFunctions.floor(first, type, RoundingMode.FLOOR);
            case CEIL -> NumberFunctions.floor(first, type, RoundingMode.CEILING);
            case ROUND ->
                    NumberFunctions.round(
                            first, arguments.length > 1 ? number(arguments, 1) : 0, type);
            case POWER -> Math.pow((Double) first, (Double) value(arguments, 1));
            case SQRT -> Math.sqrt((Double) first);
            case LN -> Math.log((Double) first);
            case LOG10 -> Math.log10((Double) first);
            case GREATEST, LEAST -> extreme(function, arguments);
            case BITWISE_AND -> (Long) first & number(arguments, 1);
            case BITWISE_OR -> (Long) first | number(arguments, 1);
            case BITWISE_XOR -> (Long) first ^ number(arguments, 1);
            case BITWISE_NOT -> ~(Long) first;
            case CONTAINS ->
                    bool(Cidr.parse((String) first).contains((IpAddress) value(arguments, 1)));
            case FROM_UNIXTIME ->
                    first instanceof Double seconds
                            ? (Object) TimeFunctions.fromUnixTime(seconds)
                            : (Object) TimeFunctions.fromUnixTime((long) (Long) first);
            case TO_UNIXTIME -> millis((Long) first, argument) / 1000.0;
            case UTC_DATE -> TimeFunctions.utcDate((Long) first);
            case DATE_TRUNC -> truncate((String) first, number(arguments, 1), argument);
            case DATE_DIFF ->
                    TimeUnit.of((String) first, argument == BasicType.DATE)
                            .between(
                                    millis(number(arguments, 1), argument),
                                    millis(number(arguments, 2), argument));
            case DATE_FORMAT ->
                    TimeFunctions.format(millis((Long) first, argument), text(arguments, 1));
            case TO_ISO8601 -> ValueText.iso8601((Long) first, argument);
            case YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, DAY_OF_WEEK, DAY_OF_YEAR ->
                    field(function, millis((Long) first, argument));
        };
    }

    private static Object value(@Nullable Object[] arguments, int index) {
        Object value = arguments[index];
        if (value == null) {
            throw new IllegalArgumentException("argument " + index + " is null");
        }
        return value;
    }

    private static long number(@Nullable Object[] arguments, int index) {
        return (Long) value(arguments, index);
    }

    private static String text(@Nullable Object[] arguments, int index) {
        return (String) value(arguments, index);
    }

    private static Long bool(boolean value) {
        return value ? TRUE : FALSE;
    }

    private static @Nullable Long boolOrNull(@Nullable Boolean value) {
        return value == null ? null : bool(value);
    }

    /// Six comparisons; null where NULL stands inside of an array, a row or a map and decides.
    private static @Nullable Boolean compare(ScalarFunction function, Object left, Object right) {
        return switch (function) {
            case EQUAL -> ValueOrder.equal(left, right);
            case NOT_EQUAL -> {
                Boolean isEqual = ValueOrder.equal(left, right);
                yield isEqual == null ? null : (Boolean) !isEqual;
            }
            case LESS_THAN -> ValueOrder.isLess(left, right, false);
            case LESS_OR_EQUAL -> ValueOrder.isLess(left, right, true);
            case GREATER_THAN -> ValueOrder.isLess(right, left, false);
            default -> ValueOrder.isLess(right, left, true);
        };
    }

    private static Object arithmetic(
            ScalarFunction function, Object left, Object right, SqlType type) {
        return switch (left) {
            case Long length when right instanceof Double factor ->
                    NumberFunctions.scaleInterval(function, length, factor);
            case Long number -> NumberFunctions.arithmetic(function, number, (Long) right, type);
            case Double number -> {
                double result = NumberFunctions.arithmetic(function, number, (Double) right);
                yield type == BasicType.REAL ? (double) (float) result : result;
            }
            default ->
                    NumberFunctions.arithmetic(
                            function,
                            (BigDecimal) left,
                            (BigDecimal) right,
                            (SqlType.Decimal) type);
        };
    }

    private static Long addTime(ScalarFunction function, long time, long amount, SqlType type) {
        try {
            if (function == ScalarFunction.ADD_MILLIS && type == BasicType.DATE) {
                return TimeFunctions.addMillisToDays(time, amount);
            }
            if (function != ScalarFunction.ADD_MONTHS) {
                return Math.addExact(time, amount);
            }
            return type == BasicType.DATE
                    ? TimeFunctions.addMonthsToDays(time, amount)
                    : TimeFunctions.addMonths(time, amount);
        } catch (ArithmeticException e) {
            QueryException failure =
                    InvalidValue.of(
                            type.displayName() + " addition overflow: " + time + " + " + amount);
            failure.initCause(e);
            throw failure;
        }
    }

    private static @Nullable Object text(
            ScalarFunction function, String first, @Nullable Object[] arguments) {
        return switch (function) {
            case CONCAT -> concat(arguments);
            case LOWER -> TextFunctions.lower(first);
            case UPPER -> TextFunctions.upper(first);
            case TRIM -> TextFunctions.trim(first);
            case SUBSTR ->
                    TextFunctions.substr(
                            first,
                            number(arguments, 1),
                            arguments.length > 2 ? number(arguments, 2) : Long.MAX_VALUE);
            case FIT -> TextFunctions.fit(first, number(arguments, 1));
            case REPLACE ->
                    TextFunctions.replace(
                            first,
                            text(arguments, 1),
                            arguments.length > 2 ? text(arguments, 2) : "");
            default -> TextFunctions.splitPart(first, text(arguments, 1), number(arguments, 2));
        };
    }

    private static String concat(@Nullable Object[] arguments) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < arguments.length; i++) {
            text.append(text(arguments, i));
            Allowance.current().checkText(text.length());
        }
        return text.toString();
    }

    /// NaN counts as the least for GREATEST and as the greatest for LEAST: it wins only alone.
    private static Object extreme(ScalarFunction function, @Nullable Object[] arguments) {
        Object best = value(arguments, 0);
        for (int i = 1; i < arguments.length; i++) {
            Object value = value(arguments, i);
            if (ValueOrder.isBetter(value, best, function == ScalarFunction.GREATEST)) {
                best = value;
            }
        }
        return best;
    }

    private static long millis(long value, SqlType type) {
        return type == BasicType.DATE ? value * TimeUnit.DAY_MILLIS : value;
    }

    private static Long truncate(String unit, long value, SqlType type) {
        boolean isDate = type == BasicType.DATE;
        long start = TimeUnit.of(unit, isDate).truncate(millis(value, type));
        return isDate ? Math.floorDiv(start, TimeUnit.DAY_MILLIS) : start;
    }

    /// UTC_DATE or a part of a time, on the number that stands for a value of `argument`.
    public static long ofLong(ScalarFunction function, long value, SqlType argument) {
        return function == ScalarFunction.UTC_DATE
                ? TimeFunctions.utcDate(value)
                : field(function, millis(value, argument));
    }

    private static Long field(ScalarFunction function, long millis) {
        return switch (function) {
            case YEAR -> TimeFunctions.year(millis);
            case MONTH -> TimeFunctions.month(millis);
            case DAY -> TimeFunctions.day(millis);
            case HOUR -> TimeFunctions.hour(millis);
            case MINUTE -> TimeFunctions.minute(millis);
            case SECOND -> TimeFunctions.second(millis);
            case DAY_OF_WEEK -> TimeFunctions.dayOfWeek(millis);
            default -> TimeFunctions.dayOfYear(millis);
        };
    }
}
