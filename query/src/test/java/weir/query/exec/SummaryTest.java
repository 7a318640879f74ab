// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weir.engine.segment.StorageHints;
import weir.engine.segment.StorageHints.Summary;
import weir.query.QueryOptions;
import weir.testkit.Seeds;

/// Groupings read summaries of segments in place of rows, and nobody can tell by the answer.
class SummaryTest {
    private static final int STATEMENTS = 150;

    private static final StorageHints HINTS =
            StorageHints.NONE.withSummaries(
                    List.of(
                            new Summary(List.of("action", "region"), List.of("bytes")),
                            new Summary(List.of("srcaddr", "action"), List.of("bytes", "dstport")),
                            new Summary(
                                    List.of("tcp_flags", "note", "region", "action"),
                                    List.of("bytes"))));

    private static final List<String> KEYS =
            List.of(
                    "action",
                    "region",
                    "srcaddr",
                    "tcp_flags % 4",
                    "CASE WHEN srcaddr LIKE '10.1%' THEN 'in' ELSE action END",
                    "start - start % 600",
                    "hour(from_unixtime(start))",
                    "note",
                    "bytes % 3");

    private static final List<String> CALLS =
            List.of(
                    "count(*)",
                    "sum(bytes)",
                    "avg(bytes)",
                    "count(bytes)",
                    "count(dstport)",
                    "count(region)",
                    "min(start)",
                    "max(srcaddr)",
                    "min(bytes)",
                    "count_if(action = 'REJECT')",
                    "count(DISTINCT srcaddr)",
                    "approx_distinct(action)",
                    "sum(tcp_flags)",
                    "avg(tcp_flags * 1000000000000)",
                    "sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END)",
                    "sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END)",
                    "sum(CASE WHEN action = 'ACCEPT' THEN bytes END)",
                    "sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 7 END)",
                    "count(*) FILTER (WHERE action <> 'REJECT')",
                    "sum(bytes) FILTER (WHERE srcaddr LIKE '10.0%')",
                    "bool_and(action = 'ACCEPT')",
                    "any_value(action)",
                    "stddev(bytes)",
                    "sum(DISTINCT tcp_flags)",
                    "array_agg(DISTINCT action)");

    private static final List<String> CONDITIONS =
            List.of(
                    "action = 'ACCEPT'",
                    "region IS NULL",
                    "srcaddr LIKE '10.2.%'",
                    "start >= 1700003600",
                    "start < 1700000000 + 20000 / 6",
                    "start BETWEEN 1700000000 AND 1700010800",
                    "bytes > 100",
                    "note <> 'x'",
                    "tcp_flags IN (1, 2, 3)",
                    "coalesce(region, action) <> 'us-east-1'");

    @TempDir Path directory;
    private SampleTable table;

    @BeforeEach
    void create() {
        Random random = new Random(Seeds.next("SummaryTest.rows"));
        table = SampleTable.create(directory, random, HINTS, 20_000, 20_000, 17_000, 900);
    }

    @AfterEach
    void close() {
        table.close();
    }

