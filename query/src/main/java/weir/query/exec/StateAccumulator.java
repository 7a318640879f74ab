// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.type.SqlType;

/// An aggregate whose state is an object for each group that has seen a row. What states take is
/// counted by whoever makes them.
///
/// @param <S> the state
abstract class StateAccumulator<S> extends GroupwiseAccumulator {
    private @Nullable Object[] states = new @Nullable Object[0];

    StateAccumulator(SqlType type, QueryContext context) {
        super(type, context, 8);
    }

    @Override
    final void grow(int from, int to) {
        states = Arrays.copyOf(states, to);
    }

    /// A state that has seen nothing.
    abstract S create();

    /// Adds row `row` of `arguments`; whether it counts was asked.
    abstract void add(S state, Vector[] arguments, int row);

    /// Whether a row counts: none of its arguments is NULL.
    abstract boolean counts(Vector[] arguments, int row);

    /// Adds what `from` has seen to `to`.
    abstract void merge(S to, S from);

    /// The result of a group that has seen rows.
    abstract @Nullable Object resultOf(S state);

    @SuppressWarnings("unchecked") // only what create gives is ever kept
    private S state(int group) {
        Object known = states[group];
        if (known == null) {
            known = create();
            states[group] = known;
        }
        return (S) known;
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        for (int row = 0; row < input.rowCount(); row++) {
            if (counts(arguments, row)) {
                add(state(input.groups()[row]), arguments, row);
            }
        }
    }

    @Override
    @SuppressWarnings("unchecked") // other is of this class
    void mergeGroup(Accumulator other, int from, int to) {
        StateAccumulator<S> more = (StateAccumulator<S>) other;
        if (more.states[from] != null) {
            merge(state(to), more.state(from));
        }
    }

    @Override
    @Nullable Object result(int group) {
        return states[group] == null ? null : resultOf(state(group));
    }
}
