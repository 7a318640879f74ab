// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/// Numbers for people.
final class NumberText {
    private static final String[] UNITS = {"", "K", "M", "B", "T", "Q"};

    private NumberText() {}

    /// Three digits and a unit of thousands: `999`, `1.23K`, `45.6M`.
    static String shortForm(double value) {
        double rest = value;
        int unit = 0;
        while (Math.abs(rest) >= 1000 && unit < UNITS.length - 1) {
            rest /= 1000;
            unit++;
        }
        double magnitude = Math.abs(rest);
        String pattern = magnitude < 10 ? "#.##" : magnitude < 100 ? "#.#" : "#";
        DecimalFormat format =
                new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(rest) + UNITS[unit];
    }
}