    private static String pick(Random random, List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String some(Random random, List<String> choices, int least, String between) {
        List<String> picked = new ArrayList<>();
        for (int i = least + random.nextInt(3); i > 0; i--) {
            picked.add(pick(random, choices));
        }
        return String.join(between, picked);
    }

    private static String statement(Random random) {
        String conditions = some(random, CONDITIONS, 0, " AND ");
        String from = "flows" + (conditions.isEmpty() ? "" : " WHERE " + conditions);
        String calls = some(random, CALLS, 1, ", ");
        return switch (random.nextInt(6)) {
            case 0 -> "SELECT " + calls + " FROM " + from;
            case 1 -> "SELECT DISTINCT " + some(random, KEYS, 1, ", ") + " FROM " + from;
            case 2 ->
                    "SELECT k, sum(b), count(*), avg(z) FROM (SELECT srcaddr AS k, bytes AS b, 0 AS z"
                            + " FROM "
                            + from
                            + " UNION ALL SELECT action, 0, bytes FROM "
                            + from
                            + ") AS t GROUP BY k";
            case 3 -> {
                String key = pick(random, List.of("region", "srcaddr", "note"));
                yield "SELECT %s, %s FROM %s GROUP BY ROLLUP (%s, action)"
                        .formatted(key, calls, from, key);
            }
            case 4 ->
                    "SELECT action, %s FROM %s GROUP BY action".formatted(calls, from)
                            + " HAVING count(*) > 10";
            default -> {
                String keys = some(random, KEYS, 1, ", ");
                yield "SELECT %s, %s FROM %s GROUP BY %s".formatted(keys, calls, from, keys);
            }
        };
    }

    @Test
    void answersAreThoseOfTheRows() {
        Random random = new Random(Seeds.next("SummaryTest"));
        QueryOptions plain = QueryOptions.defaults().withThreads(1).withPruning(false, false);
        long summarized = 0;
        for (int i = 0; i < STATEMENTS; i++) {
            String sql = statement(random);
            List<String> expected = StatementRows.of(table.store, sql, plain).rows();
            for (int threads : new int[] {1, 3}) {
                QueryOptions options = QueryOptions.defaults().withThreads(threads);
                StatementRows found = StatementRows.of(table.store, sql, options);
                assertEquals(expected, found.rows(), sql);
                summarized += found.summarized();
            }
        }
        assertTrue(summarized > STATEMENTS, "summaries were read " + summarized + " times");
    }

    private long summarized(String sql) {
        return StatementRows.of(table.store, sql, QueryOptions.defaults()).summarized();
    }

    /// Three segments have summaries, and one is too small for any.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT action, count(*), sum(bytes), avg(bytes) FROM flows GROUP BY action",
                "SELECT count(*), sum(bytes) FROM flows WHERE region = 'us-east-1'",
                "SELECT action, lower(action), count(*) FROM flows GROUP BY 1, 2",
                "SELECT count(*) FROM flows WHERE start < 1800000000 AND srcaddr LIKE '10.%'",
                "SELECT sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) FROM flows",
                "SELECT srcaddr FROM flows GROUP BY srcaddr HAVING count(*) > 1",
                "SELECT count(*) FROM flows WHERE srcaddr IN (SELECT dstaddr FROM flows WHERE"
                        + " dstport = 7)",
            })
    void summariesAreRead(String sql) {
        assertEquals(3, summarized(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM flows",
                "SELECT sum(bytes) FROM flows",
                "SELECT stddev(bytes) FROM flows GROUP BY action",
                "SELECT action, array_agg(bytes) FROM flows GROUP BY action",
                "SELECT count(*) FROM flows WHERE random() < 2 AND action = 'ACCEPT'",
                "SELECT count(*) FROM flows GROUP BY action, random() < 2",
                "SELECT max(bytes) FROM flows WHERE action = 'ACCEPT'",
                "SELECT count(*) FROM flows WHERE dstport = 7 AND action = 'ACCEPT'",
                "SELECT sum(start) FROM flows WHERE action = 'ACCEPT'",
                "SELECT action, start FROM flows WHERE action = 'ACCEPT'",
                "SELECT a.action, count(*) FROM flows a JOIN flows b ON a.start = b.start"
                        + " GROUP BY a.action",
            })
    void rowsAreReadWhereEachOneCounts(String sql) {
        assertEquals(0, summarized(sql));
    }

    @Test
    void aTimeThatASegmentLiesWithinAsksNothingOfIt() {
        // The second segment begins an hour behind the first, and the third behind that.
        String sql = "SELECT srcaddr, count(*) FROM flows WHERE start >= %d GROUP BY srcaddr";
        assertEquals(2, summarized(sql.formatted(1_700_003_600L)));
        assertEquals(1, summarized(sql.formatted(1_700_003_601L)));
    }
}
