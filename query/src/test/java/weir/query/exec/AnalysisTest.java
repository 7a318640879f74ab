// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.vector.VectorBatch;
import weir.query.QueryEngine;
import weir.query.QueryOptions;
import weir.query.QueryResult;
import weir.testkit.Seeds;

/// EXPLAIN ANALYZE: its numbers add up, and its words are these.
class AnalysisTest {
    @TempDir Path directory;

    @Test
    void allPartsTogetherAreWhatThereIs() {
        Random random = new Random(Seeds.next("AnalysisTest"));
        try (SampleTable table = SampleTable.create(directory, random, 140_000, 900, 1, 70_000)) {
            QueryEngine engine = new QueryEngine(table.store);
            for (int i = 0; i < 120; i++) {
                String sql = "SELECT * FROM flows WHERE " + condition(random, 2);
                QueryOptions options =
                        QueryOptions.defaults()
                                .withThreads(1 + random.nextInt(3))
                                .withPruning(random.nextInt(8) > 0, random.nextInt(8) > 0);
                Analysis analysis = engine.analyze(sql, options);
                TableScan scan = analysis.scans().getFirst();
                boolean isStopped = scan.metrics().segments.sum() < 4;
                check(scan.segments(), 4, isStopped, sql);
                check(scan.blocks(), 7, isStopped, sql);
                check(scan.rows(), 210_901, isStopped, sql);
                assertTrue(analysis.rowCount() <= scan.metrics().rowsPassed.sum(), sql);
                assertTrue(scan.metrics().rowsPassed.sum() <= scan.rows().read(), sql);
                assertEquals(count(engine, sql), analysis.rowCount(), sql);
            }
        }
    }

    private static void check(TableScan.Share share, long inAll, boolean isStopped, String sql) {
        String found = sql + "\n" + share;
        assertEquals(inAll, share.inAll(), found);
        assertTrue(share.skippedByTime() >= 0, found);
        assertTrue(share.skippedByZone() >= 0, found);
        assertTrue(share.skippedByIndex() >= 0, found);
        assertTrue(share.read() >= 0, found);
        assertTrue(isStopped ? share.notNeeded() >= 0 : share.notNeeded() == 0, found);
    }

    private static long count(QueryEngine engine, String sql) {
        long rows = 0;
        QueryOptions options = QueryOptions.defaults().withPruning(false, false);
        try (QueryResult result = engine.execute(sql, options)) {
            for (VectorBatch batch = result.nextBatch();
                    batch != null;
                    batch = result.nextBatch()) {
                rows += batch.rowCount();
            }
        }
        return rows;
    }

    private static String condition(Random random, int depth) {
        if (depth > 0 && random.nextInt(2) == 0) {
            String operator = random.nextBoolean() ? " AND " : " OR ";
            return "("
                    + condition(random, depth - 1)
                    + operator
                    + condition(random, depth - 1)
                    + ")";
        }
        long time = 1_700_000_000L + random.nextInt(60_000);
        return switch (random.nextInt(10)) {
            case 0 -> "start >= " + time;
            case 1 -> "start BETWEEN " + time + " AND " + (time + 600);
            case 2 -> "srcaddr = '10.1.2.7'";
            case 3 -> "dstaddr = '10.12.0." + random.nextInt(5) + "'";
            case 4 -> "contains('10.1.0.0/16', CAST(srcaddr AS ipaddress))";
            case 5 -> "dstport = " + random.nextInt(64);
            case 6 -> "bytes > " + random.nextInt(6000);
            case 7 -> "region = 'us-east-" + random.nextInt(3) + "'";
            case 8 -> "tcp_flags + 1 = " + random.nextInt(40);
            default -> "action <> 'ACCEPT'";
        };
    }

    @Test
    void theWordsAreThese() {
        try (SampleTable table = SampleTable.create(directory, new Random(7), 2100, 900)) {
            QueryEngine engine = new QueryEngine(table.store);
            assertEquals(
                    """
                    Project [_agg0 AS _col0]
                      Aggregate keys [] calls [count(*) AS _agg0]
                        Scan flows [start] where start < 1700000005

                    Scan of flows
                                in all  skipped by time  by zone  by index  not needed   read
                      segments       2                1        0         0           0      1
                      blocks         2                1        0         0           0      1
                      rows       3,000              900        0         0           0  2,100
                      15 rows passed
                      N bytes touched of N stored (N %)

                    Result of 1 row
                    Time N ms to run, N ms to plan; peak memory N bytes\
                    """,
                    text(engine, "SELECT count(*) FROM flows WHERE start < 1700000005"));
            assertEquals(
                    """
                    Limit count 3
                      Scan flows [bytes]

                    Scan of flows
                                in all  skipped by time  by zone  by index  not needed   read
                      segments       2                0        0         0           1      1
                      blocks         2                0        0         0           1      1
                      rows       3,000                0        0         0         952  2,048
                      2,048 rows passed
                      N bytes touched of N stored (N %)

                    Result of 3 rows
                    Time N ms to run, N ms to plan; peak memory N bytes\
                    """,
                    text(engine, "SELECT bytes FROM flows LIMIT 3"));
            assertEquals(
                    """
                    Values [_col0] rows 1
                      (1)

                    Result of 1 row
                    Time N ms to run, N ms to plan; peak memory N bytes\
                    """,
                    text(engine, "VALUES 1"));
        }
    }

    /// The one value of the result, without what may differ from run to run.
    private static String text(QueryEngine engine, String sql) {
        List<String> rows = new ArrayList<>();
        QueryOptions options = QueryOptions.defaults().withThreads(1);
        try (QueryResult result = engine.execute("EXPLAIN ANALYZE " + sql, options)) {
            assertEquals("Query Plan", result.fields().getFirst().name());
            VectorBatch batch = result.nextBatch();
            assertNotNull(batch);
            Object value = VectorValues.get(batch.column(0), result.fields().getFirst().type(), 0);
            rows.add(String.valueOf(value));
            assertEquals(1, batch.rowCount());
            assertEquals(null, result.nextBatch());
        }
        return rows.getFirst()
                .replaceAll("(?m)^Time [0-9.]+ ms to run, [0-9.]+ ms", "Time N ms to run, N ms")
                .replaceAll("memory [0-9,]+ bytes", "memory N bytes")
                .replaceAll(
                        "[0-9,]+ bytes touched of [0-9,]+ stored \\([0-9.]+ %\\)",
                        "N bytes touched of N stored (N %)");
    }
}
