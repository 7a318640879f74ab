// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.query.QueryOptions;
import weir.query.fault.QueryException;
import weir.testkit.Seeds;

/// Groupings of so many groups that rows are put into partitions, against maps of the same rows.
class ManyGroupsTest {
    @TempDir Path directory;
    private SampleTable table;

    @BeforeEach
    void create() {
        Random random = new Random(Seeds.next("ManyGroupsTest"));
        table = SampleTable.create(directory, random, 45_000, 30_000, 45_000);
    }

    @AfterEach
    void close() {
        table.close();
    }

    /// What a group has seen.
    private static final class State {
        private long rows;
        private long bytesCount;
        private long bytesSum;
        private @Nullable Long portMin;
        private @Nullable Long startMax;
        private final Set<Object> sources = new HashSet<>();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "NULL" : value.toString();
    }

    /// The groups by these columns, in the order of their first rows.
    private Map<String, State> groups(int... keys) {
        Map<String, State> groups = new LinkedHashMap<>();
        for (@Nullable Object[] row : table.rows) {
            List<String> key = new ArrayList<>();
            for (int column : keys) {
                key.add(text(row[column]));
            }
            State state = groups.computeIfAbsent(String.join("|", key), _ -> new State());
            state.rows++;
            if (row[SampleTable.BYTES] instanceof Long bytes) {
                state.bytesCount++;
                state.bytesSum += bytes;
            }
            if (row[SampleTable.PORT] instanceof Long port) {
                state.portMin = state.portMin == null ? port : Math.min(port, state.portMin);
            }
            long start = (Long) Objects.requireNonNull(row[SampleTable.START]);
            state.startMax = state.startMax == null ? start : Math.max(start, state.startMax);
            state.sources.add(Objects.requireNonNull(row[SampleTable.SRC]));
        }
        assertTrue(groups.size() > 2 * AggregateSink.GROUPS_MAX, groups.size() + " groups");
        return groups;
    }

    private static List<String> lines(Map<String, State> groups, Function<State, String> values) {
        List<String> lines = new ArrayList<>();
        groups.forEach((key, state) -> lines.add(key + "|" + values.apply(state)));
        return lines;
    }

    private void check(List<String> expected, String sql) {
        for (int threads : new int[] {1, 2, 3}) {
            QueryOptions options = QueryOptions.defaults().withThreads(threads);
            assertEquals(expected, StatementRows.of(table.store, sql, options).rows(), sql);
        }
    }

    @Test
    void groupsComeInTheOrderOfTheirFirstRows() {
        check(
                lines(groups(SampleTable.SRC, SampleTable.BYTES), state -> state.rows + ""),
                "SELECT srcaddr, bytes, count(*) FROM flows GROUP BY srcaddr, bytes");
        check(
                lines(
                        groups(SampleTable.DST, SampleTable.START, SampleTable.ACTION),
                        state ->
                                "%d|%d|%s|%s|%s|%d"
                                        .formatted(
                                                state.rows,
                                                state.bytesCount,
                                                state.bytesCount == 0 ? "NULL" : state.bytesSum,
                                                average(state),
                                                text(state.portMin),
                                                state.startMax)),
                "SELECT dstaddr, start, action, count(*), count(bytes), sum(bytes), avg(bytes),"
                        + " min(dstport), max(start) FROM flows GROUP BY dstaddr, start, action");
    }

    private static String average(State state) {
        return state.bytesCount == 0
                ? "NULL"
                : Double.toString((double) state.bytesSum / state.bytesCount);
    }

    /// The rows of the outer grouping come partition by partition, each with its place.
    @Test
    void groupsOfGroupsComeInTheOrderOfTheirFirstRows() {
        Map<String, Set<Object>> sources = new LinkedHashMap<>();
        for (@Nullable Object[] row : table.rows) {
            sources.computeIfAbsent(
                            text(row[SampleTable.DST]) + "|" + text(row[SampleTable.BYTES]),
                            _ -> new HashSet<>())
                    .add(Objects.requireNonNull(row[SampleTable.SRC]));
        }
        List<String> expected = new ArrayList<>();
        sources.forEach((key, seen) -> expected.add(key + "|" + seen.size()));
        check(
                expected,
                "SELECT dstaddr, bytes, count(*) FROM (SELECT DISTINCT srcaddr, dstaddr, bytes"
                        + " FROM flows) GROUP BY dstaddr, bytes");
    }

