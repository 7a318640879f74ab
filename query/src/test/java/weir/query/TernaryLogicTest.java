// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Store;
import weir.query.RandomPredicate.Column;
import weir.testkit.Seeds;

/// What holds of any condition `p`, whatever its answer: each row passes exactly one of `p`, `NOT
/// p` and `p IS NULL` (ternary logic partitioning), and as many rows pass a filter as have TRUE for
/// its condition where no filter can be optimised (NoREC). Over random tables, joins, groups and
/// windows.
class TernaryLogicTest {
    private static final int CHECKS = 60;
    private static final int CHECKS_SLOW = 4_000;

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("id", "bigint"),
                    new Column("n", "bigint"),
                    new Column("r", "double"),
                    new Column("q", "real"),
                    new Column("t", "varchar"),
                    new Column("f", "boolean"),
                    new Column("d", "date"),
                    new Column("s", "timestamp(3)"),
                    new Column("m", "decimal(10,2)"),
                    new Column("a", "ipaddress"));

    @TempDir Path directory;
    private Store store;
    private QueryEngine engine;

    @BeforeEach
    void open() {
        store = Store.openOrCreate(directory.resolve("store"));
        engine = new QueryEngine(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void partitionsOfRandomConditionsAreTheWhole() {
        Random random = new Random(Seeds.next("TernaryLogicTest"));
        fill(random);
        for (int i = 0; i < CHECKS; i++) {
            check(random);
        }
    }

    @Tag("slow")
    @Test
    void partitionsOfManyRandomConditionsAreTheWhole() {
        Random random = new Random(Seeds.next("TernaryLogicTest.slow"));
        for (int i = 0; i < CHECKS_SLOW; i++) {
            if (i % 200 == 0) {
                fill(random);
            }
            check(random);
        }
    }

    private void fill(Random random) {
        for (String table : List.of("big", "small", "tiny")) {
            int rows =
                    switch (table) {
                        case "big" -> random.nextInt(600, 2_400);
                        case "small" -> random.nextInt(5, 60);
                        default -> random.nextInt(0, 3);
                    };
            List<String> values =
                    IntStream.range(0, Math.max(1, Math.min(rows, 200)))
                            .mapToObj(id -> row(random, id))
                            .toList();
            List<String> names = COLUMNS.stream().map(Column::name).toList();
            rows("DROP TABLE IF EXISTS " + table);
            rows(
                    "CREATE TABLE "
                            + table
                            + " AS SELECT id + k * 1000 AS id, n, r, q, t, f, d, s, m, a FROM (VALUES "
                            + String.join(", ", values)
                            + ") v("
                            + String.join(", ", names)
                            + "), UNNEST(sequence(1, "
                            + Math.max(1, rows / 200)
                            + ")) u(k)"
                            + (rows == 0 ? " WHERE FALSE" : ""));
        }
    }

    private static String row(Random random, int id) {
        List<String> values = new ArrayList<>();
        for (Column column : COLUMNS) {
            List<String> literals = RandomPredicate.LITERALS.get(column.type());
            String literal = literals.get(random.nextInt(literals.size()));
            boolean isNull = random.nextInt(5) == 0;
            values.add(
                    column.name().equals("id")
                            ? "BIGINT '" + id + "'"
                            : isNull
                                    ? "CAST(NULL AS " + column.type() + ")"
                                    : column.type().equals("bigint")
                                            ? "BIGINT '" + literal + "'"
                                            : literal);
        }
        return "(" + String.join(", ", values) + ")";
    }

    private List<String> rows(String sql) {
        List<String> lines = new ArrayList<>();
        QueryOptions options = QueryOptions.defaults().withThreads(2);
        try (QueryResult result = engine.execute(sql, options)) {
            SqlRows.addTo(lines, result);
        } catch (weir.query.fault.QueryException failure) {
            throw new AssertionError(failure.describe(sql) + ": " + sql, failure);
        }
        return lines;
    }

    private List<String> sorted(String sql) {
        return rows(sql).stream().sorted().toList();
    }

    /// What is read, and the columns that conditions may name.
    private record Source(String from, List<Column> columns) {}

    private static Source source(Random random) {
        Source left = table(random, "x", "big");
        if (random.nextInt(3) == 0) {
            return left;
        }
        Source right = table(random, "y", random.nextInt(4) == 0 ? "tiny" : "small");
        List<Column> both = new ArrayList<>(left.columns());
        both.addAll(right.columns());
        String kind =
                List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN").get(random.nextInt(4));
        String key =
                List.of(
                                "x.n = y.n",
                                "x.t = y.t",
                                "x.d = y.d",
                                "x.a = y.a",
                                "x.r = y.r",
                                "x.q = y.q")
                        .get(random.nextInt(6));
        String rest =
                random.nextInt(3) == 0 ? " AND " + new RandomPredicate(random, both).next(1) : "";
        return new Source(
                left.from() + " " + kind + " " + right.from() + " ON " + key + rest, both);
    }

    private static Source table(Random random, String alias, String name) {
        List<Column> columns =
                COLUMNS.stream()
                        .map(column -> new Column(alias + "." + column.name(), column.type()))
                        .toList();
        return new Source((random.nextInt(8) == 0 ? "small" : name) + " " + alias, columns);
    }

    private void check(Random random) {
        Source source = source(random);
        String condition = new RandomPredicate(random, source.columns()).next(random.nextInt(1, 4));
        String from = " FROM " + source.from();
        switch (random.nextInt(7)) {
            case 0 -> checkCounts(from, condition);
            case 1 -> checkRows(source, condition);
            case 2 -> checkGroups(random, source, condition);
            case 3 -> checkAggregates(from, condition);
            case 4 -> checkHaving(random, from);
            case 5 -> checkWindows(random, source);
            default -> checkJoinCondition(random);
        }
    }

    private static List<String> partitions(String condition) {
        return List.of(condition, "NOT (" + condition + ")", "(" + condition + ") IS NULL");
    }

    private void checkCounts(String from, String condition) {
        List<String> flags = rows("SELECT " + condition + from);
        List<String> wanted = List.of("true", "false", "NULL");
        for (int i = 0; i < wanted.size(); i++) {
            String sql = "SELECT count(*)" + from + " WHERE " + partitions(condition).get(i);
            long expected = flags.stream().filter(wanted.get(i)::equals).count();
            assertEquals(List.of(Long.toString(expected)), rows(sql), sql);
        }
    }

    private void checkRows(Source source, String condition) {
        String columns =
                String.join(", ", source.columns().stream().map(Column::name).limit(12).toList());
        String select = "SELECT " + columns + " FROM " + source.from();
        List<String> parts = new ArrayList<>();
        partitions(condition).forEach(part -> parts.addAll(rows(select + " WHERE " + part)));
        assertEquals(
                sorted(select), parts.stream().sorted().toList(), select + " WHERE " + condition);
    }

    private void checkGroups(Random random, Source source, String condition) {
        Column key = source.columns().get(random.nextInt(1, source.columns().size()));
        String select = "SELECT DISTINCT " + key.name() + " FROM " + source.from();
        List<String> parts = new ArrayList<>();
        partitions(condition).forEach(part -> parts.addAll(rows(select + " WHERE " + part)));
        assertEquals(
                sorted(select),
                parts.stream().distinct().sorted().toList(),
                select + " WHERE " + condition);
    }

    private void checkAggregates(String from, String condition) {
        String partial =
                " count(*) AS c, count(x.t) AS ct, sum(x.n % 1000) AS sn, min(x.t) AS lt,"
                        + " max(x.d) AS gd, sum(x.m) AS sm, bool_or(x.f) AS bf, min(x.a) AS la";
        String whole = "SELECT" + partial + from;
        String parts =
                "SELECT sum(c), sum(ct), sum(sn), min(lt), max(gd), sum(sm), bool_or(bf), min(la)"
                        + " FROM ("
                        + String.join(
                                " UNION ALL ",
                                partitions(condition).stream()
                                        .map(part -> whole + " WHERE " + part)
                                        .toList())
                        + ")";
        assertEquals(rows(whole), rows(parts), parts);
    }

    private void checkHaving(Random random, String from) {
        List<Column> columns =
                List.of(
                        new Column("count(*)", "bigint"),
                        new Column("min(x.t)", "varchar"),
                        new Column("max(x.d)", "date"),
                        new Column("x.f", "boolean"),
                        new Column("max(x.r)", "double"));
        String condition = new RandomPredicate(random, columns).next(2);
        String select =
                "SELECT x.f, x.n, count(*), min(x.t), max(x.r)" + from + " GROUP BY x.f, x.n";
        List<String> parts = new ArrayList<>();
        partitions(condition).forEach(part -> parts.addAll(rows(select + " HAVING " + part)));
        assertEquals(
                sorted(select), parts.stream().sorted().toList(), select + " HAVING " + condition);
    }

    private void checkWindows(Random random, Source source) {
        List<Column> columns = new ArrayList<>(COLUMNS);
        columns.add(new Column("w", "bigint"));
        columns.add(new Column("v", "varchar"));
        String inner =
                "(SELECT x.id, x.n, x.r, x.q, x.t, x.f, x.d, x.s, x.m, x.a, "
                        + List.of(
                                        "row_number() OVER (PARTITION BY x.n ORDER BY x.id)",
                                        "count(x.t) OVER (PARTITION BY x.t, x.f)",
                                        "rank() OVER (ORDER BY x.d, x.n)",
                                        "sum(x.n % 7) OVER (PARTITION BY x.f ORDER BY x.n RANGE"
                                                + " BETWEEN 2 PRECEDING AND CURRENT ROW)")
                                .get(random.nextInt(4))
                        + " AS w, max(x.t) OVER (PARTITION BY x.d) AS v FROM "
                        + source.from()
                        + ")";
        String condition = new RandomPredicate(random, columns).next(2);
        String select = "SELECT n, r, q, t, f, d, s, m, a, w, v FROM " + inner;
        List<String> parts = new ArrayList<>();
        partitions(condition).forEach(part -> parts.addAll(rows(select + " WHERE " + part)));
        assertEquals(
                sorted(select), parts.stream().sorted().toList(), select + " WHERE " + condition);
    }

    /// A condition joins the pairs that it keeps of all, and a row of an outer join has NULL where
    /// none is kept.
    private void checkJoinCondition(Random random) {
        Source left = table(random, "x", "small");
        Source right = table(random, "y", random.nextBoolean() ? "tiny" : "small");
        List<Column> both = new ArrayList<>(left.columns());
        both.addAll(right.columns());
        String condition = new RandomPredicate(random, both).next(2);
        if (random.nextBoolean()) {
            condition = "x.n = y.n AND " + condition;
        }
        String ids = "SELECT x.id, y.id FROM ";
        String on = left.from() + " %s JOIN " + right.from();
        List<String> kept = sorted(ids + on.formatted("CROSS") + " WHERE " + condition);
        String joined = ids + on.formatted("INNER") + " ON " + condition;
        assertEquals(kept, sorted(joined), joined);
        List<String> outer = new ArrayList<>(kept);
        rows("SELECT x.id, NULL FROM "
                        + left.from()
                        + " WHERE NOT EXISTS (SELECT 1 FROM "
                        + right.from()
                        + " WHERE "
                        + condition
                        + ")")
                .forEach(outer::add);
        String leftJoin = ids + on.formatted("LEFT") + " ON " + condition;
        assertEquals(outer.stream().sorted().toList(), sorted(leftJoin), leftJoin);
    }
}
