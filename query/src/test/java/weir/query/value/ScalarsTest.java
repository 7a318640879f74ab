// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.testkit.Seeds;

class ScalarsTest {
    private static final long TIME = Instant.parse("2026-11-01T13:04:05.678Z").toEpochMilli();

    private static @Nullable Object apply(
            ScalarFunction function, SqlType argument, SqlType type, @Nullable Object... values) {
        return Scalars.apply(function, values, argument, type);
    }

    private static @Nullable Object text(ScalarFunction function, @Nullable Object... values) {
        return apply(function, BasicType.VARCHAR, BasicType.VARCHAR, values);
    }

    private static @Nullable Object bigint(ScalarFunction function, @Nullable Object... values) {
        return apply(function, BasicType.BIGINT, BasicType.BIGINT, values);
    }

    private static String failure(Runnable work) {
        QueryException failure = assertThrows(QueryException.class, work::run);
        assertEquals(QueryException.Code.INVALID_VALUE, failure.code());
        return String.valueOf(failure.getMessage());
    }

    @Test
    void wholeNumbersNeverWrap() {
        assertEquals(
                "bigint addition overflow: 9223372036854775807 + 1",
                failure(() -> bigint(ScalarFunction.ADD, Long.MAX_VALUE, 1L)));
        assertEquals(
                "bigint subtraction overflow: -9223372036854775808 - 1",
                failure(() -> bigint(ScalarFunction.SUBTRACT, Long.MIN_VALUE, 1L)));
        assertEquals(
                "integer multiplication overflow: 65536 * 65536",
                failure(() ->
                        apply(
                                ScalarFunction.MULTIPLY,
                                BasicType.INTEGER,
                                BasicType.INTEGER,
                                65536L,
                                65536L)));
        assertEquals(
                "bigint division overflow: -9223372036854775808 / -1",
                failure(() -> bigint(ScalarFunction.DIVIDE, Long.MIN_VALUE, -1L)));
        assertEquals("Division by zero", failure(() -> bigint(ScalarFunction.MODULUS, 7L, 0L)));
        assertEquals(-3L, bigint(ScalarFunction.DIVIDE, -7L, 2L));
        assertEquals(-1L, bigint(ScalarFunction.MODULUS, -7L, 2L));
        assertEquals(
                "bigint negation overflow: -9223372036854775808",
                failure(() -> bigint(ScalarFunction.NEGATE, Long.MIN_VALUE)));
    }

    @Test
    void decimalsRoundHalvesUpToTheirScale() {
        SqlType type = new SqlType.Decimal(10, 2);
        assertEquals(
                new BigDecimal("0.67"),
                apply(
                        ScalarFunction.DIVIDE,
                        type,
                        type,
                        new BigDecimal("2.00"),
                        new BigDecimal("3.00")));
        assertEquals(
                "Division by zero",
                failure(() ->
                        apply(ScalarFunction.DIVIDE, type, type, BigDecimal.ONE, BigDecimal.ZERO)));
        assertEquals(-3.0, apply(ScalarFunction.ROUND, BasicType.DOUBLE, BasicType.DOUBLE, -2.5));
        assertEquals(
                2.35, apply(ScalarFunction.ROUND, BasicType.DOUBLE, BasicType.DOUBLE, 2.345, 2L));
        assertEquals(1200L, bigint(ScalarFunction.ROUND, 1150L, -2L));
    }

