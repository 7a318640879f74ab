// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern DURATION =
            Pattern.compile(
                    "\\s*((?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?)\\s*([a-z]+)\\s*");
    private static final Map<String, Double> UNIT_MILLIS =
            Map.of(
                    "ns", 1e-6, "us", 1e-3, "ms", 1e0, "s", 1e3, "m", 60e3, "h", 3600e3, "d",
                    86_400e3);

    private TimeFunctions() {}

    static List<Definition> definitions() {
        Definitions times = new Definitions(Definition.Kind.TIME);
        defineFields(times);
        defineZones(times);
        defineFormats(times);
        defineLengths(times);
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

    private static void defineLengths(Definitions times) {
        times.define(
                        "parse_duration",
                        "varchar",
                        "interval day to second",
                        "A length of time such as 42.8ms, in ns, us, ms, s, m, h or d")
                .is(a -> duration(Args.text(a, 0)));
        times.define(
                        "to_milliseconds",
                        "interval day to second",
                        "bigint",
                        "Milliseconds of an interval")
                .total()
                .is(a -> Args.number(a, 0));
    }

    private static Long duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        Double unit = matcher.matches() ? UNIT_MILLIS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw Args.invalid(
                    "duration is not a valid data duration string: "
                            + text
                            + "; write a number and one of ns, us, ms, s, m, h and d");
        }
        double millis = Double.parseDouble(matcher.group(1)) * unit;
        if (!(millis < Long.MAX_VALUE)) {
            throw Args.invalid("duration is too long: " + text);
        }
        return Math.round(millis);
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
