// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.fault.StoreException;
import weir.query.catalog.Table;
import weir.query.catalog.TableColumn;
import weir.query.exec.VectorValues;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;

/// Views and tables that statements make, over a store of nothing else.
class StoreChangeTest {
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

    private long change(String sql) {
        try (QueryResult result = engine.execute(sql, QueryOptions.defaults())) {
            Objects.requireNonNull(result.change(), sql);
            var rows = Objects.requireNonNull(result.nextBatch());
            assertNull(result.nextBatch());
            return (Long)
                    Objects.requireNonNull(
                            VectorValues.get(rows.column(0), result.fields().getFirst().type(), 0));
        }
    }

    private List<String> rows(String sql) {
        List<String> lines = new ArrayList<>();
        try (QueryResult result = engine.execute(sql, QueryOptions.defaults())) {
            assertNull(result.change(), sql);
            SqlRows.addTo(lines, result);
        }
        return lines;
    }

    private QueryException failure(String sql) {
        return assertThrows(
                QueryException.class, () -> engine.execute(sql, QueryOptions.defaults()).close());
    }

    private long segmentFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".seg")).count();
        }
    }

    @Test
    void aViewIsItsQueryWhereverItIsNamed() {
        change("CREATE VIEW pairs AS SELECT a, b FROM (VALUES (1, 'x'), (2, 'y')) AS t(a, b)");
        assertEquals(List.of("2|y"), rows("SELECT * FROM pairs WHERE a = 2"));
        assertEquals(List.of("x"), rows("SELECT p.b FROM mydb.pairs AS p WHERE p.a = 1"));
        assertEquals(List.of("2"), rows("SELECT pairs.a FROM pairs ORDER BY a DESC LIMIT 1"));
        assertEquals(List.of("pairs"), rows("SELECT view_name FROM system.views"));
        assertTrue(rows("SHOW TABLES").contains("pairs"));
        assertEquals(List.of("a|integer||", "b|varchar||"), rows("DESCRIBE pairs"));
        change("CREATE VIEW big AS SELECT a * 10 AS a FROM pairs");
        assertEquals(List.of("10", "20"), rows("SELECT a FROM big ORDER BY 1"));
    }

    @Test
    void anotherProcessSeesTheView() {
        change("CREATE VIEW one AS SELECT 1 AS n");
        try (Store other = Store.open(directory);
                QueryResult result =
                        new QueryEngine(other)
                                .execute("SELECT n FROM one", QueryOptions.defaults())) {
            List<String> lines = new ArrayList<>();
            SqlRows.addTo(lines, result);
            assertEquals(List.of("1"), lines);
        }
    }

    @Test
    void aViewIsReplacedOnlyWhereThatIsSaid() throws IOException {
        change("CREATE VIEW v AS SELECT 1 AS n");
        assertEquals(
                "View 'v' already exists", failure("CREATE VIEW V AS SELECT 2 AS n").getMessage());
        change("CREATE OR REPLACE VIEW v AS SELECT 2 AS n");
        assertEquals(List.of("2"), rows("SELECT n FROM v"));
        change("DROP VIEW v");
        assertEquals("View 'v' does not exist", failure("DROP VIEW v").getMessage());
        change("DROP VIEW IF EXISTS v");
        assertEquals(QueryException.Code.UNKNOWN_NAME, failure("SELECT n FROM v").code());
        assertEquals(0, segmentFiles());
    }

    @Test
    void aViewCannotReadAFileOfTheCommand() {
        Table file =
                new Table(
                        "teams",
                        List.of(
                                new TableColumn(
                                        "n", BasicType.BIGINT, false, new TableColumn.Stored(0))),
                        new Table.Rows(List.<Object[]>of(new Object[] {7L})));
        engine = new QueryEngine(store, List.of(file));
        QueryException failure = failure("CREATE VIEW v AS\nSELECT n FROM teams");
        assertEquals(
                "A view cannot read 'teams', which is a file of this command; keep its rows by"
                        + " CREATE TABLE ... AS SELECT * FROM teams",
                failure.getMessage());
        assertEquals(2, failure.line());
        change("CREATE TABLE kept AS SELECT n FROM teams");
        change("CREATE VIEW v AS SELECT n FROM kept");
        engine = new QueryEngine(store);
        assertEquals(List.of("7"), rows("SELECT n FROM v"));
    }

    @Test
    void aViewOfItselfIsToldAndSoIsOneWhoseTableIsGone() {
        change("CREATE VIEW a AS SELECT 1 AS n");
        change("CREATE VIEW b AS SELECT n FROM a");
        for (String view : List.of("a", "b")) {
            QueryException own =
                    failure("CREATE OR REPLACE VIEW a AS SELECT n, 2 AS m FROM " + view);
            assertTrue(
                    String.valueOf(own.getMessage()).contains("View 'a' is defined by itself"),
                    own.getMessage());
        }
        assertEquals(List.of("1"), rows("SELECT * FROM b"));
        change("DROP VIEW a");
        QueryException gone = failure("SELECT *\nFROM b");
        assertTrue(
                String.valueOf(gone.getMessage())
                        .startsWith("View 'b' cannot be asked any more: Table 'a' does not exist"),
                gone.getMessage());
        assertEquals(2, gone.line());
        assertEquals(6, gone.column());
    }

    @Test
    void showCreateViewCanBeRunAgain() {
        change("CREATE VIEW v AS SELECT n, count(*) AS c FROM (VALUES 1, 1, 2) t(n) GROUP BY n");
        List<String> before = rows("SELECT * FROM v ORDER BY n");
        String text = String.join("\n", rows("SHOW CREATE VIEW v"));
        change("DROP VIEW v");
        change(text);
        assertEquals(before, rows("SELECT * FROM v ORDER BY n"));
    }

    /// Every type that is kept, at its ends.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "bigint; -9223372036854775807; 9223372036854775807",
                "integer; -2147483648; 2147483647",
                "boolean; true; false",
                "double; -0.0; 1.7976931348623157E308",
                "double; 'NaN'; 4.9E-324",
                "decimal(38,3); '-99999999999999999999999999999999999.999'; 0",
                "decimal(5,2); '1.10'; '-0.05'",
                "date; '-0044-03-15'; '9999-12-31'",
                "timestamp(3); '1969-12-31 23:59:59.999'; '2026-11-27 00:00:00'",
                "timestamp(3) with time zone; '2026-11-27 01:02:03.004 UTC'; '1970-01-01 00:00:00"
                        + " UTC'",
                "timestamp(0); '1969-12-31 23:59:59'; '2026-11-27 00:00:00'",
                "timestamp(3) with time zone; TIMESTAMP '2026-07-01 00:00:00 America/New_York';"
                        + " TIMESTAMP '2026-11-01 01:30:00 America/New_York'",
                "tinyint; -128; 127",
                "smallint; -32768; 32767",
                "real; REAL '3.4028235E38'; REAL '1.4E-45'",
                "interval day to second; INTERVAL '-1' DAY; INTERVAL '0.001' SECOND",
                "interval year to month; INTERVAL '-13' MONTH; INTERVAL '1' YEAR",
                "ipprefix; '10.0.0.0/8'; '2001:db8::/32'",
                "ipaddress; '10.0.0.1'; '2001:db8::1'",
                "varchar; ''; 'ünï\uD83D\uDE00'",
            })
    void aTableKeepsValuesOfType(String type, String low, String high) {
        String query =
                "SELECT n, v FROM (VALUES (1, CAST(%s AS %s)), (2, CAST(%s AS %s)), (3, NULL)) AS t(n, v)"
                        .formatted(low, type, high, type);
        assertEquals(3, change("CREATE TABLE kept AS " + query));
        assertEquals(rows(query + " ORDER BY n"), rows("SELECT n, v FROM kept ORDER BY n"));
        assertTrue(
                rows("DESCRIBE kept").contains("v|" + type + "||"),
                rows("DESCRIBE kept")::toString);
        assertEquals(List.of("3"), rows("SELECT n FROM kept WHERE v IS NULL"));
        assertEquals(
                List.of("2"),
                rows("SELECT n FROM kept WHERE v = CAST(%s AS %s)".formatted(high, type)));
    }

    @Test
    void whatATableCannotKeepIsRefused() {
        assertEquals(
                "column 'n' cannot keep -9223372036854775808, which means NULL",
                failure(
                                "CREATE TABLE t AS SELECT -9223372036854775807 - x AS n FROM (VALUES 1) t(x)")
                        .getMessage());
        assertEquals(
                "Column name not specified at position 1; name it with AS",
                failure("CREATE TABLE t AS SELECT count(*) FROM (VALUES 1) t(x)").getMessage());
        assertEquals(
                "Column name 'A' specified more than once",
                failure("CREATE TABLE t AS SELECT 1 AS a, 2 AS A").getMessage());
        assertTrue(
                String.valueOf(failure("CREATE TABLE t AS SELECT NULL AS n").getMessage())
                        .startsWith("a table cannot keep column 'n' of type unknown"));
        assertEquals(List.of("system.segments"), rows("SHOW TABLES"));
    }

    @Test
    void aTableIsMadeReplacedKeptAndDropped() throws IOException {
        assertEquals(2, change("CREATE TABLE t (k, v) AS VALUES (1, 'a'), (2, 'b')"));
        assertEquals(List.of("2|b"), rows("SELECT k, v FROM t WHERE k > 1"));
        assertEquals(
                "Table 't' already exists",
                failure("CREATE TABLE t AS SELECT 1 AS n").getMessage());
        assertEquals(0, change("CREATE TABLE IF NOT EXISTS t AS SELECT 1 AS n"));
        assertEquals(List.of("2"), rows("SELECT count(*) FROM t"));
        assertEquals(1, change("CREATE OR REPLACE TABLE t AS SELECT max(k) AS n FROM t"));
        assertEquals(List.of("2"), rows("SELECT * FROM t"));
        assertEquals(1, segmentFiles());
        assertEquals(
                "View 't' does not exist; it is a table: DROP TABLE",
                failure("DROP VIEW t").getMessage());
        change("DROP TABLE t");
        assertEquals(0, segmentFiles());
        assertEquals("Table 't' does not exist", failure("DROP TABLE t").getMessage());
        assertEquals(0, change("CREATE TABLE e AS SELECT 1 AS n WITH NO DATA"));
        assertEquals(List.of("0"), rows("SELECT count(*) FROM e"));
    }

    @Test
    void whatBelongsToTheStoreIsNotTouched() {
        for (String sql :
                List.of(
                        "DROP TABLE vpc_flow_logs",
                        "DROP TABLE system.files",
                        "CREATE OR REPLACE TABLE mydb.VPC_FLOW_LOGS AS SELECT 1 AS n",
                        "CREATE VIEW system.views AS SELECT 1 AS n")) {
            QueryException failure = failure(sql);
            assertEquals(QueryException.Code.UNSUPPORTED, failure.code(), sql);
            assertEquals(1, failure.line());
        }
    }

    @Test
    void aFailedQueryLeavesNothingBehind() throws IOException {
        assertEquals(
                QueryException.Code.INVALID_VALUE,
                failure("CREATE TABLE t AS SELECT 1 / (n - 1) AS q FROM (VALUES 1) AS v(n)")
                        .code());
        assertEquals(0, segmentFiles());
        change("CREATE TABLE t AS SELECT 1 AS q"); // the lock is free
    }

    @Test
    void aSecondWriterIsRefused() {
        try (StoreWriter _ = store.writer("another")) {
            StoreException refused =
                    assertThrows(
                            StoreException.class,
                            () ->
                                    engine.execute(
                                                    "CREATE VIEW v AS SELECT 1 AS n",
                                                    QueryOptions.defaults())
                                            .close());
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("another"), refused.toString());
        }
    }

    /// Rows of several segments keep their order and their number.
    @Test
    void aLargeTableHasSeveralSegments() {
        change("CREATE TABLE d AS SELECT * FROM (VALUES 0,1,2,3,4,5,6,7,8,9) AS t(n)");
        long rows =
                change(
                        "CREATE TABLE big AS SELECT a.n * 100000 + b.n * 10000 + c.n * 1000 + e.n *"
                                + " 100 + f.n * 10 + g.n AS n, CAST(a.n AS DOUBLE) AS x"
                                + " FROM d a, d b, d c, d e, d f, d g, (VALUES 1, 2) AS two(z)");
        assertEquals(2_000_000, rows);
        assertEquals(
                List.of("2000000|1000000|999999000000|9000000.0"),
                rows("SELECT count(*), count(DISTINCT n), sum(n), sum(x) FROM big"));
        try (Snapshot snapshot = store.snapshot()) {
            assertEquals(2, snapshot.tables().get("big").segments().size());
        }
    }
}
