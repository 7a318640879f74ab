// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;

/// sum, avg, standard deviation and variance of DOUBLE and REAL.
///
/// Sums are kept as pairs of a number and what was lost when it was rounded (Knuth's two-sum),
/// which gives 106 bits: the order in which threads add rows does not show in the 53 bits of a
/// result.
final class DoubleSumAccumulator extends GroupwiseAccumulator {
    private final AggregateFunction function;
    private final boolean needsSquares;
    private long[] counts = new long[0];
    private double[] sums = new double[0];
    private double[] sumErrors = new double[0];
    private double[] squares = new double[0];
    private double[] squareErrors = new double[0];

    DoubleSumAccumulator(AggregateCall call, QueryContext context) {
        super(call.type(), context, 5 * Double.BYTES);
        function = call.function();
        this.needsSquares = function != AggregateFunction.SUM && function != AggregateFunction.AVG;
    }

    @Override
    void grow(int from, int to) {
        counts = Arrays.copyOf(counts, to);
        sums = Arrays.copyOf(sums, to);
        sumErrors = Arrays.copyOf(sumErrors, to);
        squares = Arrays.copyOf(squares, needsSquares ? to : 0);
        squareErrors = Arrays.copyOf(squareErrors, needsSquares ? to : 0);
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        Vector.Doubles doubles = (Vector.Doubles) arguments[0];
        int[] groups = input.groups();
        for (int row = 0; row < input.rowCount(); row++) {
            if (doubles.isNull(row)) {
                continue;
            }
            double value = doubles.values()[row];
            int group = groups[row];
            counts[group]++;
            add(sums, sumErrors, group, value);
            if (needsSquares) {
                double square = value * value;
                add(squares, squareErrors, group, square);
                squareErrors[group] += Math.fma(value, value, -square);
            }
        }
    }

    private static void add(double[] sums, double[] errors, int group, double value) {
        double old = sums[group];
        double sum = old + value;
        double part = sum - old;
        errors[group] += (old - (sum - part)) + (value - part);
        sums[group] = sum;
    }

    @Override
    void mergeGroup(Accumulator other, int from, int to) {
        DoubleSumAccumulator more = (DoubleSumAccumulator) other;
        counts[to] += more.counts[from];
        add(sums, sumErrors, to, more.sums[from]);
        sumErrors[to] += more.sumErrors[from];
        if (needsSquares) {
            add(squares, squareErrors, to, more.squares[from]);
            squareErrors[to] += more.squareErrors[from];
        }
    }

    @Override
    @Nullable Object result(int group) {
        long count = counts[group];
        if (count == 0) {
            return null;
        }
        double sum = total(sums[group], sumErrors[group]);
        return switch (function) {
            case SUM -> sum;
            case AVG -> sum / count;
            case STDDEV_POP -> Math.sqrt(deviation(group) / count);
            case VAR_POP -> deviation(group) / count;
            case STDDEV_SAMP ->
                    count < 2 ? null : (Object) Math.sqrt(deviation(group) / (count - 1));
            case VAR_SAMP -> count < 2 ? null : (Object) (deviation(group) / (count - 1));
            default -> throw new IllegalArgumentException(function + " of doubles");
        };
    }

    /// Infinities and NaN leave NaN in the error, which says nothing then.
    private static double total(double sum, double error) {
        return Double.isFinite(sum) ? sum + error : sum;
    }

    /// The sum of squared distances from the mean: squares less sum * sum / count, kept in pairs,
    /// since the two are nearly alike where the spread is small.
    private double deviation(int group) {
        double count = counts[group];
        // The sum rounded anew: where its two parts were cut depends on who added what.
        double sum = sums[group] + sumErrors[group];
        double sumError = sumErrors[group] - (sum - sums[group]);
        double square = squares[group] + squareErrors[group];
        double squareError = squareErrors[group] - (square - squares[group]);
        double mean = sum / count;
        double meanError = (Math.fma(-mean, count, sum) + sumError) / count;
        double product = sum * mean;
        double productError = Math.fma(sum, mean, -product) + sum * meanError + sumError * mean;
        double deviation = (square - product) + (squareError - productError);
        return deviation < 0 ? 0 : deviation;
    }
}
