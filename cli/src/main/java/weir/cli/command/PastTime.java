// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a day or an instant, UTC, or how long ago it was: `2026-11-01`, `2026-11-01T08:00:00Z`,
/// `-30d`, `-24h`, `-90m`.
final class PastTime implements ITypeConverter<Instant> {
    private static final Pattern AGO = Pattern.compile("-([0-9]{1,9})([dhm])");

    @Override
    public Instant convert(String value) {
        try {
            Matcher ago = AGO.matcher(value);
            if (ago.matches()) {
                long count = Long.parseLong(ago.group(1));
                return Instant.now()
                        .minus(
                                switch (ago.group(2)) {
                                    case "d" -> Duration.ofDays(count);
                                    case "h" -> Duration.ofHours(count);
                                    default -> Duration.ofMinutes(count);
                                });
            }
            return value.indexOf('T') < 0
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(value);
        } catch (DateTimeException | ArithmeticException _) {
            throw new TypeConversionException(
                    "'"
                            + value
                            + "' is no time like 2026-11-01 or 2026-11-01T08:00:00Z, and no time"
                            + " ago like -30d or -24h");
        }
    }
}
