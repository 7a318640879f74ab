// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.Binary;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;

/// Conversions between types.
public final class Casts {
    /// What an absent address reads as: it converts to NULL and does not fail.
    private static final String ABSENT_ADDRESS = "-";

    private Casts() {}

    /// `value`, not null and of type `from`, as a value of type `to`; null where that is NULL.
    ///
    /// @throws QueryException when there is no such value
    public static @Nullable Object cast(Object value, SqlType from, SqlType to) {
        if (from.equals(to)) {
            return value;
        }
        if (to instanceof SqlType.Decimal decimal) {
            return toDecimal(value, from, decimal);
        }
        if (Timestamps.isTimestamp(to)) {
            return toTimestamp(value, from, to);
        }
        return switch ((BasicType) to) {
            case BOOLEAN -> toBoolean(value, from);
            case INTEGER -> toInteger(value, from);
            case BIGINT -> toBigint(value, from);
            case DOUBLE -> toDouble(value, from);
            case VARCHAR ->
                    value instanceof Double number
                            ? DoubleText.of(number)
                            : ValueText.of(value, from);
            case DATE -> toDate(value, from);
            case TIMESTAMP, TIMESTAMP_TZ -> throw new IllegalStateException("handled above");
            case IPADDRESS -> toAddress(value, from);
            case VARBINARY -> toBinary(value, from);
            case UNKNOWN -> throw impossible(from, to);
        };
    }

    private static IllegalArgumentException impossible(SqlType from, SqlType to) {
        return new IllegalArgumentException(
                "no cast from " + from.displayName() + " to " + to.displayName());
    }

    private static QueryException cannotCast(Object value, String to) {
        return InvalidValue.of("Cannot cast '" + value + "' to " + to);
    }

    private static Long toBoolean(Object value, SqlType from) {
        return switch (value) {
            case Long number when from.isInteger() -> number != 0 ? 1L : 0L;
            case Double number -> number != 0 ? 1L : 0L;
            case BigDecimal number -> number.signum() != 0 ? 1L : 0L;
            case String text ->
                    switch (text.toLowerCase(Locale.ROOT)) {
                        case "true", "t", "1" -> 1L;
                        case "false", "f", "0" -> 0L;
                        default -> throw cannotCast(text, "BOOLEAN");
                    };
            default -> throw impossible(from, BasicType.BOOLEAN);
        };
    }

    private static Long toInteger(Object value, SqlType from) {
        if (value instanceof String text) {
            Long number = parseLong(text);
            if (number == null || number != number.intValue()) {
                throw cannotCast(text, "INT");
            }
            return number;
        }
        long number;
        try {
            number = toBigint(value, from);
        } catch (QueryException e) {
            throw value instanceof Double ? e : cannotCast(value, "INTEGER");
        }
        if (number != (int) number) {
            throw InvalidValue.of("Out of range for integer: " + value);
        }
        return number;
    }

    private static Long toBigint(Object value, SqlType from) {
        return switch (value) {
            case Long number when from.isInteger() || from == BasicType.BOOLEAN -> number;
            case Double number -> roundToLong(number);
            case BigDecimal number -> {
                BigDecimal rounded = number.setScale(0, RoundingMode.HALF_UP);
                if (rounded.unscaledValue().bitLength() > 63) {
                    throw cannotCast(number.toPlainString(), "BIGINT");
                }
                yield rounded.longValueExact();
            }
            case String text -> {
                Long number = parseLong(text);
                if (number == null) {
                    throw cannotCast(text, "BIGINT");
                }
                yield number;
            }
            default -> throw impossible(from, BasicType.BIGINT);
        };
    }

    private static long roundToLong(double value) {
        double rounded = value < 0 ? -Math.floor(-value + 0.5) : Math.floor(value + 0.5);
        if (Math.abs(value) >= 0x1p52) {
            rounded = value;
        }
        if (!(rounded >= -0x1p63 && rounded < 0x1p63)) {
            throw InvalidValue.of("Unable to cast " + value + " to bigint");
        }
        return (long) rounded;
    }

