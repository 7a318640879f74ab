// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;

/// Ranges of time out of texts of time: `date_format(t, '%Y-%m-%d') = '2026-11-23'`, and the
/// partition strings `year = '2026' AND month = '11' AND day = '23'`.
final class FormattedTimes {
    private static final String FIELDS = "YmdH";
    private static final ChronoUnit[] UNITS = {
        ChronoUnit.YEARS, ChronoUnit.MONTHS, ChronoUnit.DAYS, ChronoUnit.HOURS
    };

    private FormattedTimes() {}

    /// The range of times that a comparison for equality with a literal means, or null.
    static @Nullable Expr range(
            ScalarFunction function, Expr.Call formatted, Expr.Literal literal) {
        if (function != ScalarFunction.EQUAL
                || !(literal.value() instanceof String text)
                || !(formatted.arguments().get(1) instanceof Expr.Literal format)
                || !(format.value() instanceof String pattern)) {
            return null;
        }
        int[] values = {0, 1, 1, 0};
        int fields = parse(pattern, text, values);
        return fields == 0 ? null : range(formatted.arguments().getFirst(), values, fields);
    }

    /// Reads `text` by a pattern of `%Y`, `%m`, `%d`, `%H` in this order and plain characters.
    ///
    /// @return how many fields were read; 0 when the pattern is another or the text no such time
    private static int parse(String pattern, String text, int[] values) {
        int fields = 0;
        int at = 0;
        int i = 0;
        while (i < pattern.length()) {
            if (pattern.charAt(i) != '%') {
                if (at == text.length() || text.charAt(at) != pattern.charAt(i)) {
                    return 0;
                }
                at++;
                i++;
                continue;
            }
            if (fields == FIELDS.length()
                    || !pattern.startsWith(FIELDS.substring(fields, fields + 1), i + 1)) {
                return 0;
            }
            int end = at + (fields == 0 ? 4 : 2);
            if (end > text.length() || !text.substring(at, end).matches("[0-9]+")) {
                return 0;
            }
            values[fields++] = Integer.parseInt(text.substring(at, end));
            at = end;
            i += 2;
        }
        return at == text.length() ? fields : 0;
    }

    private static @Nullable Expr range(Expr time, int[] values, int fields) {
        try {
            LocalDateTime start =
                    LocalDate.of(values[0], values[1], values[2]).atTime(values[3], 0);
            return ComparisonRanges.between(
                    time, at(time, start), at(time, start.plus(1, UNITS[fields - 1])));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Expr at(Expr time, LocalDateTime value) {
        return ComparisonRanges.literal(time.type(), value.toEpochSecond(ZoneOffset.UTC) * 1000);
    }

    /// One field of a time compared with a text: `date_format(time, '%m') = '11'`.
    private record FieldTest(Expr time, int field, int value) {

        /// What `conjunct` tests, or null.
        static @Nullable FieldTest of(Expr conjunct) {
            if (!(conjunct instanceof Expr.Call equal)
                    || equal.function() != ScalarFunction.EQUAL
                    || !(equal.arguments().get(0) instanceof Expr.Call format)
                    || format.function() != ScalarFunction.DATE_FORMAT
                    || !(equal.arguments().get(1) instanceof Expr.Literal literal)
                    || !(literal.value() instanceof String text)
                    || !(format.arguments().get(1) instanceof Expr.Literal shape)
                    || !(shape.value() instanceof String pattern)) {
                return null;
            }
            int field =
                    pattern.length() == 2 && pattern.charAt(0) == '%'
                            ? FIELDS.indexOf(pattern.charAt(1))
                            : -1;
            return field >= 0 && text.matches(field == 0 ? "[0-9]{4}" : "[0-9]{2}")
                    ? new FieldTest(format.arguments().getFirst(), field, Integer.parseInt(text))
                    : null;
        }
    }

    /// Conjuncts in which year, month, day and hour of one time, each compared with a text and none
    /// left out from the year on, have become one range of the time.
    static List<Expr> mergeFields(List<Expr> conjuncts) {
        Map<Expr, List<FieldTest>> byTime = new LinkedHashMap<>();
        for (Expr conjunct : conjuncts) {
            FieldTest test = FieldTest.of(conjunct);
            if (test != null && test.time().type() != BasicType.DATE) {
                byTime.computeIfAbsent(test.time(), _ -> new ArrayList<>()).add(test);
            }
        }
        List<Expr> merged = new ArrayList<>(conjuncts);
        byTime.forEach((time, tests) -> merge(time, tests, merged));
        return merged;
    }

    private static void merge(Expr time, List<FieldTest> tests, List<Expr> conjuncts) {
        int[] values = {0, 1, 1, 0};
        int fields = 0;
        while (fields < FIELDS.length()) {
            int field = fields;
            List<FieldTest> same = tests.stream().filter(test -> test.field() == field).toList();
            if (same.size() != 1) {
                break;
            }
            values[fields++] = same.getFirst().value();
        }
        Expr range = fields < 2 ? null : range(time, values, fields);
        if (range == null) {
            return;
        }
        int last = fields;
        conjuncts.removeIf(conjunct -> {
            FieldTest test = FieldTest.of(conjunct);
            return test != null && test.time().equals(time) && test.field() < last;
        });
        conjuncts.add(range);
    }
}
