// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.fault.QueryException;

/// covar_pop, covar_samp, corr, regr_slope and regr_intercept of pairs (y, x), and skewness,
/// kurtosis, geometric_mean and entropy of one DOUBLE: all from sums of products.
///
/// Sums are kept as in [DoubleSumAccumulator], so that the order of the rows does not show, and
/// differences of nearly equal products are computed exactly, by decimals, once for each group.
final class MomentsAccumulator extends GroupwiseAccumulator {
    private static final int SUMS = 5;

    private final AggregateFunction function;
    private long[] counts = new long[0];

    /// Sum `s` of group `g` stands at `SUMS * g + s`: of x, x^2, x^3 and x^4; or of y, x, yx, y^2
    /// and x^2.
    private double[] sums = new double[0];

    private double[] errors = new double[0];

    MomentsAccumulator(AggregateCall call, QueryContext context) {
        super(call.type(), context, 8 + 16 * SUMS);
        function = call.function();
    }

    @Override
    void grow(int from, int to) {
        counts = Arrays.copyOf(counts, to);
        sums = Arrays.copyOf(sums, SUMS * to);
        errors = Arrays.copyOf(errors, SUMS * to);
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        Vector.Doubles first = (Vector.Doubles) arguments[0];
        Vector.Doubles second = arguments.length < 2 ? null : (Vector.Doubles) arguments[1];
        for (int row = 0; row < input.rowCount(); row++) {
            if (first.isNull(row) || (second != null && second.isNull(row))) {
                continue;
            }
            int group = input.groups()[row];
            counts[group]++;
            if (second != null) {
                addPair(SUMS * group, first.values()[row], second.values()[row]);
            } else {
                addOne(SUMS * group, first.values()[row]);
            }
        }
    }

    private void addPair(int at, double y, double x) {
        add(at, y, 0);
        add(at + 1, x, 0);
        addProduct(at + 2, y, x);
        addProduct(at + 3, y, y);
        addProduct(at + 4, x, x);
    }

    private void addProduct(int at, double a, double b) {
        double product = a * b;
        add(at, product, Math.fma(a, b, -product));
    }

    private void addOne(int at, double x) {
        switch (function) {
            case GEOMETRIC_MEAN -> add(at, Math.log(x), 0);
            case ENTROPY -> addCount(at, x);
            default -> addPowers(at, x);
        }
    }

    private void addCount(int at, double count) {
        if (count < 0) {
            throw new QueryException(
                    QueryException.Code.INVALID_VALUE,
                    "Entropy count argument must be non-negative");
        }
        if (count > 0) {
            add(at, count, 0);
            add(at + 1, count * Math.log(count), 0);
        }
    }

    private void addPowers(int at, double x) {
        double square = x * x;
        double squareError = Math.fma(x, x, -square);
        double cube = square * x;
        double cubeError = Math.fma(square, x, -cube) + squareError * x;
        double fourth = cube * x;
        double fourthError = Math.fma(cube, x, -fourth) + cubeError * x;
        add(at, x, 0);
        add(at + 1, square, squareError);
        add(at + 2, cube, cubeError);
        add(at + 3, fourth, fourthError);
    }

    private void add(int at, double value, double error) {
        double old = sums[at];
        double sum = old + value;
        double part = sum - old;
        errors[at] += (old - (sum - part)) + (value - part) + error;
        sums[at] = sum;
    }

    @Override
    void mergeGroup(Accumulator other, int from, int to) {
        MomentsAccumulator more = (MomentsAccumulator) other;
        counts[to] += more.counts[from];
        for (int s = 0; s < SUMS; s++) {
            add(SUMS * to + s, more.sums[SUMS * from + s], more.errors[SUMS * from + s]);
        }
    }

