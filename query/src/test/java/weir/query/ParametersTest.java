// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Store;
import weir.engine.schema.IpAddress;
import weir.query.fault.QueryException;

/// Values that a statement is given beside its text.
class ParametersTest {
    @TempDir Path directory;
    private Store store;
    private QueryEngine engine;

    @BeforeEach
    void open() {
        store = Store.openOrCreate(directory);
        engine = new QueryEngine(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<String> rows(String sql, @Nullable Object... parameters) {
        List<String> lines = new ArrayList<>();
        List<@Nullable Object> values = Collections.unmodifiableList(Arrays.asList(parameters));
        try (QueryResult result = engine.execute(sql, values, QueryOptions.defaults())) {
            SqlRows.addTo(lines, result);
        }
        return lines;
    }

    private String failure(String sql, @Nullable Object... parameters) {
        QueryException e = assertThrows(QueryException.class, () -> rows(sql, parameters));
        return e.line() + ":" + e.column() + " " + e.getMessage();
    }

    private String refusal(Object parameter) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> rows("SELECT ?", parameter))
                        .getMessage());
    }

    private void assertValue(String typeAndText, @Nullable Object value) {
        assertEquals(
                List.of(typeAndText),
                rows("SELECT typeof(x), CAST(x AS varchar) FROM (SELECT ? AS x)", value));
    }

    @Test
    void everyTypeOfJavaHasOneOfSql() throws UnknownHostException {
        assertValue("unknown|NULL", null);
        assertValue("boolean|true", true);
        assertValue("boolean|false", false);
        assertValue("tinyint|-128", Byte.MIN_VALUE);
        assertValue("smallint|32767", Short.MAX_VALUE);
        assertValue("integer|-2147483648", Integer.MIN_VALUE);
        assertValue("bigint|9223372036854775807", Long.MAX_VALUE);
        assertValue("real|1.0E-1", 0.1f);
        assertValue("double|1.0E-1", 0.1);
        assertValue("decimal(3,2)|1.50", new BigDecimal("1.50"));
        assertValue("decimal(3,3)|0.001", new BigDecimal("0.001"));
        assertValue("decimal(4,0)|1000", new BigDecimal("1E+3"));
        assertValue("decimal(20,0)|18446744073709551615", new BigInteger("18446744073709551615"));
        assertValue("varchar|it's ; -- ?", "it's ; -- ?");
        assertValue("ipaddress|10.1.2.3", InetAddress.getByName("10.1.2.3"));
        assertValue("ipaddress|2001:db8::1", InetAddress.getByName("2001:db8::1"));
        assertValue("ipaddress|10.1.2.3", IpAddress.parse("10.1.2.3"));
        assertValue("date|2026-11-27", LocalDate.of(2026, 11, 27));
        assertValue(
                "timestamp(3)|2026-11-27 10:11:12.345",
                LocalDateTime.parse("2026-11-27T10:11:12.345"));
        assertValue(
                "timestamp(3) with time zone|2026-11-27 10:11:12.000 UTC",
                Instant.parse("2026-11-27T10:11:12Z"));
        assertValue(
                "timestamp(3) with time zone|2026-11-27 10:11:12.000 +05:30",
                OffsetDateTime.parse("2026-11-27T10:11:12+05:30"));
        assertValue(
                "timestamp(3) with time zone|2026-11-27 10:11:12.000 Europe/Paris",
                ZonedDateTime.parse("2026-11-27T10:11:12+01:00[Europe/Paris]"));
        assertValue("interval day to second|1 02:03:04.005", Duration.parse("P1DT2H3M4.005S"));
        assertValue("interval year to month|-1-6", Period.ofMonths(-18));
    }

    @Test
    void binariesAndArraysAreValuesToo() {
        assertEquals(
                List.of("varbinary|0AFF"),
                rows("SELECT typeof(x), to_hex(x) FROM (SELECT ? x)", new byte[] {10, -1}));
        assertEquals(
                List.of("array(varchar)|[a, null, b]"),
                rows("SELECT typeof(x), x FROM (SELECT ? AS x)", Arrays.asList("a", null, "b")));
        assertEquals(
                List.of("22", "443"),
                rows(
                        "SELECT p FROM (VALUES 443, 80, 22) AS t(p) WHERE contains(?, p) ORDER BY p",
                        List.of(22, 443)));
        assertEquals(
                List.of("array(array(bigint))"), rows("SELECT typeof(?)", List.of(List.of(1L))));
    }

    @Test
    void parametersStandWhereValuesStand() {
        assertEquals(List.of("5"), rows("SELECT ? + ?", 2, 3));
        assertEquals(List.of("b"), rows("SELECT CASE ? WHEN 1 THEN 'a' ELSE ? END", 2, "b"));
        assertEquals(
                List.of("2"),
                rows("SELECT x FROM (VALUES ?, ?, ?) AS t(x) WHERE x = ?", 1, 2, 3, 2));
        assertEquals(
                List.of("2|3"),
                rows("SELECT ? + 1, sum(x) FROM (VALUES 1, 2) AS t(x) GROUP BY ?", 1, 7));
        assertEquals(
                List.of("2", "3"),
                rows("SELECT x FROM UNNEST(sequence(1, ?)) AS t(x) OFFSET ? LIMIT ?", 9, 1, 2));
        assertEquals(
                List.of("1"),
                rows("SELECT x FROM UNNEST(sequence(1, 9)) AS t(x) FETCH FIRST ? ROWS ONLY", 1L));
        assertEquals(
                List.of("true"),
                rows("SELECT contains(?, CAST(? AS ipaddress))", "10.0.0.0/8", "10.1.2.3"));
        assertEquals(List.of("NULL"), rows("SELECT 1 = ?", (Object) null));
        assertEquals(
                List.of("3.0"),
                rows(
                        "WITH t AS (SELECT ? AS x) SELECT a.x + b.x FROM t a, t b WHERE a.x < ?",
                        1.5,
                        9));
    }

    @Test
    void textOfAParameterIsNeverRead() {
        assertEquals(
                List.of("0"),
                rows("SELECT count(*) FROM (VALUES 'a') AS t(x) WHERE x = ?", "a' OR '1' = '1"));
    }

    @Test
    void explainTakesThem() {
        assertEquals(1, rows("EXPLAIN SELECT * FROM (VALUES 1, 2) AS t(x) WHERE x = ?", 2).size());
    }

    @Test
    void aTableCanBeMadeWithThemButNoView() {
        rows("CREATE TABLE ports AS SELECT ? AS port, ? AS name", 22, "ssh");
        assertEquals(List.of("22|ssh"), rows("SELECT * FROM ports WHERE port = ?", 22));
        assertEquals(
                "1:27 A view is kept as text and can hold no parameter (?): write the value",
                failure("CREATE VIEW v AS SELECT 1+? AS x", 1));
    }

    @Test
    void theirNumberIsRight() {
        assertEquals(
                "1:8 Parameter 1 (?) has no value; values given with the statement: 0",
                failure("SELECT ?"));
        assertEquals(
                "1:12 Parameter 2 (?) has no value; values given with the statement: 1",
                failure("SELECT ? + ?", 1));
        assertEquals(
                "1:1 Parameters (?) in the statement: 1, values given with it: 2",
                failure("SELECT ?", 1, 2));
        assertEquals(List.of("1"), rows("WITH unused AS (SELECT ?) SELECT 1 LIMIT ?", "none", 5));
    }

    @Test
    void whatIsNoCountIsRefused() {
        assertEquals(
                "1:16 LIMIT row count must be a whole number: actual type varchar",
                failure("SELECT 1 LIMIT ?", "1"));
        assertEquals(
                "1:16 LIMIT row count must be a whole number: actual type unknown",
                failure("SELECT 1 LIMIT ?", (Object) null));
        assertEquals(
                "1:17 OFFSET row count must not be negative", failure("SELECT 1 OFFSET ?", -1));
    }

    @Test
    void whatIsNoValueIsRefused() {
        assertEquals(
                "parameter 1: no type of SQL has values of java.lang.Object",
                refusal(new Object()));
        assertEquals(
                "parameter 1: no type of SQL has values of java.time.Period with days",
                refusal(Period.ofDays(1)));
        assertEquals(
                "parameter 1: 2026-11-27T00:00:00.000001Z is finer than milliseconds: truncate it"
                        + " to ChronoUnit.MILLIS",
                refusal(Instant.parse("2026-11-27T00:00:00.000001Z")));
        assertEquals(
                "parameter 1: a DECIMAL has at most 38 digits, and this number 39",
                refusal(BigDecimal.TEN.pow(38)));
        assertEquals(
                "parameter 1: the elements of an array have one type, not integer and varchar",
                refusal(List.of(1, "a")));
    }
}
