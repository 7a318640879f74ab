// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.math.BigDecimal;
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
        if (from instanceof SqlType.Char) {
            // Blanks that fill a text up are no part of it.
            return castText(TextFunctions.stripTrailingBlanks((String) value), to);
        }
        return switch (to) {
            case BasicType basic -> toBasic(value, from, basic);
            case SqlType.Decimal decimal -> NumberCasts.toDecimal(value, from, decimal);
            case SqlType.Timestamp timestamp -> toTimestamp(value, from, timestamp);
            case SqlType.Char text -> toChar(value, from, text);
            case SqlType.Array array -> NestedCasts.toArray(value, from, array);
            case SqlType.MapOf map -> NestedCasts.toMap(value, from, map);
            case SqlType.Row row -> NestedCasts.toRow(value, from, row);
        };
    }

    private static @Nullable Object castText(String text, SqlType to) {
        return cast(text, BasicType.VARCHAR, to);
    }

    private static @Nullable Object toBasic(Object value, SqlType from, BasicType to) {
        return switch (to) {
            case BOOLEAN -> toBoolean(value, from);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> NumberCasts.toWhole(value, from, to);
            case REAL, DOUBLE -> NumberCasts.toFloating(value, from, to);
            case VARCHAR -> toText(value, from);
            case DATE -> toDate(value, from);
            case TIMESTAMP, TIMESTAMP_TZ -> toTimestamp(value, from, to);
            case VARBINARY -> toBinary(value, from);
            case IPADDRESS -> toAddress(value, from);
            case IPPREFIX -> toPrefix(value, from);
            case INTERVAL_DAY_SECOND, INTERVAL_YEAR_MONTH, UNKNOWN -> throw impossible(from, to);
        };
    }

    static IllegalArgumentException impossible(SqlType from, SqlType to) {
        return new IllegalArgumentException(
                "no cast from " + from.displayName() + " to " + to.displayName());
    }

    static QueryException cannotCast(Object value, String to) {
        return InvalidValue.of("Cannot cast '" + value + "' to " + to);
    }

    /// What CAST AS VARCHAR gives: as people are shown it, but for floating-point numbers.
    public static String toText(Object value, SqlType from) {
        if (value instanceof Double number) {
            return from == BasicType.REAL
                    ? DoubleText.ofReal(number.floatValue())
                    : DoubleText.of(number);
        }
        return ValueText.of(value, from);
    }

    private static String toChar(Object value, SqlType from, SqlType.Char to) {
        if (!(value instanceof String text)) {
            throw impossible(from, to);
        }
        return TextFunctions.fill(text, to.length());
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

    private static @Nullable IpAddress toAddress(Object value, SqlType from) {
        if (value instanceof IpPrefix prefix) {
            return prefix.address();
        }
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

    private static IpPrefix toPrefix(Object value, SqlType from) {
        return switch (value) {
            case IpAddress address -> IpPrefix.of(address);
            case String text -> {
                IpPrefix prefix = IpPrefix.parse(text);
                if (prefix == null) {
                    throw InvalidValue.of("Cannot cast value to IPPREFIX: " + text);
                }
                yield prefix;
            }
            default -> throw impossible(from, BasicType.IPPREFIX);
        };
    }
}