    @Override
    @Nullable Object result(int group) {
        long count = counts[group];
        if (function == AggregateFunction.ENTROPY) {
            return entropy(rounded(group, 0), rounded(group, 1));
        }
        if (count == 0) {
            return null;
        }
        return switch (function) {
            case GEOMETRIC_MEAN -> Math.exp(rounded(group, 0) / count);
            case SKEWNESS -> count < 3 ? null : (Object) skewness(group, count);
            case KURTOSIS -> count < 4 ? null : (Object) kurtosis(group, count);
            case COVAR_POP -> spread(group, 2, 0, 1) / ((double) count * count);
            case COVAR_SAMP ->
                    count < 2
                            ? null
                            : (Object) (spread(group, 2, 0, 1) / ((double) count * (count - 1)));
            case CORR ->
                    finite(
                            spread(group, 2, 0, 1)
                                    / Math.sqrt(spread(group, 3, 0, 0))
                                    / Math.sqrt(spread(group, 4, 1, 1)));
            case REGR_SLOPE -> finite(slope(group));
            case REGR_INTERCEPT ->
                    finite((rounded(group, 0) - slope(group) * rounded(group, 1)) / count);
            default -> throw new IllegalStateException(function + " has no moments");
        };
    }

    private static Object entropy(double count, double logs) {
        return count > 0 ? Math.max((Math.log(count) - logs / count) / Math.log(2), 0.0) : 0.0;
    }

    private static @Nullable Object finite(double value) {
        return Double.isFinite(value) ? (Object) value : null;
    }

    private double rounded(int group, int sum) {
        double whole = sums[SUMS * group + sum];
        return Double.isFinite(whole) ? whole + errors[SUMS * group + sum] : whole;
    }

    private double slope(int group) {
        return spread(group, 2, 0, 1) / spread(group, 4, 1, 1);
    }

    private boolean isFinite(int group) {
        for (int s = 0; s < SUMS; s++) {
            if (!Double.isFinite(sums[SUMS * group + s])
                    || !Double.isFinite(errors[SUMS * group + s])) {
                return false;
            }
        }
        return true;
    }

    private BigDecimal exact(int group, int sum) {
        return new BigDecimal(sums[SUMS * group + sum])
                .add(new BigDecimal(errors[SUMS * group + sum]));
    }

    /// The count times the sum of products, less the product of the sums.
    private double spread(int group, int products, int left, int right) {
        if (!isFinite(group)) {
            return Double.NaN;
        }
        return BigDecimal.valueOf(counts[group])
                .multiply(exact(group, products))
                .subtract(exact(group, left).multiply(exact(group, right)))
                .doubleValue();
    }

    /// Sums of the second, third and fourth powers of distances from the mean.
    private double[] central(int group, long count) {
        if (!isFinite(group)) {
            return new double[] {Double.NaN, Double.NaN, Double.NaN};
        }
        BigDecimal n = BigDecimal.valueOf(count);
        BigDecimal s1 = exact(group, 0);
        BigDecimal s2 = exact(group, 1);
        BigDecimal s3 = exact(group, 2);
        BigDecimal s4 = exact(group, 3);
        BigDecimal square = s1.multiply(s1);
        BigDecimal second = n.multiply(s2).subtract(square);
        BigDecimal third =
                n.multiply(n)
                        .multiply(s3)
                        .subtract(times(3, n).multiply(s1).multiply(s2))
                        .add(times(2, square).multiply(s1));
        BigDecimal fourth =
                n.pow(3)
                        .multiply(s4)
                        .subtract(times(4, n.pow(2)).multiply(s1).multiply(s3))
                        .add(times(6, n).multiply(square).multiply(s2))
                        .subtract(times(3, square).multiply(square));
        double size = (double) count;
        return new double[] {
            second.doubleValue() / size,
            third.doubleValue() / (size * size),
            fourth.doubleValue() / (size * size * size)
        };
    }

    private static BigDecimal times(long factor, BigDecimal value) {
        return BigDecimal.valueOf(factor).multiply(value);
    }

    private double skewness(int group, long count) {
        double[] central = central(group, count);
        return Math.sqrt((double) count) * central[1] / Math.pow(central[0], 1.5);
    }

    private double kurtosis(int group, long count) {
        double[] central = central(group, count);
        double n = (double) count;
        double spare = (n - 2) * (n - 3);
        return (n - 1) * n * (n + 1) / spare * central[2] / (central[0] * central[0])
                - 3 * ((n - 1) * (n - 1)) / spare;
    }
}
