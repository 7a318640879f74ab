// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.Locale;

/// The units of date_trunc and date_diff, on milliseconds since 1970 UTC.
public enum TimeUnit {
    MILLISECOND(1),
    SECOND(1000),
    MINUTE(60_000),
    HOUR(3_600_000),
    DAY(86_400_000),
    WEEK(7 * 86_400_000L),
    MONTH(0),
    QUARTER(0),
    YEAR(0);

    /// Milliseconds of a day.
    static final long DAY_MILLIS = 86_400_000L;

    private final long millis;

    TimeUnit(long millis) {
        this.millis = millis;
    }

    /// The unit called `name`, in any case.
    ///
    /// @throws weir.query.fault.QueryException when there is none
    public static TimeUnit of(String name, boolean isDate) {
        for (TimeUnit unit : values()) {
            boolean isKnown = !isDate || unit.compareTo(DAY) >= 0;
            if (isKnown && unit.name().equals(name.toUpperCase(Locale.ROOT))) {
                return unit;
            }
        }
        throw InvalidValue.of(
                "'" + name + "' is not a valid " + (isDate ? "DATE" : "TIMESTAMP") + " field");
    }

    /// Milliseconds of the unit; 0 where it depends on the calendar.
    public long millis() {
        return millis;
    }

    /// The start of the unit that holds `time`.
    public long truncate(long time) {
        if (this == WEEK) {
            long day = Math.floorDiv(time, DAY_MILLIS);
            return (day - (CivilDate.dayOfWeek(day) - 1)) * DAY_MILLIS;
        }
        if (millis > 0) {
            return time - Math.floorMod(time, millis);
        }
        long[] civil = CivilDate.of(Math.floorDiv(time, DAY_MILLIS));
        long month =
                switch (this) {
                    case YEAR -> 1;
                    case QUARTER -> (civil[1] - 1) / 3 * 3 + 1;
                    default -> civil[1];
                };
        return CivilDate.toDays(civil[0], month, 1) * DAY_MILLIS;
    }

    /// Whole units from `from` to `to`, negative when `to` is earlier.
    public long between(long from, long to) {
        if (millis > 0) {
            return (to - from) / millis;
        }
        long months = months(from, to);
        return switch (this) {
            case YEAR -> months / 12;
            case QUARTER -> months / 3;
            default -> months;
        };
    }

    private static long months(long from, long to) {
        if (to < from) {
            return -months(to, from);
        }
        long[] start = CivilDate.of(Math.floorDiv(from, DAY_MILLIS));
        long[] end = CivilDate.of(Math.floorDiv(to, DAY_MILLIS));
        long months = (end[0] - start[0]) * 12 + end[1] - start[1];
        return months > 0 && TimeFunctions.addMonths(from, months) > to ? months - 1 : months;
    }
}