    @Test
    void textFunctionsCountCharactersFromOne() {
        assertEquals("bc", text(ScalarFunction.SUBSTR, "abcd", 2L, 2L));
        assertEquals("cd", text(ScalarFunction.SUBSTR, "abcd", -2L));
        assertEquals("", text(ScalarFunction.SUBSTR, "abcd", 0L));
        assertEquals("", text(ScalarFunction.SUBSTR, "abcd", -9L));
        assertEquals("\ud83d\ude00b", text(ScalarFunction.SUBSTR, "a\ud83d\ude00bc", 2L, 2L));
        assertEquals("b", text(ScalarFunction.SPLIT_PART, "a.b", ".", 2L));
        assertNull(text(ScalarFunction.SPLIT_PART, "a.b", ".", 3L));
        assertEquals("", text(ScalarFunction.SPLIT_PART, "a.", ".", 2L));
        assertEquals(
                "Index must be greater than zero",
                failure(() -> text(ScalarFunction.SPLIT_PART, "a.b", ".", 0L)));
        assertEquals("x-b-c", text(ScalarFunction.REPLACE, "x.b.c", ".", "-"));
        assertEquals(3L, bigint(ScalarFunction.LENGTH, "a\ud83d\ude00b"));
        assertEquals(3L, bigint(ScalarFunction.STRPOS, "a\ud83d\ude00b", "b"));
        assertEquals(0L, bigint(ScalarFunction.STRPOS, "ab", "c"));
    }

    @Test
    void likeMatchesWholeTexts() {
        assertEquals(true, LikePattern.of("10.%.1", null).matches("10.2.3.1"));
        assertEquals(false, LikePattern.of("10.%.1", null).matches("10.1"));
        assertEquals(true, LikePattern.of("_\ud83d\ude00%", null).matches("a\ud83d\ude00"));
        assertEquals(true, LikePattern.of("100\\%", "\\").matches("100%"));
        assertEquals(false, LikePattern.of("100\\%", "\\").matches("1000"));
        assertEquals("10.", LikePattern.of("10.%", null).purePrefix());
        assertNull(LikePattern.of("1_.%", null).purePrefix());
        assertEquals(
                "Escape string must be a single character",
                failure(() -> LikePattern.of("a", "ab")));
        assertEquals(
                "Escape character must be followed by '%', '_' or the escape character itself",
                failure(() -> LikePattern.of("a!b", "!")));
        String hard = "a".repeat(20_000);
        assertEquals(false, LikePattern.of("%a%a%a%a%a%a%b%", null).matches(hard));
    }

    @Test
    void likeEqualsARegularExpression() {
        Random random = new Random(Seeds.next("ScalarsTest.like"));
        for (int i = 0; i < 20_000; i++) {
            String pattern = word(random, "ab%_", 7);
            String text = word(random, "ab", 9);
            String regex = pattern.replace("%", ".*").replace("_", ".");
            assertEquals(
                    text.matches(regex),
                    LikePattern.of(pattern, null).matches(text),
                    pattern + " on " + text);
        }
    }

    private static String word(Random random, String letters, int lengthMax) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(lengthMax); i > 0; i--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    @Test
    void blocksHoldOnlyTheirFamily() {
        Cidr wide = Cidr.parse("0.0.0.0/0");
        Cidr six = Cidr.parse("::/0");
        assertEquals(true, wide.contains(address("1.2.3.4")));
        assertEquals(false, wide.contains(address("2001:db8::1")));
        assertEquals(false, six.contains(address("1.2.3.4")));
        assertEquals(true, six.contains(address("2001:db8::1")));
        assertEquals(true, Cidr.parse("10.1.2.3/16").contains(address("10.1.255.255")));
        assertEquals(false, Cidr.parse("10.1.2.3/16").contains(address("10.2.0.0")));
        for (String bad : new String[] {"10.0.0.0", "10.0.0.0/33", "x/8", "10.0.0.0/", "::/129"}) {
            assertEquals("Invalid CIDR: " + bad, failure(() -> Cidr.parse(bad)));
        }
    }

    private static weir.engine.schema.IpAddress address(String text) {
        return (weir.engine.schema.IpAddress)
                java.util.Objects.requireNonNull(
                        Casts.cast(text, BasicType.VARCHAR, BasicType.IPADDRESS));
    }

