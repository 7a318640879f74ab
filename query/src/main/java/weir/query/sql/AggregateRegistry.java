// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import static weir.query.type.BasicType.BIGINT;
import static weir.query.type.BasicType.BOOLEAN;
import static weir.query.type.BasicType.DOUBLE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.expr.AggregateFunction;
import weir.query.type.SqlType;

/// Every function over the rows of a group, in one table: names and signatures are Trino's.
final class AggregateRegistry {
    private final Map<String, Aggregate> aggregates = new LinkedHashMap<>();

    AggregateRegistry() {
        addAggregates();
    }

    /// The aggregate function called `name`, or null.
    @Nullable Aggregate find(String name) {
        return aggregates.get(name.toLowerCase(Locale.ROOT));
    }

    /// Every aggregate function.
    List<Aggregate> all() {
        return List.copyOf(aggregates.values());
    }

    /// A function of the rows of a group.
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
        SingleTyping ordered = type -> new AggregateTypes(type, type);
        aggregate("min", AggregateFunction.MIN, "any", "same type", "Least value", ordered);
        aggregate("max", AggregateFunction.MAX, "any", "same type", "Greatest value", ordered);
        String some = "Some value that is not NULL";
        aggregate("any_value", AggregateFunction.ANY_VALUE, "any", "same type", some, ordered);
        aggregate("arbitrary", AggregateFunction.ANY_VALUE, "any", "same type", some, ordered);
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
        aggregates.put(aggregate.name(), aggregate);
    }
}
