// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import weir.query.catalog.Catalog;
import weir.query.fault.QueryException;

/// What a query keeps counts only while it is kept, and what it makes counts before the heap is
/// full.
class MemoryTest {
    private static final long MEBIBYTE = 1 << 20;

    /// 100,000 rows of three numbers.
    private static final String ROWS =
            "(SELECT a * 10 + b AS x, (a * 7919 + b) % 10007 AS y, a % 10 AS z"
                    + " FROM UNNEST(sequence(1, 10000)) s(a), UNNEST(sequence(1, 10)) t(b))";

    private static List<String> rows(String sql, long limitBytes) {
        return SqlRows.of(
                sql,
                Catalog.of(List.of()),
                QueryOptions.defaults()
                        .withThreads(2)
                        .withMemoryLimitBytes(limitBytes)
                        .withTimeout(Duration.ofSeconds(60)));
    }

    private static long peakOf(String sql) {
        try (QueryResult result =
                QueryEngine.execute(sql, Catalog.of(List.of()), QueryOptions.defaults())) {
            while (result.nextBatch() != null) {
                assertTrue(result.peakMemoryBytes() > 0);
            }
            return result.peakMemoryBytes();
        }
    }

    /// Two stages may be there at once: one is read while the next is filled.
    private static void assertStagesDoNotSum(String two, String many) {
        assertEquals(rows(two, 1 << 30), rows(many, peakOf(two) * 5 / 4), many);
    }

    private static String nested(String start, String around, int levels) {
        String sql = start;
        for (int i = 0; i < levels; i++) {
            sql = around.replace("#", sql);
        }
        return "SELECT count(*), sum(x), sum(y), sum(z) FROM " + sql;
    }

    @Test
    void rangesInEachOtherAreNotAllRemembered() {
        String sql =
                "SELECT count(*) FROM UNNEST(sequence(1, 4000)) p(x)"
                        + " JOIN (SELECT a AS low, 4000 - a AS high"
                        + " FROM UNNEST(sequence(1, 2000)) t(a)) ON x BETWEEN low AND high";
        assertEquals(List.of("4000000"), rows(sql, 8 * MEBIBYTE));
    }

    @Test
    void sortsBehindEachOtherGiveTheirRowsBack() {
        String sort = "(SELECT * FROM # ORDER BY y, x LIMIT 99999)";
        assertStagesDoNotSum(nested(ROWS, sort, 2), nested(ROWS, sort, 8));
    }

    @Test
    void windowsBehindEachOtherGiveTheirRowsBack() {
        String window =
                "(SELECT x, y, row_number() OVER (PARTITION BY z ORDER BY y, x) % 10 AS z FROM #)";
        assertStagesDoNotSum(nested(ROWS, window, 2), nested(ROWS, window, 8));
    }

    @Test
    void groupingsBehindEachOtherGiveTheirGroupsBack() {
        String group = "(SELECT x, max(y) AS y, any_value(z) AS z FROM # GROUP BY x)";
        assertStagesDoNotSum(nested(ROWS, group, 2), nested(ROWS, group, 8));
    }

    @Test
    void joinsBehindEachOtherGiveTheirBuildSideBack() {
        String join =
                "(SELECT a.x, max(a.y) AS y, max(a.z) AS z FROM # a JOIN "
                        + ROWS
                        + " b ON a.x = b.x GROUP BY a.x)";
        assertStagesDoNotSum(nested(ROWS, join, 2), nested(ROWS, join, 6));
    }

    @Test
    void theInputsOfAUnionAreSortedOneByOne() {
        String sorted = "(SELECT x, y, z FROM " + ROWS + " ORDER BY y, x LIMIT 99999)";
        String one = "SELECT count(*) FROM (" + sorted + " UNION ALL " + sorted + ")";
        String many = "SELECT count(*) FROM (" + sorted + " UNION ALL ".concat(sorted).repeat(7);
        assertEquals(List.of("799992"), rows(many + ")", peakOf(one) * 5 / 4));
    }

