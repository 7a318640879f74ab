// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.expr.Expr;
import weir.query.type.BasicType;
import weir.query.type.Binary;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;

/// Java's values as values of SQL, for the parameters of a statement.
///
/// | Java | SQL |
/// |---|---|
/// | null | NULL of no type yet |
/// | `Boolean` | BOOLEAN |
/// | `Byte`, `Short`, `Integer`, `Long` | TINYINT, SMALLINT, INTEGER, BIGINT |
/// | `Float`, `Double` | REAL, DOUBLE |
/// | `BigDecimal`, `BigInteger` | DECIMAL of as many digits |
/// | `String` | VARCHAR |
/// | `byte[]` | VARBINARY |
/// | `InetAddress`, [IpAddress] | IPADDRESS |
/// | `LocalDate` | DATE |
/// | `LocalDateTime` | TIMESTAMP(3) |
/// | `Instant` | TIMESTAMP(3) WITH TIME ZONE, in UTC |
/// | `OffsetDateTime`, `ZonedDateTime` | TIMESTAMP(3) WITH TIME ZONE, in the zone |
/// | `Duration` | INTERVAL DAY TO SECOND |
/// | `Period` without days | INTERVAL YEAR TO MONTH |
/// | `List` | ARRAY; its elements have one type or are null |
public final class Parameters {
    private static final int V4_BYTES = 4;

    private Parameters() {}

    /// The values of SQL that `values` are, in their order.
    ///
    /// @throws IllegalArgumentException when one has none, saying which
    public static List<Expr.Literal> literals(List<? extends @Nullable Object> values) {
        List<Expr.Literal> literals = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            try {
                literals.add(literal(values.get(i)));
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                throw new IllegalArgumentException(
                        "parameter " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(literals);
    }

    private static Expr.Literal literal(@Nullable Object value) {
        return switch (value) {
            case null -> new Expr.Literal(BasicType.UNKNOWN, null);
            case Boolean truth -> new Expr.Literal(BasicType.BOOLEAN, truth ? 1L : 0L);
            case Byte number -> new Expr.Literal(BasicType.TINYINT, number.longValue());
            case Short number -> new Expr.Literal(BasicType.SMALLINT, number.longValue());
            case Integer number -> new Expr.Literal(BasicType.INTEGER, number.longValue());
            case Long number -> new Expr.Literal(BasicType.BIGINT, number);
            case Float number -> new Expr.Literal(BasicType.REAL, number.doubleValue());
            case Double number -> new Expr.Literal(BasicType.DOUBLE, number);
            case BigInteger number -> decimal(new BigDecimal(number));
            case BigDecimal number -> decimal(number);
            case String text -> new Expr.Literal(BasicType.VARCHAR, text);
            case byte[] bytes -> new Expr.Literal(BasicType.VARBINARY, new Binary(bytes.clone()));
            case IpAddress address -> new Expr.Literal(BasicType.IPADDRESS, address);
            case InetAddress address ->
                    new Expr.Literal(BasicType.IPADDRESS, address(address.getAddress()));
            case List<?> elements -> array(elements);
            default -> time(value);
        };
    }

    private static Expr.Literal time(Object value) {
        return switch (value) {
            case LocalDate date -> new Expr.Literal(BasicType.DATE, date.toEpochDay());
            case LocalDateTime time ->
                    new Expr.Literal(BasicType.TIMESTAMP, millis(time.toInstant(ZoneOffset.UTC)));
            case Instant time -> new Expr.Literal(BasicType.TIMESTAMP_TZ, millis(time));
            case OffsetDateTime time -> zoned(time.toInstant(), time.getOffset().getId());
            case ZonedDateTime time -> zoned(time.toInstant(), time.getZone().getId());
            case Duration length ->
                    new Expr.Literal(
                            BasicType.INTERVAL_DAY_SECOND,
                            whole(
                                    length.toMillis(),
                                    length,
                                    length.truncatedTo(ChronoUnit.MILLIS)));
            case Period length when length.equals(length.withDays(0)) ->
                    new Expr.Literal(BasicType.INTERVAL_YEAR_MONTH, months(length));
            default ->
                    throw new IllegalArgumentException(
                            "no type of SQL has values of "
                                    + value.getClass().getName()
                                    + (value instanceof Period ? " with days" : ""));
        };
    }

    private static Expr.Literal decimal(BigDecimal number) {
        BigDecimal value = number.scale() < 0 ? number.setScale(0) : number;
        int precision = Math.max(value.precision(), value.scale());
        if (precision > SqlType.Decimal.PRECISION_MAX) {
            throw new IllegalArgumentException(
                    "a DECIMAL has at most 38 digits, and this number " + precision);
        }
        return new Expr.Literal(new SqlType.Decimal(precision, value.scale()), value);
    }

    private static IpAddress address(byte[] bytes) {
        ByteBuffer bits = ByteBuffer.wrap(bytes);
        return bytes.length == V4_BYTES
                ? IpAddress.ofV4(bits.getInt())
                : new IpAddress(bits.getLong(), bits.getLong());
    }

    private static Expr.Literal zoned(Instant time, String id) {
        String zone = Zones.name(id);
        if (zone == null) {
            throw new IllegalArgumentException("time zone not supported: " + id);
        }
        return new Expr.Literal(Timestamps.of(Timestamps.PRECISION_MAX, zone), millis(time));
    }

    private static long millis(Instant time) {
        return whole(time.toEpochMilli(), time, time.truncatedTo(ChronoUnit.MILLIS));
    }

    /// `millis` of `value`, which must be no finer: the same as `truncated`.
    private static long whole(long millis, Object value, Object truncated) {
        if (!value.equals(truncated)) {
            throw new IllegalArgumentException(
                    value + " is finer than milliseconds: truncate it to ChronoUnit.MILLIS");
        }
        return millis;
    }

    private static long months(Period length) {
        long months = length.toTotalMonths();
        if (!BasicType.INTERVAL_YEAR_MONTH.holds(months)) {
            throw new ArithmeticException(length + " is out of the range of months");
        }
        return months;
    }

    private static Expr.Literal array(List<?> elements) {
        List<@Nullable Object> values = new ArrayList<>(elements.size());
        SqlType type = BasicType.UNKNOWN;
        for (Object element : elements) {
            Expr.Literal literal = literal(element);
            if (type == BasicType.UNKNOWN) {
                type = literal.type();
            } else if (literal.type() != BasicType.UNKNOWN && !literal.type().equals(type)) {
                throw new IllegalArgumentException(
                        "the elements of an array have one type, not "
                                + type.displayName()
                                + " and "
                                + literal.type().displayName());
            }
            values.add(literal.value());
        }
        return new Expr.Literal(new SqlType.Array(type), Values.list(values));
    }
}
