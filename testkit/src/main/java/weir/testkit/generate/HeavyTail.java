// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// A heavy-tailed count: log-normal in the middle, Pareto above the 98th percentile, at least 1.
/// Immutable.
///
/// Quantiles are tabulated once with StrictMath and interpolated with integers, so that the same
/// random bits give the same count everywhere.
final class HeavyTail {

    private static final int STEPS = 4096;
    private static final double TAIL = 0.98;

    private final long[] quantile = new long[STEPS + 1];

    /// @param median the middle count
    /// @param sigma spread of the logarithm; 1 to 2 is usual for flows
    /// @param tailExponent Pareto exponent of the largest 2 %; nearer 1 is heavier
    /// @param most the largest count
    HeavyTail(double median, double sigma, double tailExponent, long most) {
        double knee = logNormal(median, sigma, TAIL);
        for (int i = 0; i <= STEPS; i++) {
            double p = (i + 0.5) / (STEPS + 1);
            double value =
                    p < TAIL
                            ? logNormal(median, sigma, p)
                            : knee * StrictMath.pow((1 - TAIL) / (1 - p), 1 / tailExponent);
            quantile[i] = Math.clamp((long) value, 1, most);
        }
    }

    long draw(SeededRandom random) {
        long bits = random.next();
        int i = (int) (bits & (STEPS - 1));
        long low = quantile[i];
        long gap = quantile[i + 1] - low;
        return low + (((bits >>> 40) * (gap + 1)) >>> 24);
    }

    private static double logNormal(double median, double sigma, double p) {
        return median * StrictMath.exp(sigma * normalQuantile(p));
    }

    /// Inverse of the normal distribution by the rational approximation 26.2.22 of Abramowitz and
    /// Stegun (error below 0.003, which shapes traffic well enough).
    private static double normalQuantile(double p) {
        double t = StrictMath.sqrt(-2 * StrictMath.log(p < 0.5 ? p : 1 - p));
        double x = t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t);
        return p < 0.5 ? -x : x;
    }
}
