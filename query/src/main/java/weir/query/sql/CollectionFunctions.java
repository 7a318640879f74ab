// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import static weir.query.type.BasicType.BIGINT;
import static weir.query.type.BasicType.BOOLEAN;
import static weir.query.type.BasicType.DATE;
import static weir.query.type.BasicType.INTEGER;
import static weir.query.type.BasicType.INTERVAL_DAY_SECOND;
import static weir.query.type.BasicType.INTERVAL_YEAR_MONTH;
import static weir.query.type.BasicType.TIMESTAMP;
import static weir.query.type.BasicType.UNKNOWN;
import static weir.query.type.BasicType.VARCHAR;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.type.SqlType;

/// Every function of arrays and maps, and `typeof`: names and signatures are Trino's. Some names,
/// such as `contains`, mean something else for other types: [FunctionRegistry] has those.
final class CollectionFunctions {
    private static final CollectionFunctions INSTANCE = new CollectionFunctions();

    private final Map<String, List<Definition>> definitions = new LinkedHashMap<>();

    /// One signature.
    ///
    /// @param arguments the types it takes, for people
    /// @param result the type it gives, for people
    record Definition(
            String name, String arguments, String result, String description, Binding binding) {}

    /// From a call to an expression.
    interface Binding {
        /// The expression, or null where the arguments do not fit this signature.
        @Nullable Expr bind(CollectionCall call);
    }

    private CollectionFunctions() {
        addSets();
        addElements();
        addShapes();
        addMaps();
        addLambdas();
        addSequences();
        add("length", "char(n)", "bigint", "Count of characters", CollectionFunctions::length);
        add("typeof", "any", "varchar", "The name of a type", CollectionFunctions::typeOf);
    }

    /// The one table there is.
    static CollectionFunctions instance() {
        return INSTANCE;
    }

