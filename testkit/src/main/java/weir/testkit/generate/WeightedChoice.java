// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// Picks an index with given weights in constant time (Walker's alias method). Immutable.
final class WeightedChoice {

    private final int[] threshold; // of 2^31
    private final int[] alias;

    WeightedChoice(double[] weights) {
        int n = weights.length;
        if (n == 0) {
            throw new IllegalArgumentException("a choice has at least one weight");
        }
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        threshold = new int[n];
        alias = new int[n];
        double[] scaled = new double[n];
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < n; i++) {
            scaled[i] = weights[i] * n / sum;
            alias[i] = i;
            threshold[i] = Integer.MAX_VALUE;
            if (scaled[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int less = small[--smalls];
            int more = large[larges - 1];
            threshold[less] = (int) (scaled[less] * 0x1p31);
            alias[less] = more;
            scaled[more] -= 1 - scaled[less];
            if (scaled[more] < 1) {
                larges--;
                small[smalls++] = more;
            }
        }
    }

    /// Weights 1/(i+1)^exponent: the first of `count` is picked most.
    static WeightedChoice zipf(int count, double exponent) {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = 1 / StrictMath.pow(i + 1.0, exponent);
        }
        return new WeightedChoice(weights);
    }

    static WeightedChoice of(int... weights) {
        double[] values = new double[weights.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = weights[i];
        }
        return new WeightedChoice(values);
    }

    int pick(SeededRandom random) {
        long bits = random.next();
        int i = (int) (((bits >>> 32) * threshold.length) >>> 32);
        return (int) (bits & 0x7FFF_FFFF) < threshold[i] ? i : alias[i];
    }
}