    @Test
    void hugeValuesAreRefusedBeforeTheHeapIsFull() {
        for (String sql :
                List.of(
                        "SELECT length(rpad('x', 60000000, 'y'))",
                        "SELECT count(rpad('x', 100000 + x, 'y')) FROM " + ROWS,
                        "SELECT max(length(array_join(repeat(rpad('x', 100000 + x, 'y'), 10), '')))"
                                + " FROM "
                                + ROWS,
                        "SELECT length(array_join(repeat(rpad('x', 100000, 'y'), 100000), ''))",
                        "SELECT length(replace(rpad('x', 100000, 'x'), 'x', rpad('y', 10000, 'y')))",
                        "SELECT length(replace(rpad('x', 100000, 'x'), '', rpad('y', 10000, 'y')))",
                        "SELECT length(regexp_replace(rpad('x', 100000, 'x'), 'x',"
                                + " rpad('y', 10000, 'y')))",
                        "SELECT cardinality(flatten(repeat(repeat(1, 100000), 100000)))",
                        "SELECT max(cardinality(transform(sequence(1, 10000), i -> i + x))) FROM "
                                + ROWS,
                        "SELECT reduce(sequence(1, 40), 'xy', (s, i) -> s || s, s -> length(s))",
                        "SELECT cardinality(reduce(sequence(1, 40), ARRAY[1], (s, i) -> s || s,"
                                + " s -> s))",
                        "SELECT array_agg(repeat(x, 1000)) FROM " + ROWS,
                        "SELECT map_agg(x, rpad(CAST(x AS varchar), 1000, 'y')) FROM " + ROWS,
                        "SELECT histogram(x + 1000000 * b) FROM "
                                + ROWS
                                + ", UNNEST(sequence(1, 100)) u(b)",
                        "SELECT max(rpad(CAST(x AS varchar), 10000, 'y')) FROM "
                                + ROWS
                                + " GROUP BY x",
                        "SELECT max_by(rpad(CAST(x AS varchar), 10000, 'y'), x) FROM "
                                + ROWS
                                + " GROUP BY x",
                        "SELECT listagg(rpad(CAST(x AS varchar), 1000, 'y'), ',' ON OVERFLOW TRUNCATE"
                                + " WITH COUNT) WITHIN GROUP (ORDER BY x) FROM "
                                + ROWS,
                        "SELECT min_by(rpad(CAST(x AS varchar), 10000, 'y'), x, 10000) FROM "
                                + ROWS,
                        "SELECT approx_most_frequent(2, rpad(CAST(x AS varchar), 1000, 'y'), 9) FROM "
                                + ROWS,
                        "SELECT x, rpad(CAST(x AS varchar), 10000, 'y') FROM "
                                + ROWS
                                + " ORDER BY 2",
                        "SELECT x, rpad(CAST(x AS varchar), 10000, 'y') FROM "
                                + ROWS
                                + " ORDER BY 2 LIMIT 60000",
                        "SELECT count(*) FROM "
                                + ROWS
                                + " a JOIN (SELECT rpad(CAST(x AS varchar), 10000, 'y') AS t FROM "
                                + ROWS
                                + ") b ON b.t = CAST(a.x AS varchar)",
                        "SELECT array_agg(x) OVER (ORDER BY x) FROM " + ROWS,
                        "SELECT array_agg(x) OVER (ORDER BY x ROWS 5000 PRECEDING) FROM " + ROWS)) {
            QueryException failure =
                    assertThrows(QueryException.class, () -> rows(sql, 64 * MEBIBYTE), sql);
            assertEquals(QueryException.Code.LIMIT_EXCEEDED, failure.code(), sql);
            assertTrue(
                    String.valueOf(failure.getMessage()).startsWith("The query needs more than its")
                            || String.valueOf(failure.getMessage()).startsWith("a text of more"),
                    () -> sql + ": " + failure.getMessage());
        }
    }

    @Test
    void ofPartitionsOnlyTheFirstRowsAreKept() {
        String ranked =
                "SELECT count(*) FROM (SELECT row_number() OVER (PARTITION BY z ORDER BY y, x, u) AS r"
                        + " FROM "
                        + ROWS
                        + ", UNNEST(sequence(1, 20)) c(u)) WHERE r ";
        assertEquals(List.of("30"), rows(ranked + "<= 3", 24 * MEBIBYTE));
        QueryException failure =
                assertThrows(QueryException.class, () -> rows(ranked + "% 3 = 0", 24 * MEBIBYTE));
        assertEquals(QueryException.Code.LIMIT_EXCEEDED, failure.code());
    }

    @Test
    void valuesThatAreGarbageByTheNextBatchDoNotSum() {
        for (String sql :
                List.of(
                        "SELECT max(length(rpad('x', 1000 + x % 10, 'y'))) FROM " + ROWS,
                        "SELECT count(*) + 1008 FROM "
                                + ROWS
                                + " WHERE rpad('x', 1000 + x % 10, 'y') = 'x' OR x = 11",
                        "SELECT sum(cardinality(sequence(x, x + 199))) / 100000 + 809 FROM " + ROWS,
                        "SELECT max(u) - 8990 FROM (SELECT * FROM "
                                + ROWS
                                + " WHERE x <= 9999), UNNEST(sequence(1, x)) t(u)")) {
            assertEquals(List.of("1009"), rows(sql, 64 * MEBIBYTE), sql);
        }
    }
}
