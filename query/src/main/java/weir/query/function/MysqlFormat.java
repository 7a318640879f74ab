// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.Locale;
import org.joda.time.format.DateTimeFormatter;
import org.joda.time.format.DateTimeFormatterBuilder;

/// MySQL's formats of time: `%Y-%m-%d %H:%i:%s`.
final class MysqlFormat {
    /// Two digits of a year mean 1970 to 2069.
    private static final int PIVOT_YEAR = 2020;

    private MysqlFormat() {}

    /// The reader of a format.
    ///
    /// @throws weir.query.fault.QueryException for the letters that Trino refuses
    static DateTimeFormatter of(String format) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        for (int i = 0; i < format.length(); i++) {
            char character = format.charAt(i);
            if (character != '%') {
                builder.appendLiteral(character);
            } else if (i + 1 < format.length()) {
                append(builder, format.charAt(++i));
            }
        }
        try {
            return builder.toFormatter().withLocale(Locale.ENGLISH);
        } catch (UnsupportedOperationException e) {
            throw Args.invalid("Both printing and parsing not supported", e);
        }
    }

    private static void append(DateTimeFormatterBuilder builder, char field) {
        switch (field) {
            case 'a' -> builder.appendDayOfWeekShortText();
            case 'b' -> builder.appendMonthOfYearShortText();
            case 'c' -> builder.appendMonthOfYear(1);
            case 'd' -> builder.appendDayOfMonth(2);
            case 'e' -> builder.appendDayOfMonth(1);
            case 'f' -> builder.appendFractionOfSecond(6, 9);
            case 'H' -> builder.appendHourOfDay(2);
            case 'h', 'I' -> builder.appendClockhourOfHalfday(2);
            case 'i' -> builder.appendMinuteOfHour(2);
            case 'j' -> builder.appendDayOfYear(3);
            case 'k' -> builder.appendHourOfDay(1);
            case 'l' -> builder.appendClockhourOfHalfday(1);
            case 'M' -> builder.appendMonthOfYearText();
            case 'm' -> builder.appendMonthOfYear(2);
            case 'p' -> builder.appendHalfdayOfDayText();
            case 'r' -> appendAll(builder, "h:i:s p");
            case 'S', 's' -> builder.appendSecondOfMinute(2);
            case 'T' -> appendAll(builder, "H:i:s");
            case 'v' -> builder.appendWeekOfWeekyear(2);
            case 'x' -> builder.appendWeekyear(4, 4);
            case 'W' -> builder.appendDayOfWeekText();
            case 'Y' -> builder.appendYear(4, 4);
            case 'y' -> builder.appendTwoDigitYear(PIVOT_YEAR);
            case 'w', 'U', 'u', 'V', 'X', 'D' ->
                    throw Args.invalid("%" + field + " not supported in date format string");
            default -> builder.appendLiteral(field);
        }
    }

    /// Letters as fields, other characters as they are.
    private static void appendAll(DateTimeFormatterBuilder builder, String fields) {
        for (int i = 0; i < fields.length(); i++) {
            char character = fields.charAt(i);
            if (Character.isLetter(character)) {
                append(builder, character);
            } else {
                builder.appendLiteral(character);
            }
        }
    }
}
