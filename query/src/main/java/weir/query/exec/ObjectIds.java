// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.type.SqlType;
import weir.query.value.GroupKey;
import weir.query.value.ValueSize;

/// Ids of values that stand as objects: decimals, networks, arrays, maps and rows.
final class ObjectIds extends ValueIds {
    private static final int ENTRY_BYTES = 120;

    private final SqlType type;
    private final QueryContext context;
    private final Map<Object, Integer> ids = new HashMap<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    ObjectIds(SqlType type, QueryContext context) {
        this.type = type;
        this.context = context;
        values.add(null);
    }

    @Override
    void idsOf(Vector vector, int rowCount, int[] ids) {
        for (int row = 0; row < rowCount; row++) {
            ids[row] = idOf(VectorValues.get(vector, type, row));
        }
    }

    @Override
    int size() {
        return values.size();
    }

    @Override
    @Nullable Object value(int id) {
        return values.get(id);
    }

    @Override
    int idOf(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        Object key = GroupKey.of(value);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        context.reserve(ENTRY_BYTES + ValueSize.bytes(value));
        values.add(key);
        ids.put(key, values.size() - 1);
        return values.size() - 1;
    }

    @Override
    Vector values(int[] ids, int from, int count) {
        @Nullable Object[] picked = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            picked[i] = value(ids[from + i]);
        }
        return new Vector.Objects(picked);
    }

    @Override
    IdLookup lookup() {
        return (vector, rowCount, found) -> {
            for (int row = 0; row < rowCount; row++) {
                Object value = VectorValues.get(vector, type, row);
                found[row] = value == null ? 0 : ids.getOrDefault(value, IdLookup.MISSING);
            }
        };
    }
}