    /// The signatures of the function called `name`; none when there is no such function.
    List<Definition> named(String name) {
        return definitions.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /// Every signature.
    List<Definition> all() {
        return definitions.values().stream().flatMap(List::stream).toList();
    }

    private void add(
            String name, String arguments, String result, String description, Binding binding) {
        definitions
                .computeIfAbsent(name, _ -> new ArrayList<>())
                .add(new Definition(name, arguments, result, description, binding));
    }

    // Arrays as sets.

    private void addSets() {
        add(
                "array_distinct",
                "array(T)",
                "array(T)",
                "Without elements that were there before",
                call -> sameArray(call, ScalarFunction.ARRAY_DISTINCT));
        twoArrays(
                "array_intersect",
                ScalarFunction.ARRAY_INTERSECT,
                "The distinct elements that are in both");
        twoArrays(
                "array_union",
                ScalarFunction.ARRAY_UNION,
                "The distinct elements that are in one of both");
        twoArrays(
                "array_except",
                ScalarFunction.ARRAY_EXCEPT,
                "The distinct elements that are not in the second");
        ofTwoArrays(
                "arrays_overlap", ScalarFunction.ARRAYS_OVERLAP, "Whether some element is in both");
        add(
                "array_histogram",
                "array(T)",
                "map(T, bigint)",
                "How often each element is there",
                call -> {
                    SqlType.Array array = call.has(1, 0) ? call.array(0) : null;
                    return array == null
                            ? null
                            : call.call(
                                    ScalarFunction.ARRAY_HISTOGRAM,
                                    new SqlType.MapOf(array.element(), BIGINT),
                                    call.as(0, array));
                });
    }

    /// A condition of two arrays.
    private void ofTwoArrays(String name, ScalarFunction function, String description) {
        add(
                name,
                "array(T), array(T)",
                "boolean",
                description,
                call -> {
                    SqlType type = call.has(2, 0) ? commonArray(call) : null;
                    return type == null
                            ? null
                            : call.call(function, BOOLEAN, call.as(0, type), call.as(1, type));
                });
    }

    private void twoArrays(String name, ScalarFunction function, String description) {
        add(
                name,
                "array(T), array(T)",
                "array(T)",
                description,
                call -> {
                    SqlType type = call.has(2, 0) ? commonArray(call) : null;
                    return type == null
                            ? null
                            : call.call(function, type, call.as(0, type), call.as(1, type));
                });
    }

    /// The array type that all plain arguments become, or null.
    private static @Nullable SqlType commonArray(CollectionCall call) {
        SqlType common = new SqlType.Array(UNKNOWN);
        for (Expr argument : call.plain()) {
            SqlType next = common == null ? null : TypeCoercion.common(common, argument.type());
            common = next;
        }
        return common instanceof SqlType.Array ? common : null;
    }

    private static @Nullable Expr sameArray(CollectionCall call, ScalarFunction function) {
        SqlType.Array array = call.has(1, 0) ? call.array(0) : null;
        return array == null ? null : call.call(function, array, call.as(0, array));
    }

    // Elements.

    private void addElements() {
        Binding position = call -> looksFor(call, ScalarFunction.ARRAY_POSITION, BIGINT);
        add(
                "array_position",
                "array(T), T",
                "bigint",
                "Place of the first such element, 0 when there is none",
                position);
        add(
                "contains",
                "array(T), T",
                "boolean",
                "Whether an element is there",
                call -> looksFor(call, ScalarFunction.ARRAY_CONTAINS, BOOLEAN));
        ofTwoArrays(
                "contains_sequence",
                ScalarFunction.CONTAINS_SEQUENCE,
                "Whether the elements of the second stand side by side in the first");
        add(
                "array_remove",
                "array(T), T",
                "array(T)",
                "Without such elements",
                call -> {
                    SqlType type = call.has(2, 0) ? commonElement(call) : null;
                    return type == null
                            ? null
                            : looksFor(call, ScalarFunction.ARRAY_REMOVE, new SqlType.Array(type));
                });
        extreme("array_max", ScalarFunction.ARRAY_MAX, "The greatest element");
        extreme("array_min", ScalarFunction.ARRAY_MIN, "The least element");
        add(
                "element_at",
                "array(T), bigint",
                "T",
                "The element at a place, from the end where negative; NULL when there is none",
                call -> elementAt(call, call.has(2, 0) ? call.as(1, BIGINT) : null));
        add(
                "element_at",
                "map(K, V), K",
                "V",
                "The value of a key; NULL when there is none",
                CollectionFunctions::valueAt);
        add(
                "array_first",
                "array(T)",
                "T",
                "The first element",
                call -> elementAt(call, call.has(1, 0) ? new Expr.Literal(BIGINT, 1L) : null));
        add(
                "array_last",
                "array(T)",
                "T",
                "The last element",
                call -> elementAt(call, call.has(1, 0) ? new Expr.Literal(BIGINT, -1L) : null));
        Binding size =
                call ->
                        call.has(1, 0) && (call.array(0) != null || call.map(0) != null)
                                ? call.call(
                                        ScalarFunction.CARDINALITY,
                                        BIGINT,
                                        call.type(0) == UNKNOWN
                                                ? call.as(0, new SqlType.Array(UNKNOWN))
                                                : call.argument(0))
                                : null;
        add("cardinality", "array(T) or map(K, V)", "bigint", "Count of elements", size);
    }

    /// The type that the elements of the first argument and the second argument become, or null.
    private static @Nullable SqlType commonElement(CollectionCall call) {
        SqlType.Array array = call.array(0);
        return array == null ? null : TypeCoercion.common(array.element(), call.type(1));
    }

    private static @Nullable Expr looksFor(
            CollectionCall call, ScalarFunction function, SqlType result) {
        SqlType type = call.has(2, 0) ? commonElement(call) : null;
        return type == null
                ? null
                : call.call(
                        function, result, call.as(0, new SqlType.Array(type)), call.as(1, type));
    }

    private void extreme(String name, ScalarFunction function, String description) {
        add(
                name,
                "array(T)",
                "T",
                description,
                call -> {
                    SqlType.Array array = call.has(1, 0) ? call.array(0) : null;
                    return array == null || !array.isOrderable()
                            ? null
                            : call.call(function, array.element(), call.as(0, array));
                });
    }

    private static @Nullable Expr elementAt(CollectionCall call, @Nullable Expr place) {
        SqlType.Array array = place == null ? null : call.array(0);
        return array == null
                ? null
                : call.call(ScalarFunction.ELEMENT_AT, array.element(), call.as(0, array), place);
    }

    private static @Nullable Expr valueAt(CollectionCall call) {
        SqlType.MapOf map = call.has(2, 0) ? call.map(0) : null;
        SqlType key = map == null ? null : TypeCoercion.common(map.key(), call.type(1));
        return map == null || key == null
                ? null
                : call.call(
                        ScalarFunction.ELEMENT_AT,
                        map.value(),
                        call.as(0, new SqlType.MapOf(key, map.value())),
                        call.as(1, key));
    }

    // Arrays of other shapes.

    private void addShapes() {
        add(
                "array_sort",
                "array(T)",
                "array(T)",
                "In order, NULL last",
                call ->
                        call.has(1, 0) && call.type(0).isOrderable()
                                ? sameArray(call, ScalarFunction.ARRAY_SORT)
                                : null);
        add(
                "array_join",
                "array(T), varchar [, varchar]",
                "varchar",
                "Elements as one text, with a delimiter and a text for NULL",
                CollectionFunctions::join);
        add(
                "concat",
                "array(T), array(T) or T, ...",
                "array(T)",
                "Arrays and elements one behind the other; also ||",
                CollectionFunctions::concat);
        add(
                "flatten",
                "array(array(T))",
                "array(T)",
                "Arrays of an array one behind the other",
                call -> {
                    SqlType.Array array = call.has(1, 0) ? call.array(0) : null;
                    return array != null && array.element() instanceof SqlType.Array inner
                            ? call.call(ScalarFunction.FLATTEN, inner, call.argument(0))
                            : null;
                });
        add(
                "repeat",
                "T, integer",
                "array(T)",
                "An array of one value many times",
                call ->
                        call.has(2, 0)
                                ? call.call(
                                        ScalarFunction.REPEAT,
                                        new SqlType.Array(call.type(0)),
                                        call.argument(0),
                                        call.as(1, BIGINT))
                                : null);
        String reversed = "Elements from the last to the first";
        add("reverse", "array(T)", "array(T)", reversed, CollectionFunctions::reverse);
        add(
                "shuffle",
                "array(T)",
                "array(T)",
                "Elements in an order by chance",
                call -> sameArray(call, ScalarFunction.SHUFFLE));
        add(
                "slice",
                "array(T), bigint, bigint",
                "array(T)",
                "Elements from a place on, from the end where negative; and how many",
                call -> withNumbers(call, ScalarFunction.SLICE, 2, call.count() == 3));
        add(
                "trim_array",
                "array(T), bigint",
                "array(T)",
                "Without so many elements at the end",
                call -> withNumbers(call, ScalarFunction.TRIM_ARRAY, 1, call.count() == 2));
        String grams = "Every so many elements side by side";
        add(
                "ngrams",
                "array(T), bigint",
                "array(array(T))",
                grams,
                call -> nested(call, ScalarFunction.NGRAMS));
        add(
                "combinations",
                "array(T), bigint",
                "array(array(T))",
                "Every choice of so many places, at most 5",
                call -> nested(call, ScalarFunction.COMBINATIONS));
        add(
                "zip",
                "array(T), array(U), ...",
                "array(row(T, U, ...))",
                "Rows of the elements at one place, NULL where an array is shorter",
                CollectionFunctions::zip);
    }

    private static @Nullable Expr reverse(CollectionCall call) {
        return call.has(1, 0) && call.type(0) instanceof SqlType.Array
                ? sameArray(call, ScalarFunction.ARRAY_REVERSE)
                : null;
    }

    private static @Nullable Expr withNumbers(
            CollectionCall call, ScalarFunction function, int numbers, boolean fits) {
        SqlType.Array array = fits && !call.hasLambda() ? call.array(0) : null;
        if (array == null) {
            return null;
        }
        return numbers == 1
                ? call.call(function, array, call.as(0, array), call.as(1, BIGINT))
                : call.call(
                        function, array, call.as(0, array), call.as(1, BIGINT), call.as(2, BIGINT));
    }

    private static @Nullable Expr nested(CollectionCall call, ScalarFunction function) {
        SqlType.Array array = call.has(2, 0) ? call.array(0) : null;
        return array == null
                ? null
                : call.call(
                        function, new SqlType.Array(array), call.as(0, array), call.as(1, BIGINT));
    }

    private static @Nullable Expr join(CollectionCall call) {
        int count = call.count();
        SqlType.Array array =
                (count == 2 || count == 3) && !call.hasLambda() ? call.array(0) : null;
        if (array == null) {
            return null;
        }
        if (!TypeCoercion.isCastable(array.element(), VARCHAR)) {
            throw Problem.mismatch(
                    call.node(), "Cannot cast " + array.element().displayName() + " to varchar");
        }
        Expr texts =
                weir.query.plan.ConstantFolding.cast(
                        TypeCoercion.coerce(call.argument(0), array),
                        new SqlType.Array(VARCHAR),
                        false);
        return count == 2
                ? call.call(ScalarFunction.ARRAY_JOIN, VARCHAR, texts, call.as(1, VARCHAR))
                : call.call(
                        ScalarFunction.ARRAY_JOIN,
                        VARCHAR,
                        texts,
                        call.as(1, VARCHAR),
                        call.as(2, VARCHAR));
    }

    /// Arrays with arrays, or two arguments of which one is an element.
    private static @Nullable Expr concat(CollectionCall call) {
        if (call.hasLambda()
                || call.plain().stream().noneMatch(a -> a.type() instanceof SqlType.Array)) {
            return null;
        }
        SqlType common = commonArray(call);
        if (common != null) {
            return call.call(
                    ScalarFunction.ARRAY_CONCAT,
                    common,
                    call.plain().stream()
                            .map(argument -> TypeCoercion.coerce(argument, common))
                            .toArray(Expr[]::new));
        }
        if (call.count() != 2) {
            return null;
        }
        if (call.type(0) instanceof SqlType.Array) {
            SqlType type = commonElement(call);
            return type == null
                    ? null
                    : looksFor(call, ScalarFunction.ARRAY_APPEND, new SqlType.Array(type));
        }
        SqlType element =
                TypeCoercion.common(((SqlType.Array) call.type(1)).element(), call.type(0));
        if (element == null) {
            return null;
        }
        SqlType array = new SqlType.Array(element);
        return call.call(
                ScalarFunction.ARRAY_PREPEND, array, call.as(0, element), call.as(1, array));
    }

    private static @Nullable Expr zip(CollectionCall call) {
        if (call.hasLambda() || call.count() < 2) {
            return null;
        }
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < call.count(); i++) {
            SqlType.Array array = call.array(i);
            if (array == null) {
                return null;
            }
            types.add(array.element());
        }
        return call.call(
                ScalarFunction.ZIP,
                new SqlType.Array(SqlType.Row.of(types)),
                call.plain().toArray(Expr[]::new));
    }

