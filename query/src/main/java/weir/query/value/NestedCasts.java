// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.type.SqlType;

/// Conversions of arrays, maps and rows: of each value they hold.
final class NestedCasts {
    private NestedCasts() {}

    static List<@Nullable Object> toArray(Object value, SqlType from, SqlType.Array to) {
        if (!(from instanceof SqlType.Array array)) {
            throw Casts.impossible(from, to);
        }
        List<@Nullable Object> elements = Values.asList(value);
        @Nullable Object[] converted = new @Nullable Object[elements.size()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = orNull(elements.get(i), array.element(), to.element());
        }
        return Values.list(converted);
    }

    static List<@Nullable Object> toRow(Object value, SqlType from, SqlType.Row to) {
        if (!(from instanceof SqlType.Row row) || row.fields().size() != to.fields().size()) {
            throw Casts.impossible(from, to);
        }
        List<@Nullable Object> fields = Values.asList(value);
        @Nullable Object[] converted = new @Nullable Object[fields.size()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] =
                    orNull(fields.get(i), row.fields().get(i).type(), to.fields().get(i).type());
        }
        return Values.list(converted);
    }

    static Map<Object, @Nullable Object> toMap(Object value, SqlType from, SqlType.MapOf to) {
        if (!(from instanceof SqlType.MapOf map)) {
            throw Casts.impossible(from, to);
        }
        Map<Object, @Nullable Object> entries = Values.asMap(value);
        Map<Object, @Nullable Object> converted = Values.newMap(entries.size());
        for (Map.Entry<Object, @Nullable Object> entry : entries.entrySet()) {
            Object key = orNull(entry.getKey(), map.key(), to.key());
            if (key == null) {
                throw InvalidValue.of("map key is null");
            }
            Object known = GroupKey.of(key);
            if (converted.containsKey(known)) {
                throw InvalidValue.of("duplicate keys");
            }
            converted.put(known, orNull(entry.getValue(), map.value(), to.value()));
        }
        return Values.map(converted);
    }

    private static @Nullable Object orNull(@Nullable Object value, SqlType from, SqlType to) {
        return value == null ? null : Casts.cast(value, from, to);
    }
}
