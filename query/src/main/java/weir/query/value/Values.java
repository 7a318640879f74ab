// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the values of ARRAY, ROW and MAP: immutable, with null for NULL.
public final class Values {
    /// The array without elements.
    public static final List<@Nullable Object> EMPTY = wrapped();

    private Values() {}

    /// An array or row of these elements; `elements` is not changed by anybody from now on.
    public static List<@Nullable Object> list(@Nullable Object... elements) {
        Allowance.current().makeList(elements.length);
        return wrapped(elements);
    }

    /// The same of what exists only for a moment, and is not counted.
    static List<@Nullable Object> wrapped(@Nullable Object... elements) {
        return Collections.unmodifiableList(Arrays.<@Nullable Object>asList(elements));
    }

    /// An array or row of a copy of these elements.
    public static List<@Nullable Object> list(Collection<? extends @Nullable Object> elements) {
        return list(elements.toArray());
    }

    /// Room for a map that keeps the order of insertion, to be handed to [#map].
    public static Map<Object, @Nullable Object> newMap(int size) {
        return LinkedHashMap.newLinkedHashMap(size);
    }

    /// A map of these entries; `entries` is not changed by anybody from now on. Its keys are
    /// [GroupKey] forms, so that they are found.
    public static Map<Object, @Nullable Object> map(Map<Object, @Nullable Object> entries) {
        Allowance.current().makeMap(entries.size());
        return Collections.unmodifiableMap(entries);
    }

    /// The elements of an array or row value.
    @SuppressWarnings("unchecked")
    public static List<@Nullable Object> asList(Object value) {
        return (List<@Nullable Object>) value;
    }

    /// The entries of a map value.
    @SuppressWarnings("unchecked")
    public static Map<Object, @Nullable Object> asMap(Object value) {
        return (Map<Object, @Nullable Object>) value;
    }
}