    // Maps.

    private void addMaps() {
        add(
                "map",
                "",
                "map(unknown, unknown)",
                "The map without entries",
                call ->
                        call.count() == 0
                                ? new Expr.Literal(new SqlType.MapOf(UNKNOWN, UNKNOWN), Map.of())
                                : null);
        add(
                "map",
                "array(K), array(V)",
                "map(K, V)",
                "A map of keys and the values at the same places",
                call -> {
                    SqlType.Array keys = call.has(2, 0) ? call.array(0) : null;
                    SqlType.Array values = keys == null ? null : call.array(1);
                    return keys == null || values == null
                            ? null
                            : call.call(
                                    ScalarFunction.MAP_OF,
                                    new SqlType.MapOf(keys.element(), values.element()),
                                    call.as(0, keys),
                                    call.as(1, values));
                });
        add(
                "map_concat",
                "map(K, V), ...",
                "map(K, V)",
                "All entries; of a key the last",
                CollectionFunctions::mapConcat);
        ofMap(
                "map_entries",
                ScalarFunction.MAP_ENTRIES,
                "array(row(K, V))",
                "Entries as rows",
                map -> new SqlType.Array(SqlType.Row.of(List.of(map.key(), map.value()))));
        ofMap(
                "map_keys",
                ScalarFunction.MAP_KEYS,
                "array(K)",
                "The keys",
                map -> new SqlType.Array(map.key()));
        ofMap(
                "map_values",
                ScalarFunction.MAP_VALUES,
                "array(V)",
                "The values",
                map -> new SqlType.Array(map.value()));
        add(
                "map_from_entries",
                "array(row(K, V))",
                "map(K, V)",
                "A map of rows of key and value",
                call -> fromEntries(call, ScalarFunction.MAP_FROM_ENTRIES, false));
        add(
                "multimap_from_entries",
                "array(row(K, V))",
                "map(K, array(V))",
                "A map of the values of each key",
                call -> fromEntries(call, ScalarFunction.MULTIMAP_FROM_ENTRIES, true));
    }

