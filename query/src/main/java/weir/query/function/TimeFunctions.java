// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.List;
import java.util.function.LongUnaryOperator;
import org.joda.time.DateTimeZone;
import org.joda.time.format.DateTimeFormat;
import org.joda.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;
import weir.query.value.CivilTime;
import weir.query.value.Zones;

/// Functions of time that neither the optimizer nor a kernel knows by name. Joda-Time reads and
/// writes the formats, as in Trino.
final class TimeFunctions {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long MINUTE_MILLIS = 60_000;

    private TimeFunctions() {}

    static List<Definition> definitions() {
        Definitions times = new Definitions(Definition.Kind.TIME);
        defineFields(times);
        defineZones(times);
        defineFormats(times);
        return times.list();
    }

    private static void defineFields(Definitions times) {
        field(times, "week", true, "Week of the year by ISO 8601, 1 to 53", CivilTime::week);
        times.alias("week_of_year", "week");
        field(times, "year_of_week", true, "Year of the ISO week", CivilTime::yearOfWeek);
        times.alias("yow", "year_of_week");
        field(
                times,
                "millisecond",
                false,
                "Millisecond, 0 to 999",
                millis -> Math.floorMod(millis, 1000L));
        String last = "The last day of the month";
        times.define("last_day_of_month", "date", "date", last)
                .total()
                .is(a -> CivilTime.lastDayOfMonth(Args.number(a, 0)));
        for (String type : List.of("timestamp", "timestamp with time zone")) {
            times.define("last_day_of_month", type, "date", last)
                    .total()
                    .with(types ->
                            a -> {
                                long local =
                                        Zones.toLocal(
                                                Args.number(a, 0), types.arguments().getFirst());
                                return CivilTime.lastDayOfMonth(
                                        Math.floorDiv(local, CivilTime.DAY_MILLIS));
                            });
        }
    }

    /// A field of the clock, over milliseconds of local time.
    private static void field(
            Definitions times,
            String name,
            boolean isOfDates,
            String description,
            LongUnaryOperator field) {
        if (isOfDates) {
            times.define(name, "date", "bigint", description)
                    .total()
                    .is(a -> field.applyAsLong(Args.number(a, 0) * CivilTime.DAY_MILLIS));
        }
        for (String type : List.of("timestamp", "timestamp with time zone")) {
            times.define(name, type, "bigint", description)
                    .total()
                    .with(types -> {
                        SqlType zoned = types.arguments().getFirst();
                        return a -> field.applyAsLong(Zones.toLocal(Args.number(a, 0), zoned));
                    });
        }
    }

    private static void defineZones(Definitions times) {
        times.define(
                        "timezone_hour",
                        "timestamp with time zone",
                        "bigint",
                        "Hours that the zone is ahead of UTC")
                .total()
                .with(types -> a -> offset(a[0], types) / HOUR_MILLIS);
        times.define(
                        "timezone_minute",
                        "timestamp with time zone",
                        "bigint",
                        "Minutes beside the hours that the zone is ahead of UTC")
                .total()
                .with(types -> a -> offset(a[0], types) % HOUR_MILLIS / MINUTE_MILLIS);
        times.define("timezone", "timestamp with time zone", "varchar", "The name of the zone")
                .total()
                .with(types -> _ -> Timestamps.zone(types.arguments().getFirst()));
        times.define(
                        "from_unixtime_nanos",
                        "bigint",
                        "timestamp(3) with time zone",
                        "The instant of nanoseconds since 1970, without what a millisecond has not")
                .total()
                .is(a -> Math.floorDiv(Args.number(a, 0), 1_000_000L));
    }

    private static long offset(@Nullable Object value, Definition.Types types) {
        return value == null ? 0 : Zones.offset((Long) value, types.arguments().getFirst());
    }

    private static void defineFormats(Definitions times) {
        times.define(
                        "date_parse",
                        "varchar, varchar",
                        "timestamp(3)",
                        "A timestamp read by a MySQL format such as '%Y-%m-%d %H:%i'")
                .prepared(
                        1,
                        MysqlFormat::of,
                        (format, a) -> parse(format.withZoneUTC(), Args.text(a, 0)));
        times.define(
                        "parse_datetime",
                        "varchar, varchar",
                        "timestamp(3) with time zone",
                        "An instant read by a Joda format such as 'yyyy-MM-dd HH:mm', in UTC")
                .prepared(
                        1,
                        TimeFunctions::joda,
                        (format, a) -> parse(format.withZoneUTC(), Args.text(a, 0)));
        for (String type : List.of("timestamp", "timestamp with time zone")) {
            times.define(
                            "format_datetime",
                            type + ", varchar",
                            "varchar",
                            "A time as text, by a Joda format such as 'yyyy-MM-dd HH:mm'")
                    .with(types -> {
                        SqlType zoned = types.arguments().getFirst();
                        Cached<DateTimeFormatter> formats =
                                new Cached<>(pattern -> zoned(pattern, zoned));
                        return a -> formats.get(Args.text(a, 1)).print(Args.number(a, 0));
                    });
        }
    }

    private static DateTimeFormatter zoned(String pattern, SqlType type) {
        boolean hasZone = pattern.chars().anyMatch(c -> c == 'Z' || c == 'z');
        if (Timestamps.isLocal(type) && hasZone) {
            throw Args.invalid(
                    "format_datetime for TIMESTAMP type, cannot use 'Z' nor 'z' in"
                            + " format, as this type does not contain TZ information");
        }
        return joda(pattern).withZone(DateTimeZone.forID(Timestamps.zone(type)));
    }

    private static DateTimeFormatter joda(String pattern) {
        try {
            return DateTimeFormat.forPattern(pattern).withLocale(java.util.Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            throw Args.invalid(String.valueOf(e.getMessage()), e);
        }
    }

    private static Long parse(DateTimeFormatter format, String text) {
        try {
            return format.parseMillis(text);
        } catch (IllegalArgumentException e) {
            throw Args.invalid(String.valueOf(e.getMessage()), e);
        }
    }
}
