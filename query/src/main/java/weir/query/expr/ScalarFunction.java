// SPDX-License-Identifier: Apache-2.0
package weir.query.expr;

import org.jspecify.annotations.Nullable;

/// The functions and operators of one row. A NULL argument makes the result NULL except where it is
/// said. What each takes and gives is the binder's table; how it is computed is the kernels'.
public enum ScalarFunction {
    // Comparison of two values of one type; `IS_DISTINCT_FROM` treats NULL as a value.
    EQUAL,
    NOT_EQUAL,
    LESS_THAN,
    LESS_OR_EQUAL,
    GREATER_THAN,
    GREATER_OR_EQUAL,
    IS_DISTINCT_FROM,

    // Arithmetic of two numbers of one type (INTEGER, BIGINT, DOUBLE), or of two decimals, whose
    // result type is the call's. Overflow and division by zero are failures. DATE and timestamps
    // plus or minus an interval are lowered to ADD_MILLIS and ADD_MONTHS.
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MODULUS,
    NEGATE,

    // (timestamp, millis BIGINT), (DATE or timestamp, months BIGINT), (DATE, days BIGINT).
    ADD_MILLIS,
    ADD_MONTHS,
    ADD_DAYS,

    // Text. Positions count from 1. LIKE takes (text, pattern) or (text, pattern, escape). FIT
    // takes
    // (text, length BIGINT) and gives the text, which is a failure where that is longer.
    CONCAT,
    LIKE,
    LOWER,
    UPPER,
    LENGTH,
    TRIM,
    SUBSTR,
    FIT,
    STRPOS,
    REPLACE,
    SPLIT_PART,
    STARTS_WITH,

    // Numbers. ROUND takes (number) or (number, digits INTEGER).
    ABS,
    FLOOR,
    CEIL,
    ROUND,
    POWER,
    SQRT,
    LN,
    LOG10,
    GREATEST,
    LEAST,
    BITWISE_AND,
    BITWISE_OR,
    BITWISE_XOR,
    BITWISE_NOT,

    // Time. FROM_UNIXTIME (DOUBLE or BIGINT seconds) gives TIMESTAMP_TZ; TO_UNIXTIME gives DOUBLE.
    // DATE_TRUNC and DATE_DIFF take the unit first. UTC_DATE takes epoch seconds: the DATE in UTC.
    FROM_UNIXTIME,
    TO_UNIXTIME,
    UTC_DATE,
    DATE_TRUNC,
    DATE_DIFF,
    DATE_FORMAT,
    TO_ISO8601,
    YEAR,
    MONTH,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    DAY_OF_WEEK,
    DAY_OF_YEAR,

    // Values that hold others. ARRAY_OF and ROW_OF take any values, NULL too, and give one of the
    // call's type. SUBSCRIPT takes (array, BIGINT) or (map, key) and fails where there is no such
    // element; FIELD takes (row, INTEGER literal) and counts from 0.
    ARRAY_OF,
    ROW_OF,
    SUBSCRIPT,
    FIELD,

    // Functions of arrays and maps, named as SQL names them but where that means something else
    // too. ARRAY_JOIN takes arrays of VARCHAR. ARRAY_SORT_BY, ZIP_WITH, MAP_FILTER, TRANSFORM_KEYS,
    // TRANSFORM_VALUES, MAP_ZIP_WITH, TRANSFORM, FILTER, REDUCE and the three matches take lambdas
    // last. SEQUENCE takes (start, stop, step) of BIGINT, or of DATE or TIMESTAMP with an interval.
    ARRAY_DISTINCT,
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
    NONE_MATCH,

    // Addresses: CONTAINS takes (cidr VARCHAR, IPADDRESS); another family is not contained.
    CONTAINS;

    /// The comparison with its sides exchanged; null of what compares nothing.
    public @Nullable ScalarFunction mirrored() {
        return switch (this) {
            case EQUAL, NOT_EQUAL, IS_DISTINCT_FROM -> this;
            case LESS_THAN -> GREATER_THAN;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER_THAN -> LESS_THAN;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            default -> null;
        };
    }

    /// Whether the function is asked even where an argument is NULL.
    public boolean takesNulls() {
        return this == IS_DISTINCT_FROM
                || this == ARRAY_OF
                || this == ROW_OF
                || this == REPEAT
                || this == REDUCE;
    }
}
