// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads bytes as the summaries print them, in decimal units: `1048576`, `500MB`, `1.5 GB`, `2T`;
/// and in binary ones with an i: `512MiB`.
final class ByteCount implements ITypeConverter<Long> {
    private static final Pattern COUNT =
            Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,9})?) ?(?:([kmgt])(i?)b?|b)?");

    @Override
    public Long convert(String value) {
        Matcher count = COUNT.matcher(value.toLowerCase(Locale.ROOT));
        try {
            if (count.matches()) {
                String unit = count.group(2);
                int power = unit == null ? 0 : 1 + "kmgt".indexOf(unit);
                int base = power > 0 && !count.group(3).isEmpty() ? 1024 : 1000;
                return new BigDecimal(count.group(1))
                        .multiply(BigDecimal.valueOf(base).pow(power))
                        .setScale(0, RoundingMode.FLOOR)
                        .longValueExact();
            }
        } catch (ArithmeticException _) {
            // More than any disk has.
        }
        throw new TypeConversionException(
                "'" + value + "' is no number of bytes like 500MB or 20GB");
    }
}
