// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import weir.query.expr.AggregateFunction;

/// What aggregates make of all rows of a group.
public final class Collecting {
    /// Most bytes of a text that listagg makes.
    private static final int LIST_BYTES_MAX = 1 << 20;

    private Collecting() {}

    /// Whether only how often each value came matters.
    public static boolean isOfCounts(AggregateFunction function) {
        return function == AggregateFunction.HISTOGRAM
                || function == AggregateFunction.APPROX_MOST_FREQUENT;
    }

    /// Which argument is what is collected.
    public static int valueIndex(AggregateFunction function) {
        return function == AggregateFunction.APPROX_MOST_FREQUENT ? 1 : 0;
    }

    /// Whether a row with these arguments counts.
    public static boolean counts(AggregateFunction function, @Nullable Object[] row) {
        return switch (function) {
            case ARRAY_AGG -> true;
            case APPROX_MOST_FREQUENT -> Arrays.stream(row).allMatch(Objects::nonNull);
            default -> row[0] != null;
        };
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
            case APPROX_MOST_FREQUENT -> mostFrequent(rows, counts);
            default -> Values.map(map(function, rows, counts));
        };
    }

    /// The texts with separators between; what would make it too long stays out, and the filler
    /// says so where that is no failure.
    private static String join(List<@Nullable Object[]> rows) {
        StringBuilder text = new StringBuilder();
        long bytes = 0;
        for (int i = 0; i < rows.size(); i++) {
            @Nullable Object[] row = rows.get(i);
            String part = (i == 0 ? "" : row[1]) + (String) row[0];
            bytes += utf8Length(part);
            if (bytes > LIST_BYTES_MAX) {
                if (isTrue(row[2])) {
                    throw InvalidValue.of(
                            "listagg: the text is longer than "
                                    + LIST_BYTES_MAX
                                    + " bytes; shorten it by ON OVERFLOW TRUNCATE");
                }
                text.append(i == 0 ? "" : row[1]).append(row[3]);
                return isTrue(row[4])
                        ? text.append('(').append(rows.size() - i).append(')').toString()
                        : text.toString();
            }
            text.append(part);
        }
        return text.toString();
    }

    private static boolean isTrue(@Nullable Object flag) {
        return flag instanceof Long number && number != 0;
    }

    private static long utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// The values with the greatest counts; of equal ones those that came first.
    private static Map<Object, @Nullable Object> mostFrequent(
            List<@Nullable Object[]> rows, List<Long> counts) {
        @Nullable Object[] first = rows.getFirst();
        long buckets = (Long) Objects.requireNonNull(first[0]);
        long capacity = (Long) Objects.requireNonNull(first[2]);
        if (buckets < 2) {
            throw InvalidValue.of(
                    "approx_most_frequent bucket count must be greater than one: " + buckets);
        }
        if (capacity < 1) {
            throw InvalidValue.of("approx_most_frequent capacity must be positive: " + capacity);
        }
        Map<Object, @Nullable Object> map = Values.newMap((int) Math.min(buckets, rows.size()));
        IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparing(counts::get, Comparator.reverseOrder()))
                .limit(buckets)
                .forEach(i -> map.put(Objects.requireNonNull(rows.get(i)[1]), counts.get(i)));
        return Values.map(map);
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