    /// From the type of a map to that of a result.
    private interface OfMap {
        SqlType of(SqlType.MapOf map);
    }

    private void ofMap(
            String name, ScalarFunction function, String result, String description, OfMap type) {
        add(
                name,
                "map(K, V)",
                result,
                description,
                call -> {
                    SqlType.MapOf map = call.has(1, 0) ? call.map(0) : null;
                    return map == null ? null : call.call(function, type.of(map), call.as(0, map));
                });
    }

    private static @Nullable Expr mapConcat(CollectionCall call) {
        if (call.hasLambda() || call.count() < 2) {
            return null;
        }
        SqlType common = new SqlType.MapOf(UNKNOWN, UNKNOWN);
        for (Expr argument : call.plain()) {
            SqlType next = TypeCoercion.common(common, argument.type());
            if (!(next instanceof SqlType.MapOf)) {
                return null;
            }
            common = next;
        }
        SqlType type = common;
        return call.call(
                ScalarFunction.MAP_CONCAT,
                type,
                call.plain().stream()
                        .map(argument -> TypeCoercion.coerce(argument, type))
                        .toArray(Expr[]::new));
    }

    private static @Nullable Expr fromEntries(
            CollectionCall call, ScalarFunction function, boolean isMulti) {
        SqlType.Array array = call.has(1, 0) ? call.array(0) : null;
        if (array == null
                || !(array.element() instanceof SqlType.Row row)
                || row.fields().size() != 2) {
            return null;
        }
        SqlType value = row.fields().get(1).type();
        return call.call(
                function,
                new SqlType.MapOf(
                        row.fields().getFirst().type(), isMulti ? new SqlType.Array(value) : value),
                call.argument(0));
    }

