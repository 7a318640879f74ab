// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import weir.query.fault.QueryException;

/// Functions on milliseconds since 1970 UTC.
public final class TimeFunctions {
    private static final long DAY_MILLIS = TimeUnit.DAY_MILLIS;

    /// Trino's timestamps with a zone have 52 bits of milliseconds.
    private static final long SECONDS_MAX = (1L << 51) / 1000;

    private static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };
    private static final String[] DAYS = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
    };

    private TimeFunctions() {}

    /// A DATE and a length of time, which must be whole days.
    static long addMillisToDays(long days, long millis) {
        if (millis % TimeUnit.DAY_MILLIS != 0) {
            throw InvalidValue.of("Cannot add hour, minutes or seconds to a date");
        }
        return Math.addExact(days, millis / TimeUnit.DAY_MILLIS);
    }

    /// The instant of so many seconds, rounded to milliseconds.
    ///
    /// @throws weir.query.fault.QueryException when there is no such instant
    public static long fromUnixTime(double seconds) {
        // NaN is within nothing.
        if (!(Math.abs(seconds) <= SECONDS_MAX)) {
            throw noTime(Double.toString(seconds));
        }
        return Math.round(seconds * 1000);
    }

    /// The same of whole seconds, with the same result.
    public static long fromUnixTime(long seconds) {
        if (seconds < -SECONDS_MAX || seconds > SECONDS_MAX) {
            throw noTime(Long.toString(seconds));
        }
        return seconds * 1000;
    }

    private static QueryException noTime(String seconds) {
        return InvalidValue.of(
                "from_unixtime takes seconds from -%d to %d, not %s"
                        .formatted(SECONDS_MAX, SECONDS_MAX, seconds));
    }

    /// The day of so many seconds.
    public static long utcDate(long seconds) {
        return Math.floorDiv(seconds, 86_400L);
    }

    /// The same time of day `months` later; the last day of a shorter month.
    static long addMonths(long millis, long months) {
        long days = Math.floorDiv(millis, DAY_MILLIS);
        return addMonthsToDays(days, months) * DAY_MILLIS + Math.floorMod(millis, DAY_MILLIS);
    }

    static long addMonthsToDays(long days, long months) {
        long[] civil = CivilDate.of(days);
        long month = Math.addExact(civil[0] * 12 + civil[1] - 1, months);
        long year = Math.floorDiv(month, 12L);
        long ofYear = Math.floorMod(month, 12L) + 1;
        long day = Math.min(civil[2], CivilDate.monthDays(year, ofYear));
        return CivilDate.toDays(year, ofYear, day);
    }

    static long year(long millis) {
        return CivilDate.of(Math.floorDiv(millis, DAY_MILLIS))[0];
    }

    static long month(long millis) {
        return CivilDate.of(Math.floorDiv(millis, DAY_MILLIS))[1];
    }

    static long day(long millis) {
        return CivilDate.of(Math.floorDiv(millis, DAY_MILLIS))[2];
    }

    static long hour(long millis) {
        return Math.floorMod(millis, DAY_MILLIS) / 3_600_000;
    }

    static long minute(long millis) {
        return Math.floorMod(millis, 3_600_000L) / 60_000;
    }

    static long second(long millis) {
        return Math.floorMod(millis, 60_000L) / 1000;
    }

    static long dayOfWeek(long millis) {
        return CivilDate.dayOfWeek(Math.floorDiv(millis, DAY_MILLIS));
    }

    static long dayOfYear(long millis) {
        return CivilDate.dayOfYear(Math.floorDiv(millis, DAY_MILLIS));
    }

    /// MySQL's format: `%Y-%m-%d %H:%i:%s` and so on. A letter without meaning stands for itself.
    ///
    /// @throws weir.query.fault.QueryException for the letters that Trino refuses
    static String format(long millis, String format) {
        StringBuilder text = new StringBuilder(format.length() + 16);
        for (int i = 0; i < format.length(); i++) {
            char character = format.charAt(i);
            if (character != '%' || i + 1 == format.length()) {
                if (character != '%') {
                    text.append(character);
                }
                continue;
            }
            appendField(text, millis, format.charAt(++i));
        }
        return text.toString();
    }

    private static void appendField(StringBuilder text, long millis, char field) {
        long days = Math.floorDiv(millis, DAY_MILLIS);
        long hour = hour(millis);
        long hour12 = (hour + 11) % 12 + 1;
        switch (field) {
            case 'Y' -> ValueText.append(text, year(millis), 4);
            case 'y' -> ValueText.append(text, Math.floorMod(year(millis), 100L), 2);
            case 'm' -> ValueText.append(text, month(millis), 2);
            case 'c' -> text.append(month(millis));
            case 'd' -> ValueText.append(text, day(millis), 2);
            case 'e' -> text.append(day(millis));
            case 'H' -> ValueText.append(text, hour, 2);
            case 'k' -> text.append(hour);
            case 'h', 'I' -> ValueText.append(text, hour12, 2);
            case 'l' -> text.append(hour12);
            case 'i' -> ValueText.append(text, minute(millis), 2);
            case 's', 'S' -> ValueText.append(text, second(millis), 2);
            case 'f' -> ValueText.append(text, Math.floorMod(millis, 1000L), 3).append("000");
            case 'p' -> text.append(hour < 12 ? "AM" : "PM");
            case 'j' -> ValueText.append(text, CivilDate.dayOfYear(days), 3);
            case 'M' -> text.append(monthName(millis));
            case 'b' -> text.append(monthName(millis), 0, 3);
            case 'W' -> text.append(dayName(days));
            case 'a' -> text.append(dayName(days), 0, 3);
            case 'v' -> ValueText.append(text, CivilDate.isoWeek(days)[1], 2);
            case 'x' -> ValueText.append(text, CivilDate.isoWeek(days)[0], 4);
            case 'T' -> text.append(format(millis, "%H:%i:%s"));
            case 'r' -> text.append(format(millis, "%h:%i:%s %p"));
            case 'D', 'U', 'u', 'V', 'w', 'X' ->
                    throw InvalidValue.of("%" + field + " not supported in date format string");
            default -> text.append(field);
        }
    }

    private static String monthName(long millis) {
        return MONTHS[(int) month(millis) - 1];
    }

    private static String dayName(long days) {
        return DAYS[CivilDate.dayOfWeek(days) - 1];
    }
}
