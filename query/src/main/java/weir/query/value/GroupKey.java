// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form of a value in which Java's `equals` and `hashCode` tell apart what GROUP BY and
/// DISTINCT tell apart: the two zeros are one, NaN is a value, and so is NULL inside of arrays,
/// rows and maps. Values of one type only; decimals have their type's scale.
public final class GroupKey {
    private GroupKey() {}

    /// The key of `value`: itself where nothing has to be changed.
    public static Object of(Object value) {
        return switch (value) {
            case Double number -> number == 0 ? (Object) 0.0 : number;
            case List<?> list -> ofList(list);
            case Map<?, ?> map -> ofMap(map);
            default -> value;
        };
    }

    private static Object ofList(List<?> list) {
        for (Object element : list) {
            if (isChanged(element)) {
                return Values.wrapped(list.stream().<Object>map(GroupKey::orNull).toArray());
            }
        }
        return list;
    }

    private static Object ofMap(Map<?, ?> map) {
        boolean isChanged =
                map.entrySet().stream()
                        .anyMatch(e -> isChanged(e.getKey()) || isChanged(e.getValue()));
        if (!isChanged) {
            return map;
        }
        Map<Object, @Nullable Object> changed = Values.newMap(map.size());
        map.forEach((key, element) -> changed.put(of(key), orNull(element)));
        return changed;
    }

    @SuppressWarnings("ReferenceEquality") // equal ones would be compared in depth for nothing
    private static boolean isChanged(@Nullable Object value) {
        return value != null && of(value) != value;
    }

    @SuppressWarnings("NullAway") // elements of SQL's arrays may be null
    private static Object orNull(@Nullable Object value) {
        return value == null ? null : of(value);
    }
}
