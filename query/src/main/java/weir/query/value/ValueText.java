// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;

/// Prints a value as Trino's command line prints it: `2026-01-01 00:00:00.000 UTC`, `true`, `0.1`,
/// `1.0E9`. The same text is what CAST AS VARCHAR gives.
public final class ValueText {
    private static final long DAY_MILLIS = 86_400_000L;

    private ValueText() {}

    /// The text of `value`, which is not null and of `type`.
    public static String of(Object value, SqlType type) {
        return switch (value) {
            case Long number -> ofLong(number, type);
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    /// The text of a value that stands as a whole number.
    public static String ofLong(long value, SqlType type) {
        if (Timestamps.isTimestamp(type)) {
            return timestamp(value, type);
        }
        return type instanceof BasicType basic
                ? switch (basic) {
                    case BOOLEAN -> value != 0 ? "true" : "false";
                    case DATE -> appendDate(new StringBuilder(10), value).toString();
                    default -> Long.toString(value);
                }
                : Long.toString(value);
    }

    private static String timestamp(long millis, SqlType type) {
        int digits = Timestamps.precision(type);
        if (Timestamps.isLocal(type)) {
            return appendTimestamp(millis, ' ', digits).toString();
        }
        return appendTimestamp(Zones.toLocal(millis, type), ' ', digits)
                .append(' ')
                .append(Timestamps.zone(type))
                .toString();
    }

    /// ISO 8601, as `to_iso8601` gives it.
    static String iso8601(long value, SqlType type) {
        if (type == BasicType.DATE) {
            return ofLong(value, type);
        }
        int digits = Timestamps.precision(type);
        if (Timestamps.isLocal(type)) {
            return appendTimestamp(value, 'T', digits).toString();
        }
        long offset = Zones.offset(value, type);
        StringBuilder text = appendTimestamp(value + offset, 'T', digits);
        return offset == 0
                ? text.append('Z').toString()
                : text.append(ZoneOffset.ofTotalSeconds((int) (offset / 1000))).toString();
    }

    private static StringBuilder appendTimestamp(long millis, char separator, int digits) {
        StringBuilder text = new StringBuilder(28);
        appendDate(text, Math.floorDiv(millis, DAY_MILLIS)).append(separator);
        int ofDay = (int) Math.floorMod(millis, DAY_MILLIS);
        append(text, ofDay / 3_600_000, 2).append(':');
        append(text, ofDay / 60_000 % 60, 2).append(':');
        append(text, ofDay / 1000 % 60, 2);
        if (digits == 0) {
            return text;
        }
        int length = text.append('.').length() + digits;
        append(text, ofDay % 1000, 3).setLength(length);
        return text;
    }

    private static StringBuilder appendDate(StringBuilder text, long days) {
        long[] civil = CivilDate.of(days);
        long year = civil[0];
        if (year < 0) {
            text.append('-');
        }
        append(text, Math.abs(year), 4).append('-');
        append(text, civil[1], 2).append('-');
        return append(text, civil[2], 2);
    }

    /// Appends `value` with at least `digits` digits.
    static StringBuilder append(StringBuilder text, long value, int digits) {
        String plain = Long.toString(value);
        return text.repeat("0", Math.max(0, digits - plain.length())).append(plain);
    }
}
