// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// approx_percentile(x, percentage) and approx_percentile(x, weight, percentage), by a
/// [QuantileSummary] for each group.
final class ApproxPercentileAccumulator
        extends StateAccumulator<ApproxPercentileAccumulator.State> {
    private final List<SqlType> types;
    private final QueryContext context;

    /// The numbers of a group, and which of them is asked for.
    static final class State {
        private final QuantileSummary summary = new QuantileSummary();
        private double percentage;
    }

    ApproxPercentileAccumulator(SqlType type, List<SqlType> types, QueryContext context) {
        super(type, context);
        this.types = types;
        this.context = context;
    }

    @Override
    State create() {
        context.reserve(400);
        return new State();
    }

    @Override
    boolean counts(Vector[] arguments, int row) {
        for (int i = 0; i < arguments.length; i++) {
            if (VectorValues.isNull(arguments[i], types.get(i), row)) {
                return false;
            }
        }
        return true;
    }

    private static double number(Vector vector, int row) {
        return switch (vector) {
            case Vector.Longs longs -> (double) longs.values()[row];
            case Vector.Doubles doubles -> doubles.values()[row];
            default -> throw new IllegalArgumentException("no number in " + vector);
        };
    }

    @Override
    void add(State state, Vector[] arguments, int row) {
        double percentage = number(arguments[arguments.length - 1], row);
        if (!(percentage >= 0 && percentage <= 1)) {
            throw wrong("Percentile must be between 0 and 1");
        }
        double weight = arguments.length == 2 ? 1 : number(arguments[1], row);
        if (!(weight > 0)) {
            throw wrong("percentile weight must be > 0");
        }
        state.percentage = percentage;
        long before = state.summary.sizeBytes();
        state.summary.add(number(arguments[0], row), weight);
        context.reserve(state.summary.sizeBytes() - before);
    }

    private static QueryException wrong(String message) {
        return new QueryException(QueryException.Code.INVALID_VALUE, message);
    }

    @Override
    void merge(State to, State from) {
        to.percentage = from.percentage;
        long before = to.summary.sizeBytes();
        to.summary.merge(from.summary);
        context.reserve(to.summary.sizeBytes() - before);
    }

    @Override
    @Nullable Object resultOf(State state) {
        double found = state.summary.quantile(state.percentage);
        return type() == BasicType.DOUBLE ? (Object) found : (Object) Math.round(found);
    }
}
