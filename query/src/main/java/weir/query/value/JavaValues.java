// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.type.BasicType;
import weir.query.type.Binary;
import weir.query.type.SqlType;

/// Values of SQL as Java's: what [Parameters] takes, the other way round. ROW is a `Map` by the
/// names of its fields, IPADDRESS a [weir.engine.schema.IpAddress], IPPREFIX text; a time with a
/// zone that is not UTC is a `ZonedDateTime`.
public final class JavaValues {
    private JavaValues() {}

    /// The value of Java's that `value`, one of `type`, is; null for NULL.
    public static @Nullable Object of(SqlType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case BasicType basic -> basic(basic, value);
            case SqlType.Decimal _, SqlType.Char _ -> value;
            case SqlType.Timestamp timestamp -> time(timestamp.zone(), (Long) value);
            case SqlType.Array array -> list(array, value);
            case SqlType.MapOf map -> map(map, value);
            case SqlType.Row row -> row(row, value);
        };
    }

    private static Object basic(BasicType type, Object value) {
        return switch (type) {
            case BOOLEAN -> (Long) value != 0;
            case TINYINT -> ((Long) value).byteValue();
            case SMALLINT -> ((Long) value).shortValue();
            case INTEGER -> ((Long) value).intValue();
            case REAL -> ((Double) value).floatValue();
            case DATE -> LocalDate.ofEpochDay((Long) value);
            case TIMESTAMP -> time(null, (Long) value);
            case TIMESTAMP_TZ -> time("UTC", (Long) value);
            case INTERVAL_DAY_SECOND -> Duration.ofMillis((Long) value);
            case INTERVAL_YEAR_MONTH -> Period.ofMonths(((Long) value).intValue()).normalized();
            case VARBINARY -> ((Binary) value).bytes().clone();
            case IPPREFIX -> value.toString();
            case BIGINT, DOUBLE, VARCHAR, IPADDRESS, UNKNOWN -> value;
        };
    }

    private static Object time(@Nullable String zone, long millis) {
        Instant instant = Instant.ofEpochMilli(millis);
        if (zone == null) {
            return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        return zone.equals("UTC") ? instant : instant.atZone(ZoneId.of(zone));
    }

    private static List<@Nullable Object> list(SqlType.Array type, Object value) {
        List<@Nullable Object> elements = new ArrayList<>();
        Values.asList(value).forEach(element -> elements.add(of(type.element(), element)));
        return Collections.unmodifiableList(elements);
    }

    private static Map<Object, @Nullable Object> map(SqlType.MapOf type, Object value) {
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        Values.asMap(value)
                .forEach((key, each) -> {
                    Object name = of(type.key(), key);
                    if (name != null) {
                        entries.put(name, of(type.value(), each));
                    }
                });
        return Collections.unmodifiableMap(entries);
    }

    private static Map<Object, @Nullable Object> row(SqlType.Row type, Object value) {
        Map<Object, @Nullable Object> fields = new LinkedHashMap<>();
        List<@Nullable Object> values = Values.asList(value);
        for (int i = 0; i < values.size(); i++) {
            SqlType.Row.Field field = type.fields().get(i);
            String name = field.name();
            fields.put(name == null ? "field" + i : name, of(field.type(), values.get(i)));
        }
        return Collections.unmodifiableMap(fields);
    }
}
