// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.type.SqlType;

/// Functions of maps that take no lambda.
final class MapFunctions {
    private MapFunctions() {}

    /// A map of keys and the values at the same places.
    static Map<Object, @Nullable Object> of(
            List<@Nullable Object> keys, List<@Nullable Object> values, SqlType keyType) {
        if (keys.size() != values.size()) {
            throw InvalidValue.of("Key and value arrays must be the same length");
        }
        Map<Object, @Nullable Object> map = Values.newMap(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            putNew(map, keys.get(i), values.get(i), keyType);
        }
        return Values.map(map);
    }

    /// Adds an entry whose key is new and not NULL.
    static void putNew(
            Map<Object, @Nullable Object> map,
            @Nullable Object key,
            @Nullable Object value,
            SqlType keyType) {
        if (key == null) {
            throw InvalidValue.of("map key cannot be null");
        }
        Object known = GroupKey.of(key);
        if (map.containsKey(known)) {
            throw InvalidValue.of(
                    "Duplicate map keys (" + ValueText.of(key, keyType) + ") are not allowed");
        }
        map.put(known, value);
    }

    static Map<Object, @Nullable Object> ofEntries(List<@Nullable Object> rows, SqlType keyType) {
        Map<Object, @Nullable Object> map = Values.newMap(rows.size());
        for (Object row : rows) {
            List<@Nullable Object> entry = entry(row);
            putNew(map, entry.get(0), entry.get(1), keyType);
        }
        return Values.map(map);
    }

    private static List<@Nullable Object> entry(@Nullable Object row) {
        if (row == null) {
            throw InvalidValue.of("map entry cannot be null");
        }
        return Values.asList(row);
    }

    /// All values of a key in one array.
    static Map<Object, @Nullable Object> multimapOfEntries(List<@Nullable Object> rows) {
        Map<Object, @Nullable Object> map = Values.newMap(rows.size());
        for (Object row : rows) {
            List<@Nullable Object> entry = entry(row);
            Object key = entry.getFirst();
            if (key == null) {
                throw InvalidValue.of("map key cannot be null");
            }
            Object known = GroupKey.of(key);
            Object list = map.computeIfAbsent(known, _ -> new ArrayList<@Nullable Object>());
            if (list != null) {
                Values.asList(list).add(entry.get(1));
            }
        }
        map.replaceAll((_, list) -> list == null ? null : Values.list(Values.asList(list)));
        return Values.map(map);
    }

    static List<@Nullable Object> entries(Map<Object, @Nullable Object> map) {
        List<@Nullable Object> rows = new ArrayList<>(map.size());
        map.forEach((key, value) -> rows.add(Values.list(new @Nullable Object[] {key, value})));
        return Values.list(rows);
    }

    /// All entries; of a key that comes again the last value.
    static Map<Object, @Nullable Object> concat(@Nullable Object[] maps) {
        Map<Object, @Nullable Object> all = Values.newMap(16);
        for (Object map : maps) {
            if (map != null) {
                all.putAll(Values.asMap(map));
            }
        }
        return Values.map(all);
    }
}
