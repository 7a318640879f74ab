// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.query.fault.QueryException;
import weir.testkit.Seeds;

/// Random nests of UNION, INTERSECT and EXCEPT, ALL or not, give what lists of rows give, and what
/// SQL says of their order of evaluation holds.
class SetOperationTwinTest {
    private static final int STATEMENTS = 300;

    /// A query and its rows.
    private record Query(String sql, List<String> rows) {}

    @Test
    void operationsEqualTheirTwins() {
        Random random = new Random(Seeds.next("SetOperationTwinTest"));
        for (int i = 0; i < STATEMENTS; i++) {
            Query query = query(random, random.nextInt(4));
            List<String> expected = query.rows().stream().sorted().toList();
            List<String> actual = SqlRows.of(query.sql()).stream().sorted().toList();
            assertEquals(expected, actual, query::sql);
        }
    }

    private static Query query(Random random, int depth) {
        if (depth == 0) {
            return values(random);
        }
        Query left = query(random, depth - 1);
        Query right = query(random, random.nextInt(depth));
        boolean isAll = random.nextBoolean();
        int operation = random.nextInt(3);
        String name = List.of("UNION", "INTERSECT", "EXCEPT").get(operation);
        return new Query(
                "(" + left.sql() + ") " + name + (isAll ? " ALL " : " ") + "(" + right.sql() + ")",
                switch (operation) {
                    case 0 -> union(left.rows(), right.rows(), isAll);
                    case 1 -> intersect(left.rows(), right.rows(), isAll);
                    default -> except(left.rows(), right.rows(), isAll);
                });
    }

    private static Query values(Random random) {
        List<String> literals = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            boolean isNull = random.nextInt(5) == 0;
            int number = random.nextInt(3);
            String text = List.of("a", "10.0.0.1", "").get(random.nextInt(3));
            literals.add("(" + (isNull ? "NULL" : number) + ", '" + text + "')");
            rows.add((isNull ? "NULL" : number) + "|" + text);
        }
        String sql = "SELECT CAST(x AS INTEGER), y FROM (VALUES " + String.join(", ", literals);
        return new Query(sql + ") AS t(x, y)", rows);
    }

    private static List<String> union(List<String> left, List<String> right, boolean isAll) {
        List<String> both = new ArrayList<>(left);
        both.addAll(right);
        return isAll ? both : distinct(both);
    }

    private static List<String> intersect(List<String> left, List<String> right, boolean isAll) {
        List<String> rest = new ArrayList<>(right);
        List<String> kept = left.stream().filter(rest::remove).toList();
        return isAll ? kept : distinct(kept);
    }

    private static List<String> except(List<String> left, List<String> right, boolean isAll) {
        List<String> rest = new ArrayList<>(right);
        return isAll
                ? left.stream().filter(row -> !rest.remove(row)).toList()
                : distinct(left.stream().filter(row -> !right.contains(row)).toList());
    }

    private static List<String> distinct(List<String> rows) {
        return List.copyOf(new LinkedHashSet<>(rows));
    }

    @Test
    void intersectBindsBeforeUnionAndExceptFromTheLeft() {
        assertEquals(List.of("1", "2"), SqlRows.of("SELECT 1 UNION SELECT 2 INTERSECT SELECT 2"));
        assertEquals(List.of("3"), SqlRows.of("VALUES 1, 2, 3 EXCEPT SELECT 1 EXCEPT SELECT 2"));
    }

    @Test
    void typesAreWidenedAndOrderAndLimitAreOfTheWhole() {
        assertEquals(
                List.of("2.5", "2.0"),
                SqlRows.of(
                        "SELECT 1 AS x UNION ALL SELECT 2.5 UNION ALL SELECT BIGINT '2'"
                                + " ORDER BY x DESC LIMIT 2"));
        assertEquals(
                List.of("1", "2"),
                SqlRows.of(
                        "(SELECT 1 UNION ALL SELECT 9) EXCEPT SELECT 9"
                                + " UNION ALL (VALUES 2, 7 LIMIT 1) ORDER BY 1"));
        assertEquals(
                List.of("3"),
                SqlRows.of(
                        "SELECT count(*) FROM (VALUES 1, NULL, NULL UNION ALL VALUES 2, 3"
                                + " EXCEPT VALUES NULL)"));
    }

    @Test
    void manyOperandsAreNoDeepPlan() {
        StringBuilder sql = new StringBuilder("SELECT count(*) FROM (SELECT 1 AS x");
        sql.append(" UNION ALL SELECT 1".repeat(500)).append(")");
        assertEquals(List.of("501"), SqlRows.of(sql.toString()));
    }

    @Test
    void operandsOfDifferentWidthAreRefused() {
        QueryException failure =
                assertThrows(QueryException.class, () -> SqlRows.of("SELECT 1 UNION SELECT 1, 2"));
        assertEquals("UNION query has different number of fields: 1, 2", failure.getMessage());
    }
}
