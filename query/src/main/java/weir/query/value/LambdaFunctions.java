// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.query.type.SqlType;

/// Functions of arrays and maps that take a lambda.
final class LambdaFunctions {
    private LambdaFunctions() {}

    static List<@Nullable Object> transform(List<@Nullable Object> array, LambdaValue each) {
        @Nullable Object[] results = new @Nullable Object[array.size()];
        for (int i = 0; i < results.length; i++) {
            results[i] = each.apply(array.get(i));
        }
        return Values.list(results);
    }

    static List<@Nullable Object> filter(List<@Nullable Object> array, LambdaValue condition) {
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object element : array) {
            if (isTrue(condition.apply(element))) {
                kept.add(element);
            }
        }
        return Values.list(kept);
    }

    private static boolean isTrue(@Nullable Object flag) {
        return flag != null && (Long) flag != 0;
    }

    static @Nullable Object reduce(
            List<@Nullable Object> array,
            @Nullable Object start,
            LambdaValue step,
            LambdaValue result) {
        Object state = start;
        for (Object element : array) {
            state = step.apply(state, element);
        }
        return result.apply(state);
    }

    /// Whether the condition is `wanted` for some element: NULL when it is NULL for one and for
    /// none `wanted`.
    static @Nullable Long isAny(List<@Nullable Object> array, LambdaValue condition, long wanted) {
        boolean hasNull = false;
        for (Object element : array) {
            Object flag = condition.apply(element);
            if (flag == null) {
                hasNull = true;
            } else if ((Long) flag == wanted) {
                return 1L;
            }
        }
        return hasNull ? (Long) null : Long.valueOf(0);
    }

    /// The opposite of a flag.
    static @Nullable Long not(@Nullable Long flag) {
        return flag == null ? (Long) null : Long.valueOf(1 - flag);
    }

    static List<@Nullable Object> zipWith(
            List<@Nullable Object> a, List<@Nullable Object> b, LambdaValue each) {
        @Nullable Object[] results = new @Nullable Object[Math.max(a.size(), b.size())];
        for (int i = 0; i < results.length; i++) {
            results[i] = each.apply(i < a.size() ? a.get(i) : null, i < b.size() ? b.get(i) : null);
        }
        return Values.list(results);
    }

    /// Sorts by a comparison that gives -1, 0 or 1. A merge sort of its own: one that is handed a
    /// comparison that contradicts itself must end all the same.
    static List<@Nullable Object> sort(List<@Nullable Object> array, LambdaValue comparison) {
        @Nullable Object[] sorted = array.toArray();
        @Nullable Object[] spare = sorted.clone();
        for (int width = 1; width < sorted.length; width *= 2) {
            for (int from = 0; from < sorted.length; from += 2 * width) {
                int middle = Math.min(from + width, sorted.length);
                int end = Math.min(from + 2 * width, sorted.length);
                merge(sorted, spare, new int[] {from, middle, end}, comparison);
            }
            @Nullable Object[] swapped = sorted;
            sorted = spare;
            spare = swapped;
        }
        return Values.list(sorted);
    }

    /// @param bounds the begin of the left run, of the right one, and the end
    private static void merge(
            @Nullable Object[] from, @Nullable Object[] to, int[] bounds, LambdaValue comparison) {
        int left = bounds[0];
        int right = bounds[1];
        for (int i = bounds[0]; i < bounds[2]; i++) {
            boolean isLeft =
                    left < bounds[1]
                            && (right >= bounds[2]
                                    || order(comparison.apply(from[left], from[right])) <= 0);
            to[i] = isLeft ? from[left++] : from[right++];
        }
    }

    private static long order(@Nullable Object order) {
        if (!(order instanceof Long number) || number < -1 || number > 1) {
            throw InvalidValue.of("Lambda comparator must return either -1, 0, or 1");
        }
        return number;
    }

    static Map<Object, @Nullable Object> filter(
            Map<Object, @Nullable Object> map, LambdaValue condition) {
        Map<Object, @Nullable Object> kept = Values.newMap(map.size());
        map.forEach((key, value) -> {
            if (isTrue(condition.apply(key, value))) {
                kept.put(key, value);
            }
        });
        return Values.map(kept);
    }

    static Map<Object, @Nullable Object> transformKeys(
            Map<Object, @Nullable Object> map, LambdaValue each, SqlType keyType) {
        Map<Object, @Nullable Object> changed = Values.newMap(map.size());
        map.forEach((key, value) ->
                MapFunctions.putNew(changed, each.apply(key, value), value, keyType));
        return Values.map(changed);
    }

    static Map<Object, @Nullable Object> transformValues(
            Map<Object, @Nullable Object> map, LambdaValue each) {
        Map<Object, @Nullable Object> changed = Values.newMap(map.size());
        map.forEach((key, value) -> changed.put(key, each.apply(key, value)));
        return Values.map(changed);
    }

    /// Both maps by key; NULL where one has no such key.
    static Map<Object, @Nullable Object> zipWith(
            Map<Object, @Nullable Object> a, Map<Object, @Nullable Object> b, LambdaValue each) {
        Set<Object> keys = new LinkedHashSet<>(a.keySet());
        keys.addAll(b.keySet());
        Map<Object, @Nullable Object> zipped = Values.newMap(keys.size());
        for (Object key : keys) {
            zipped.put(key, each.apply(key, a.get(key), b.get(key)));
        }
        return Values.map(zipped);
    }
}
