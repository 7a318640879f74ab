// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.scan.ScanMetrics;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.IpAddress;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.engine.vector.VectorBatch;
import weir.query.exec.TableScan;
import weir.query.exec.VectorValues;
import weir.query.fault.QueryException;
import weir.query.type.SqlType;
import weir.query.value.ValueText;
import weir.testkit.faulty.FaultyFiles;

class QueryEngineTest {
    private static final Column SRC = new Column("srcaddr", ColumnType.ADDRESS, "ip", "-", false);
    private static final Column PORT = Column.number("dstport", ColumnType.INT32);
    private static final Column BYTES = Column.number("bytes", ColumnType.INT64);
    private static final Column START = Column.number("start", ColumnType.INT64);
    private static final Column ACTION = Column.text("action").absentAs("-");
    private static final int SEGMENTS = 6;
    private static final int ROWS = 5000;

    @TempDir Path directory;
    private Store store;
    private QueryEngine engine;

    @BeforeEach
    void fill() {
        store = Store.openOrCreate(directory);
        engine = new QueryEngine(store);
        try (StoreWriter writer = store.writer()) {
            List<StoreWriter.WrittenSegment> written = new ArrayList<>();
            for (int segment = 0; segment < SEGMENTS; segment++) {
                written.add(writer.write("flows", segment(segment)));
            }
            Schema schema = Schema.of(List.of(SRC, PORT, BYTES, START, ACTION), "start");
            writer.commit(Map.of("flows", schema), written);
        }
    }

