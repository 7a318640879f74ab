// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Functions on milliseconds since 1970 UTC.
public final class TimeFunctions {
    private static final long DAY_MILLIS = TimeUnit.DAY_MILLIS;
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

    /// The instant of so many seconds, rounded to milliseconds.
    public static long fromUnixTime(double seconds) {
        return Math.round(seconds * 1000);
    }

    /// The same of whole seconds, with the same result.
    public static long fromUnixTime(long seconds) {
        boolean isExact = seconds == seconds << 20 >> 20;
        return isExact ? seconds * 1000 : fromUnixTime((double) seconds);
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

    /// Days of `yyyy-M-d`, or null when the text is no date.
    static @Nullable Long parseDate(String text) {
        String[] parts = text.split("-", -1);
        if (parts.length != 3 || parts[0].length() < 4) {
            return null;
        }
        long year = number(parts[0], 6);
        long month = number(parts[1], 2);
        long day = number(parts[2], 2);
        boolean isDate =
                year >= 0
                        && month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= CivilDate.monthDays(year, month);
        return isDate ? CivilDate.toDays(year, month, day) : null;
    }

    /// Milliseconds of `yyyy-M-d[ H:m[:s[.fraction]]]`, or null when the text is no timestamp.
    static @Nullable Long parseTimestamp(String text) {
        String normal = text.replace('T', ' ');
        int space = normal.indexOf(' ');
        Long days = parseDate(space < 0 ? normal : normal.substring(0, space));
        if (days == null) {
            return null;
        }
        if (space < 0) {
            return days * DAY_MILLIS;
        }
        String[] parts = normal.substring(space + 1).split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            return null;
        }
        long hour = number(parts[0], 2);
        long minute = number(parts[1], 2);
        long millis = parts.length == 3 ? secondMillis(parts[2]) : 0;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || millis < 0) {
            return null;
        }
        return days * DAY_MILLIS + hour * 3_600_000 + minute * 60_000 + millis;
    }

    /// The same with a zone behind it: `UTC`, `Z` or `+hh:mm`; without one it is UTC.
    static @Nullable Long parseTimestampWithZone(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        for (String utc : new String[] {" UTC", " GMT", " Z", "Z"}) {
            if (upper.endsWith(utc)) {
                return parseTimestamp(text.substring(0, text.length() - utc.length()));
            }
        }
        int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        if (sign <= 10) {
            return parseTimestamp(text);
        }
        String[] parts = text.substring(sign + 1).split(":", -1);
        long hours = number(parts[0], 2);
        long minutes = parts.length == 2 ? number(parts[1], 2) : parts.length == 1 ? 0 : -1;
        Long local = parseTimestamp(text.substring(0, sign).stripTrailing());
        if (local == null || hours < 0 || hours > 14 || minutes < 0 || minutes > 59) {
            return null;
        }
        long offset = hours * 3_600_000 + minutes * 60_000;
        return text.charAt(sign) == '+' ? local - offset : local + offset;
    }

    private static long secondMillis(String text) {
        int point = text.indexOf('.');
        long seconds = number(point < 0 ? text : text.substring(0, point), 2);
        if (seconds < 0 || seconds > 59 || point < 0) {
            return seconds > 59 ? -1 : seconds * 1000;
        }
        String fraction = text.substring(point + 1);
        long value = number(fraction, 12);
        if (value < 0) {
            return -1;
        }
        String padded = fraction + "0000";
        // Precision is 3: what follows is rounded half up.
        return seconds * 1000
                + Long.parseLong(padded.substring(0, 3))
                + (padded.charAt(3) >= '5' ? 1 : 0);
    }

    /// The number of 1 to `digitsMax` ASCII digits, or -1.
    private static long number(String text, int digitsMax) {
        if (text.isEmpty() || text.length() > digitsMax) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = 10 * value + (digit - '0');
        }
        return value;
    }
}
