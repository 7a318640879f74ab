// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.expr.AggregateFunction;

/// What aggregates make of all rows of a group.
public final class Collecting {
    /// Most bytes of a text that listagg makes.
    private static final int LIST_BYTES_MAX = 1 << 20;

    private Collecting() {}

    /// Whether only how often each value came matters.
    public static boolean isOfCounts(AggregateFunction function) {
        return function == AggregateFunction.HISTOGRAM;
    }

    /// Whether rows count whose first argument is NULL.
    public static boolean takesNulls(AggregateFunction function) {
        return function == AggregateFunction.ARRAY_AGG;
    }

    /// The result.
    ///
    /// @param rows the arguments of each row, in order
    /// @param counts how often each row came
    public static Object result(
            AggregateFunction function, List<@Nullable Object[]> rows, List<Long> counts) {
        return switch (function) {
            case ARRAY_AGG -> Values.list(rows.stream().map(row -> row[0]).toArray());
            case LISTAGG -> join(rows);
            default -> Values.map(map(function, rows, counts));
        };
    }

    private static String join(List<@Nullable Object[]> rows) {
        StringBuilder text = new StringBuilder();
        boolean isFirst = true;
        for (@Nullable Object[] row : rows) {
            text.append(isFirst ? "" : row[1]).append(row[0]);
            isFirst = false;
            if (text.length() > LIST_BYTES_MAX) {
                throw tooLong();
            }
        }
        if (text.toString().getBytes(StandardCharsets.UTF_8).length > LIST_BYTES_MAX) {
            throw tooLong();
        }
        return text.toString();
    }

    private static RuntimeException tooLong() {
        return InvalidValue.of(
                "Concatenated string has the length in bytes larger than the maximum output length "
                        + LIST_BYTES_MAX);
    }

    private static Map<Object, @Nullable Object> map(
            AggregateFunction function, List<@Nullable Object[]> rows, List<Long> counts) {
        Map<Object, @Nullable Object> map = Values.newMap(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            @Nullable Object[] row = rows.get(i);
            Object first = row[0];
            if (first == null) {
                continue;
            }
            switch (function) {
                case MAP_UNION -> Values.asMap(first).forEach((k, v) -> putFirst(map, k, v));
                case HISTOGRAM -> map.put(GroupKey.of(first), counts.get(i));
                case MULTIMAP_AGG -> addTo(map, GroupKey.of(first), row[1]);
                default -> putFirst(map, GroupKey.of(first), row[1]);
            }
        }
        map.replaceAll((_, value) ->
                value instanceof ArrayList<?> list ? Values.list(list.toArray()) : value);
        return map;
    }

    /// A NULL that came first stays.
    private static void putFirst(
            Map<Object, @Nullable Object> map, Object key, @Nullable Object value) {
        if (!map.containsKey(key)) {
            map.put(key, value);
        }
    }

    private static void addTo(
            Map<Object, @Nullable Object> map, Object key, @Nullable Object value) {
        Object list = map.get(key);
        if (list == null) {
            list = new ArrayList<@Nullable Object>();
            map.put(key, list);
        }
        Values.asList(list).add(value);
    }
}
