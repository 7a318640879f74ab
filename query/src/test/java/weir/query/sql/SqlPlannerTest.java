// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import weir.query.catalog.Catalog;
import weir.query.expr.Expr;
import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;
import weir.query.plan.LogicalPlan;
import weir.query.plan.PlanPrinter;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

class SqlPlannerTest {
    private static final Catalog CATALOG = FlowCatalog.make();

    private static LogicalPlan plan(String sql) {
        return SqlPlanner.planQuery(sql, CATALOG, Instant.EPOCH, List.of()).plan();
    }

    private static QueryException failure(String sql) {
        return assertThrows(QueryException.class, () -> plan(sql));
    }

    private static List<String> types(String sql) {
        return plan(sql).output().stream().map(field -> field.type().displayName()).toList();
    }

    @Test
    void outputIsNamedByAliasThenColumnThenPlace() {
        assertEquals(
                List.of("a", "srcaddr", "_col2", "Bytes", "srcaddr"),
                plan("SELECT 1 AS a, srcaddr, 1 + 1, Bytes, t.srcaddr FROM vpc_flow_logs t")
                        .output()
                        .stream()
                        .map(LogicalPlan.Field::name)
                        .toList());
    }

    @Test
    void numbersHaveTrinosTypes() {
        assertEquals(
                List.of("integer", "bigint", "decimal(3,2)", "decimal(1,1)", "double"),
                types("SELECT 1, 2147483648, 1.50, .5, 1e3"));
        assertEquals(
                List.of("bigint", "double", "decimal(21,1)", "decimal(23,1)", "decimal(26,6)"),
                types(
                        "SELECT bytes + 1, bytes * 1e0, bytes + .1, bytes * 100.5, bytes / 1000.0"
                                + " FROM vpc_flow_logs"));
        assertEquals(
                List.of("decimal(2,1)", "decimal(18,6)", "decimal(12,0)"),
                types(
                        "SELECT 7.5 % 100.5, round(srcport / 1.0, 1), ceil(srcport / 1.0)"
                                + " FROM vpc_flow_logs"));
    }

    @Test
    void aggregatesHaveTrinosTypes() {
        assertEquals(
                List.of("bigint", "bigint", "double", "integer", "decimal(38,1)", "decimal(21,1)"),
                types(
                        "SELECT count(*), sum(srcport), avg(bytes), max(srcport), sum(bytes + .1),"
                                + " avg(bytes + .1) FROM vpc_flow_logs"));
    }

    @Test
    void literalsBecomeTheComparedTypeAtOnce() {
        LogicalPlan.Scan scan =
                assertInstanceOf(
                        LogicalPlan.Scan.class,
                        plan("SELECT bytes FROM vpc_flow_logs WHERE bytes > 5"));
        Expr.Call filter = assertInstanceOf(Expr.Call.class, scan.filter());
        assertEquals(new Expr.Literal(BasicType.BIGINT, 5L), filter.arguments().get(1));
    }

    @Test
    void decimalResultsAreCappedAt38Digits() {
        SqlType type =
                plan("SELECT CAST(1 AS decimal(30, 10)) * CAST(1 AS decimal(30, 10))")
                        .output()
                        .getFirst()
                        .type();
        assertEquals(new SqlType.Decimal(38, 6), type);
    }

    @Test
    void theClockIsTheQuerysForTheWholeStatement() {
        LogicalPlan plan = plan("SELECT current_timestamp, now(), current_date");
        LogicalPlan.Project project = assertInstanceOf(LogicalPlan.Project.class, plan);
        assertEquals(
                List.of(
                        new Expr.Literal(BasicType.TIMESTAMP_TZ, 0L),
                        new Expr.Literal(BasicType.TIMESTAMP_TZ, 0L),
                        new Expr.Literal(BasicType.DATE, 0L)),
                project.expressions());
    }

    @Test
    void aPlaceBehindCharactersOutsideOfTheBmpCountsUtf16Units() {
        QueryException failure = failure("SELECT '😀😀', nothing");
        assertEquals(1, failure.line());
        assertEquals("SELECT '😀😀', ".length() + 1, failure.column());
    }

