// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.type.SqlType;

/// Elements of arrays and maps by their place or key.
public final class Subscripts {
    private Subscripts() {}

    /// `base[index]`, which must be there.
    ///
    /// @param type of the array or map
    static @Nullable Object of(Object base, Object index, SqlType type) {
        return type instanceof SqlType.MapOf map
                ? ofMap(Values.asMap(base), index, map)
                : ofArray(Values.asList(base), (Long) index);
    }

    private static @Nullable Object ofArray(List<@Nullable Object> array, long index) {
        if (index == 0) {
            throw InvalidValue.of("SQL array indices start at 1");
        }
        if (index < 0) {
            throw InvalidValue.of("Array subscript is negative: " + index);
        }
        if (index > array.size()) {
            throw InvalidValue.of(
                    "Array subscript must be less than or equal to array length: "
                            + index
                            + " > "
                            + array.size());
        }
        return array.get((int) index - 1);
    }

    private static @Nullable Object ofMap(
            Map<Object, @Nullable Object> map, Object key, SqlType.MapOf type) {
        Object known = GroupKey.of(key);
        Object value = map.get(known);
        if (value == null && !map.containsKey(known)) {
            throw InvalidValue.of(
                    "Key not present in map: "
                            + (type.key().isNested()
                                    ? ValueText.of(key, type.key())
                                    : Casts.toText(key, type.key())));
        }
        return value;
    }

    /// The element of an array or NULL where there is none; negative places count from the end.
    public static @Nullable Object elementAt(List<@Nullable Object> array, long index) {
        if (index == 0) {
            throw InvalidValue.of("SQL array indices start at 1");
        }
        long place = index > 0 ? index - 1 : array.size() + index;
        return place < 0 || place >= array.size() ? null : array.get((int) place);
    }

    /// The value of a key or NULL where there is none.
    public static @Nullable Object elementAt(Map<Object, @Nullable Object> map, Object key) {
        return map.get(GroupKey.of(key));
    }
}
