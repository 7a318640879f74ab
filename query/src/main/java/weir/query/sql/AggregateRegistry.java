// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import static weir.query.type.BasicType.BIGINT;
import static weir.query.type.BasicType.BOOLEAN;
import static weir.query.type.BasicType.DOUBLE;
import static weir.query.type.BasicType.REAL;
import static weir.query.type.BasicType.VARBINARY;
import static weir.query.type.BasicType.VARCHAR;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import weir.query.expr.AggregateFunction;
import weir.query.type.SqlType;

/// Every function over the rows of a group, in one table: names and signatures are Trino's.
final class AggregateRegistry {
    private final Map<String, List<Aggregate>> aggregates = new LinkedHashMap<>();

    AggregateRegistry() {
        addAggregates();
        addPairs();
        addOthers();
        addCollecting();
        addMostFrequent();
        addListagg();
    }

    /// The signatures of the aggregate function called `name`; none when there is no such function.
    List<Aggregate> named(String name) {
        return aggregates.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /// Every signature.
    List<Aggregate> all() {
        return aggregates.values().stream().flatMap(List::stream).toList();
    }

    /// One signature of a function of the rows of a group.
    ///
    /// @param typing from the types of the arguments to what is computed, or null where they do not
    ///   fit
    record Aggregate(
            String name,
            AggregateFunction function,
            String arguments,
            String result,
            String description,
            Typing typing) {}

    /// From the types of the arguments to the types of a call.
    interface Typing {
        @Nullable AggregateTypes of(List<SqlType> arguments);
    }

    /// The same of the one argument that most aggregates have.
    interface SingleTyping {
        @Nullable AggregateTypes of(SqlType argument);
    }

    /// @param arguments what the arguments are coerced to
    /// @param result what the aggregate gives
    record AggregateTypes(List<SqlType> arguments, SqlType result) {
        AggregateTypes(SqlType argument, SqlType result) {
            this(List.of(argument), result);
        }
    }

    private void addAggregates() {
        aggregate(
                "count",
                AggregateFunction.COUNT,
                "* or any",
                "bigint",
                "Rows, or values that are not NULL",
                type -> new AggregateTypes(type, BIGINT));
        aggregate(
                "count_if",
                AggregateFunction.COUNT_IF,
                "boolean",
                "bigint",
                "Rows where a condition is true",
                type ->
                        TypeCoercion.isCoercible(type, BOOLEAN)
                                ? new AggregateTypes(BOOLEAN, BIGINT)
                                : null);
        aggregate(
                "sum",
                AggregateFunction.SUM,
                "number",
                "bigint, decimal(38,s) or double",
                "Sum; NULL over no values, a failure where BIGINT overflows",
                NumberFunctions::sumTypes);
        aggregate(
                "avg",
                AggregateFunction.AVG,
                "number",
                "double or decimal(p,s)",
                "Average",
                NumberFunctions::averageTypes);
        SingleTyping ordered = type -> type.isOrderable() ? new AggregateTypes(type, type) : null;
        SingleTyping any = type -> new AggregateTypes(type, type);
        aggregate("min", AggregateFunction.MIN, "any", "same type", "Least value", ordered);
        aggregate("max", AggregateFunction.MAX, "any", "same type", "Greatest value", ordered);
        extremes("min", AggregateFunction.MIN_VALUES, "So many values, the least first");
        extremes("max", AggregateFunction.MAX_VALUES, "So many values, the greatest first");
        String some = "Some value that is not NULL";
        aggregate("any_value", AggregateFunction.ANY_VALUE, "any", "same type", some, any);
        aggregate("arbitrary", AggregateFunction.ANY_VALUE, "any", "same type", some, any);
        SingleTyping logical =
                type ->
                        TypeCoercion.isCoercible(type, BOOLEAN)
                                ? new AggregateTypes(BOOLEAN, BOOLEAN)
                                : null;
        String every = "Whether a condition is true for every row";
        aggregate("bool_and", AggregateFunction.BOOL_AND, "boolean", "boolean", every, logical);
        aggregate("every", AggregateFunction.BOOL_AND, "boolean", "boolean", every, logical);
        aggregate(
                "bool_or",
                AggregateFunction.BOOL_OR,
                "boolean",
                "boolean",
                "Whether a condition is true for some row",
                logical);
        statistic("stddev", AggregateFunction.STDDEV_SAMP, "Sample standard deviation");
        statistic("stddev_samp", AggregateFunction.STDDEV_SAMP, "Sample standard deviation");
        statistic("stddev_pop", AggregateFunction.STDDEV_POP, "Population standard deviation");
        statistic("variance", AggregateFunction.VAR_SAMP, "Sample variance");
        statistic("var_samp", AggregateFunction.VAR_SAMP, "Sample variance");
        statistic("var_pop", AggregateFunction.VAR_POP, "Population variance");
    }

    private void addPairs() {
        by("min_by", AggregateFunction.MIN_BY, "Value beside the least key");
        by("max_by", AggregateFunction.MAX_BY, "Value beside the greatest key");
        byAndCount("min_by", AggregateFunction.MIN_BY_VALUES, "Values beside so many least keys");
        byAndCount(
                "max_by", AggregateFunction.MAX_BY_VALUES, "Values beside so many greatest keys");
        pair("covar_pop", AggregateFunction.COVAR_POP, "Population covariance");
        pair("covar_samp", AggregateFunction.COVAR_SAMP, "Sample covariance");
        pair("corr", AggregateFunction.CORR, "Correlation");
        pair("regr_slope", AggregateFunction.REGR_SLOPE, "Slope of y over x");
        pair("regr_intercept", AggregateFunction.REGR_INTERCEPT, "y of that line at x = 0");
    }

    private void by(String name, AggregateFunction function, String description) {
        add(
                new Aggregate(
                        name,
                        function,
                        "any, key",
                        "type of the first",
                        description,
                        types ->
                                types.size() == 2 && types.get(1).isOrderable()
                                        ? new AggregateTypes(types, types.getFirst())
                                        : null));
    }

    private void byAndCount(String name, AggregateFunction function, String description) {
        add(
                new Aggregate(
                        name,
                        function,
                        "T, key, bigint",
                        "array(T)",
                        description,
                        types ->
                                types.size() == 3 && types.get(1).isOrderable()
                                        ? fitting(
                                                types,
                                                List.of(types.get(0), types.get(1), BIGINT),
                                                new SqlType.Array(types.get(0)))
                                        : null));
    }

    private void extremes(String name, AggregateFunction function, String description) {
        add(
                new Aggregate(
                        name,
                        function,
                        "T, bigint",
                        "array(T)",
                        description,
                        types ->
                                types.size() == 2 && types.getFirst().isOrderable()
                                        ? fitting(
                                                types,
                                                List.of(types.getFirst(), BIGINT),
                                                new SqlType.Array(types.getFirst()))
                                        : null));
    }

    /// A statistic of (y, x).
    private void pair(String name, AggregateFunction function, String description) {
        add(
                new Aggregate(
                        name,
                        function,
                        "number, number",
                        "real or double",
                        description,
                        types -> floating(types, 2)));
    }

    private void addOthers() {
        statistic("skewness", AggregateFunction.SKEWNESS, "Skewness");
        statistic("kurtosis", AggregateFunction.KURTOSIS, "Excess kurtosis");
        add(
                new Aggregate(
                        "geometric_mean",
                        AggregateFunction.GEOMETRIC_MEAN,
                        "number",
                        "real or double",
                        "Root of the product",
                        types ->
                                types.size() == 1 && types.getFirst().isInteger()
                                        ? new AggregateTypes(DOUBLE, DOUBLE)
                                        : floating(types, 1)));
        add(
                new Aggregate(
                        "entropy",
                        AggregateFunction.ENTROPY,
                        "bigint",
                        "double",
                        "Entropy of counts in bits",
                        types ->
                                fitting(types, List.of(BIGINT), DOUBLE) == null
                                        ? null
                                        : new AggregateTypes(DOUBLE, DOUBLE)));
        bits("bitwise_and_agg", AggregateFunction.BITWISE_AND_AGG, "Bits that all values have");
        bits("bitwise_or_agg", AggregateFunction.BITWISE_OR_AGG, "Bits that some value has");
        bits(
                "bitwise_xor_agg",
                AggregateFunction.BITWISE_XOR_AGG,
                "Bits of an odd count of values");
        add(
                new Aggregate(
                        "approx_distinct",
                        AggregateFunction.APPROX_DISTINCT,
                        "any[, double]",
                        "bigint",
                        "About how many different values, within a standard error",
                        AggregateRegistry::approximateCount));
        add(
                new Aggregate(
                        "approx_percentile",
                        AggregateFunction.APPROX_PERCENTILE,
                        "number[, weight], double",
                        "bigint, real or double",
                        "About the value below which a share of the values lies",
                        types -> percentile(types, DOUBLE)));
        add(
                new Aggregate(
                        "approx_percentile",
                        AggregateFunction.APPROX_PERCENTILE,
                        "number[, weight], array(double)",
                        "array of the same",
                        "The same for each of several shares",
                        types -> percentile(types, new SqlType.Array(DOUBLE))));
        aggregate(
                "checksum",
                AggregateFunction.CHECKSUM,
                "any",
                "varbinary",
                "A hash of all values, in any order",
                type -> new AggregateTypes(type, VARBINARY));
    }

    private void bits(String name, AggregateFunction function, String description) {
        add(
                new Aggregate(
                        name,
                        function,
                        "bigint",
                        "bigint",
                        description,
                        types -> fitting(types, List.of(BIGINT), BIGINT)));
    }

    private static @Nullable AggregateTypes approximateCount(List<SqlType> types) {
        return switch (types.size()) {
            case 1 -> new AggregateTypes(types, BIGINT);
            case 2 -> fitting(types, List.of(types.getFirst(), DOUBLE), BIGINT);
            default -> null;
        };
    }

    private static @Nullable AggregateTypes percentile(List<SqlType> types, SqlType share) {
        if (types.size() < 2 || types.size() > 3) {
            return null;
        }
        SqlType given = types.getFirst();
        SqlType value =
                given.isInteger() ? BIGINT : TypeCoercion.isCoercible(given, REAL) ? REAL : DOUBLE;
        return fitting(
                types,
                types.size() == 2 ? List.of(value, share) : List.of(value, DOUBLE, share),
                share == DOUBLE ? value : new SqlType.Array(value));
    }

    /// Of numbers that become REAL without a CAST a REAL, of others a DOUBLE.
    private static @Nullable AggregateTypes floating(List<SqlType> types, int count) {
        AggregateTypes real = fitting(types, Collections.nCopies(count, REAL), REAL);
        return real == null ? fitting(types, Collections.nCopies(count, DOUBLE), DOUBLE) : real;
    }

    private static @Nullable AggregateTypes fitting(
            List<SqlType> types, List<SqlType> parameters, SqlType result) {
        if (types.size() != parameters.size()) {
            return null;
        }
        for (int i = 0; i < types.size(); i++) {
            if (!TypeCoercion.isCoercible(types.get(i), parameters.get(i))) {
                return null;
            }
        }
        return new AggregateTypes(parameters, result);
    }

    private void addCollecting() {
        aggregate(
                "array_agg",
                AggregateFunction.ARRAY_AGG,
                "T",
                "array(T)",
                "All values, NULL among them",
                type -> new AggregateTypes(type, new SqlType.Array(type)));
        aggregate(
                "histogram",
                AggregateFunction.HISTOGRAM,
                "T",
                "map(T, bigint)",
                "How often each value is there",
                type -> new AggregateTypes(type, new SqlType.MapOf(type, BIGINT)));
        aggregate(
                "map_union",
                AggregateFunction.MAP_UNION,
                "map(K, V)",
                "map(K, V)",
                "All entries of all maps; of a key the first",
                type -> type instanceof SqlType.MapOf ? new AggregateTypes(type, type) : null);
        ofTwo(
                "map_agg",
                AggregateFunction.MAP_AGG,
                "map(K, V)",
                "A map of keys and values; of a key the first",
                (key, value) -> new SqlType.MapOf(key, value));
        ofTwo(
                "multimap_agg",
                AggregateFunction.MULTIMAP_AGG,
                "map(K, array(V))",
                "A map of keys and all their values",
                (key, value) -> new SqlType.MapOf(key, new SqlType.Array(value)));
    }

    private void addMostFrequent() {
        for (SqlType type : List.of(BIGINT, VARCHAR)) {
            add(
                    new Aggregate(
                            "approx_most_frequent",
                            AggregateFunction.APPROX_MOST_FREQUENT,
                            "bigint, " + type.displayName() + ", bigint",
                            "map(" + type.displayName() + ", bigint)",
                            "How often the most frequent values are there, of so many at most",
                            types ->
                                    fitting(
                                            types,
                                            List.of(BIGINT, type, BIGINT),
                                            new SqlType.MapOf(type, BIGINT))));
        }
    }

    /// The parser gives the call all five arguments.
    private void addListagg() {
        List<SqlType> parameters = List.of(VARCHAR, VARCHAR, BOOLEAN, VARCHAR, BOOLEAN);
        add(
                new Aggregate(
                        "listagg",
                        AggregateFunction.LISTAGG,
                        "varchar[, separator]",
                        "varchar",
                        "All texts as one, in the order that WITHIN GROUP (ORDER BY ...) says",
                        types ->
                                types.getFirst() == VARCHAR
                                        ? fitting(types, parameters, VARCHAR)
                                        : null));
    }

    private void ofTwo(
            String name,
            AggregateFunction function,
            String result,
            String description,
            BinaryOperator<SqlType> type) {
        add(
                new Aggregate(
                        name,
                        function,
                        "K, V",
                        result,
                        description,
                        types ->
                                types.size() == 2
                                        ? new AggregateTypes(
                                                types, type.apply(types.get(0), types.get(1)))
                                        : null));
    }

    private void statistic(String name, AggregateFunction function, String description) {
        aggregate(
                name,
                function,
                "number",
                "double",
                description,
                type ->
                        TypeCoercion.isCoercible(type, DOUBLE)
                                ? new AggregateTypes(DOUBLE, DOUBLE)
                                : null);
    }

    /// An aggregate of one argument.
    private void aggregate(
            String name,
            AggregateFunction function,
            String arguments,
            String result,
            String description,
            SingleTyping typing) {
        add(
                new Aggregate(
                        name,
                        function,
                        arguments,
                        result,
                        description,
                        types -> types.size() == 1 ? typing.of(types.getFirst()) : null));
    }

    private void add(Aggregate aggregate) {
        aggregates.computeIfAbsent(aggregate.name(), _ -> new ArrayList<>()).add(aggregate);
    }
}
