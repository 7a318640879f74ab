// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Snapshot;
import weir.query.QueryOptions;
import weir.query.catalog.Catalog;
import weir.query.fault.QueryException;
import weir.query.plan.LogicalPlan;
import weir.query.sql.SqlPlanner;
import weir.testkit.Seeds;

/// Groupings by sessions, which are made without a window, against rows that are numbered one by
/// one: with few and with many groups, times before zero and unknown ones.
class SessionsTest {
    private static final List<String> COLUMNS = List.of("srcaddr", "dstaddr", "dstport");

    @TempDir Path directory;
    private SampleTable table;
    private Random random;

    @BeforeEach
    void create() {
        random = new Random(Seeds.next("SessionsTest"));
        table = SampleTable.create(directory, random, 45_000, 30_000, 45_000);
    }

    @AfterEach
    void close() {
        table.close();
    }

    /// What a session has seen.
    private static final class State {
        private long rows;
        private long ports;
        private @Nullable Long first;
        private @Nullable Long last;
        private long flags;
        private boolean hasFlags;
        private long rejected;
    }

    private static @Nullable Long number(@Nullable Object[] row, int column) {
        return row[column] instanceof Long value ? value : null;
    }

    /// Where a row ends: its start is its bytes.
    private static @Nullable Long end(@Nullable Object[] row) {
        Long start = number(row, SampleTable.BYTES);
        Long port = number(row, SampleTable.PORT);
        return start == null || port == null ? null : (Long) (start + port % 7);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "NULL" : value.toString();
    }

    private static String key(@Nullable Object[] row, int keys) {
        StringBuilder key = new StringBuilder();
        for (int column = 0; column < keys; column++) {
            key.append(text(row[column])).append('|');
        }
        return key.toString();
    }

    private IdentityHashMap<@Nullable Object[], Long> numbers(int keys, long gap) {
        Map<String, List<@Nullable Object[]>> partitions = new LinkedHashMap<>();
        for (@Nullable Object[] row : table.rows) {
            partitions.computeIfAbsent(key(row, keys), _ -> new ArrayList<>()).add(row);
        }
        IdentityHashMap<@Nullable Object[], Long> numbers = new IdentityHashMap<>();
        for (List<@Nullable Object[]> rows : partitions.values()) {
            rows.sort(
                    Comparator.comparing(
                            row -> number(row, SampleTable.BYTES),
                            Comparator.nullsLast(Comparator.naturalOrder())));
            long session = 1;
            long latest = Long.MIN_VALUE;
            for (@Nullable Object[] row : rows) {
                Long start = number(row, SampleTable.BYTES);
                Long end = end(row);
                if (start != null && latest > Long.MIN_VALUE && start > latest + gap) {
                    session++;
                }
                latest = Math.max(latest, start == null ? latest : start);
                latest = Math.max(latest, end == null ? latest : end);
                numbers.put(row, session);
            }
        }
        return numbers;
    }

    private List<String> expected(int keys, long gap) {
        IdentityHashMap<@Nullable Object[], Long> numbers = numbers(keys, gap);
        Map<String, State> sessions = new LinkedHashMap<>();
        for (@Nullable Object[] row : table.rows) {
            State state =
                    sessions.computeIfAbsent(key(row, keys) + numbers.get(row), _ -> new State());
            state.rows++;
            Long start = number(row, SampleTable.BYTES);
            if (start != null) {
                state.first = state.first == null ? start : Math.min(state.first, start);
                state.last = state.last == null ? start : Math.max(state.last, start);
            }
            state.ports += number(row, SampleTable.PORT) == null ? 0 : 1;
            if (row[SampleTable.FLAGS] instanceof Long flags) {
                state.flags += flags;
                state.hasFlags = true;
            }
            state.rejected += "REJECT".equals(row[SampleTable.ACTION]) ? 1 : 0;
        }
        List<String> lines = new ArrayList<>();
        sessions.forEach((key, state) ->
                lines.add(
                        "%s|%d|%d|%s|%s|%s|%d|%s"
                                .formatted(
                                        key,
                                        state.rows,
                                        state.ports,
                                        text(state.first),
                                        text(state.last),
                                        state.hasFlags ? state.flags : "NULL",
                                        state.rejected,
                                        state.rejected > 0)));
        return lines;
    }

    private static String sql(int keys, long gap) {
        String columns = String.join(", ", COLUMNS.subList(0, keys));
        return """
        SELECT %s, session, count(*), count(dstport), min(bytes), max(bytes),
          sum(tcp_flags), count_if(action = 'REJECT'),
          bool_or(coalesce(action = 'REJECT', FALSE))
        FROM (SELECT *, session_number(bytes, bytes + dstport %% 7, %d)
          OVER (PARTITION BY %s ORDER BY bytes) AS session FROM flows)
        GROUP BY %s, session\
        """
                .formatted(columns, gap, columns, columns);
    }

    @Test
    void sessionsAreThoseOfRowsNumberedOneByOne() {
        for (int keys = 1; keys <= COLUMNS.size(); keys++) {
            long gap = random.nextLong(1, keys == 1 ? 20 : 900);
            List<String> expected = expected(keys, gap);
            if (keys == COLUMNS.size()) {
                assertTrue(expected.size() > 2 * AggregateSink.GROUPS_MAX, "few sessions");
            }
            for (int threads : new int[] {1, 2, 3}) {
                QueryOptions options = QueryOptions.defaults().withThreads(threads);
                assertEquals(
                        expected,
                        StatementRows.of(table.store, sql(keys, gap), options).rows(),
                        sql(keys, gap));
            }
        }
    }

    private LogicalPlan.Aggregate grouping(String sql) {
        try (Snapshot snapshot = table.store.snapshot()) {
            LogicalPlan plan =
                    SqlPlanner.planQuery(sql, Catalog.of(snapshot), Instant.EPOCH, List.of())
                            .plan();
            while (!(plan instanceof LogicalPlan.Aggregate aggregate)) {
                plan = ((LogicalPlan.Project) plan).input();
            }
            return aggregate;
        }
    }

    @Test
    void onlyWhatFollowsFromSlotsIsMadeOfThem() {
        assertNotNull(SessionsAsGroups.of(grouping(sql(2, 100))));
        for (List<String> change :
                List.of(
                        List.of("max(bytes)", "approx_distinct(bytes)"),
                        List.of("max(bytes)", "sum(session)"),
                        List.of("ORDER BY bytes", "ORDER BY bytes DESC"),
                        List.of("ORDER BY bytes", "ORDER BY dstport"),
                        List.of("GROUP BY srcaddr,", "GROUP BY note,"),
                        List.of(", 100)", ", 0)"))) {
            String other = sql(2, 100).replace(change.getFirst(), change.getLast());
            if (other.contains("GROUP BY note")) {
                other = other.replace("SELECT srcaddr", "SELECT note");
            }
            assertNull(SessionsAsGroups.of(grouping(other)), other);
        }
    }

    @Test
    void aNegativeGapFails() {
        QueryException failure =
                assertThrows(
                        QueryException.class,
                        () ->
                                StatementRows.of(
                                        table.store,
                                        "SELECT session_number(bytes, bytes, -1) OVER (ORDER BY"
                                                + " bytes) FROM flows",
                                        QueryOptions.defaults()));
        assertEquals("The gap between sessions must not be negative: -1", failure.getMessage());
    }
}