    // Lambdas.

    private void addLambdas() {
        add(
                "transform",
                "array(T), function(T, U)",
                "array(U)",
                "What the function makes of each element",
                call -> {
                    SqlType.Array array = call.has(1, 1) ? call.array(0) : null;
                    if (array == null) {
                        return null;
                    }
                    Expr.Lambda lambda = call.lambda(1, array.element());
                    return call.call(
                            ScalarFunction.TRANSFORM,
                            new SqlType.Array(lambda.type()),
                            call.as(0, array),
                            lambda);
                });
        add(
                "filter",
                "array(T), function(T, boolean)",
                "array(T)",
                "The elements for which a condition is true",
                call -> {
                    SqlType.Array array = call.has(1, 1) ? call.array(0) : null;
                    return array == null ? null : match(call, array, ScalarFunction.FILTER, array);
                });
        match(
                "any_match",
                ScalarFunction.ANY_MATCH,
                "Whether a condition is true for some element");
        match(
                "all_match",
                ScalarFunction.ALL_MATCH,
                "Whether a condition is true for all elements");
        match(
                "none_match",
                ScalarFunction.NONE_MATCH,
                "Whether a condition is true for no element");
        add(
                "array_sort",
                "array(T), function(T, T, integer)",
                "array(T)",
                "In the order of a comparison that gives -1, 0 or 1",
                call -> {
                    SqlType.Array array = call.has(1, 1) ? call.array(0) : null;
                    return array == null
                            ? null
                            : call.call(
                                    ScalarFunction.ARRAY_SORT_BY,
                                    array,
                                    call.as(0, array),
                                    call.lambdaTo(1, INTEGER, array.element(), array.element()));
                });
        add(
                "reduce",
                "array(T), S, function(S, T, S), function(S, R)",
                "R",
                "A state that goes through all elements, and what is made of the last",
                CollectionFunctions::reduce);
        add(
                "zip_with",
                "array(T), array(U), function(T, U, R)",
                "array(R)",
                "What the function makes of the elements at one place",
                call -> {
                    SqlType.Array left = call.has(2, 1) ? call.array(0) : null;
                    SqlType.Array right = left == null ? null : call.array(1);
                    if (left == null || right == null) {
                        return null;
                    }
                    Expr.Lambda lambda = call.lambda(2, left.element(), right.element());
                    return call.call(
                            ScalarFunction.ZIP_WITH,
                            new SqlType.Array(lambda.type()),
                            call.as(0, left),
                            call.as(1, right),
                            lambda);
                });
        addMapLambdas();
    }