    private static SegmentBuilder segment(int segment) {
        SegmentBuilder builder = new SegmentBuilder("start");
        int[] src = builder.codes(SRC).withRoomFor(ROWS);
        int[] action = builder.codes(ACTION).withRoomFor(ROWS);
        long[] port = new long[ROWS];
        long[] bytes = new long[ROWS];
        long[] start = new long[ROWS];
        for (int row = 0; row < ROWS; row++) {
            IpAddress address = IpAddress.ofV4(0x0a000000 + segment * 7 + row % 50);
            src[row] =
                    row % 100 == 99
                            ? 0
                            : builder.addresses(SRC).idOf(address.high(), address.low());
            byte[] text = (row % 10 == 0 ? "REJECT" : "ACCEPT").getBytes(StandardCharsets.UTF_8);
            action[row] = builder.texts(ACTION).idOf(text, 0, text.length);
            port[row] = row % 100 == 99 ? Column.ABSENT : row % 70;
            bytes[row] = row;
            start[row] = 1_700_000_000L + segment * 3600L + row % 3600;
        }
        builder.codes(SRC).filledTo(ROWS);
        builder.codes(ACTION).filledTo(ROWS);
        builder.numbers(PORT).put(0, port, port.length);
        builder.numbers(PORT).filledTo(ROWS);
        builder.numbers(BYTES).put(0, bytes, bytes.length);
        builder.numbers(BYTES).filledTo(ROWS);
        builder.numbers(START).put(0, start, start.length);
        builder.numbers(START).filledTo(ROWS);
        builder.addRows(ROWS);
        return builder;
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static QueryOptions options() {
        return QueryOptions.defaults()
                .withClock(Clock.fixed(Instant.parse("2026-03-04T05:06:07.089Z"), ZoneOffset.UTC));
    }

    private List<String> rows(String sql) {
        return rows(sql, options());
    }

    private List<String> rows(String sql, QueryOptions options) {
        List<String> lines = new ArrayList<>();
        try (QueryResult result = engine.execute(sql, options)) {
            VectorBatch batch = result.nextBatch();
            while (batch != null) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    lines.add(line(result, batch, row));
                }
                batch = result.nextBatch();
            }
            assertEquals(lines.size(), result.rowCount());
        }
        return lines;
    }

    private static String line(QueryResult result, VectorBatch batch, int row) {
        List<String> values = new ArrayList<>();
        for (int c = 0; c < result.fields().size(); c++) {
            SqlType type = result.fields().get(c).type();
            Object value = VectorValues.get(batch.column(c), type, row);
            values.add(value == null ? "NULL" : ValueText.of(value, type));
        }
        return String.join("|", values);
    }

    private QueryException failure(String sql) {
        return assertThrows(QueryException.class, () -> rows(sql));
    }

    @Test
    void countsFromAnySegment() {
        assertEquals(List.of("30000"), rows("SELECT count(*) FROM flows"));
        assertEquals(
                List.of("ACCEPT|27000", "REJECT|3000"),
                rows("SELECT action, count(*) FROM flows GROUP BY action ORDER BY 2 DESC"));
        assertEquals(
                List.of("300|29700|70"),
                rows(
                        "SELECT count(*) FILTER (WHERE dstport IS NULL), count(dstport),"
                                + " count(DISTINCT dstport) FROM flows"));
    }

    @Test
    void absentAddressesAreADashAndCastToNull() {
        assertEquals(
                List.of("-|NULL|300"),
                rows(
                        "SELECT srcaddr, CAST(srcaddr AS ipaddress), count(*) FROM flows"
                                + " WHERE srcaddr = '-' GROUP BY 1, 2"));
        assertEquals(
                rows("SELECT count(*) FROM flows WHERE srcaddr LIKE '10.0.0.%'"),
                rows(
                        "SELECT count(*) FROM flows WHERE contains('10.0.0.0/24',"
                                + " CAST(srcaddr AS ipaddress))"));
    }

    @Test
    void topRowsAndGroupsAreTheSameOnAnyNumberOfThreads() {
        for (String sql :
                List.of(
                        "SELECT srcaddr, sum(bytes) FROM flows GROUP BY 1",
                        "SELECT srcaddr, dstport, count(*), avg(bytes) FROM flows GROUP BY 1, 2",
                        "SELECT * FROM flows ORDER BY action, dstport DESC LIMIT 70",
                        "SELECT DISTINCT dstport FROM flows",
                        "SELECT srcaddr FROM flows WHERE bytes % 7 = 3 LIMIT 3000",
                        "SELECT stddev(bytes / 7.0e0) FROM flows")) {
            List<String> expected = rows(sql, options().withThreads(1));
            assertEquals(expected, rows(sql, options().withThreads(4)), sql);
            assertEquals(
                    expected, rows(sql, options().withThreads(3).withPruning(false, false)), sql);
        }
    }

    @Test
    void spreadsDoNotDependOnTheThreadsInTheirLastBit() {
        for (String number :
                List.of(
                        "bytes",
                        "bytes * 1000003",
                        "bytes * 1000000007 * 1000003",
                        "dstport",
                        "bytes / 7.0e0")) {
            String sql =
                    "SELECT bytes / 5, stddev(x), stddev_pop(x), variance(x), var_pop(x),"
                            + " variance(DISTINCT x) FROM (SELECT bytes % 4000 AS bytes, "
                            + number
                            + " AS x FROM flows) GROUP BY 1";
            List<String> expected = rows(sql, options().withThreads(1));
            assertEquals(800, expected.size());
            for (int threads : new int[] {2, 3, 5}) {
                assertEquals(expected, rows(sql, options().withThreads(threads)), sql);
            }
        }
    }

    @Test
    void spreadsOfGreatNumbersAreExact() {
        fillEdges(
                "great",
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE - 2,
                Long.MAX_VALUE - 2,
                Long.MAX_VALUE - 2,
                Long.MAX_VALUE - 2);
        assertEquals(List.of("1.0"), rows("SELECT var_pop(x) FROM great"));
        assertEquals(List.of("1.0"), rows("SELECT stddev_pop(-x) FROM great"));
        assertEquals(
                List.of("0.0|NULL"),
                rows(
                        "SELECT var_pop(DISTINCT x - x), variance(1) FROM"
                                + " (SELECT x FROM great LIMIT 1)"));
    }

    /// Every row of one more table has one of `values` in `x`.
    private void fillEdges(String table, long... values) {
        SegmentBuilder builder = new SegmentBuilder("x");
        Column column = Column.number("x", ColumnType.INT64);
        long[] numbers = new long[values.length];
        System.arraycopy(values, 0, numbers, 0, values.length);
        builder.numbers(column).put(0, numbers, numbers.length);
        builder.numbers(column).filledTo(values.length);
        builder.addRows(values.length);
        try (StoreWriter writer = store.writer()) {
            writer.commit(
                    Map.of(table, Schema.of(List.of(column), "x")),
                    List.of(writer.write(table, builder)));
        }
    }

    @Test
    void quotientsOfAnyNumberCompareAlikeWithAndWithoutRanges() {
        long[] values = new long[20];
        int count = 0;
        for (long edge : new long[] {1L << 40, -(1L << 40), 0, 1_500_000_001_000L}) {
            for (int near = -1; near <= 1; near++) {
                values[count++] = edge + near;
            }
        }
        values[count++] = Long.MAX_VALUE;
        values[count++] = -Long.MAX_VALUE;
        fillEdges("edges", java.util.Arrays.copyOf(values, count));
        assertEquals(
                List.of("1500000001000", "1500000001001", "9223372036854775807"),
                rows("SELECT x FROM edges WHERE x / 1000 > 1500000000 ORDER BY x"));
        for (String operand : List.of("x / 1000", "x / 7", "x / 1", "CAST(x / 1000 AS double)")) {
            for (String operator : List.of("<", "<=", ">", ">=", "=", "<>")) {
                for (long value : java.util.Arrays.copyOf(values, count)) {
                    for (long divisor : new long[] {1, 7, 1000}) {
                        String test = operand + " " + operator + " " + value / divisor;
                        // A sum is no column: it is asked row by row.
                        String asked = test.replace("x /", "(x + 0) /");
                        assertEquals(
                                rows("SELECT x FROM edges WHERE " + asked + " ORDER BY x"),
                                rows("SELECT x FROM edges WHERE " + test + " ORDER BY x"),
                                test);
                    }
                }
            }
        }
    }

    @Test
    void timesOfMillisecondsAreFoundByTheirQuotient() {
        fillEdges("millis", 1_700_000_000_000L, 1_800_000_000_000L);
        for (String asked : List.of("x", "(x + 0)")) {
            assertEquals(
                    List.of("1800000000000"),
                    rows(
                            "SELECT x FROM millis WHERE from_unixtime("
                                    + asked
                                    + " / 1000) >= TIMESTAMP '2026-01-01 00:00:00 UTC'"));
        }
    }

    @Test
    void limitStopsTheScan() {
        QueryOptions oneThread = options().withThreads(1);
        try (QueryResult result = engine.execute("SELECT * FROM flows LIMIT 3", oneThread)) {
            assertNotNull(result.nextBatch());
            assertEquals(null, result.nextBatch());
            ScanMetrics metrics = result.scans().getFirst().metrics();
            assertEquals(1, metrics.segments.sum());
            assertTrue(metrics.rowsPassed.sum() <= 2048);
        }
    }

    @Test
    void timeRangesSkipSegmentsThroughFunctions() {
        for (String condition :
                List.of(
                        "start >= 1700018000",
                        "from_unixtime(start) >= TIMESTAMP '2023-11-15 03:13:20 UTC'",
                        "date_trunc('second', from_unixtime(start))"
                                + " >= TIMESTAMP '2023-11-15 03:13:20 UTC'")) {
            String sql = "SELECT count(DISTINCT bytes) FROM flows WHERE " + condition;
            try (QueryResult result = engine.execute(sql, options())) {
                VectorBatch batch = result.nextBatch();
                assertNotNull(batch);
                assertEquals("5000", line(result, batch, 0), condition);
                ScanMetrics metrics = result.scans().getFirst().metrics();
                assertEquals(5, metrics.segmentsSkippedByTime.sum(), condition);
                assertEquals(ROWS, metrics.rowsRead.sum(), condition);
            }
        }
    }

    @Test
    void failuresOfValuesSayWhatWentWrong() {
        assertEquals("Division by zero", message("SELECT 1 / (bytes - bytes) FROM flows"));
        assertEquals(
                "bigint multiplication overflow: 9223372036854770000 * 2",
                message("SELECT (bytes + 9223372036854770000) * 2 FROM flows"));
        assertEquals(
                "Cannot cast 'ACCEPT' to BIGINT",
                message("SELECT CAST(action AS bigint) FROM flows WHERE bytes = 1"));
        assertEquals(
                "Cannot cast value to IPADDRESS: ACCEPT",
                message(
                        "SELECT count(*) FROM flows WHERE action = 'ACCEPT' AND"
                                + " contains('10.0.0.0/8', CAST(action AS ipaddress))"));
        assertEquals(
                "Index must be greater than zero",
                message("SELECT split_part(srcaddr, '.', 0) FROM flows"));
        assertEquals(
                QueryException.Code.INVALID_VALUE,
                failure("SELECT contains('10.0.0.0/40', CAST(srcaddr AS ipaddress)) FROM flows")
                        .code());
        assertTrue(
                message("SELECT sum(bytes + 4611686018427387904) FROM flows")
                        .startsWith("bigint addition overflow: "));
    }

    private String message(String sql) {
        return String.valueOf(failure(sql).getMessage());
    }

    @Test
    void secondsThatAreNoTimeFailOnlyWhereTheyAreAsked() {
        for (String seconds : List.of("bytes * 1000000000000000", "bytes * 1e15")) {
            assertTrue(
                    message("SELECT from_unixtime(" + seconds + ") FROM flows WHERE bytes > 0")
                            .startsWith("from_unixtime takes seconds from -2251799813685 to "));
            assertEquals(
                    List.of("6"),
                    rows(
                            "SELECT count(*) FROM flows WHERE bytes = 0 AND year(from_unixtime("
                                    + seconds
                                    + ")) = 1970"));
        }
    }

    @Test
    void branchesThatAreNotTakenDoNotFail() {
        assertEquals(
                List.of("0|0", "1|10"),
                rows(
                        "SELECT bytes, CASE WHEN bytes = 0 THEN 0 ELSE 10 / bytes END FROM flows"
                                + " WHERE start < 1700000002 AND bytes < 100 ORDER BY 1"));
        assertEquals(
                List.of("300"),
                rows("SELECT count(*) FROM flows WHERE bytes <> 0 AND 1000000 / bytes > 19607"));
    }

    @Test
    void memoryLimitIsNamed() {
        QueryException failure =
                assertThrows(
                        QueryException.class,
                        () ->
                                rows(
                                        "SELECT srcaddr, bytes, start, count(*) FROM flows"
                                                + " GROUP BY 1, 2, 3 ORDER BY 2",
                                        options().withMemoryLimitBytes(1 << 20)));
        assertEquals(QueryException.Code.LIMIT_EXCEEDED, failure.code());
        assertEquals(
                "The query needs more than its memory limit of 1048576 bytes; raise it with"
                        + " --memory, or ask for fewer groups or rows",
                failure.getMessage());
    }

    @Test
    void deadlineIsNamed() {
        QueryException failure =
                assertThrows(
                        QueryException.class,
                        () ->
                                rows(
                                        "SELECT count(*) FROM flows",
                                        options().withTimeout(Duration.ofNanos(1))));
        assertEquals(
                "The query took longer than its limit of 0 ms; raise it with --timeout",
                failure.getMessage());
    }

    @Test
    void cancelledQueriesStop() {
        for (int threads : new int[] {1, 3}) {
            try (QueryResult result =
                    engine.execute("SELECT * FROM flows", options().withThreads(threads))) {
                assertNotNull(result.nextBatch());
                result.cancel();
                QueryException failure =
                        assertThrows(
                                QueryException.class,
                                () -> {
                                    while (result.nextBatch() != null) {
                                        assertTrue(result.rowCount() < SEGMENTS * ROWS + 1L);
                                    }
                                });
                assertEquals(QueryException.Code.CANCELLED, failure.code());
            }
        }
    }

    @Test
    void optionsNameTheirBounds() {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> options().withThreads(0));
        assertEquals("threads is 1 to 1024, not 0", failure.getMessage());
    }

    @Test
    void tablesAboutTheStoreGoThroughTheSameOperators() {
        assertEquals(
                List.of("flows|6|30000"),
                rows("SELECT table_name, count(*), sum(rows) FROM system.segments GROUP BY 1"));
    }

    /// The rows that a LIMIT takes come from the middle of a block, whose end is never reached.
    @Test
    void aFileCutBehindTheLastRowOfALimitFailsTheStatement() throws IOException {
        QueryOptions oneThread = options().withThreads(1);
        try (QueryResult result = engine.execute("SELECT dstport FROM flows LIMIT 3", oneThread)) {
            assertNotNull(result.nextBatch());
            Path file = store.snapshot().table("flows").segments().getFirst().path();
            FaultyFiles.truncate(file, Files.size(file) - 1);
            CorruptSegmentException cut =
                    assertThrows(CorruptSegmentException.class, result::nextBatch);
            assertEquals(file, cut.path());
            assertEquals("the file became shorter while it was read", cut.found());
        }
    }

    @Test
    void explainShowsThePlan() {
        assertTrue(
                engine.explain("SELECT count(*) FROM flows WHERE dstport = 22", options())
                        .contains("Scan flows"));
    }

    @Test
    void totalsOfWholeBlocksAreKnownWithoutTheirRows() {
        String totals =
                "SELECT count(*), count(dstport), sum(bytes), avg(bytes), min(start), max(dstport),"
                        + " min(CAST(dstport AS bigint)) FROM flows";
        for (String where :
                List.of(
                        "",
                        " WHERE start >= 1700000000 + 3600",
                        " WHERE start < 1700000000 + 1800",
                        " WHERE start >= 1700000000",
                        " WHERE action = 'REJECT'",
                        " WHERE bytes < 0")) {
            assertEquals(
                    rows(totals + where, options().withPruning(false, false)),
                    rows(totals + where),
                    where);
        }
        assertEquals(0, engine.analyze(totals, options()).scans().getFirst().rows().read());
        TableScan later =
                engine.analyze(totals + " WHERE start >= 1700000000 + 3600", options())
                        .scans()
                        .getFirst();
        assertEquals(0, later.rows().read());
        assertEquals(ROWS, later.rows().skippedByTime());
        assertEquals(
                SEGMENTS * ROWS,
                engine.analyze("SELECT sum(DISTINCT bytes) FROM flows", options())
                        .scans()
                        .getFirst()
                        .rows()
                        .read());
    }

    @Test
    void whatIsRandomIsDrawnForEachRowOfAStoredTable() {
        long half = count("SELECT count(*) FROM flows WHERE random() < 0.5");
        assertTrue(half > SEGMENTS * ROWS / 3 && half < SEGMENTS * ROWS * 2 / 3, half + " rows");
        long either = count("SELECT count(*) FROM flows WHERE action = 'OTHER' OR random() < 0.5");
        assertTrue(either > SEGMENTS * ROWS / 3 && either < SEGMENTS * ROWS * 2 / 3, either + "");
        long ports = count("SELECT count(*) FROM flows WHERE dstport >= random(70)");
        assertTrue(ports > SEGMENTS * ROWS / 3 && ports < SEGMENTS * ROWS * 2 / 3, ports + "");
        QueryException failure =
                assertThrows(
                        QueryException.class,
                        () -> rows("SELECT count(*) FROM flows WHERE random() BETWEEN 0 AND 1"));
        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith("A random operand of BETWEEN, NULLIF or CASE is not supported"),
                failure.getMessage());
    }

    private long count(String sql) {
        return Long.parseLong(rows(sql).getFirst());
    }
}
