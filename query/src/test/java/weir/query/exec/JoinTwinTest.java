// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.plan.JoinKey;
import weir.query.plan.JoinType;
import weir.query.plan.LogicalPlan;
import weir.query.plan.Optimizer;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.value.ExprValue;
import weir.query.value.ValueOrder;
import weir.testkit.Seeds;

/// Random joins give what two loops over rows give, whatever the types of keys, with NULLs,
/// repeats, residuals and empty sides; the optimised plan gives the same, and any number of threads
/// gives the same rows in the same order.
class JoinTwinTest {
    private static final int JOINS = 500;
    private static final int ROWS_MAX = 40;
    private static final List<JoinType> TYPES = List.of(JoinType.values());

    /// Columns whose values meet: addresses with addresses, numbers with numbers.
    private static final List<List<Integer>> KINDS =
            List.of(
                    List.of(SampleTable.SRC, SampleTable.DST, SampleTable.NOTE),
                    List.of(SampleTable.ACTION, SampleTable.REGION),
                    List.of(SampleTable.PORT, SampleTable.FLAGS, SampleTable.BYTES),
                    List.of(SampleTable.START, SampleTable.BYTES));

    @TempDir Path directory;

    /// A side: its plan, and its rows as the plan gives them.
    private record Side(LogicalPlan plan, List<@Nullable Object[]> rows) {}

    @Test
    void joinsEqualTheirTwins() {
        Random random = new Random(Seeds.next("JoinTwinTest"));
        int rowsSeen = 0;
        try (SampleTable table = SampleTable.create(directory, random, 240, 90, 1, 130)) {
            for (int i = 0; i < JOINS; i++) {
                Side left = side(table, random);
                Side right = side(table, random);
                LogicalPlan.Join join = join(left, right, random);
                List<String> expected = twin(left, right, join);
                if (expected.isEmpty() && random.nextInt(3) > 0) {
                    continue;
                }
                List<String> one = run(join, 1);
                assertEquals(one, run(join, 4), () -> "threads: " + join);
                assertEquals(expected, sorted(one), join::toString);
                LogicalPlan better = Optimizer.optimize(join);
                assertEquals(expected, sorted(run(better, 3)), () -> join + "\n-> " + better);
                rowsSeen += expected.size();
            }
        }
        assertTrue(rowsSeen > JOINS, "the joins have rows to compare: " + rowsSeen);
    }