    @Test
    void equalSumsComeInTheOrderOfTheirFirstRows() {
        Map<String, State> groups = groups(SampleTable.DST, SampleTable.BYTES);
        List<String> keys = new ArrayList<>(groups.keySet());
        keys.sort(Comparator.comparingLong(key -> -rows(groups, key)));
        List<String> expected =
                keys.subList(0, 500).stream().map(key -> key + "|" + rows(groups, key)).toList();
        check(
                expected,
                "SELECT dstaddr, bytes, count(*) AS n FROM flows GROUP BY dstaddr, bytes"
                        + " ORDER BY n DESC LIMIT 500");
        check(
                lines(groups, state -> state.rows + "").stream()
                        .filter(line -> line.endsWith("|4"))
                        .toList(),
                "SELECT dstaddr, bytes, count(*) AS n FROM flows GROUP BY dstaddr, bytes"
                        + " HAVING count(*) = 4");
    }

    private static long rows(Map<String, State> groups, String key) {
        return Objects.requireNonNull(groups.get(key)).rows;
    }

    @Test
    void distinctValuesOfGroupsAreCounted() {
        check(
                lines(
                        groups(SampleTable.DST, SampleTable.BYTES),
                        state ->
                                "%d|%d|%s"
                                        .formatted(
                                                state.sources.size(),
                                                state.rows,
                                                text(state.portMin))),
                "SELECT dstaddr, bytes, count(DISTINCT srcaddr), count(*), min(dstport) FROM flows"
                        + " GROUP BY dstaddr, bytes");
        Map<String, Set<Object>> values = new LinkedHashMap<>();
        for (@Nullable Object[] row : table.rows) {
            Set<Object> known =
                    values.computeIfAbsent(text(row[SampleTable.SRC]), _ -> new HashSet<>());
            if (row[SampleTable.BYTES] instanceof Long bytes) {
                known.add(bytes);
            }
        }
        List<String> expected = new ArrayList<>();
        values.forEach((key, known) -> expected.add(key + "|" + known.size()));
        check(expected, "SELECT srcaddr, count(DISTINCT bytes) FROM flows GROUP BY srcaddr");
    }

    @Test
    void groupingsAreCountedJoinedAndGroupedOnceMore() {
        Map<String, State> groups = groups(SampleTable.SRC, SampleTable.BYTES);
        check(
                List.of(groups.size() + ""),
                "SELECT count(*) FROM (SELECT DISTINCT srcaddr, bytes FROM flows)");
        Map<String, Long> bySource = new HashMap<>();
        groups.forEach(
                (key, _) -> bySource.merge(key.substring(0, key.indexOf('|')), 1L, Long::sum));
        List<String> expected = new ArrayList<>();
        new TreeMap<>(bySource).forEach((key, count) -> expected.add(key + "|" + count));
        check(
                expected,
                "SELECT srcaddr, count(*) FROM (SELECT srcaddr, bytes FROM flows"
                        + " GROUP BY srcaddr, bytes) GROUP BY srcaddr ORDER BY srcaddr");
        Map<String, State> others = groups(SampleTable.DST, SampleTable.BYTES);
        long matches =
                groups.keySet().stream()
                        .filter(key -> !key.endsWith("|NULL") && others.containsKey(key))
                        .count();
        check(
                List.of(matches + ""),
                "SELECT count(*) FROM (SELECT srcaddr, bytes FROM flows GROUP BY 1, 2) a JOIN"
                        + " (SELECT dstaddr, bytes FROM flows GROUP BY 1, 2) b"
                        + " ON a.srcaddr = b.dstaddr AND a.bytes = b.bytes");
    }

    @Test
    void sumsBeyondSixtyFourBitsFail() {
        String sql =
                "SELECT srcaddr, bytes %% 20000, sum(%s) FROM flows GROUP BY srcaddr, bytes"
                        .formatted("9223372036854775807 - start");
        QueryException failure =
                assertThrows(
                        QueryException.class,
                        () -> StatementRows.of(table.store, sql, QueryOptions.defaults()));
        assertTrue(
                failure.getMessage().contains("addition overflow: sum() is"), failure.getMessage());
    }

    @Test
    void aLimitOfMemoryHolds() {
        QueryOptions little = QueryOptions.defaults().withMemoryLimitBytes(4 << 20);
        QueryException failure =
                assertThrows(
                        QueryException.class,
                        () ->
                                StatementRows.of(
                                        table.store,
                                        "SELECT srcaddr, bytes, start FROM flows GROUP BY 1, 2, 3",
                                        little));
        assertEquals(QueryException.Code.LIMIT_EXCEEDED, failure.code());
    }
}
