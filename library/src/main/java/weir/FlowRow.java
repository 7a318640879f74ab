// SPDX-License-Identifier: Apache-2.0
package weir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row of a result. Immutable.
public final class FlowRow {
    private final List<String> names;
    private final List<@Nullable Object> values;

    FlowRow(List<String> names, List<@Nullable Object> values) {
        this.names = names;
        this.values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /// The values in the order of the columns; which of Java's they are is said at
    /// [weir.query.value.JavaValues].
    public List<@Nullable Object> values() {
        return values;
    }

    /// The value of the column called `name`, the first of them; null for NULL.
    ///
    /// @throws IllegalArgumentException when there is no such column
    public @Nullable Object get(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no column is called " + name + ": " + names);
        }
        return values.get(index);
    }

    /// The same for a column of numbers, whatever their type.
    ///
    /// @throws IllegalArgumentException when the value is NULL or no number
    public long number(String name) {
        if (get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(name + " is " + get(name) + ", and no number");
    }

    /// The same for a value of any type, as its text; null for NULL.
    public @Nullable String text(String name) {
        Object value = get(name);
        return value == null ? null : value.toString();
    }

    /// The values by the names of their columns; of columns with one name the last.
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), values.get(i));
        }
        return map;
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
