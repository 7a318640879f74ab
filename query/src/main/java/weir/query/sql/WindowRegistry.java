// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import static weir.query.type.BasicType.BIGINT;
import static weir.query.type.BasicType.DOUBLE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.expr.WindowFunction;
import weir.query.type.SqlType;

/// Every function that only stands before OVER: names and signatures are Trino's, but for
/// session_number.
final class WindowRegistry {
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /// A function that only stands before OVER.
    ///
    /// @param typing from the types of the arguments to what is computed, or null where they do not
    ///   fit
    record Entry(
            String name,
            WindowFunction function,
            String arguments,
            String result,
            String description,
            AggregateRegistry.Typing typing) {}

    WindowRegistry() {
        fixed(WindowFunction.ROW_NUMBER, BIGINT, "Place of the row in its partition, from 1");
        fixed(WindowFunction.RANK, BIGINT, "1 and how many rows come before; peers share it");
        fixed(WindowFunction.DENSE_RANK, BIGINT, "The same without gaps");
        fixed(WindowFunction.PERCENT_RANK, DOUBLE, "(rank - 1) / (rows - 1)");
        fixed(WindowFunction.CUME_DIST, DOUBLE, "Share of rows up to the peers");
        add(
                WindowFunction.NTILE,
                "bigint",
                "bigint",
                "Which of n equal parts of the partition, from 1",
                types -> fits(types, List.of(BIGINT), BIGINT));
        add(
                WindowFunction.SESSION_NUMBER,
                "bigint, bigint, bigint",
                "bigint",
                "Which session of the partition, from 1: a row opens another where its start, the"
                        + " first argument, is more than the third behind the latest start or end,"
                        + " the second, of rows before it (own)",
                types -> fits(types, List.of(BIGINT, BIGINT, BIGINT), BIGINT));
        String before =
                "Value of the row so many before, or the default; 1 where no offset is given";
        String behind =
                "Value of the row so many behind, or the default; 1 where no offset is given";
        add(WindowFunction.LAG, "any[, bigint[, any]]", "same type", before, WindowRegistry::shift);
        add(
                WindowFunction.LEAD,
                "any[, bigint[, any]]",
                "same type",
                behind,
                WindowRegistry::shift);
        add(
                WindowFunction.FIRST_VALUE,
                "any",
                "same type",
                "Value of the first row of the frame",
                WindowRegistry::same);
        add(
                WindowFunction.LAST_VALUE,
                "any",
                "same type",
                "Value of the last row of the frame",
                WindowRegistry::same);
        add(
                WindowFunction.NTH_VALUE,
                "any, bigint",
                "same type",
                "Value of the nth row of the frame, from 1",
                types ->
                        types.size() == 2
                                ? fits(types, List.of(types.getFirst(), BIGINT), types.getFirst())
                                : null);
    }

    private void fixed(WindowFunction function, SqlType result, String description) {
        add(
                function,
                "",
                result.displayName(),
                description,
                types -> fits(types, List.of(), result));
    }

    private void add(
            WindowFunction function,
            String arguments,
            String result,
            String description,
            AggregateRegistry.Typing typing) {
        String name = function.name().toLowerCase(Locale.ROOT);
        entries.put(name, new Entry(name, function, arguments, result, description, typing));
    }

    private static AggregateRegistry.@Nullable AggregateTypes fits(
            List<SqlType> types, List<SqlType> parameters, SqlType result) {
        if (types.size() != parameters.size()) {
            return null;
        }
        for (int i = 0; i < types.size(); i++) {
            if (!TypeCoercion.isCoercible(types.get(i), parameters.get(i))) {
                return null;
            }
        }
        return new AggregateRegistry.AggregateTypes(parameters, result);
    }

    private static AggregateRegistry.@Nullable AggregateTypes same(List<SqlType> types) {
        return types.size() == 1 ? fits(types, types, types.getFirst()) : null;
    }

    /// (x), (x, offset) and (x, offset, default), where x and the default become one type.
    private static AggregateRegistry.@Nullable AggregateTypes shift(List<SqlType> types) {
        if (types.isEmpty()) {
            return null;
        }
        SqlType value = types.getFirst();
        return switch (types.size()) {
            case 1 -> fits(types, types, value);
            case 2 -> fits(types, List.of(value, BIGINT), value);
            case 3 -> {
                SqlType common = TypeCoercion.common(value, types.get(2));
                yield common == null ? null : fits(types, List.of(common, BIGINT, common), common);
            }
            default -> null;
        };
    }

    /// The function called `name`, or null.
    @Nullable Entry find(String name) {
        return entries.get(name.toLowerCase(Locale.ROOT));
    }

    /// Every function.
    List<Entry> all() {
        return List.copyOf(entries.values());
    }
}
