// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Functions of arrays that take no lambda. Elements are compared as GROUP BY compares them where
/// arrays are used as sets, and as `=` does where an element is looked for.
final class ArrayFunctions {
    /// Most elements that `repeat` and `ngrams` make.
    private static final int REPEAT_MAX = 100_000;

    /// Most arrays that `combinations` makes, and most elements of each.
    private static final int COMBINATIONS_MAX = 100_000;

    private static final int COMBINATION_LENGTH_MAX = 5;

    private ArrayFunctions() {}

    static List<@Nullable Object> distinct(List<@Nullable Object> array) {
        return union(array, Values.EMPTY);
    }

    static List<@Nullable Object> union(List<@Nullable Object> a, List<@Nullable Object> b) {
        Set<@Nullable Object> seen = new LinkedHashSet<>();
        a.forEach(element -> seen.add(key(element)));
        b.forEach(element -> seen.add(key(element)));
        return Values.list(seen);
    }

    private static @Nullable Object key(@Nullable Object element) {
        Allowance.current().step();
        return element == null ? null : GroupKey.of(element);
    }

    /// The distinct elements of `a` that `b` has too (`isIn`) or has not.
    static List<@Nullable Object> filter(
            List<@Nullable Object> a, List<@Nullable Object> b, boolean isIn) {
        Set<@Nullable Object> others = new LinkedHashSet<>();
        b.forEach(element -> others.add(key(element)));
        Set<@Nullable Object> kept = new LinkedHashSet<>();
        for (Object element : a) {
            Object key = key(element);
            if (others.contains(key) == isIn) {
                kept.add(key);
            }
        }
        return Values.list(kept);
    }

