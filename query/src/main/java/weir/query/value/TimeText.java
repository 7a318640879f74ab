// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A point in time as text spells it: the one reading of literals and of casts.
///
/// @param millis since 1970 as if it was UTC, rounded half up
/// @param isFiner whether the text says more than milliseconds
/// @param digits of the fraction of a second, as they stand there
/// @param zone what stands behind the time, as it stands there; null when nothing does
public record TimeText(long millis, boolean isFiner, int digits, @Nullable String zone) {

    /// Days since 1970-01-01 of `[-]yyyy-M-d` with blanks around it, or null when it is no date.
    public static @Nullable Long parseDate(String text) {
        String date = text.strip();
        boolean isBefore = date.startsWith("-");
        String[] parts = (isBefore ? date.substring(1) : date).split("-", -1);
        if (parts.length != 3 || parts[0].length() < 4) {
            return null;
        }
        long year = number(parts[0], 6);
        long month = number(parts[1], 2);
        long day = number(parts[2], 2);
        if (year < 0 || month < 1 || month > 12) {
            return null;
        }
        long signed = isBefore ? -year : year;
        return day >= 1 && day <= CivilDate.monthDays(signed, month)
                ? CivilDate.toDays(signed, month, day)
                : null;
    }

    /// Reads `yyyy-M-d[ H:m[:s[.fraction]]][ zone]`; null when it is no timestamp.
    ///
    /// @param separator what stands between date and time: a blank in SQL, `T` in ISO 8601
    public static @Nullable TimeText parse(String text, char separator) {
        String all = text.strip();
        int dateEnd = end(all, "-");
        Long days = parseDate(all.substring(0, dateEnd));
        if (days == null) {
            return null;
        }
        String rest = all.substring(dateEnd);
        boolean hasTime =
                rest.length() > 1 && rest.charAt(0) == separator && isDigit(rest.charAt(1));
        int timeEnd = hasTime ? 1 + end(rest.substring(1), ":.") : 0;
        String zone = rest.substring(timeEnd).strip();
        if (!zone.isEmpty() && !isZone(zone)) {
            return null;
        }
        long start = days * TimeUnit.DAY_MILLIS;
        @Nullable String named = zone.isEmpty() ? null : zone;
        return hasTime
                ? ofDay(start, rest.substring(1, timeEnd), named)
                : new TimeText(start, false, 0, named);
    }

    /// Where the digits and `others` end that `text` starts with.
    private static int end(String text, String others) {
        int end = 0;
        while (end < text.length()
                && (isDigit(text.charAt(end)) || others.indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /// A name of letters, digits, `/`, `_`, `+` and `-`, or `+hh[:mm]`.
    private static boolean isZone(String zone) {
        char first = zone.charAt(0);
        if (first != '+' && first != '-') {
            return Character.isLetter(first)
                    && zone.chars().allMatch(c -> Character.isLetterOrDigit(c) || isSign(c));
        }
        String[] parts = zone.substring(1).split(":", -1);
        return parts.length <= 2
                && number(parts[0], 2) >= 0
                && (parts.length == 1 || number(parts[1], 2) >= 0);
    }

    private static boolean isSign(int character) {
        return "/_+-".indexOf(character) >= 0;
    }

    private static @Nullable TimeText ofDay(long start, String time, @Nullable String zone) {
        String[] parts = time.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            return null;
        }
        long hour = number(parts[0], 2);
        long minute = number(parts[1], 2);
        String second = parts.length == 3 ? parts[2] : "0";
        int point = second.indexOf('.');
        long seconds = number(point < 0 ? second : second.substring(0, point), 2);
        String fraction = point < 0 ? "0" : second.substring(point + 1);
        boolean isTime =
                hour >= 0
                        && hour <= 23
                        && minute >= 0
                        && minute <= 59
                        && seconds >= 0
                        && seconds <= 59
                        && number(fraction, 12) >= 0;
        if (!isTime) {
            return null;
        }
        String padded = fraction + "0000";
        long millis = Long.parseLong(padded.substring(0, 3)) + (padded.charAt(3) >= '5' ? 1 : 0);
        return new TimeText(
                start + hour * 3_600_000 + minute * 60_000 + seconds * 1000 + millis,
                number(padded.substring(3), padded.length()) > 0,
                point < 0 ? 0 : fraction.length(),
                zone);
    }

    /// The number of 1 to `digitsMax` ASCII digits, or -1.
    private static long number(String text, int digitsMax) {
        if (text.isEmpty() || text.length() > digitsMax) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            value = 10 * value + (text.charAt(i) - '0');
        }
        return value;
    }

    /// Whether the zone is none or UTC by one of its names.
    public boolean isUtc() {
        return zone == null || isUtc(zone);
    }

    /// Whether `zone` names UTC.
    public static boolean isUtc(String zone) {
        return switch (zone.toUpperCase(Locale.ROOT)) {
            case "UTC", "Z", "GMT", "ETC/UTC", "ETC/GMT", "+00:00", "-00:00", "+00" -> true;
            default -> false;
        };
    }
}
