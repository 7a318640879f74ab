// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.type.SqlType;
import weir.query.value.ValueOrder;

/// min_by and max_by: the value beside the least or greatest key, of the first row that has it.
/// Rows whose key is NULL do not count; the value may be NULL.
final class ByAccumulator extends GroupwiseAccumulator {
    private final boolean isMax;
    private final SqlType keyType;
    private @Nullable Object[] keys = new @Nullable Object[0];
    private @Nullable Object[] values = new @Nullable Object[0];
    private long[] positions = new long[0];

    ByAccumulator(boolean isMax, SqlType type, SqlType keyType, QueryContext context) {
        super(type, context, 128);
        this.isMax = isMax;
        this.keyType = keyType;
    }

    @Override
    void grow(int from, int to) {
        keys = Arrays.copyOf(keys, to);
        values = Arrays.copyOf(values, to);
        positions = Arrays.copyOf(positions, to);
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        for (int row = 0; row < input.rowCount(); row++) {
            Object key = VectorValues.get(arguments[1], keyType, row);
            int group = input.groups()[row];
            long position = input.position(row);
            if (key != null && isBetter(group, key, position)) {
                put(group, key, VectorValues.get(arguments[0], type(), row), position);
            }
        }
    }

    private void put(int group, Object key, @Nullable Object value, long position) {
        count(key, keys[group]);
        count(value, values[group]);
        keys[group] = key;
        values[group] = value;
        positions[group] = position;
    }

    private boolean isBetter(int group, Object key, long position) {
        Object known = keys[group];
        if (known == null) {
            return true;
        }
        int order = ValueOrder.compareBest(key, known, isMax);
        return order == 0 ? position < positions[group] : order < 0;
    }

    @Override
    void mergeGroup(Accumulator other, int from, int to) {
        ByAccumulator more = (ByAccumulator) other;
        Object key = more.keys[from];
        if (key != null && isBetter(to, key, more.positions[from])) {
            put(to, key, more.values[from], more.positions[from]);
        }
    }

    @Override
    @Nullable Object result(int group) {
        return values[group];
    }
}