    /// Whether some element, NULL aside, is in both; NULL when none is found and one has a NULL.
    static @Nullable Long overlap(List<@Nullable Object> a, List<@Nullable Object> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return 0L;
        }
        Set<@Nullable Object> others = new LinkedHashSet<>();
        b.forEach(element -> others.add(key(element)));
        boolean hasNull = others.contains(null);
        for (Object element : a) {
            if (element == null) {
                hasNull = true;
            } else if (others.contains(key(element))) {
                return 1L;
            }
        }
        return hasNull ? (Long) null : Long.valueOf(0);
    }

    /// Elements that are texts, joined; NULL counts only where there is a text for it.
    static String join(List<@Nullable Object> array, String delimiter, @Nullable String nullText) {
        StringBuilder text = new StringBuilder();
        boolean isFirst = true;
        for (Object element : array) {
            String part = element == null ? nullText : (String) element;
            if (part != null) {
                text.append(isFirst ? "" : delimiter).append(part);
                Allowance.current().checkText(text.length());
                isFirst = false;
            }
        }
        return text.toString();
    }

    /// Whether the elements of `part` stand side by side in `array`, NULL and NaN like others.
    static Long containsAll(List<@Nullable Object> array, List<@Nullable Object> part) {
        List<@Nullable Object> keys = keys(array);
        List<@Nullable Object> wanted = keys(part);
        int[] shorter = shorter(wanted);
        int matched = 0;
        for (int i = 0; i < keys.size() && matched < wanted.size(); i++) {
            matched = extended(wanted, shorter, matched, keys.get(i));
        }
        return matched == wanted.size() ? 1L : 0L;
    }

    /// For each length of a beginning of `wanted` the length of the longest shorter one that it
    /// ends with (Knuth, Morris and Pratt), so that no element is looked at again.
    private static int[] shorter(List<@Nullable Object> wanted) {
        int[] shorter = new int[wanted.size() + 1];
        for (int i = 1; i < wanted.size(); i++) {
            shorter[i + 1] = extended(wanted, shorter, shorter[i], wanted.get(i));
        }
        return shorter;
    }

    /// How much of `wanted` is matched when `next` follows `matched` elements of it.
    private static int extended(
            List<@Nullable Object> wanted, int[] shorter, int matched, @Nullable Object next) {
        Allowance.current().step();
        int length = matched;
        while (length > 0 && !Objects.equals(wanted.get(length), next)) {
            length = shorter[length];
        }
        return Objects.equals(wanted.get(length), next) ? length + 1 : 0;
    }

    private static List<@Nullable Object> keys(List<@Nullable Object> array) {
        return Values.asList(GroupKey.of(array));
    }

    /// The greatest or least element; NULL where an element is NULL or there is none.
    static @Nullable Object extreme(List<@Nullable Object> array, boolean isMax) {
        Object best = null;
        for (Object element : array) {
            if (element == null) {
                return null;
            }
            if (best == null || ValueOrder.isBetter(element, best, isMax)) {
                best = element;
            }
        }
        return best;
    }

    /// The place of the first element that equals `value`, from 1; 0 where there is none.
    static Long position(List<@Nullable Object> array, Object value) {
        long place = 0;
        for (Object element : array) {
            place++;
            if (element != null && isEqual("array_position", element, value)) {
                return place;
            }
        }
        return 0L;
    }

    static List<@Nullable Object> remove(List<@Nullable Object> array, Object value) {
        List<@Nullable Object> left = new ArrayList<>();
        for (Object element : array) {
            if (element == null || !isEqual("array_remove", element, value)) {
                left.add(element);
            }
        }
        return Values.list(left);
    }

    /// Whether an element equals `value`; NULL when none is found and one is NULL.
    static @Nullable Long contains(List<@Nullable Object> array, Object value) {
        boolean hasNull = false;
        for (Object element : array) {
            if (element == null) {
                hasNull = true;
            } else if (isEqual("contains", element, value)) {
                return 1L;
            }
        }
        return hasNull ? (Long) null : Long.valueOf(0);
    }

    private static boolean isEqual(String function, Object element, Object value) {
        Allowance.current().step();
        Boolean isEqual = ValueOrder.equal(element, value);
        if (isEqual == null) {
            throw InvalidValue.of(
                    function
                            + " does not support arrays with elements that are null or contain"
                            + " null");
        }
        return isEqual;
    }

    static List<@Nullable Object> sort(List<@Nullable Object> array) {
        List<@Nullable Object> sorted = new ArrayList<>(array);
        sorted.sort(ArrayFunctions::compare);
        return Values.list(sorted);
    }

    private static int compare(@Nullable Object left, @Nullable Object right) {
        Allowance.current().step();
        return left == null || right == null
                ? Boolean.compare(left == null, right == null)
                : ValueOrder.compare(left, right);
    }

    /// The array and one element behind it, or before it.
    static List<@Nullable Object> append(
            List<@Nullable Object> array, Object element, boolean isBefore) {
        List<@Nullable Object> all = new ArrayList<>(array);
        all.add(isBefore ? 0 : array.size(), element);
        return Values.list(all);
    }

    /// All elements; an array that is NULL has none.
    static List<@Nullable Object> concat(@Nullable Object[] arrays) {
        long size = 0;
        for (Object array : arrays) {
            size += array == null ? 0 : Values.asList(array).size();
        }
        Allowance.current().make(Long.BYTES * size);
        List<@Nullable Object> all = new ArrayList<>((int) Math.min(size, Integer.MAX_VALUE - 8));
        for (Object array : arrays) {
            all.addAll(array == null ? Values.EMPTY : Values.asList(array));
        }
        return Values.list(all);
    }

    static List<@Nullable Object> flatten(List<@Nullable Object> arrays) {
        return concat(arrays.toArray());
    }

    static List<@Nullable Object> reverse(List<@Nullable Object> array) {
        return Values.list(array.reversed());
    }

    static List<@Nullable Object> shuffle(List<@Nullable Object> array) {
        List<@Nullable Object> shuffled = new ArrayList<>(array);
        Collections.shuffle(shuffled, ThreadLocalRandom.current());
        return Values.list(shuffled);
    }

    static List<@Nullable Object> repeat(@Nullable Object element, long count) {
        if (count < 0) {
            throw InvalidValue.of(
                    "count argument of repeat function must be greater than or equal to 0");
        }
        if (count > REPEAT_MAX) {
            throw InvalidValue.of(
                    "count argument of repeat function must be less than or equal to "
                            + REPEAT_MAX);
        }
        return Collections.nCopies((int) count, element);
    }

    static List<@Nullable Object> slice(List<@Nullable Object> array, long start, long length) {
        if (start == 0) {
            throw InvalidValue.of("SQL array indices start at 1");
        }
        if (length < 0) {
            throw InvalidValue.of("length must be greater than or equal to 0");
        }
        long from = start > 0 ? start - 1 : array.size() + start;
        if (from < 0 || from >= array.size()) {
            return Values.EMPTY;
        }
        long to = Math.min(array.size(), from + Math.min(length, array.size()));
        return Values.list(array.subList((int) from, (int) to));
    }

    /// Without the last `count` elements.
    static List<@Nullable Object> trim(List<@Nullable Object> array, long count) {
        if (count < 0) {
            throw InvalidValue.of("size must not be negative: " + count);
        }
        if (count > array.size()) {
            throw InvalidValue.of(
                    "size must not exceed array cardinality " + array.size() + ": " + count);
        }
        return Values.list(array.subList(0, array.size() - (int) count));
    }

    /// Rows of the elements that stand at one place; NULL where an array is shorter.
    static List<@Nullable Object> zip(@Nullable Object[] arrays) {
        int length = 0;
        List<List<@Nullable Object>> lists = new ArrayList<>();
        for (Object array : arrays) {
            List<@Nullable Object> list = array == null ? Values.EMPTY : Values.asList(array);
            lists.add(list);
            length = Math.max(length, list.size());
        }
        @Nullable Object[] rows = new @Nullable Object[length];
        for (int i = 0; i < length; i++) {
            @Nullable Object[] row = new @Nullable Object[lists.size()];
            for (int k = 0; k < row.length; k++) {
                row[k] = i < lists.get(k).size() ? lists.get(k).get(i) : null;
            }
            rows[i] = Values.list(row);
        }
        return Values.list(rows);
    }

    /// Every run of `length` elements that stand side by side.
    static List<@Nullable Object> ngrams(List<@Nullable Object> array, long length) {
        if (length <= 0) {
            throw InvalidValue.of("N must be positive");
        }
        if (length >= array.size()) {
            return Values.list(new @Nullable Object[] {array});
        }
        if (length * (array.size() - length + 1) > 10L * REPEAT_MAX) {
            throw InvalidValue.of("ngrams exceed max size");
        }
        List<@Nullable Object> grams = new ArrayList<>();
        for (int from = 0; from + length <= array.size(); from++) {
            grams.add(Values.list(array.subList(from, from + (int) length)));
        }
        return Values.list(grams);
    }

    /// Every choice of `length` places, in order of the places.
    static List<@Nullable Object> combinations(List<@Nullable Object> array, long length) {
        if (length < 0) {
            throw InvalidValue.of("combination size must not be negative: " + length);
        }
        if (length > COMBINATION_LENGTH_MAX) {
            throw InvalidValue.of(
                    "combination size must not exceed " + COMBINATION_LENGTH_MAX + ": " + length);
        }
        List<@Nullable Object> found = new ArrayList<>();
        combine(array, 0, (int) length, new ArrayList<>(), found);
        return Values.list(found);
    }

    /// At most five deep.
    private static void combine(
            List<@Nullable Object> array,
            int from,
            int missing,
            List<@Nullable Object> chosen,
            List<@Nullable Object> found) {
        if (missing == 0) {
            if (found.size() == COMBINATIONS_MAX) {
                throw InvalidValue.of("combinations exceed max size");
            }
            found.add(Values.list((Collection<? extends @Nullable Object>) chosen));
            return;
        }
        for (int i = from; i <= array.size() - missing; i++) {
            chosen.add(array.get(i));
            combine(array, i + 1, missing - 1, chosen, found);
            chosen.removeLast();
        }
    }

    /// How often each element stands in the array, NULL aside.
    static Map<Object, @Nullable Object> histogram(List<@Nullable Object> array) {
        Map<Object, @Nullable Object> counts = new LinkedHashMap<>();
        for (Object element : array) {
            if (element != null) {
                Object key = GroupKey.of(element);
                Object known = counts.get(key);
                counts.put(key, known == null ? (Object) 1L : (Long) known + 1);
            }
        }
        return Values.map(counts);
    }
}