    @Test
    void calendarEqualsJavas() {
        Random random = new Random(Seeds.next("ScalarsTest.calendar"));
        for (int i = 0; i < 20_000; i++) {
            long days = random.nextLong(-800_000, 800_000);
            LocalDate date = LocalDate.ofEpochDay(days);
            long[] civil = CivilDate.of(days);
            assertEquals(date, LocalDate.of((int) civil[0], (int) civil[1], (int) civil[2]));
            assertEquals(days, CivilDate.toDays(civil[0], civil[1], civil[2]));
            assertEquals(date.getDayOfWeek().getValue(), CivilDate.dayOfWeek(days));
            assertEquals(date.getDayOfYear(), CivilDate.dayOfYear(days));
            assertEquals(date.get(IsoFields.WEEK_BASED_YEAR), CivilDate.isoWeek(days)[0]);
            assertEquals(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), CivilDate.isoWeek(days)[1]);
            int months = random.nextInt(-500, 500);
            assertEquals(
                    date.plusMonths(months).toEpochDay(),
                    TimeFunctions.addMonthsToDays(days, months));
            long millis = days * 86_400_000L + random.nextLong(86_400_000L);
            Instant later = Instant.ofEpochMilli(millis + random.nextLong(-1L << 36, 1L << 36));
            for (TimeUnit unit : TimeUnit.values()) {
                // Java counts short months in another way than Trino where a day is missing.
                boolean isCalendar = unit == TimeUnit.MONTH || unit == TimeUnit.YEAR;
                if (isCalendar && date.getDayOfMonth() <= 27) {
                    assertEquals(
                            ChronoUnit.valueOf(unit.name() + "S")
                                    .between(
                                            Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC),
                                            later.atOffset(ZoneOffset.UTC)),
                            unit.between(millis, later.toEpochMilli()),
                            () -> unit + " " + Instant.ofEpochMilli(millis) + " " + later);
                }
            }
        }
    }

    @Test
    void unitsStartWhereTheyShould() {
        assertEquals("2026-11-01 13:04:00.000", truncated("minute"));
        assertEquals("2026-11-01 13:00:00.000", truncated("HOUR"));
        assertEquals("2026-11-01 00:00:00.000", truncated("day"));
        assertEquals("2026-10-26 00:00:00.000", truncated("week"));
        assertEquals("2026-11-01 00:00:00.000", truncated("month"));
        assertEquals("2026-10-01 00:00:00.000", truncated("quarter"));
        assertEquals("2026-01-01 00:00:00.000", truncated("year"));
        assertEquals("'age' is not a valid TIMESTAMP field", failure(() -> truncated("age")));
        assertEquals(
                "'hour' is not a valid DATE field",
                failure(() ->
                        apply(
                                ScalarFunction.DATE_TRUNC,
                                BasicType.DATE,
                                BasicType.DATE,
                                "hour",
                                1L)));
    }

    private static String truncated(String unit) {
        Object value =
                apply(
                        ScalarFunction.DATE_TRUNC,
                        BasicType.TIMESTAMP,
                        BasicType.TIMESTAMP,
                        unit,
                        TIME);
        return value == null ? "NULL" : ValueText.of(value, BasicType.TIMESTAMP);
    }

    @Test
    void timesPrintAsTrinoPrintsThem() {
        assertEquals("2026-11-01 13:04:05.678", ValueText.of(TIME, BasicType.TIMESTAMP));
        assertEquals("2026-11-01 13:04:05.678 UTC", ValueText.of(TIME, BasicType.TIMESTAMP_TZ));
        assertEquals("1969-12-31 23:59:59.999", ValueText.of(-1L, BasicType.TIMESTAMP));
        assertEquals(
                "2026-11-01T13:04:05.678Z",
                apply(ScalarFunction.TO_ISO8601, BasicType.TIMESTAMP_TZ, BasicType.VARCHAR, TIME));
        assertEquals(
                "2026-11-01",
                apply(
                        ScalarFunction.TO_ISO8601,
                        BasicType.DATE,
                        BasicType.VARCHAR,
                        Math.floorDiv(TIME, 86_400_000L)));
        assertEquals(
                "Sunday Sun November Nov 2026-11-01 13:04:05 01 1 PM 305 678000 44 2026 13 %",
                apply(
                        ScalarFunction.DATE_FORMAT,
                        BasicType.TIMESTAMP,
                        BasicType.VARCHAR,
                        TIME,
                        "%W %a %M %b %Y-%m-%d %H:%i:%s %h %l %p %j %f %v %x %k %%"));
        assertEquals(
                "%D not supported in date format string",
                failure(() -> TimeFunctions.format(TIME, "%D")));
        assertEquals(TIME, TimeFunctions.fromUnixTime(TIME / 1000.0));
    }

    @Test
    void numbersPrintAsTrinoPrintsThem() {
        assertEquals("1.0E9", ValueText.of(1e9, BasicType.DOUBLE));
        assertEquals("0.1", ValueText.of(0.1, BasicType.DOUBLE));
        assertEquals("NaN", ValueText.of(Double.NaN, BasicType.DOUBLE));
        assertEquals("true", ValueText.of(1L, BasicType.BOOLEAN));
        assertEquals("100.50", ValueText.of(new BigDecimal("100.50"), new SqlType.Decimal(5, 2)));
        assertEquals("1.0E9", cast(1e9, BasicType.DOUBLE, BasicType.VARCHAR));
        assertEquals("1.0E-1", cast(0.1, BasicType.DOUBLE, BasicType.VARCHAR));
        assertEquals("-3.77E1", cast(-37.7, BasicType.DOUBLE, BasicType.VARCHAR));
        assertEquals("0E0", cast(0.0, BasicType.DOUBLE, BasicType.VARCHAR));
        assertEquals("Infinity", cast(1 / 0.0, BasicType.DOUBLE, BasicType.VARCHAR));
    }

    private static @Nullable Object cast(Object value, SqlType from, SqlType to) {
        return Casts.cast(value, from, to);
    }

    @Test
    void numbersAreReadAsTrinoReadsThem() {
        assertEquals(1L, cast(" 1 ", BasicType.VARCHAR, BasicType.BIGINT));
        assertEquals(1.5, cast(" 1.5d", BasicType.VARCHAR, BasicType.DOUBLE));
    }

    @Test
    void castsRoundAndRefuse() {
        assertEquals(3L, cast(2.5, BasicType.DOUBLE, BasicType.BIGINT));
        assertEquals(-3L, cast(-2.5, BasicType.DOUBLE, BasicType.BIGINT));
        assertEquals(
                -3L, cast(new BigDecimal("-2.5"), new SqlType.Decimal(2, 1), BasicType.BIGINT));
        assertEquals(
                "Cannot cast double NaN to bigint",
                failure(() -> cast(Double.NaN, BasicType.DOUBLE, BasicType.BIGINT)));
        assertEquals(
                "Out of range for integer: 3000000000",
                failure(() -> cast(3_000_000_000L, BasicType.BIGINT, BasicType.INTEGER)));
        assertEquals(
                "Cannot cast '1 1' to BIGINT",
                failure(() -> cast("1 1", BasicType.VARCHAR, BasicType.BIGINT)));
        assertEquals(
                "Cannot cast '1x' to DOUBLE",
                failure(() -> cast("1x", BasicType.VARCHAR, BasicType.DOUBLE)));
        assertEquals(
                "Cannot cast VARCHAR 'x' to DECIMAL(3, 1)",
                failure(() -> cast("x", BasicType.VARCHAR, new SqlType.Decimal(3, 1))));
        assertEquals(
                "Cannot cast BIGINT '1000' to DECIMAL(3, 1)",
                failure(() -> cast(1000L, BasicType.BIGINT, new SqlType.Decimal(3, 1))));
        assertEquals(
                "Cannot cast 'maybe' to BOOLEAN",
                failure(() -> cast("maybe", BasicType.VARCHAR, BasicType.BOOLEAN)));
        assertEquals(
                "Value cannot be cast to date: 2026-02-30",
                failure(() -> cast("2026-02-30", BasicType.VARCHAR, BasicType.DATE)));
        assertEquals(
                "Value cannot be cast to timestamp: noon",
                failure(() -> cast("noon", BasicType.VARCHAR, BasicType.TIMESTAMP)));
        assertEquals(
                "Cannot cast value to IPADDRESS: 10.0.0",
                failure(() -> cast("10.0.0", BasicType.VARCHAR, BasicType.IPADDRESS)));
        assertNull(cast("-", BasicType.VARCHAR, BasicType.IPADDRESS));
        assertEquals(TIME, cast("2026-11-01 13:04:05.678", BasicType.VARCHAR, BasicType.TIMESTAMP));
        for (String zone : List.of("", " UTC", "Z", " z", " GMT", "+00:00", " Etc/UTC")) {
            String text = " 2026-11-1 13:4:05.678" + zone + " ";
            assertEquals(TIME, cast(text, BasicType.VARCHAR, BasicType.TIMESTAMP_TZ), zone);
        }
        assertEquals(-719_529L, cast("-0001-12-31", BasicType.VARCHAR, BasicType.DATE));
    }

    @Test
    void zonesShiftTheTimeToItsInstant() {
        long hour = 3_600_000;
        for (String zone : List.of("+01:00", "Europe/Berlin", "europe/berlin")) {
            String text = "2026-11-01 13:04:05.678 " + zone;
            assertEquals(TIME - hour, cast(text, BasicType.VARCHAR, BasicType.TIMESTAMP_TZ), zone);
            assertEquals(
                    "Value cannot be cast to timestamp: " + text,
                    failure(() -> cast(text, BasicType.VARCHAR, BasicType.TIMESTAMP)));
        }
        assertEquals(
                "Time zone not supported: Mars/X",
                failure(() ->
                        cast(
                                "2026-11-01 13:04:05.678 Mars/X",
                                BasicType.VARCHAR,
                                BasicType.TIMESTAMP_TZ)));
    }

    @Test
    void theLetterTBetweenDateAndTimeIsNotSqls() {
        assertEquals(
                "Value cannot be cast to timestamp: 2026-11-01T13:04:05",
                failure(() -> cast("2026-11-01T13:04:05", BasicType.VARCHAR, BasicType.TIMESTAMP)));
        assertEquals(
                "Value cannot be cast to timestamp with time zone: 2026-11-01T13:04:05Z",
                failure(() ->
                        cast("2026-11-01T13:04:05Z", BasicType.VARCHAR, BasicType.TIMESTAMP_TZ)));
    }

    @Test
    void secondsThatAreNoTimeFailAsNumbersOfEitherType() {
        assertEquals(2_251_799_813_685_000L, TimeFunctions.fromUnixTime(2_251_799_813_685L));
        assertEquals(-2_251_799_813_685_000L, TimeFunctions.fromUnixTime(-2.251799813685e12));
        assertEquals(
                "from_unixtime takes seconds from -2251799813685 to 2251799813685, not 1.0E18",
                failure(() -> TimeFunctions.fromUnixTime(1e18)));
        assertEquals(
                "from_unixtime takes seconds from -2251799813685 to 2251799813685, not NaN",
                failure(() -> TimeFunctions.fromUnixTime(Double.NaN)));
        assertEquals(
                "from_unixtime takes seconds from -2251799813685 to 2251799813685,"
                        + " not -2251799813686",
                failure(() -> TimeFunctions.fromUnixTime(-2_251_799_813_686L)));
    }

    @Test
    void textGoesByCodePointsAndNanComesLast() {
        assertEquals(-1, Integer.signum(ValueOrder.compareText("\uffee", "\ud83d\ude00")));
        assertEquals(-1, Integer.signum(ValueOrder.compareText("10.10", "10.2")));
        assertEquals(1, ValueOrder.compareDoubles(Double.NaN, 1));
        assertEquals(0, ValueOrder.compareDoubles(-0.0, 0.0));
        assertEquals(
                1.0,
                apply(
                        ScalarFunction.GREATEST,
                        BasicType.DOUBLE,
                        BasicType.DOUBLE,
                        Double.NaN,
                        1.0));
    }
}
