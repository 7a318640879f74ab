// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Every function of arrays and maps, value by value.
final class CollectionScalars {
    private CollectionScalars() {}

    /// What `function` gives.
    ///
    /// @param arguments none null, but for those that take NULL
    /// @param argument type of the first argument
    /// @param type of the result
    static @Nullable Object apply(
            ScalarFunction function, @Nullable Object[] arguments, SqlType argument, SqlType type) {
        return switch (function) {
            case REPEAT ->
                    arguments[1] == null
                            ? null
                            : ArrayFunctions.repeat(arguments[0], number(arguments, 1));
            case REDUCE ->
                    arguments[0] == null
                            ? null
                            : LambdaFunctions.reduce(
                                    list(arguments, 0),
                                    arguments[1],
                                    lambda(arguments, 2),
                                    lambda(arguments, 3));
            case ARRAY_PREPEND ->
                    ArrayFunctions.append(list(arguments, 1), value(arguments, 0), true);
            case SEQUENCE -> Sequences.of(arguments, argument);
            case CARDINALITY ->
                    argument instanceof SqlType.MapOf
                            ? (Object) (long) map(arguments, 0).size()
                            : (Object) (long) list(arguments, 0).size();
            case ELEMENT_AT ->
                    argument instanceof SqlType.MapOf
                            ? Subscripts.elementAt(map(arguments, 0), value(arguments, 1))
                            : Subscripts.elementAt(list(arguments, 0), number(arguments, 1));
            default ->
                    argument instanceof SqlType.MapOf
                            ? ofMap(function, arguments, type)
                            : ofArray(function, arguments, type);
        };
    }

    private static @Nullable Object ofArray(
            ScalarFunction function, @Nullable Object[] arguments, SqlType type) {
        List<@Nullable Object> array = list(arguments, 0);
        return switch (function) {
            case ARRAY_DISTINCT -> ArrayFunctions.distinct(array);
            case ARRAY_INTERSECT -> ArrayFunctions.filter(array, list(arguments, 1), true);
            case ARRAY_EXCEPT -> ArrayFunctions.filter(array, list(arguments, 1), false);
            case ARRAY_UNION -> ArrayFunctions.union(array, list(arguments, 1));
            case ARRAYS_OVERLAP -> ArrayFunctions.overlap(array, list(arguments, 1));
            case ARRAY_JOIN ->
                    ArrayFunctions.join(
                            array,
                            (String) value(arguments, 1),
                            arguments.length > 2 ? (String) value(arguments, 2) : null);
            case ARRAY_MAX -> ArrayFunctions.extreme(array, true);
            case ARRAY_MIN -> ArrayFunctions.extreme(array, false);
            case ARRAY_POSITION -> ArrayFunctions.position(array, value(arguments, 1));
            case ARRAY_REMOVE -> ArrayFunctions.remove(array, value(arguments, 1));
            case ARRAY_CONTAINS -> ArrayFunctions.contains(array, value(arguments, 1));
            case CONTAINS_SEQUENCE -> ArrayFunctions.containsAll(array, list(arguments, 1));
            case ARRAY_SORT -> ArrayFunctions.sort(array);
            case ARRAY_CONCAT -> ArrayFunctions.concat(arguments);
            case ARRAY_APPEND -> ArrayFunctions.append(array, value(arguments, 1), false);
            case FLATTEN -> ArrayFunctions.flatten(array);
            case ARRAY_REVERSE -> ArrayFunctions.reverse(array);
            case SHUFFLE -> ArrayFunctions.shuffle(array);
            case SLICE -> ArrayFunctions.slice(array, number(arguments, 1), number(arguments, 2));
            case TRIM_ARRAY -> ArrayFunctions.trim(array, number(arguments, 1));
            case ZIP -> ArrayFunctions.zip(arguments);
            case NGRAMS -> ArrayFunctions.ngrams(array, number(arguments, 1));
            case COMBINATIONS -> ArrayFunctions.combinations(array, number(arguments, 1));
            case ARRAY_HISTOGRAM -> ArrayFunctions.histogram(array);
            case MAP_OF -> MapFunctions.of(array, list(arguments, 1), keyOf(type));
            case MAP_FROM_ENTRIES -> MapFunctions.ofEntries(array, keyOf(type));
            case MULTIMAP_FROM_ENTRIES -> MapFunctions.multimapOfEntries(array);
            default -> ofArrayAndLambda(function, arguments, array);
        };
    }

    private static @Nullable Object ofArrayAndLambda(
            ScalarFunction function, @Nullable Object[] arguments, List<@Nullable Object> array) {
        LambdaValue lambda = lambda(arguments, arguments.length - 1);
        return switch (function) {
            case ARRAY_SORT_BY -> LambdaFunctions.sort(array, lambda);
            case ZIP_WITH -> LambdaFunctions.zipWith(array, list(arguments, 1), lambda);
            case TRANSFORM -> LambdaFunctions.transform(array, lambda);
            case FILTER -> LambdaFunctions.filter(array, lambda);
            case ANY_MATCH -> LambdaFunctions.isAny(array, lambda, 1);
            case NONE_MATCH -> LambdaFunctions.not(LambdaFunctions.isAny(array, lambda, 1));
            case ALL_MATCH -> LambdaFunctions.not(LambdaFunctions.isAny(array, lambda, 0));
            default -> throw new IllegalArgumentException(function + " of an array");
        };
    }

    private static @Nullable Object ofMap(
            ScalarFunction function, @Nullable Object[] arguments, SqlType type) {
        Map<Object, @Nullable Object> map = map(arguments, 0);
        return switch (function) {
            case MAP_CONCAT -> MapFunctions.concat(arguments);
            case MAP_ENTRIES -> MapFunctions.entries(map);
            case MAP_KEYS -> Values.list(map.keySet());
            case MAP_VALUES -> Values.list(map.values());
            case MAP_FILTER -> LambdaFunctions.filter(map, lambda(arguments, 1));
            case TRANSFORM_KEYS ->
                    LambdaFunctions.transformKeys(map, lambda(arguments, 1), keyOf(type));
            case TRANSFORM_VALUES -> LambdaFunctions.transformValues(map, lambda(arguments, 1));
            case MAP_ZIP_WITH ->
                    LambdaFunctions.zipWith(map, map(arguments, 1), lambda(arguments, 2));
            default -> throw new IllegalArgumentException(function + " of a map");
        };
    }

    private static SqlType keyOf(SqlType type) {
        return type instanceof SqlType.MapOf map ? map.key() : BasicType.UNKNOWN;
    }

    private static Object value(@Nullable Object[] arguments, int index) {
        return Objects.requireNonNull(arguments[index]);
    }

    private static long number(@Nullable Object[] arguments, int index) {
        return (Long) value(arguments, index);
    }

    private static List<@Nullable Object> list(@Nullable Object[] arguments, int index) {
        return Values.asList(value(arguments, index));
    }

    private static Map<Object, @Nullable Object> map(@Nullable Object[] arguments, int index) {
        return Values.asMap(value(arguments, index));
    }

    private static LambdaValue lambda(@Nullable Object[] arguments, int index) {
        return (LambdaValue) value(arguments, index);
    }
}
