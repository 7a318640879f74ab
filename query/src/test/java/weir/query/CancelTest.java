// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import weir.query.catalog.Catalog;
import weir.query.fault.QueryException;

/// Whatever a query is busy with, it ends soon after its time is over or somebody cancels it.
class CancelTest {
    private static final Duration TIMEOUT = Duration.ofMillis(200);

    /// A second after the timeout, and as much again for a machine that is busy.
    private static final Duration ENOUGH = Duration.ofMillis(2_200);

    private static final String MANY =
            "UNNEST(sequence(1, 10000)) a(x), UNNEST(sequence(1, 10000)) b(y),"
                    + " UNNEST(sequence(1, 10000)) c(z)";

    private static final String X = "(SELECT x FROM UNNEST(sequence(1, 10000)) a(x))";
    private static final String Y = "(SELECT y FROM UNNEST(sequence(1, 10000)) b(y))";
    private static final String Z = "(SELECT z FROM UNNEST(sequence(1, 10000)) c(z))";

    /// Each takes minutes, of one value, one batch or many.
    private static final List<String> ENDLESS =
            List.of(
                    "SELECT count(*) FROM " + MANY,
                    "SELECT sum(x * y % 7) FROM " + MANY + " WHERE z % 3 = 1",
                    "SELECT x FROM " + MANY + " WHERE x + y + z < 0",
                    "SELECT x % 3, count(DISTINCT y % 100) FROM " + MANY + " GROUP BY 1",
                    "SELECT count(*) FROM "
                            + X
                            + " JOIN "
                            + Y
                            + " ON x % 2 = y % 2 JOIN "
                            + Z
                            + " ON y % 2 = z % 2",
                    "SELECT count(*) FROM "
                            + MANY
                            + " WHERE levenshtein_distance(rpad('', 900, 'x'), rpad('', 900, 'y'))"
                            + " = x",
                    "SELECT count(*) FROM "
                            + X
                            + " LEFT JOIN "
                            + Y
                            + " ON x + y > 0 AND levenshtein_distance(rpad('', 900, 'x'), rpad('', 900, 'y')) = x",
                    "SELECT reduce(sequence(1, 10000), 0, (s, a) -> s + reduce(sequence(1, 10000), 0,"
                            + " (t, b) -> (t + a * b) % 7, t -> t), s -> s)",
                    "SELECT max(reduce(sequence(1, 10000), 0, (s, a) -> s + reduce(sequence(1, 10000),"
                            + " 0, (t, b) -> (t + a * b + x) % 7, t -> t), s -> s))"
                            + " FROM (VALUES 1, 2) t(x)",
                    "SELECT cardinality(filter(sequence(1, 10000), a -> any_match(sequence(1, 10000),"
                            + " b -> none_match(sequence(1, 100), c -> a + b + c = x))))"
                            + " FROM (VALUES -1, -2) t(x)",
                    "SELECT cardinality(array_sort(sequence(1, 10000), (a, b) -> CASE WHEN"
                            + " reduce(sequence(1, 10000), x, (s, e) -> s + e, s -> s) < 0 THEN 1"
                            + " ELSE -1 END)) FROM (VALUES 1, 2) t(x)",
                    "SELECT cardinality(zip_with(sequence(1, 10000), sequence(1, 10000), (a, b) ->"
                            + " reduce(sequence(1, 10000), x, (s, e) -> (s + e) % 7, s -> s)))"
                            + " FROM (VALUES 1, 2) t(x)",
                    "SELECT cardinality(map_filter(map(sequence(1, 10000), sequence(1, 10000)),"
                            + " (k, v) -> reduce(sequence(1, 10000), x, (s, e) -> (s + e) % 7,"
                            + " s -> s) < 0)) FROM (VALUES 1, 2) t(x)",
                    "SELECT count(*) FROM "
                            + MANY
                            + " WHERE regexp_like(rpad('', 1000000, 'x'), '(x|xx|xxx|y)*z' || CAST(x AS varchar))",
                    "SELECT count(*) FROM (VALUES 1, 2) t(x) WHERE regexp_like(rpad('', 60000000 + x,"
                            + " 'x'), '(.*x){20}y')",
                    "SELECT count(*) FROM (VALUES 1, 2) t(x) WHERE rpad('', 20000000 + x, 'x') LIKE"
                            + " '%"
                            + "_".repeat(10_000)
                            + "y%'",
                    "SELECT sum(c) FROM (SELECT array_agg(x) OVER (ORDER BY x ROWS BETWEEN 500"
                            + " PRECEDING AND 500 FOLLOWING) AS a, approx_percentile(x, 0.5) OVER"
                            + " (ORDER BY x ROWS BETWEEN 5000 PRECEDING AND CURRENT ROW) AS c FROM"
                            + " (SELECT x * 10 + y AS x FROM UNNEST(sequence(1, 10000)) a(x),"
                            + " UNNEST(sequence(1, 10)) b(y)))",
                    "SELECT count(*) FROM (SELECT DISTINCT random() FROM "
                            + MANY
                            + " LIMIT 9000000)",
                    "SELECT array_distinct(flatten(transform(sequence(1, 1000), a ->"
                            + " transform(sequence(1, 10000), b -> (a * 10000 + b) % 9999991))))"
                            + " FROM (VALUES 1, 2) t(x)");

    @TestFactory
    List<DynamicTest> endlessStatementsEndAtTheirTimeout() {
        QueryOptions options = QueryOptions.defaults().withThreads(2).withTimeout(TIMEOUT);
        return ENDLESS.stream()
                .map(sql ->
                        DynamicTest.dynamicTest(
                                sql,
                                () -> {
                                    long start = System.nanoTime();
                                    QueryException failure =
                                            assertThrows(
                                                    QueryException.class,
                                                    () ->
                                                            SqlRows.of(
                                                                    sql,
                                                                    Catalog.of(List.of()),
                                                                    options));
                                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                                    assertEquals(
                                            QueryException.Code.LIMIT_EXCEEDED, failure.code());
                                    assertTrue(
                                            took.compareTo(ENOUGH) < 0,
                                            () -> took + " of " + failure.getMessage());
                                }))
                .toList();
    }

    @Test
    void aCancelReachesTheInsideOfAValue() throws InterruptedException {
        String sql =
                "SELECT reduce(sequence(1, 10000), 0, (s, a) -> s + reduce(sequence(1, 10000), x,"
                        + " (t, b) -> (t + a * b) % 7, t -> t), s -> s) FROM (VALUES 1, 2) t(x)";
        try (QueryResult result =
                QueryEngine.execute(sql, Catalog.of(List.of()), QueryOptions.defaults())) {
            // Both arrays are counted when they are made; what follows is one value.
            Thread canceller =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (result.peakMemoryBytes() == 0) {
                                    Thread.onSpinWait();
                                }
                                result.cancel();
                            });
            long start = System.nanoTime();
            QueryException failure = assertThrows(QueryException.class, result::nextBatch);
            assertEquals(QueryException.Code.CANCELLED, failure.code());
            assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(ENOUGH) < 0);
            canceller.join();
        }
    }
}
