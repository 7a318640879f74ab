// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;

/// Prints a value as Trino's command line prints it: `2026-01-01 00:00:00.000 UTC`, `true`, `0.1`,
/// `1.0E9`. The same text is what CAST AS VARCHAR gives.
public final class ValueText {
    private static final long DAY_MILLIS = 86_400_000L;

    private ValueText() {}

    /// The text of `value`, which is not null and of `type`: `[a, b]` of an array, `{k=v}` of a
    /// map, `{x=1, 2}` of a row.
    public static String of(Object value, SqlType type) {
        if (type.isNested()) {
            return append(new StringBuilder(), value, type).toString();
        }
        return switch (value) {
            case Long number -> ofLong(number, type);
            case Double number -> ofDouble(number, type);
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    /// The text of a value that stands as a floating-point number.
    public static String ofDouble(double value, SqlType type) {
        return type == BasicType.REAL ? Float.toString((float) value) : Double.toString(value);
    }

    private static StringBuilder append(StringBuilder text, @Nullable Object value, SqlType type) {
        if (value == null) {
            return text.append("null");
        }
        return switch (type) {
            case SqlType.Array array -> appendArray(text, Values.asList(value), array);
            case SqlType.MapOf map -> appendMap(text, Values.asMap(value), map);
            case SqlType.Row row -> appendRow(text, Values.asList(value), row);
            case BasicType _, SqlType.Decimal _, SqlType.Timestamp _, SqlType.Char _ ->
                    text.append(of(value, type));
        };
    }

    private static StringBuilder appendArray(
            StringBuilder text, List<@Nullable Object> elements, SqlType.Array type) {
        String separator = "[";
        for (Object element : elements) {
            append(text.append(separator), element, type.element());
            Allowance.current().checkText(text.length());
            separator = ", ";
        }
        return text.append(elements.isEmpty() ? "[]" : "]");
    }

    private static StringBuilder appendMap(
            StringBuilder text, Map<Object, @Nullable Object> entries, SqlType.MapOf type) {
        String separator = "{";
        for (Map.Entry<Object, @Nullable Object> entry : entries.entrySet()) {
            append(text.append(separator), entry.getKey(), type.key()).append('=');
            append(text, entry.getValue(), type.value());
            Allowance.current().checkText(text.length());
            separator = ", ";
        }
        return text.append(entries.isEmpty() ? "{}" : "}");
    }

    private static StringBuilder appendRow(
            StringBuilder text, List<@Nullable Object> values, SqlType.Row type) {
        for (int i = 0; i < values.size(); i++) {
            SqlType.Row.Field field = type.fields().get(i);
            text.append(i == 0 ? "{" : ", ");
            if (field.name() != null) {
                text.append(field.name()).append('=');
            }
            append(text, values.get(i), field.type());
        }
        return text.append('}');
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
                    case INTERVAL_DAY_SECOND -> daysToSeconds(value);
                    case INTERVAL_YEAR_MONTH -> yearsToMonths(value);
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

    /// `2 03:00:00.000`, with one sign for the whole.
    private static String daysToSeconds(long millis) {
        StringBuilder text = new StringBuilder(24).append(millis < 0 ? "-" : "");
        // The least number has no positive twin; its parts have.
        text.append(Math.abs(millis / DAY_MILLIS)).append(' ');
        return appendTimeOfDay(text, (int) Math.abs(millis % DAY_MILLIS), 3).toString();
    }

    /// `1-6`, with one sign for the whole.
    private static String yearsToMonths(long months) {
        return (months < 0 ? "-" : "") + Math.abs(months / 12) + "-" + Math.abs(months % 12);
    }

    private static StringBuilder appendTimestamp(long millis, char separator, int digits) {
        StringBuilder text = new StringBuilder(28);
        appendDate(text, Math.floorDiv(millis, DAY_MILLIS)).append(separator);
        return appendTimeOfDay(text, (int) Math.floorMod(millis, DAY_MILLIS), digits);
    }

    private static StringBuilder appendTimeOfDay(StringBuilder text, int ofDay, int digits) {
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
