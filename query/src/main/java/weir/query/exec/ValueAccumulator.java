// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.expr.AggregateFunction;
import weir.query.type.SqlType;
import weir.query.value.ValueOrder;

/// min and max of any ordered type, and any_value: the value of each group that wins.
final class ValueAccumulator extends GroupwiseAccumulator {
    private final AggregateFunction function;
    private @Nullable Object[] best = new @Nullable Object[0];
    private long[] positions = new long[0];

    ValueAccumulator(AggregateFunction function, SqlType type, QueryContext context) {
        super(type, context, 64);
        this.function = function;
    }

    @Override
    void grow(int from, int to) {
        best = Arrays.copyOf(best, to);
        positions = Arrays.copyOf(positions, to);
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        Vector argument = arguments[0];
        for (int row = 0; row < input.rowCount(); row++) {
            Object value = VectorValues.get(argument, type(), row);
            if (value != null) {
                add(input.groups()[row], value, input.position(row));
            }
        }
    }

    private void add(int group, Object value, long position) {
        Object known = best[group];
        if (known == null || isBetter(value, position, known, positions[group])) {
            count(value, known);
            best[group] = value;
            positions[group] = position;
        }
    }

    private boolean isBetter(Object value, long position, Object known, long knownPosition) {
        if (function == AggregateFunction.ANY_VALUE) {
            return position < knownPosition;
        }
        return ValueOrder.isBetter(value, known, function == AggregateFunction.MAX);
    }

    @Override
    void mergeGroup(Accumulator other, int from, int to) {
        ValueAccumulator more = (ValueAccumulator) other;
        Object value = more.best[from];
        if (value != null) {
            add(to, value, more.positions[from]);
        }
    }

    @Override
    @Nullable Object result(int group) {
        return best[group];
    }
}
