// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.query.fault.QueryException;
import weir.testkit.Seeds;

/// Subqueries over random rows with NULLs and repeats give what their definition says, row by row:
/// as values, where NULL differs from false, and as conditions.
class SubqueryTwinTest {
    private static final int ROUNDS = 60;

    /// A row of `(k, x)`; null is NULL.
    private record Row(@Nullable Integer k, @Nullable Integer x) {}

    /// A condition on a row of `t` with a subquery over `u`, as SQL and as its definition: true,
    /// false, or null where nothing is known.
    private record Form(String sql, BiFunction<Row, List<Row>, @Nullable Boolean> meaning) {}

    private static final List<Form> FORMS =
            List.of(
                    new Form("t.x IN (SELECT x FROM u)", (t, u) -> in(t.x(), u)),
                    new Form("t.x NOT IN (SELECT x FROM u)", (t, u) -> not(in(t.x(), u))),
                    new Form(
                            "t.x IN (SELECT u.x FROM u WHERE u.k = t.k)",
                            (t, u) -> in(t.x(), of(u, t))),
                    new Form(
                            "t.x NOT IN (SELECT u.x FROM u WHERE u.k = t.k AND u.x > 1)",
                            (t, u) -> not(in(t.x(), where(of(u, t), r -> above(r.x(), 1))))),
                    new Form(
                            "EXISTS (SELECT 1 FROM u WHERE u.k = t.k)",
                            (t, u) -> !of(u, t).isEmpty()),
                    new Form(
                            "NOT EXISTS (SELECT 1 FROM u WHERE t.k = u.k AND u.x > t.x)",
                            (t, u) ->
                                    where(of(u, t), r -> isTrue(compare(r.x(), ">", t.x())))
                                            .isEmpty()),
                    new Form(
                            "EXISTS (SELECT * FROM u WHERE x = 2)",
                            (_, u) -> !where(u, r -> Objects.equals(r.x(), 2)).isEmpty()),
                    new Form(
                            "EXISTS (SELECT k FROM u WHERE u.k = t.k GROUP BY k, x HAVING count(*) > 1)",
                            (t, u) -> of(u, t).stream().anyMatch(r -> count(of(u, t), r) > 1)),
                    new Form(
                            "(SELECT count(*) FROM u WHERE u.k = t.k) = 0",
                            (t, u) -> of(u, t).isEmpty()),
                    new Form(
                            "(SELECT max(u.x) FROM u WHERE u.k = t.k) > t.x",
                            (t, u) -> compare(max(of(u, t)), ">", t.x())),
                    new Form("(SELECT max(x) FROM u) > t.x", (t, u) -> compare(max(u), ">", t.x())),
                    new Form(
                            "(SELECT count(*) + 1 FROM u WHERE u.k = t.k HAVING count(*) <> 1) > 1",
                            (t, u) -> of(u, t).size() == 1 ? null : (Boolean) !of(u, t).isEmpty()),
                    new Form("t.x > ALL (SELECT x FROM u)", (t, u) -> all(t.x(), ">", u)),
                    new Form("t.x <= ALL (SELECT x FROM u)", (t, u) -> all(t.x(), "<=", u)),
                    new Form("t.x = ALL (SELECT x FROM u)", (t, u) -> all(t.x(), "=", u)),
                    new Form("t.x <> ALL (SELECT x FROM u)", (t, u) -> all(t.x(), "<>", u)),
                    new Form("t.x < ANY (SELECT x FROM u)", (t, u) -> any(t.x(), "<", u)),
                    new Form("t.x >= SOME (SELECT x FROM u)", (t, u) -> any(t.x(), ">=", u)),
                    new Form("t.x = ANY (SELECT x FROM u)", (t, u) -> any(t.x(), "=", u)),
                    new Form("t.x <> ANY (SELECT x FROM u)", (t, u) -> any(t.x(), "<>", u)),
                    new Form(
                            "t.x < ALL (SELECT u.x FROM u WHERE u.k = t.k)",
                            (t, u) -> all(t.x(), "<", of(u, t))),
                    new Form(
                            "t.x > ANY (SELECT u.x FROM u WHERE u.k = t.k)",
                            (t, u) -> any(t.x(), ">", of(u, t))));

