// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.math.BigDecimal;

/// What CAST of a DOUBLE to VARCHAR gives: always with an exponent (`1.0E9`, `1.0E-1`), unlike the
/// form in which Trino's command line prints a DOUBLE.
final class DoubleText {
    private DoubleText() {}

    /// The text of a DOUBLE.
    static String of(double value) {
        return of(value, Double.toString(Math.abs(value)));
    }

    /// The text of a REAL, which has fewer digits.
    static String ofReal(float value) {
        return of(value, Float.toString(Math.abs(value)));
    }

    /// @param shortestText the shortest number that reads as `value` without its sign
    private static String of(double value, String shortestText) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0E0" : "0E0";
        }
        BigDecimal shortest = new BigDecimal(shortestText).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String fraction = digits.length() == 1 ? "0" : digits.substring(1);
        return (value < 0 ? "-" : "") + digits.charAt(0) + "." + fraction + "E" + exponent;
    }
}