    @Test
    void deepNestingIsRefusedAndDoesNotOverflow() {
        QueryException brackets = failure("SELECT " + "(".repeat(5000) + "1" + ")".repeat(5000));
        assertEquals(Code.LIMIT_EXCEEDED, brackets.code());
        assertEquals("brackets and CASE are nested deeper than 300 levels", brackets.getMessage());
        assertEquals(308, brackets.column());
        QueryException sum =
                failure("SELECT 1" + " + bytes".repeat(100_000) + " FROM vpc_flow_logs");
        assertEquals(Code.LIMIT_EXCEEDED, sum.code());
        assertEquals("the statement is nested too deeply", sum.getMessage());
    }

    @Test
    @Timeout(20)
    void conditionsAboveNestedSubqueriesDoNotGrowWithEachLevel() {
        String sums = "vpc_flow_logs";
        String groups = "vpc_flow_logs";
        String pairs = "(SELECT bytes a, packets b FROM vpc_flow_logs)";
        for (int level = 0; level < 40; level++) {
            String column = level == 0 ? "bytes" : "a";
            sums = "(SELECT " + column + " + " + column + " AS a FROM " + sums + ")";
            groups = "(SELECT " + column + " + " + column + " AS a FROM " + groups + " GROUP BY 1)";
            pairs = "(SELECT a + b AS a, a - b AS b FROM " + pairs + ")";
        }
        for (String from : List.of(sums, groups, pairs)) {
            String shown = PlanPrinter.print(plan("SELECT a FROM " + from + " WHERE a + a > 7"));
            assertTrue(shown.length() < 100_000, shown);
        }
    }

    @Test
    void conditionsOfComputedColumnsStillReachTheScan() {
        String shown =
                PlanPrinter.print(
                        plan(
                                "SELECT s FROM (SELECT bytes + packets AS s, start * 2 AS t FROM"
                                        + " vpc_flow_logs) WHERE s > 7 AND (t > 9 OR t < 5)"));
        assertTrue(shown.contains(" where "), shown);
        assertTrue(!shown.contains("Filter"), shown);
    }

    @Test
    @Timeout(20)
    void expressionsThatRepeatThemselvesTooOftenAreRefused() {
        String expression = "bytes";
        for (int level = 0; level < 21; level++) {
            expression = "nullif(" + expression + ", 1)";
        }
        QueryException failure = failure("SELECT " + expression + " FROM vpc_flow_logs");
        assertEquals(Code.LIMIT_EXCEEDED, failure.code());
        assertEquals(
                "What is compared has more than 100000 parts; compute some of it in a subquery in"
                        + " FROM",
                failure.getMessage());
    }

    @Test
    void longInListsArePlanned() {
        String list =
                IntStream.range(0, 100_000)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(","));
        LogicalPlan.Scan scan =
                assertInstanceOf(
                        LogicalPlan.Scan.class,
                        plan("SELECT bytes FROM vpc_flow_logs WHERE bytes IN (" + list + ")"));
        assertEquals(100_000, assertInstanceOf(Expr.In.class, scan.filter()).candidates().size());
    }

    @Test
    void anEmptyStatementIsASyntaxError() {
        assertEquals(Code.SYNTAX, failure(" -- nothing\n").code());
    }

    @Test
    void noFunctionIsBothRunAndRefused() {
        FunctionRegistry registry = FunctionRegistry.instance();
        for (String name : registry.names()) {
            assertTrue(!registry.isLater(name), name);
        }
        assertTrue(registry.isLater("json_extract"));
        assertTrue(!registry.isLater("avg_if"), "Trino has no avg_if");
    }

    @Test
    void nearNamesAllowOneMistakeForEachThreeLetters() {
        List<String> names = List.of("srcaddr", "dstaddr", "bytes", "az_id");
        assertEquals("srcaddr", NearNames.nearest("SRCADRR", names));
        assertEquals("az_id", NearNames.nearest("az-id", names));
        assertEquals("bytes", NearNames.nearest("byets", names));
        assertEquals(null, NearNames.nearest("xyz", names));
        assertEquals("dstaddr", NearNames.nearest("destinationaddress", names));
    }
}
