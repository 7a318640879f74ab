// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.util.Locale;

/// Amounts as people read them. Decimal units: 1 MB is 1,000,000 bytes.
public final class Quantity {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Quantity() {}

    /// `1,234,567`.
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// `1 file`, `2 files`.
    public static String of(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /// `512 bytes`, `1.5 MB`.
    public static String bytes(long value) {
        if (value < 1000) {
            return of(value, "byte");
        }
        double scaled = value;
        int unit = -1;
        do {
            scaled /= 1000;
            unit++;
        } while (scaled >= 999.95 && unit < UNITS.length - 1);
        return String.format(Locale.ROOT, "%.1f %s", scaled, UNITS[unit]);
    }

    /// `0.125 s`, `12.3 s`, `4 min 05 s`, `2 h 03 min`.
    public static String seconds(double value) {
        if (value < 10) {
            return String.format(Locale.ROOT, "%.3f s", value);
        }
        if (value < 99.95) {
            return String.format(Locale.ROOT, "%.1f s", value);
        }
        long whole = Math.round(value);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    /// `1 s`, `99 s`, `4 min 05 s`: no less than a second, and never too few.
    public static String wholeSeconds(double value) {
        long whole = Math.max(1, (long) Math.ceil(value));
        return whole < 100 ? whole + " s" : seconds((double) whole);
    }

    /// `15.2 M`, `830 k`, `12`: a rate without its unit.
    public static String rate(double perSecond) {
        if (perSecond >= 1e6) {
            return String.format(Locale.ROOT, "%.1f M", perSecond / 1e6);
        }
        return perSecond >= 1e3
                ? String.format(Locale.ROOT, "%.0f k", perSecond / 1e3)
                : String.format(Locale.ROOT, "%.0f", perSecond);
    }
}