    private void addMapLambdas() {
        add(
                "map_filter",
                "map(K, V), function(K, V, boolean)",
                "map(K, V)",
                "The entries for which a condition is true",
                call -> {
                    SqlType.MapOf map = call.has(1, 1) ? call.map(0) : null;
                    return map == null
                            ? null
                            : call.call(
                                    ScalarFunction.MAP_FILTER,
                                    map,
                                    call.as(0, map),
                                    call.lambdaTo(1, BOOLEAN, map.key(), map.value()));
                });
        transformed(
                "transform_keys",
                "map(K, V), function(K, V, L)",
                "map(L, V)",
                "Other keys, made of each entry",
                ScalarFunction.TRANSFORM_KEYS,
                (map, made) -> new SqlType.MapOf(made, map.value()));
        transformed(
                "transform_values",
                "map(K, V), function(K, V, W)",
                "map(K, W)",
                "Other values, made of each entry",
                ScalarFunction.TRANSFORM_VALUES,
                (map, made) -> new SqlType.MapOf(map.key(), made));
        add(
                "map_zip_with",
                "map(K, V), map(K, W), function(K, V, W, R)",
                "map(K, R)",
                "What the function makes of both values of each key",
                CollectionFunctions::mapZipWith);
    }

    /// @param result the type of a map with what a lambda of another type makes of its entries
    private void transformed(
            String name,
            String arguments,
            String resultText,
            String description,
            ScalarFunction function,
            BiFunction<SqlType.MapOf, SqlType, SqlType> result) {
        add(
                name,
                arguments,
                resultText,
                description,
                call -> {
                    SqlType.MapOf map = call.has(1, 1) ? call.map(0) : null;
                    if (map == null) {
                        return null;
                    }
                    Expr.Lambda lambda = call.lambda(1, map.key(), map.value());
                    return call.call(
                            function, result.apply(map, lambda.type()), call.as(0, map), lambda);
                });
    }

    private static @Nullable Expr mapZipWith(CollectionCall call) {
        SqlType.MapOf left = call.has(2, 1) ? call.map(0) : null;
        SqlType.MapOf right = left == null ? null : call.map(1);
        SqlType key =
                left == null || right == null ? null : TypeCoercion.common(left.key(), right.key());
        if (left == null || right == null || key == null) {
            return null;
        }
        Expr.Lambda lambda = call.lambda(2, key, left.value(), right.value());
        return call.call(
                ScalarFunction.MAP_ZIP_WITH,
                new SqlType.MapOf(key, lambda.type()),
                call.as(0, new SqlType.MapOf(key, left.value())),
                call.as(1, new SqlType.MapOf(key, right.value())),
                lambda);
    }

    private void match(String name, ScalarFunction function, String description) {
        add(
                name,
                "array(T), function(T, boolean)",
                "boolean",
                description,
                call -> {
                    SqlType.Array array = call.has(1, 1) ? call.array(0) : null;
                    return array == null ? null : match(call, array, function, BOOLEAN);
                });
    }