    @Test
    void subqueriesEqualTheirDefinition() {
        Random random = new Random(Seeds.next("SubqueryTwinTest"));
        for (int round = 0; round < ROUNDS; round++) {
            List<Row> t = rows(random, random.nextInt(1, 8));
            List<Row> u = rows(random, random.nextInt(8));
            String with = "WITH t AS (" + sql(t) + "), u AS (" + sql(u) + ") ";
            for (Form form : FORMS) {
                List<@Nullable Boolean> expected = new ArrayList<>();
                t.forEach(row -> expected.add(form.meaning().apply(row, u)));
                String values = with + "SELECT " + form.sql() + " FROM t";
                List<String> texts =
                        expected.stream().map(v -> v == null ? "NULL" : v.toString()).toList();
                assertEquals(texts, SqlRows.of(values), values);
                String count = with + "SELECT count(*) FROM t WHERE " + form.sql();
                long passing = expected.stream().filter(SubqueryTwinTest::isTrue).count();
                assertEquals(List.of(String.valueOf(passing)), SqlRows.of(count), count);
                String sum = with + "SELECT count_if(" + form.sql() + ") FROM t";
                assertEquals(List.of(String.valueOf(passing)), SqlRows.of(sum), sum);
            }
        }
    }

    private static List<Row> rows(Random random, int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Row(value(random), value(random)));
        }
        return rows;
    }

    private static @Nullable Integer value(Random random) {
        return random.nextInt(5) == 0 ? null : (Integer) random.nextInt(4);
    }

    private static String sql(List<Row> rows) {
        List<String> literals = new ArrayList<>();
        rows.forEach(row -> literals.add("(" + row.k() + ", " + row.x() + ")"));
        String values = literals.isEmpty() ? "(1, 1)" : String.join(", ", literals);
        return "SELECT CAST(k AS INTEGER) AS k, CAST(x AS INTEGER) AS x FROM (VALUES "
                + values
                + ") AS v(k, x)"
                + (literals.isEmpty() ? " WHERE k > 5" : "");
    }

    // The definitions.

    private static List<Row> where(List<Row> rows, Predicate<Row> condition) {
        return rows.stream().filter(condition).toList();
    }

    /// The rows of `u` for which `u.k = t.k`.
    private static List<Row> of(List<Row> u, Row t) {
        return where(u, row -> row.k() != null && row.k().equals(t.k()));
    }

    private static long count(List<Row> rows, Row row) {
        return rows.stream().filter(row::equals).count();
    }

    private static boolean above(@Nullable Integer value, int bound) {
        return value != null && value > bound;
    }

    private static boolean isTrue(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    private static @Nullable Boolean not(@Nullable Boolean value) {
        return value == null ? null : (Boolean) !value;
    }

    private static @Nullable Boolean in(@Nullable Integer value, List<Row> rows) {
        return any(value, "=", rows);
    }

    private static @Nullable Boolean any(@Nullable Integer value, String op, List<Row> rows) {
        Boolean result = false;
        for (Row row : rows) {
            Boolean one = compare(value, op, row.x());
            if (isTrue(one)) {
                return true;
            }
            result = one == null ? null : result;
        }
        return result;
    }

    private static @Nullable Boolean all(@Nullable Integer value, String op, List<Row> rows) {
        Boolean result = true;
        for (Row row : rows) {
            Boolean one = compare(value, op, row.x());
            if (Boolean.FALSE.equals(one)) {
                return false;
            }
            result = one == null ? null : result;
        }
        return result;
    }

    private static @Nullable Boolean compare(
            @Nullable Integer left, String op, @Nullable Integer right) {
        if (left == null || right == null) {
            return null;
        }
        int order = Integer.compare(left, right);
        return switch (op) {
            case "=" -> order == 0;
            case "<>" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static @Nullable Integer max(List<Row> rows) {
        return rows.stream()
                .map(Row::x)
                .filter(Objects::nonNull)
                .max(Integer::compare)
                .orElse(null);
    }

    // Single statements.

    @Test
    void aScalarSubqueryOfSeveralRowsFails() {
        for (String sql :
                List.of(
                        "SELECT (VALUES 1, 2)",
                        "SELECT 1 FROM (VALUES 1) AS t(a) WHERE a = (VALUES 1, 1)",
                        "SELECT (SELECT b FROM (VALUES (1, 2), (1, 3)) AS u(a, b) WHERE u.a = t.a)"
                                + " FROM (VALUES 1) AS t(a)")) {
            QueryException failure = assertThrows(QueryException.class, () -> SqlRows.of(sql), sql);
            assertEquals("Scalar sub-query has returned multiple rows", failure.getMessage());
        }
    }

    @Test
    void aScalarSubqueryWithoutRowIsNull() {
        assertEquals(List.of("NULL"), SqlRows.of("SELECT (SELECT 1 WHERE false)"));
        assertEquals(
                List.of("1|NULL", "2|x"),
                SqlRows.of(
                        "SELECT a, (SELECT 'x' FROM (VALUES 2) AS u(b) WHERE u.b = t.a)"
                                + " FROM (VALUES 1, 2) AS t(a)"));
        assertEquals(
                List.of("NULL", "3"),
                SqlRows.of("SELECT (SELECT t.a + 1 WHERE t.a > 1) FROM (VALUES 1, 2) AS t(a)"));
    }

    @Test
    void theyStandInEveryClause() {
        String t = "(VALUES ('a', 1), ('a', 5), ('b', 2)) AS t(k, n)";
        assertEquals(
                List.of("a|6"),
                SqlRows.of(
                        "SELECT k, sum(n) FROM " + t + " GROUP BY k HAVING sum(n) > (SELECT 3)"));
        assertEquals(
                List.of("b|2", "a|6"),
                SqlRows.of(
                        "SELECT k, sum(n) FROM "
                                + t
                                + " GROUP BY k ORDER BY sum(n) * (SELECT 1 - 0)"));
        assertEquals(
                List.of("a|one", "b|none"),
                SqlRows.of(
                                "SELECT k, (SELECT name FROM (VALUES ('a', 'one')) AS u(k, name)"
                                        + " WHERE u.k = t.k) AS name FROM "
                                        + t
                                        + " GROUP BY k ORDER BY k")
                        .stream()
                        .map(row -> row.replace("NULL", "none"))
                        .toList());
        assertEquals(
                List.of("true|2", "false|1"),
                SqlRows.of(
                        "SELECT k IN (SELECT 'a') AS known, count(*) FROM "
                                + t
                                + " GROUP BY 1 ORDER BY 2 DESC"));
        assertEquals(
                List.of("1"),
                SqlRows.of(
                        "SELECT count(*) FROM "
                                + t
                                + " WHERE CASE WHEN k = 'a' THEN n > (SELECT avg(m) FROM"
                                + " (VALUES 1, 5) AS u(m)) ELSE false END"));
    }

    @Test
    void aLimitOfTheOuterQueryDoesNotReachIntoThem() {
        assertEquals(
                List.of("1|true"),
                SqlRows.of(
                        "SELECT a, a IN (SELECT b FROM (VALUES 3, 2, 1) AS u(b))"
                                + " FROM (VALUES 1, 2) AS t(a) LIMIT 1"));
        assertTrue(SqlRows.of("SELECT 1 WHERE 2 IN (SELECT 2 LIMIT 0)").isEmpty());
    }

    @Test
    void lateralQueriesSeeTheRowsBefore() {
        String t = "(VALUES 1, 2, NULL) AS t(a)";
        String u = "(VALUES (1, 'x'), (1, 'y'), (3, 'z')) AS u(b, s)";
        assertEquals(
                List.of("1|x!", "1|y!"),
                SqlRows.of(
                        "SELECT a, s FROM "
                                + t
                                + " CROSS JOIN LATERAL (SELECT s || '!' AS s FROM "
                                + u
                                + " WHERE b = a)"));
        assertEquals(
                List.of("1|1", "1|1", "2|NULL", "NULL|NULL"),
                SqlRows.of(
                        "SELECT a, one FROM "
                                + t
                                + " LEFT JOIN LATERAL (SELECT 1 AS one FROM "
                                + u
                                + " WHERE b = a) ON true"));
        assertEquals(
                List.of("1|2|1", "2|0|2", "NULL|0|NULL"),
                SqlRows.of(
                        "SELECT a, n, same FROM "
                                + t
                                + ", LATERAL (SELECT count(*) AS n FROM "
                                + u
                                + " WHERE b = a), LATERAL (SELECT a AS same)"));
    }

    @Test
    void whatGrowsBeyondAllBoundsIsRefused() {
        StringBuilder twice = new StringBuilder("WITH q0 AS (SELECT 1 AS x)");
        for (int i = 1; i < 40; i++) {
            String before = "q" + (i - 1);
            twice.append(", q" + i + " AS (SELECT a.x FROM " + before + " a, " + before + " b)");
        }
        String deep = "SELECT 1 FROM (VALUES 1) AS a0(x)";
        StringBuilder joins = new StringBuilder(deep);
        for (int i = 1; i < 600; i++) {
            joins.append(" JOIN (VALUES 1) AS a" + i + "(x) ON a" + i + ".x = a0.x");
        }
        for (String sql : List.of(twice + " SELECT * FROM q39", joins.toString())) {
            QueryException failure = assertThrows(QueryException.class, () -> SqlRows.of(sql));
            assertEquals(QueryException.Code.LIMIT_EXCEEDED, failure.code());
        }
        String some = joins.substring(0, joins.indexOf(" JOIN (VALUES 1) AS a200("));
        assertEquals(List.of("1"), SqlRows.of(some));
    }
}
