// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.plan.LogicalPlan;
import weir.query.plan.Optimizer;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.value.ExprValue;
import weir.testkit.Seeds;

/// Random expressions and filters give what the row-by-row evaluation gives, however they are run.
class ExpressionTwinTest {
    private static final List<SqlType> TYPES =
            List.of(BasicType.BOOLEAN, BasicType.BIGINT, BasicType.DOUBLE, BasicType.VARCHAR);

    @TempDir Path directory;

    private static Random random() {
        return new Random(Seeds.next("ExpressionTwinTest"));
    }

    @Test
    void projectionsEqualTheirTwins() {
        Random random = random();
        try (SampleTable table = SampleTable.create(directory, random, 700, 300, 2500)) {
            RandomExpr exprs = new RandomExpr(random);
            int succeeded = 0;
            for (int i = 0; i < 600; i++) {
                SqlType type = TYPES.get(random.nextInt(TYPES.size()));
                Expr expr = exprs.of(type, random.nextInt(4));
                LogicalPlan plan =
                        new LogicalPlan.Project(
                                table.scan(null),
                                List.of(expr),
                                List.of(new LogicalPlan.Field("x", type)));
                Object expected = twin(table, expr);
                succeeded += expected instanceof String ? 0 : 1;
                assertEquals(expected, run(plan, Rows.context(1)), expr::toString);
            }
            assertTrue(succeeded > 200, "only " + succeeded + " of 600 had a result");
        }
    }

    /// Expressions over the same rows share their equal parts, and what is looked up by the code of
    /// one of several columns its table.
    @Test
    void expressionsWithPartsInCommonEqualTheirTwins() {
        Random random = random();
        try (SampleTable table = SampleTable.create(directory, random, 700, 300, 2500)) {
            RandomExpr exprs = new RandomExpr(random);
            int succeeded = 0;
            for (int i = 0; i < 300; i++) {
                List<Expr> all = related(exprs, random);
                List<LogicalPlan.Field> fields =
                        all.stream().map(e -> new LogicalPlan.Field("x", e.type())).toList();
                LogicalPlan plan = new LogicalPlan.Project(table.scan(null), all, fields);
                Object expected = twin(table, all.toArray(new Expr[0]));
                succeeded += expected instanceof String ? 0 : 1;
                assertEquals(expected, run(plan, Rows.context(1)), all::toString);
            }
            assertTrue(succeeded > 150, "only " + succeeded + " of 300 had a result");
        }
    }

    /// What follows from a condition on one of several columns is asked before, where scans can.
    @Test
    void conditionsOnChoicesEqualTheirTwinsWhenPushed() {
        Random random = random();
        try (SampleTable table = SampleTable.create(directory, random, 700, 300, 2500)) {
            RandomExpr exprs = new RandomExpr(random);
            int compared = 0;
            for (int i = 0; i < 200; i++) {
                Expr first = choice(exprs, random);
                Expr second = choice(exprs, random);
                Expr asked = asked(first, second, random);
                Object expected = filtered(table, asked);
                LogicalPlan.Scan scan = table.scan(null);
                List<Expr> columns = new ArrayList<>(columns(scan));
                List<LogicalPlan.Field> fields = new ArrayList<>(scan.output());
                Expr.Input one = new Expr.Input(columns.size(), BasicType.VARCHAR);
                Expr.Input two = new Expr.Input(columns.size() + 1, BasicType.VARCHAR);
                columns.addAll(List.of(first, second));
                fields.add(new LogicalPlan.Field("one", BasicType.VARCHAR));
                fields.add(new LogicalPlan.Field("two", BasicType.VARCHAR));
                Expr over = ExprTree.mapChildren(asked, part -> replaced(part, first, one));
                over = ExprTree.mapChildren(over, part -> replaced(part, second, two));
                LogicalPlan plan =
                        Optimizer.optimize(
                                new LogicalPlan.Project(
                                        new LogicalPlan.Filter(
                                                new LogicalPlan.Project(scan, columns, fields),
                                                over),
                                        columns(scan),
                                        scan.output()));
                compared += expected instanceof List<?> rows && !rows.isEmpty() ? 1 : 0;
                assertEquals(expected, run(plan, Rows.context(2)), asked::toString);
            }
            assertTrue(compared > 80, "only " + compared + " of 200 had rows");
        }
    }

    private static Expr replaced(Expr expr, Expr part, Expr by) {
        return expr.equals(part)
                ? by
                : ExprTree.mapChildren(expr, child -> replaced(child, part, by));
    }

