// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.math.BigDecimal;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.value.Allowance;
import weir.query.value.ValueText;

/// Functions of values of any type.
final class OtherFunctions {
    /// Widths and precisions of a format, which decide how much memory its result takes.
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{6,}");

    private static final Pattern DATA_SIZE =
            Pattern.compile("\\s*([0-9]{1,37}(?:\\.[0-9]{1,37})?)\\s*([a-zA-Z]+)\\s*");
    private static final List<String> SIZE_UNITS =
            List.of("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB");

    private OtherFunctions() {}

    static List<Definition> definitions() {
        Definitions others = new Definitions(Definition.Kind.OTHER);
        others.define(
                        "format",
                        "varchar, any...",
                        "varchar",
                        "Values in a text, by a format such as '%s: %,d'")
                .takesNulls()
                .with(types -> a -> format(a, types.arguments()));
        others.define(
                        "human_readable_seconds",
                        "double",
                        "varchar",
                        "A length of time in words: 1 minute, 36 seconds")
                .is(a -> seconds(Args.real(a, 0)));
        others.define("parse_data_size", "varchar", "decimal(p,s)", "Bytes of a text such as 2.3MB")
                .typed(_ -> new SqlType.Decimal(SqlType.Decimal.PRECISION_MAX, 0))
                .is(a -> dataSize(Args.text(a, 0)));
        return others.list();
    }

    private static @Nullable String format(@Nullable Object[] arguments, List<SqlType> types) {
        if (arguments[0] == null) {
            return null;
        }
        String format = Args.text(arguments, 0);
        if (LONG_NUMBER.matcher(format).find()) {
            throw Args.invalid("Invalid format string: " + format + " (a width is too large)");
        }
        @Nullable Object[] values = new @Nullable Object[arguments.length - 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = formatted(arguments[i + 1], types.get(i + 1));
        }
        try {
            String text = String.format(Locale.ENGLISH, format, values);
            Allowance.current().checkText(text.length());
            return text;
        } catch (IllegalFormatException e) {
            String reason = String.valueOf(e.getMessage());
            throw Args.invalid("Invalid format string: " + format + " (" + reason + ")", e);
        }
    }

    /// A value as Java's formatter takes it.
    private static @Nullable Object formatted(@Nullable Object value, SqlType type) {
        if (value == null) {
            return null;
        }
        if (type == BasicType.BOOLEAN) {
            return (Long) value != 0;
        }
        boolean isPlain = type.isNumeric() || value instanceof String;
        return isPlain ? value : TimeValues.formatted(value, type, ValueText.of(value, type));
    }

    private static String seconds(double value) {
        if (!Double.isFinite(value)) {
            throw Args.invalid("Invalid argument found: " + value);
        }
        long rest = Math.abs(Math.round(value));
        long[] lengths = {7 * 86_400, 86_400, 3600, 60, 1};
        String[] names = {"week", "day", "hour", "minute", "second"};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lengths.length; i++) {
            long count = rest / lengths[i];
            rest %= lengths[i];
            if (count > 0 || (i == lengths.length - 1 && text.isEmpty())) {
                text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(names[i]);
                text.append(count == 1 ? "" : "s");
            }
        }
        return text.toString();
    }

    private static BigDecimal dataSize(String text) {
        Matcher matcher = DATA_SIZE.matcher(text);
        int unit = matcher.matches() ? SIZE_UNITS.indexOf(matcher.group(2)) : -1;
        if (unit < 0) {
            throw Args.invalid("Invalid data size: '" + text + "'");
        }
        BigDecimal bytes =
                new BigDecimal(matcher.group(1))
                        .multiply(BigDecimal.valueOf(1024).pow(unit))
                        .setScale(0, java.math.RoundingMode.DOWN);
        if (bytes.precision() > SqlType.Decimal.PRECISION_MAX) {
            throw Args.invalid("Value out of range: '" + text + "' ('" + bytes + "B')");
        }
        return bytes;
    }
}
