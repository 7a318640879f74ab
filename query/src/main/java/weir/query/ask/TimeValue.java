// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as people type them, as epoch seconds.
///
/// What begins with `-` counts back from the newest record, not from the clock, so that logs that
/// were exported last month answer what they would have answered then.
final class TimeValue {
    /// What may be typed, in words.
    static final String FORMS =
            "-24h or -7d (back from the newest record), 2026-01-31, 2026-01-31T09:30 (UTC), epoch"
                    + " seconds, or all";

    /// The first second of the year 10000: behind all records.
    private static final long FAR_SECONDS = 253_402_300_800L;

    private static final Pattern BACK = Pattern.compile("-([0-9]{1,9})([smhdw])");

    /// From 1973 on: fewer digits are a year or a day without its hyphens.
    private static final Pattern SECONDS = Pattern.compile("[0-9]{9,12}");

    private TimeValue() {}

    /// @param name of the parameter: `all` is the end of time for `to`, and for names that end in
    ///   `_to`, and its beginning for others
    /// @throws IllegalArgumentException when `text` is no time
    static long epochSeconds(String name, String text, LongSupplier newest) {
        if (text.equals("all")) {
            return name.equals("to") || name.endsWith("_to") ? FAR_SECONDS : 0;
        }
        Matcher back = BACK.matcher(text);
        if (back.matches()) {
            long seconds = Long.parseLong(back.group(1)) * unitSeconds(back.group(2));
            return newest.getAsLong() - seconds;
        }
        if (SECONDS.matcher(text).matches() || text.equals("0")) {
            return Long.parseLong(text);
        }
        return dateTime(text.replace(' ', 'T'));
    }

    private static long unitSeconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            default -> 7 * 86_400;
        };
    }

    private static long dateTime(String text) {
        try {
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text)
                        .toEpochSecond(java.time.LocalTime.MIDNIGHT, ZoneOffset.UTC);
            }
            boolean isZoned = text.endsWith("Z") || text.matches(".*[+-][0-9]{2}:[0-9]{2}");
            return isZoned
                    ? OffsetDateTime.parse(text).toEpochSecond()
                    : LocalDateTime.parse(text).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("", e);
        }
    }
}