    private static Expr asked(Expr first, Expr second, Random random) {
        List<Expr> parts = new ArrayList<>();
        for (Expr choice : List.of(first, second)) {
            List<Expr> texts =
                    List.of(
                            RandomExpr.text("10.1.2.7"),
                            RandomExpr.text("10." + random.nextInt(3) + ".1.7"),
                            RandomExpr.text(random.nextInt(5) == 0 ? null : "10.0.0.7"));
            parts.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new Expr.In(choice, texts);
                        case 1 ->
                                RandomExpr.call(
                                        ScalarFunction.LESS_THAN,
                                        BasicType.BOOLEAN,
                                        choice,
                                        texts.getFirst());
                        default ->
                                RandomExpr.call(
                                        ScalarFunction.EQUAL,
                                        BasicType.BOOLEAN,
                                        texts.get(1),
                                        choice);
                    });
        }
        return random.nextBoolean() ? new Expr.Or(parts) : new Expr.And(parts);
    }

    private static List<Expr> related(RandomExpr exprs, Random random) {
        Expr text = random.nextInt(3) == 0 ? exprs.of(BasicType.VARCHAR, 2) : choice(exprs, random);
        Expr other = RandomExpr.column(SampleTable.SRC);
        Expr number = exprs.of(BasicType.BIGINT, 2);
        Expr length = RandomExpr.call(ScalarFunction.LENGTH, BasicType.BIGINT, text);
        Expr isIt =
                RandomExpr.call(
                        ScalarFunction.EQUAL,
                        BasicType.BOOLEAN,
                        text,
                        random.nextBoolean() ? other : RandomExpr.text("10.1.2.7"));
        Expr chosen =
                new Expr.Case(
                        List.of(
                                new Expr.When(isIt, length),
                                new Expr.When(exprs.condition(1), number)),
                        length,
                        BasicType.BIGINT);
        ScalarFunction extreme =
                random.nextBoolean() ? ScalarFunction.LEAST : ScalarFunction.GREATEST;
        return List.of(
                text,
                isIt,
                new Expr.Not(isIt),
                chosen,
                RandomExpr.call(extreme, BasicType.BIGINT, chosen, number, length),
                RandomExpr.call(ScalarFunction.LENGTH, BasicType.BIGINT, other),
                new Expr.Coalesce(List.of(number, length), BasicType.BIGINT),
                RandomExpr.call(
                        ScalarFunction.LENGTH,
                        BasicType.BIGINT,
                        RandomExpr.column(SampleTable.DST)));
    }

    /// One of two columns of text, or nothing.
    private static Expr choice(RandomExpr exprs, Random random) {
        Expr otherwise =
                random.nextInt(4) == 0
                        ? RandomExpr.text(null)
                        : RandomExpr.column(random.nextBoolean() ? SampleTable.DST : 6);
        return new Expr.Case(
                List.of(new Expr.When(exprs.condition(0), RandomExpr.column(SampleTable.SRC))),
                otherwise,
                BasicType.VARCHAR);
    }

    @Test
    void filtersEqualTheirTwinsHoweverTheyPrune() {
        Random random = random();
        try (SampleTable table = SampleTable.create(directory, random, 900, 1, 2300, 400)) {
            RandomExpr exprs = new RandomExpr(random);
            int compared = 0;
            for (int i = 0; i < 1000; i++) {
                Expr condition = exprs.condition(random.nextInt(4));
                if (random.nextInt(3) == 0) {
                    condition = new Expr.And(List.of(condition, exprs.condition(1)));
                }
                Object expected = filtered(table, condition);
                if (expected instanceof String) {
                    continue;
                }
                compared += ((List<?>) expected).isEmpty() ? 0 : 1;
                LogicalPlan plan = table.scan(condition);
                String shown = condition.toString();
                assertEquals(expected, run(plan, Rows.context(1)), shown);
                assertEquals(expected, run(plan, Rows.context(3)), shown);
                QueryContext unpruned =
                        new QueryContext(
                                2,
                                1L << 30,
                                Duration.ofMinutes(1),
                                new ScanOptions(false, false, false));
                assertEquals(expected, run(plan, unpruned), shown);
                // Behind a projection nothing can be pushed into the scan.
                LogicalPlan plain = new LogicalPlan.Filter(identity(table), condition);
                assertEquals(expected, run(plain, Rows.context(1)), shown);
            }
            assertTrue(compared > 400, "only " + compared + " of 1000 had rows");
        }
    }

    private static LogicalPlan identity(SampleTable table) {
        LogicalPlan scan = table.scan(null);
        return new LogicalPlan.Project(scan, columns(scan), scan.output());
    }

    private static List<Expr> columns(LogicalPlan plan) {
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < plan.output().size(); i++) {
            columns.add(new Expr.Input(i, plan.output().get(i).type()));
        }
        return columns;
    }

    private static Object run(LogicalPlan plan, QueryContext context) {
        try {
            return Rows.of(plan, context);
        } catch (QueryException e) {
            return "failed";
        }
    }

    private static Object twin(SampleTable table, Expr... exprs) {
        try {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (@Nullable Object[] row : table.rows) {
                List<@Nullable Object> values = new ArrayList<>();
                for (Expr expr : exprs) {
                    values.add(ExprValue.of(expr, row));
                }
                rows.add(values);
            }
            return rows;
        } catch (QueryException e) {
            return "failed";
        }
    }

    private static Object filtered(SampleTable table, Expr condition) {
        try {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (@Nullable Object[] row : table.rows) {
                if (Long.valueOf(1).equals(ExprValue.of(condition, row))) {
                    rows.add(java.util.Arrays.asList(row));
                }
            }
            return rows;
        } catch (QueryException e) {
            return "failed";
        }
    }
}
