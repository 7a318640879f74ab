// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.value.Values;

/// Functions that cut a text into arrays and maps.
final class SplitFunctions {
    private SplitFunctions() {}

    static List<Definition> definitions() {
        Definitions splits = new Definitions(Definition.Kind.TEXT);
        splits.define("split", "varchar, varchar", "array(varchar)", "Parts between delimiters")
                .is(a -> split(Args.text(a, 0), Args.text(a, 1), Long.MAX_VALUE));
        splits.define(
                        "split",
                        "varchar, varchar, bigint",
                        "array(varchar)",
                        "So many parts at most, the last of which holds the rest")
                .is(a -> split(Args.text(a, 0), Args.text(a, 1), limit(Args.number(a, 2))));
        splits.define(
                        "split_to_map",
                        "varchar, varchar, varchar",
                        "map(varchar, varchar)",
                        "Entries between delimiters, each a key and a value around another")
                .is(a -> Values.map(toMap(a, SplitFunctions::putNew)));
        splits.define(
                        "split_to_multimap",
                        "varchar, varchar, varchar",
                        "map(varchar, array(varchar))",
                        "The same where a key may come several times: arrays of its values")
                .is(a -> {
                    Map<Object, @Nullable Object> lists = toMap(a, SplitFunctions::addTo);
                    lists.replaceAll((_, list) -> Values.list((List<?>) list));
                    return Values.map(lists);
                });
        return splits.list();
    }

    private static long limit(long limit) {
        if (limit <= 0 || limit > Integer.MAX_VALUE) {
            throw Args.invalid(limit <= 0 ? "Limit must be positive" : "Limit is too large");
        }
        return limit;
    }

    private static Object split(String text, String delimiter, long limit) {
        if (delimiter.isEmpty()) {
            throw Args.invalid("The delimiter may not be the empty string");
        }
        List<@Nullable Object> parts = new ArrayList<>();
        int from = 0;
        int at = text.indexOf(delimiter);
        while (at >= 0 && parts.size() + 1 < limit) {
            parts.add(text.substring(from, at));
            from = at + delimiter.length();
            at = text.indexOf(delimiter, from);
        }
        parts.add(text.substring(from));
        return Values.list(parts);
    }

    /// What is done with a key and its value.
    private interface Entries {
        void add(Map<Object, @Nullable Object> map, String key, String value);
    }

    private static void putNew(Map<Object, @Nullable Object> map, String key, String value) {
        if (map.put(key, value) != null) {
            throw Args.invalid("Duplicate keys (" + key + ") are not allowed");
        }
    }

    private static void addTo(Map<Object, @Nullable Object> map, String key, String value) {
        Object list = map.computeIfAbsent(key, _ -> new ArrayList<@Nullable Object>());
        Values.asList(list).add(value);
    }

    private static Map<Object, @Nullable Object> toMap(
            @Nullable Object[] arguments, Entries added) {
        String text = Args.text(arguments, 0);
        String entryDelimiter = Args.text(arguments, 1);
        String keyDelimiter = Args.text(arguments, 2);
        if (entryDelimiter.isEmpty()) {
            throw Args.invalid("entryDelimiter is empty");
        }
        if (keyDelimiter.isEmpty()) {
            throw Args.invalid("keyValueDelimiter is empty");
        }
        if (entryDelimiter.equals(keyDelimiter)) {
            throw Args.invalid("entryDelimiter and keyValueDelimiter must not be the same");
        }
        Map<Object, @Nullable Object> entries = Values.newMap(8);
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf(entryDelimiter, from);
            String entry = text.substring(from, end < 0 ? text.length() : end);
            int middle = entry.indexOf(keyDelimiter);
            int behind = middle + keyDelimiter.length();
            if (middle < 0 || entry.indexOf(keyDelimiter, behind) >= 0) {
                throw Args.invalid(
                        "Key-value delimiter must appear exactly once in each entry. Bad input: '"
                                + entry
                                + "'");
            }
            added.add(entries, entry.substring(0, middle), entry.substring(behind));
            from = end < 0 ? text.length() : end + entryDelimiter.length();
        }
        return entries;
    }
}
