// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Several measurements of the same thing, in one unit. Immutable.
///
/// @param median the middle one, or the mean of the two in the middle
/// @param min the least
/// @param max the greatest
record Spread(double median, double min, double max) {

    /// @throws IllegalArgumentException when there is no value
    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a spread is of at least one value");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /// The median of the first by that of the second.
    static double ratio(List<Double> values, List<Double> divisors) {
        return of(values).median() / of(divisors).median();
    }

    /// `12.3 (11.9-14.0)`, with so many digits behind the point.
    String text(int digits) {
        String number = "%." + digits + "f";
        return String.format(
                Locale.ROOT, number + " (" + number + "-" + number + ")", median, min, max);
    }
}