    private static @Nullable Expr match(
            CollectionCall call, SqlType.Array array, ScalarFunction function, SqlType result) {
        return call.call(
                function, result, call.as(0, array), call.lambdaTo(1, BOOLEAN, array.element()));
    }

    /// The state has the type that the start and the results of the steps become.
    private static @Nullable Expr reduce(CollectionCall call) {
        SqlType.Array array = call.has(2, 2) ? call.array(0) : null;
        if (array == null) {
            return null;
        }
        SqlType state = call.type(1);
        Expr.Lambda step = call.lambda(2, state, array.element());
        for (int round = 0; !step.type().equals(state); round++) {
            SqlType wider = TypeCoercion.common(state, step.type());
            if (wider == null || round == 4) {
                return null;
            }
            if (wider.equals(state)) {
                step = CollectionCall.to(step, state);
                break;
            }
            state = wider;
            step = call.lambda(2, state, array.element());
        }
        Expr.Lambda result = call.lambda(3, state);
        return call.call(
                ScalarFunction.REDUCE,
                result.type(),
                call.as(0, array),
                call.as(1, state),
                step,
                result);
    }

    // Sequences.

    private void addSequences() {
        add(
                "sequence",
                "bigint, bigint [, bigint]",
                "array(bigint)",
                "Numbers from one to another, at most 10,000",
                call -> numbers(call, BIGINT));
        add(
                "sequence",
                "date, date [, interval]",
                "array(date)",
                "Dates from one to another",
                call -> numbers(call, DATE));
        add(
                "sequence",
                "timestamp, timestamp, interval",
                "array(timestamp)",
                "Times from one to another",
                call -> call.count() == 3 ? numbers(call, TIMESTAMP) : null);
    }

    private static @Nullable Expr numbers(CollectionCall call, SqlType type) {
        boolean fits =
                !call.hasLambda()
                        && (call.count() == 2 || call.count() == 3)
                        && TypeCoercion.isCoercible(call.type(0), type)
                        && TypeCoercion.isCoercible(call.type(1), type);
        if (!fits) {
            return null;
        }
        Expr start = TypeCoercion.coerce(call.argument(0), type);
        Expr stop = TypeCoercion.coerce(call.argument(1), type);
        if (call.count() == 2) {
            return call.call(
                    ScalarFunction.SEQUENCE,
                    new SqlType.Array(type),
                    start,
                    stop,
                    step(type, start, stop));
        }
        boolean isMonths = call.type(2) == INTERVAL_YEAR_MONTH;
        Expr step =
                type == BIGINT
                        ? call.as(2, BIGINT)
                        : isMonths || call.type(2) == INTERVAL_DAY_SECOND ? call.argument(2) : null;
        return call.call(
                ScalarFunction.SEQUENCE,
                new SqlType.Array(type),
                start,
                stop,
                step,
                new Expr.Literal(BIGINT, isMonths ? 1L : 0L));
    }

    /// One up, or one down where the stop is before the start.
    private static Expr step(SqlType type, Expr start, Expr stop) {
        long one = type == DATE ? weir.query.plan.TimeUnits.MILLIS_A_DAY : 1;
        Expr isUp = new Expr.Call(ScalarFunction.LESS_OR_EQUAL, List.of(start, stop), BOOLEAN);
        return new Expr.Case(
                List.of(new Expr.When(isUp, new Expr.Literal(BIGINT, one))),
                new Expr.Literal(BIGINT, -one),
                BIGINT);
    }

    /// Every CHAR(n) has n characters; as VARCHAR it would lose its blanks.
    private static @Nullable Expr length(CollectionCall call) {
        return call.has(1, 0) && call.type(0) instanceof SqlType.Char text
                ? new Expr.Case(
                        List.of(
                                new Expr.When(
                                        new Expr.IsNull(call.argument(0)),
                                        new Expr.Literal(BIGINT, null))),
                        new Expr.Literal(BIGINT, (long) text.length()),
                        BIGINT)
                : null;
    }

    private static @Nullable Expr typeOf(CollectionCall call) {
        return call.has(1, 0) ? new Expr.Literal(VARCHAR, call.type(0).displayName()) : null;
    }
}
