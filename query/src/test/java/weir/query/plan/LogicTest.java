// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;

/// Random conditions have the same value of three, for random rows, before and after the rules. The
/// evaluator here is as plain as can be and shares nothing with the rules.
class LogicTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int CONDITIONS = 3_000;
    private static final int ROWS = 25;
    private static final long DAY = 86_400;

    @RepeatedTest(3)
    void simplerConditionsHaveTheSameValue() {
        check(SEED, 5, 0);
    }

    @RepeatedTest(3)
    void rangesOfColumnsHaveTheSameValue() {
        check(SEED + 1, 3, 1);
    }

    private static void check(long seed, int depth, int kinds) {
        Random random = new Random(seed);
        for (int i = 0; i < CONDITIONS; i++) {
            Expr condition = condition(random, depth, kinds);
            Expr simple = Logic.simplify(ComparisonRanges.rewrite(Logic.simplify(condition)));
            for (int row = 0; row < ROWS; row++) {
                @Nullable Long[] values = {value(random, kinds), value(random, kinds)};
                Expr simplified = simple;
                assertEquals(
                        truth(condition, values),
                        truth(simplified, values),
                        () -> "-Dseed=" + seed + "\n" + condition + "\n" + simplified);
            }
        }
    }

    private static @Nullable Long value(Random random, int kinds) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        return kinds == 0 ? random.nextInt(4) : near(random);
    }

    /// Seconds near the edges of days, so that off-by-one shows.
    private static long near(Random random) {
        return (random.nextInt(5) - 2) * DAY + random.nextInt(5) - 2 + random.nextInt(2) * 3600L;
    }

    private static Expr condition(Random random, int depth, int kinds) {
        int kind = random.nextInt(depth > 0 ? 8 : 4);
        return switch (kind) {
            case 4 -> new Expr.And(parts(random, depth, kinds));
            case 5 -> new Expr.Or(parts(random, depth, kinds));
            case 6, 7 -> new Expr.Not(condition(random, depth - 1, kinds));
            case 3 ->
                    random.nextInt(6) == 0
                            ? new Expr.Literal(
                                    BasicType.BOOLEAN,
                                    random.nextInt(3) == 0 ? null : (Long) (long) random.nextInt(2))
                            : in(random, kinds);
            case 2 ->
                    random.nextInt(3) == 0
                            ? new Expr.IsNull(column(random))
                            : compare(random, kinds);
            default -> compare(random, kinds);
        };
    }

    private static List<Expr> parts(Random random, int depth, int kinds) {
        List<Expr> parts = new ArrayList<>();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            parts.add(condition(random, depth - 1, kinds));
        }
        return parts;
    }

    private static Expr.Input column(Random random) {
        return new Expr.Input(random.nextInt(2), BasicType.BIGINT);
    }

    private static Expr operand(Random random, int kinds) {
        Expr.Input column = column(random);
        Expr instant =
                new Expr.Call(
                        ScalarFunction.FROM_UNIXTIME, List.of(column), BasicType.TIMESTAMP_TZ);
        return switch (kinds == 0 ? 0 : random.nextInt(7)) {
            case 1 -> new Expr.Call(ScalarFunction.UTC_DATE, List.of(column), BasicType.DATE);
            case 2 -> instant;
            case 3, 4 ->
                    new Expr.Call(
                            ScalarFunction.DATE_TRUNC,
                            List.of(
                                    new Expr.Literal(
                                            BasicType.VARCHAR,
                                            List.of("hour", "day", "week", "month")
                                                    .get(random.nextInt(4))),
                                    instant),
                            BasicType.TIMESTAMP_TZ);
            case 5 -> new Expr.Cast(column, BasicType.DOUBLE, false);
            case 6 -> new Expr.Cast(instant, BasicType.DATE, false);
            default -> column;
        };
    }

    private static Expr literal(Random random, Expr operand) {
        if (operand.type() == BasicType.DATE) {
            return new Expr.Literal(BasicType.DATE, random.nextLong(7) - 3);
        }
        if (operand.type() == BasicType.TIMESTAMP_TZ) {
            long millis = near(random) * 1000 + (random.nextBoolean() ? 0 : random.nextInt(1000));
            return new Expr.Literal(BasicType.TIMESTAMP_TZ, millis);
        }
        if (operand.type() == BasicType.DOUBLE) {
            return new Expr.Literal(
                    BasicType.DOUBLE, near(random) + (random.nextBoolean() ? 0 : 0.5));
        }
        return new Expr.Literal(
                BasicType.BIGINT, random.nextBoolean() ? random.nextLong(4) : near(random));
    }

    private static Expr compare(Random random, int kinds) {
        ScalarFunction function =
                List.of(
                                ScalarFunction.EQUAL,
                                ScalarFunction.NOT_EQUAL,
                                ScalarFunction.LESS_THAN,
                                ScalarFunction.LESS_OR_EQUAL,
                                ScalarFunction.GREATER_THAN,
                                ScalarFunction.GREATER_OR_EQUAL,
                                ScalarFunction.IS_DISTINCT_FROM)
                        .get(random.nextInt(7));
        Expr left = operand(random, kinds);
        Expr right = literal(random, left);
        return random.nextInt(4) == 0
                ? Logic.comparison(function, /* left= */ right, /* right= */ left)
                : Logic.comparison(function, left, right);
    }

    private static Expr in(Random random, int kinds) {
        Expr operand = operand(random, kinds);
        List<Expr> candidates = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            candidates.add(
                    random.nextInt(8) == 0
                            ? new Expr.Literal(operand.type(), null)
                            : literal(random, operand));
        }
        return new Expr.In(operand, candidates);
    }

    /// TRUE, FALSE or null.
    private static @Nullable Boolean truth(Expr expr, @Nullable Long[] row) {
        return switch (expr) {
            case Expr.Literal literal ->
                    literal.value() == null ? null : literal.value().equals(1L);
            case Expr.And and -> all(and.parts(), row, false);
            case Expr.Or or -> all(or.parts(), row, true);
            case Expr.Not not -> {
                Boolean operand = truth(not.operand(), row);
                yield operand == null ? null : !operand;
            }
            case Expr.IsNull isNull -> number(isNull.operand(), row) == null;
            case Expr.In in -> {
                List<Expr> tests = new ArrayList<>();
                for (Expr candidate : in.candidates()) {
                    tests.add(Logic.comparison(ScalarFunction.EQUAL, in.operand(), candidate));
                }
                yield all(tests, row, true);
            }
            case Expr.Call call -> compared(call, row);
            default -> throw new IllegalArgumentException(expr.toString());
        };
    }

    /// OR when `winner` is true, AND when it is false.
    private static @Nullable Boolean all(List<Expr> parts, @Nullable Long[] row, boolean winner) {
        boolean hasNull = false;
        for (Expr part : parts) {
            Boolean value = truth(part, row);
            if (value == null) {
                hasNull = true;
            } else if (value == winner) {
                return winner;
            }
        }
        return hasNull ? null : (Boolean) !winner;
    }

    private static @Nullable Boolean compared(Expr.Call call, @Nullable Long[] row) {
        Double left = number(call.arguments().get(0), row);
        Double right = number(call.arguments().get(1), row);
        if (call.function() == ScalarFunction.IS_DISTINCT_FROM) {
            return left == null ? right != null : right == null || !left.equals(right);
        }
        if (left == null || right == null) {
            return null;
        }
        int order = Double.compare(left, right);
        return switch (call.function()) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS_THAN -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER_THAN -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> throw new IllegalArgumentException(call.toString());
        };
    }

    /// Any value as a number: small enough here to be exact.
    private static @Nullable Double number(Expr expr, @Nullable Long[] row) {
        return switch (expr) {
            case Expr.Literal literal ->
                    literal.value() instanceof Number number ? (Double) number.doubleValue() : null;
            case Expr.Input input -> {
                Long value = row[input.index()];
                yield value == null ? null : (Double) value.doubleValue();
            }
            case Expr.Cast cast -> {
                Double value = number(cast.operand(), row);
                yield value == null || cast.type() != BasicType.DATE
                        ? value
                        : (Double) Math.floor(value / (DAY * 1000));
            }
            case Expr.Call call -> computed(call, row);
            default -> throw new IllegalArgumentException(expr.toString());
        };
    }

    private static @Nullable Double computed(Expr.Call call, @Nullable Long[] row) {
        Double value = number(call.arguments().getLast(), row);
        if (value == null) {
            return null;
        }
        return switch (call.function()) {
            case UTC_DATE -> Math.floor(value / DAY);
            case FROM_UNIXTIME -> value * 1000;
            case DATE_TRUNC -> {
                Object unit = ((Expr.Literal) call.arguments().getFirst()).value();
                yield truncated(String.valueOf(unit), value.longValue());
            }
            default -> throw new IllegalArgumentException(call.toString());
        };
    }

    private static double truncated(String unit, long millis) {
        long day = Math.floorDiv(millis, DAY * 1000);
        LocalDate date = LocalDate.ofEpochDay(day);
        return switch (unit) {
            case "hour" -> Math.floorDiv(millis, 3_600_000L) * 3_600_000.0;
            case "day" -> day * DAY * 1000.0;
            case "week" -> (day - date.getDayOfWeek().getValue() + 1) * DAY * 1000.0;
            default -> date.withDayOfMonth(1).toEpochDay() * DAY * 1000.0;
        };
    }

    @Test
    void notOfADoubleComparisonStaysBecauseOfNaN() {
        Expr less =
                Logic.comparison(
                        ScalarFunction.LESS_THAN,
                        new Expr.Input(0, BasicType.DOUBLE),
                        new Expr.Input(1, BasicType.DOUBLE));
        assertEquals(new Expr.Not(less), Logic.simplify(new Expr.Not(less)));
    }

    @Test
    void doublesBeyondTwoToThe53StayBecauseTheyAreNotExact() {
        Expr big =
                Logic.comparison(
                        ScalarFunction.GREATER_THAN,
                        new Expr.Cast(new Expr.Input(0, BasicType.BIGINT), BasicType.DOUBLE, false),
                        new Expr.Literal(BasicType.DOUBLE, 0x1p53));
        assertEquals(big, ComparisonRanges.rewrite(big));
    }
}
