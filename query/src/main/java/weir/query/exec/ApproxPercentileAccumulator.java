// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.fault.QueryException;
import weir.query.type.SqlType;
import weir.query.value.Values;

/// approx_percentile(x, percentage) and approx_percentile(x, weight, percentage), by a
/// [QuantileSummary] for each group; of an array of percentages an array of results.
final class ApproxPercentileAccumulator
        extends StateAccumulator<ApproxPercentileAccumulator.State> {
    private final List<SqlType> types;

    /// The numbers of a group, and which of them are asked for.
    static final class State {
        private final QuantileSummary summary = new QuantileSummary();
        private double[] percentages = new double[0];
    }

    ApproxPercentileAccumulator(SqlType type, List<SqlType> types, QueryContext context) {
        super(type, context);
        this.types = types;
    }

    @Override
    State create() {
        hold(400);
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
        state.percentages = percentages(arguments, row);
        double weight = arguments.length == 2 ? 1 : number(arguments[1], row);
        if (!(weight > 0)) {
            throw wrong("percentile weight must be > 0");
        }
        long before = state.summary.sizeBytes();
        state.summary.add(number(arguments[0], row), weight);
        hold(state.summary.sizeBytes() - before);
    }

    private double[] percentages(Vector[] arguments, int row) {
        int last = arguments.length - 1;
        Object asked = VectorValues.get(arguments[last], types.get(last), row);
        List<?> list = asked instanceof List<?> several ? several : List.of((Double) asked);
        double[] percentages = new double[list.size()];
        for (int i = 0; i < percentages.length; i++) {
            if (!(list.get(i) instanceof Double share) || !(share >= 0 && share <= 1)) {
                throw wrong("Percentile must be between 0 and 1");
            }
            percentages[i] = share;
        }
        return percentages;
    }

    private static QueryException wrong(String message) {
        return new QueryException(QueryException.Code.INVALID_VALUE, message);
    }

    @Override
    void merge(State to, State from) {
        to.percentages = from.percentages;
        long before = to.summary.sizeBytes();
        to.summary.merge(from.summary);
        hold(to.summary.sizeBytes() - before);
    }

    @Override
    @Nullable Object resultOf(State state) {
        SqlType numbers = types.getFirst();
        List<Object> found = new ArrayList<>();
        for (double percentage : state.percentages) {
            double number = state.summary.quantile(percentage);
            found.add(numbers.isFloating() ? (Object) number : (Object) Math.round(number));
        }
        return type() instanceof SqlType.Array ? Values.list(found) : found.getFirst();
    }
}
