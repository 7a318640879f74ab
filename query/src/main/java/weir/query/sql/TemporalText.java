// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.CompositeIntervalQualifier;
import io.trino.sql.tree.IntervalDataType;
import io.trino.sql.tree.IntervalField;
import io.trino.sql.tree.IntervalLiteral;
import io.trino.sql.tree.IntervalQualifier;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.SimpleIntervalQualifier;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import weir.query.expr.Expr;
import weir.query.fault.QueryException.Code;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;
import weir.query.value.TimeText;
import weir.query.value.Zones;

/// The texts of DATE, TIMESTAMP and INTERVAL literals.
final class TemporalText {
    private static final List<String> FIELDS =
            List.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND");
    private static final long[] FIELD_MILLIS = {0, 0, 86_400_000, 3_600_000, 60_000, 1_000};

    private TemporalText() {}

    /// The value of a DATE literal.
    static Expr date(Node node, String text) {
        Long days = TimeText.parseDate(text);
        if (days == null) {
            throw Problem.mismatch(
                    node, "'" + text + "' is not a valid DATE literal: write DATE '2026-11-23'");
        }
        return new Expr.Literal(BasicType.DATE, days);
    }

    /// The value of a TIMESTAMP literal, with or without a zone.
    static Expr timestamp(Node node, String text) {
        return timestamp(node, text, ' ');
    }

    /// The value of text in the form of ISO 8601.
    static Expr isoTimestamp(Node node, String text) {
        return timestamp(node, text, 'T');
    }

    private static Expr timestamp(Node node, String text, char separator) {
        TimeText time = TimeText.parse(text, separator);
        if (time == null) {
            throw invalid(node, text, separator);
        }
        if (time.isFiner()) {
            throw Problem.unsupported(node, "A timestamp finer than milliseconds");
        }
        String zone = time.zone();
        int digits = separator == ' ' ? Math.min(time.digits(), Timestamps.PRECISION_MAX) : 3;
        if (zone == null) {
            return new Expr.Literal(Timestamps.of(digits, null), time.millis());
        }
        SqlType type = Timestamps.of(digits, zone(node, zone));
        return new Expr.Literal(type, Zones.toInstant(time.millis(), type));
    }

    /// The name of the zone that `text` means.
    static String zone(Node node, String text) {
        String zone = Zones.name(text);
        if (zone == null) {
            throw Problem.at(node, Code.INVALID_VALUE, "Time zone not supported: " + text);
        }
        return zone;
    }

    private static RuntimeException invalid(Node node, String text, char separator) {
        return Problem.mismatch(
                node,
                "'"
                        + text
                        + (separator == ' '
                                ? "' is not a valid TIMESTAMP literal: write"
                                        + " TIMESTAMP '2026-11-23 18:30:00' or '... UTC'"
                                : "' is not a valid ISO 8601 timestamp: write"
                                        + " '2026-11-23T18:30:00Z'"));
    }

    /// Which of its two kinds a type of INTERVAL is.
    static SqlType intervalType(IntervalDataType type) {
        return fields(type, type.qualifier())[0] < 2
                ? BasicType.INTERVAL_YEAR_MONTH
                : BasicType.INTERVAL_DAY_SECOND;
    }

    /// The first and the last field that `qualifier` names, as places in [#FIELDS].
    private static int[] fields(Node node, IntervalQualifier qualifier) {
        return switch (qualifier) {
            case SimpleIntervalQualifier simple -> {
                int field = field(node, simple.getField());
                yield new int[] {field, field};
            }
            case CompositeIntervalQualifier composite ->
                    new int[] {field(node, composite.getFrom()), field(node, composite.getTo())};
            default -> throw Problem.unsupported(node, "This kind of INTERVAL");
        };
    }

    /// The value of an INTERVAL literal.
    static Expr interval(IntervalLiteral literal) {
        int[] fields = fields(literal, literal.qualifier());
        int first = fields[0];
        int last = fields[1];
        String text = literal.getValue().strip();
        int sign = literal.getSign().multiplier();
        if (text.startsWith("-")) {
            sign = -sign;
            text = text.substring(1);
        }
        String[] parts = text.split("[-: ]", -1);
        if (parts.length != last - first + 1 || (first < 2) != (last < 2)) {
            throw invalidInterval(literal);
        }
        return total(literal, parts, first, sign);
    }

    private static Expr total(IntervalLiteral literal, String[] parts, int first, int sign) {
        try {
            boolean isMonths = first < 2;
            long amount = 0;
            for (int i = 0; i < parts.length; i++) {
                int field = first + i;
                long add =
                        isMonths
                                ? Long.parseLong(parts[i]) * (field == 0 ? 12 : 1)
                                : millis(parts[i], field);
                amount = Math.addExact(amount, add);
            }
            return new Expr.Literal(
                    isMonths ? BasicType.INTERVAL_YEAR_MONTH : BasicType.INTERVAL_DAY_SECOND,
                    sign * amount);
        } catch (ArithmeticException | NumberFormatException e) {
            throw invalidInterval(literal);
        }
    }

    private static long millis(String part, int field) {
        boolean isSecond = field == FIELDS.size() - 1;
        if (!part.matches(isSecond ? "\\d+(\\.\\d+)?" : "\\d+")) {
            throw new NumberFormatException(part);
        }
        return new BigDecimal(part)
                .multiply(BigDecimal.valueOf(FIELD_MILLIS[field]))
                .toBigInteger()
                .longValueExact();
    }

    private static int field(Node node, IntervalField field) {
        String name = field.getClass().getSimpleName().toUpperCase(Locale.ROOT);
        int index = FIELDS.indexOf(name);
        if (index < 0) {
            throw Problem.unsupported(node, "INTERVAL of " + name);
        }
        return index;
    }

    private static RuntimeException invalidInterval(IntervalLiteral literal) {
        return Problem.mismatch(
                literal,
                "'"
                        + literal.getValue()
                        + "' is not a valid INTERVAL: write INTERVAL '7' DAY or"
                        + " INTERVAL '1 12:30:00' DAY TO SECOND; fields are "
                        + String.join(", ", Arrays.asList("YEAR", "MONTH", "DAY"))
                        + ", HOUR, MINUTE and SECOND");
    }
}