    private static @Nullable Long parseLong(String spaced) {
        String text = spaced.strip();
        boolean hasSign = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+');
        for (int i = hasSign ? 1 : 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static Double toDouble(Object value, SqlType from) {
        return switch (value) {
            case Long number when from.isInteger() || from == BasicType.BOOLEAN ->
                    number.doubleValue();
            case BigDecimal number -> number.doubleValue();
            case String text -> parseDouble(text);
            default -> throw impossible(from, BasicType.DOUBLE);
        };
    }

    /// Trino reads what Java reads: `1.5`, ` 1e3 `, `1.5d`, `NaN`, `-Infinity`.
    private static Double parseDouble(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            QueryException failure = cannotCast(text, "DOUBLE");
            failure.initCause(e);
            throw failure;
        }
    }

    private static BigDecimal toDecimal(Object value, SqlType from, SqlType.Decimal to) {
        BigDecimal number;
        try {
            number =
                    switch (value) {
                        case Long whole -> BigDecimal.valueOf(whole);
                        case Double real -> new BigDecimal(real.toString());
                        case BigDecimal decimal -> decimal;
                        case String text -> new BigDecimal(text);
                        default -> throw impossible(from, to);
                    };
        } catch (NumberFormatException _) {
            throw notDecimal(value, from, to);
        }
        BigDecimal result;
        try {
            result = number.setScale(to.scale(), RoundingMode.HALF_UP);
        } catch (ArithmeticException _) {
            throw notDecimal(value, from, to);
        }
        if (result.precision() > to.precision()) {
            throw notDecimal(value, from, to);
        }
        return result;
    }

    private static QueryException notDecimal(Object value, SqlType from, SqlType.Decimal to) {
        String name = from instanceof SqlType.Decimal ? "DECIMAL" : from.displayName();
        return InvalidValue.of(
                "Cannot cast %s '%s' to DECIMAL(%d, %d)"
                        .formatted(
                                name.toUpperCase(Locale.ROOT),
                                ValueText.of(value, from),
                                to.precision(),
                                to.scale()));
    }

    private static Long toDate(Object value, SqlType from) {
        if (value instanceof String text) {
            Long days = TimeText.parseDate(text);
            if (days == null) {
                throw InvalidValue.of("Value cannot be cast to date: " + text);
            }
            return days;
        }
        if (!Timestamps.isTimestamp(from)) {
            throw impossible(from, BasicType.DATE);
        }
        return Math.floorDiv(Zones.toLocal((Long) value, from), TimeUnit.DAY_MILLIS);
    }

    private static Long toTimestamp(Object value, SqlType from, SqlType to) {
        if (value instanceof String text) {
            return Timestamps.round(parseTimestamp(text, Timestamps.isInstant(to)), to);
        }
        if (from == BasicType.DATE) {
            return (Long) value * TimeUnit.DAY_MILLIS;
        }
        if (!Timestamps.isTimestamp(from)) {
            throw impossible(from, to);
        }
        long millis = Timestamps.round((Long) value, to);
        if (Timestamps.isInstant(from) == Timestamps.isInstant(to)) {
            return millis;
        }
        // A time without a zone is one of the session's, which is UTC.
        return Timestamps.isInstant(to) ? millis : Zones.toLocal(millis, from);
    }

    private static long parseTimestamp(String text, boolean hasZone) {
        TimeText time = TimeText.parse(text, ' ');
        if (time == null || (time.zone() != null && !hasZone)) {
            throw InvalidValue.of(
                    "Value cannot be cast to timestamp"
                            + (hasZone ? " with time zone: " : ": ")
                            + text);
        }
        String named = time.zone();
        return named == null
                ? time.millis()
                : Zones.toInstant(time.millis(), Timestamps.of(3, Zones.required(named)));
    }

    /// The 16 bytes of an address.
    private static Binary toBinary(Object value, SqlType from) {
        if (!(value instanceof IpAddress address)) {
            throw impossible(from, BasicType.VARBINARY);
        }
        return new Binary(
                ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low()).array());
    }

    private static IpAddress ofBytes(Binary value) {
        ByteBuffer bytes = ByteBuffer.wrap(value.bytes());
        return switch (bytes.remaining()) {
            case 4 -> IpAddress.ofV4(bytes.getInt());
            case 16 -> new IpAddress(bytes.getLong(), bytes.getLong());
            default ->
                    throw InvalidValue.of(
                            "Invalid InetAddress binary length: " + bytes.remaining());
        };
    }

    private static @Nullable IpAddress toAddress(Object value, SqlType from) {
        if (value instanceof Binary bytes) {
            return ofBytes(bytes);
        }
        if (!(value instanceof String text)) {
            throw impossible(from, BasicType.IPADDRESS);
        }
        IpAddress address = IpAddress.parse(text);
        if (address == null && !text.equals(ABSENT_ADDRESS)) {
            throw InvalidValue.of("Cannot cast value to IPADDRESS: " + text);
        }
        return address;
    }
}