    private static Side side(SampleTable table, Random random) {
        if (random.nextInt(3) == 0) {
            Expr filter = random.nextInt(3) == 0 ? null : filter(random);
            List<@Nullable Object[]> rows =
                    table.rows.stream()
                            .filter(row -> filter == null || isTrue(filter, row))
                            .toList();
            return new Side(table.scan(filter), rows);
        }
        int count = random.nextInt(5) == 0 ? 0 : random.nextInt(ROWS_MAX);
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<List<Expr>> literals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            @Nullable Object[] row = table.rows.get(random.nextInt(table.rows.size())).clone();
            if (random.nextInt(4) == 0) {
                row[random.nextInt(row.length)] = null;
            }
            rows.add(row);
            List<Expr> values = new ArrayList<>();
            for (int c = 0; c < row.length; c++) {
                values.add(new Expr.Literal(SampleTable.type(c), row[c]));
            }
            literals.add(values);
        }
        LogicalPlan values = new LogicalPlan.Values(table.scan(null).output(), literals);
        return new Side(values, rows);
    }

    private static Expr filter(Random random) {
        return random.nextBoolean()
                ? RandomExpr.call(
                        ScalarFunction.LESS_THAN,
                        BasicType.BOOLEAN,
                        RandomExpr.cast(RandomExpr.column(SampleTable.PORT), BasicType.BIGINT),
                        RandomExpr.number(random.nextInt(60)))
                : RandomExpr.call(
                        ScalarFunction.EQUAL,
                        BasicType.BOOLEAN,
                        RandomExpr.column(SampleTable.ACTION),
                        RandomExpr.text("ACCEPT"));
    }

    private static LogicalPlan.Join join(Side left, Side right, Random random) {
        JoinType type = TYPES.get(random.nextInt(TYPES.size()));
        int keyCount = type == JoinType.MARK_IN ? 1 : random.nextInt(4);
        List<JoinKey> keys = new ArrayList<>();
        for (int k = 0; k < keyCount; k++) {
            keys.add(key(random, type == JoinType.MARK_IN));
        }
        int width = SampleTable.COLUMNS.size();
        boolean hasResidual = type != JoinType.MARK_IN && random.nextInt(2) == 0;
        Expr residual = hasResidual ? residual(random, width) : null;
        return new LogicalPlan.Join(type, left.plan(), right.plan(), keys, residual);
    }

    private static JoinKey key(Random random, boolean isPlain) {
        List<Integer> kind = KINDS.get(random.nextInt(KINDS.size()));
        Expr left = RandomExpr.column(kind.get(random.nextInt(kind.size())));
        Expr right = RandomExpr.column(kind.get(random.nextInt(kind.size())));
        SqlType type = left.type().equals(right.type()) ? left.type() : BasicType.BIGINT;
        if (type == BasicType.VARCHAR && random.nextInt(3) == 0) {
            type = BasicType.IPADDRESS;
        } else if (type != BasicType.VARCHAR && random.nextInt(3) == 0) {
            type = random.nextBoolean() ? BasicType.DOUBLE : new SqlType.Decimal(20, 1);
        }
        boolean isNullSafe = !isPlain && random.nextInt(4) == 0;
        return new JoinKey(as(left, type), as(right, type), isNullSafe);
    }

    private static Expr as(Expr expr, SqlType type) {
        return expr.type().equals(type)
                ? expr
                : new Expr.Cast(expr, type, type == BasicType.IPADDRESS);
    }

    private static Expr residual(Random random, int width) {
        List<Expr> parts = new ArrayList<>();
        for (int i = random.nextInt(1, 3); i > 0; i--) {
            parts.add(
                    switch (random.nextInt(6)) {
                        case 0 -> equality(random, width);
                        case 1 -> new Expr.Not(equality(random, width));
                        case 2 ->
                                new Expr.Or(
                                        List.of(equality(random, width), equality(random, width)));
                        case 3 ->
                                RandomExpr.call(
                                        ScalarFunction.EQUAL,
                                        BasicType.BOOLEAN,
                                        shifted(
                                                SampleTable.ACTION,
                                                random.nextBoolean() ? width : 0),
                                        RandomExpr.text("ACCEPT"));
                        default ->
                                RandomExpr.call(
                                        random.nextBoolean()
                                                ? ScalarFunction.LESS_THAN
                                                : ScalarFunction.GREATER_OR_EQUAL,
                                        BasicType.BOOLEAN,
                                        shifted(SampleTable.BYTES, 0),
                                        shifted(SampleTable.BYTES, width));
                    });
        }
        return parts.size() == 1 ? parts.getFirst() : new Expr.And(parts);
    }

    private static Expr equality(Random random, int width) {
        List<Integer> texts = KINDS.getFirst();
        return RandomExpr.call(
                random.nextInt(3) == 0 ? ScalarFunction.IS_DISTINCT_FROM : ScalarFunction.EQUAL,
                BasicType.BOOLEAN,
                shifted(texts.get(random.nextInt(texts.size())), 0),
                shifted(texts.get(random.nextInt(texts.size())), width));
    }

    private static Expr shifted(int column, int by) {
        return new Expr.Input(column + by, SampleTable.type(column));
    }

    // The twin.

    private static List<String> twin(Side left, Side right, LogicalPlan.Join join) {
        List<@Nullable Object[]> result = new ArrayList<>();
        boolean[] isMatched = new boolean[right.rows().size()];
        for (@Nullable Object[] row : left.rows()) {
            List<@Nullable Object[]> pairs = new ArrayList<>();
            for (int r = 0; r < isMatched.length; r++) {
                @Nullable Object[] pair = joined(row, right.rows().get(r));
                if (matches(join, row, right.rows().get(r), pair)) {
                    pairs.add(pair);
                    isMatched[r] = true;
                }
            }
            int width = SampleTable.COLUMNS.size();
            @Nullable Object[] alone = Arrays.copyOf(row, 2 * width);
            switch (join.type()) {
                case INNER, RIGHT -> result.addAll(pairs);
                case LEFT, FULL ->
                        result.addAll(pairs.isEmpty() ? List.<@Nullable Object[]>of(alone) : pairs);
                case SINGLE -> {
                    if (pairs.size() > 1) {
                        return List.of("Scalar sub-query has returned multiple rows");
                    }
                    result.addAll(pairs.isEmpty() ? List.<@Nullable Object[]>of(alone) : pairs);
                }
                case SEMI -> {
                    if (!pairs.isEmpty()) {
                        result.add(row);
                    }
                }
                case MARK -> result.add(joined(row, pairs.isEmpty() ? 0L : 1L));
                case MARK_IN ->
                        result.add(joined(row, pairs.isEmpty() ? unmatched(join, row, right) : 1L));
            }
        }
        if (join.type().keepsRight()) {
            for (int r = 0; r < isMatched.length; r++) {
                if (!isMatched[r]) {
                    result.add(
                            joined(
                                    new @Nullable Object[SampleTable.COLUMNS.size()],
                                    right.rows().get(r)));
                }
            }
        }
        return sorted(result.stream().map(Arrays::toString).toList());
    }

    private static @Nullable Object unmatched(
            LogicalPlan.Join join, @Nullable Object[] row, Side right) {
        JoinKey key = join.keys().getFirst();
        boolean isUnknown =
                !right.rows().isEmpty()
                        && (ExprValue.of(key.left(), row) == null
                                || right.rows().stream()
                                        .anyMatch(r -> ExprValue.of(key.right(), r) == null));
        return isUnknown ? null : (Object) 0L;
    }

    private static @Nullable Object[] joined(@Nullable Object[] left, @Nullable Object... right) {
        @Nullable Object[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }

    private static boolean matches(
            LogicalPlan.Join join,
            @Nullable Object[] left,
            @Nullable Object[] right,
            @Nullable Object[] pair) {
        for (JoinKey key : join.keys()) {
            Object a = ExprValue.of(key.left(), left);
            Object b = ExprValue.of(key.right(), right);
            boolean isEqual =
                    (a == null || b == null)
                            ? key.isNullSafe() && a == null && b == null
                            : ValueOrder.isEqual(a, b);
            if (!isEqual) {
                return false;
            }
        }
        Expr residual = join.residual();
        return residual == null || isTrue(residual, pair);
    }

    private static boolean isTrue(Expr condition, @Nullable Object[] row) {
        return Objects.equals(1L, ExprValue.of(condition, row));
    }

    private static List<String> run(LogicalPlan plan, int threads) {
        try {
            return Rows.of(plan, Rows.context(threads)).stream().map(List::toString).toList();
        } catch (QueryException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted(Comparator.naturalOrder()).toList();
    }
}
