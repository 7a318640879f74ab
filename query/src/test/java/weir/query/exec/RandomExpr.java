// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Random well-typed expressions over [SampleTable], some of which fail for some rows.
final class RandomExpr {
    private static final ScalarFunction[] COMPARISONS = {
        ScalarFunction.EQUAL,
        ScalarFunction.NOT_EQUAL,
        ScalarFunction.LESS_THAN,
        ScalarFunction.LESS_OR_EQUAL,
        ScalarFunction.GREATER_THAN,
        ScalarFunction.GREATER_OR_EQUAL,
        ScalarFunction.IS_DISTINCT_FROM
    };
    private final Random random;

    RandomExpr(Random random) {
        this.random = random;
    }

    static Expr column(int column) {
        return new Expr.Input(column, SampleTable.type(column));
    }

    static Expr text(@Nullable String text) {
        return new Expr.Literal(BasicType.VARCHAR, text);
    }

    static Expr number(long number) {
        return new Expr.Literal(BasicType.BIGINT, number);
    }

    static Expr call(ScalarFunction function, SqlType type, Expr... arguments) {
        return new Expr.Call(function, List.of(arguments), type);
    }

    static Expr cast(Expr operand, SqlType type) {
        return operand.type().equals(type) ? operand : new Expr.Cast(operand, type, false);
    }

    Expr of(SqlType type, int depth) {
        if (type == BasicType.BOOLEAN) {
            return condition(depth);
        }
        if (type == BasicType.VARCHAR) {
            return text(depth);
        }
        if (type == BasicType.DOUBLE) {
            return real(depth);
        }
        return whole(depth);
    }

    Expr condition(int depth) {
        int choice = random.nextInt(depth > 0 ? 12 : 8);
        return switch (choice) {
            case 0 -> numberLeaf();
            case 1 -> textLeaf();
            case 2 -> compare(BasicType.BIGINT, depth);
            case 3 -> compare(BasicType.VARCHAR, depth);
            case 4 -> compare(BasicType.DOUBLE, depth);
            case 5 -> contains();
            case 6 -> new Expr.IsNull(random.nextBoolean() ? whole(depth) : text(depth));
            case 7 -> timeLeaf();
            case 8 -> new Expr.And(List.of(condition(depth - 1), condition(depth - 1)));
            case 9 -> new Expr.Or(List.of(condition(depth - 1), condition(depth - 1)));
            default -> new Expr.Not(condition(depth - 1));
        };
    }

    private Expr compare(SqlType type, int depth) {
        ScalarFunction function = COMPARISONS[random.nextInt(COMPARISONS.length)];
        return call(function, BasicType.BOOLEAN, of(type, depth - 1), of(type, depth - 1));
    }

    private Expr numberLeaf() {
        int column = pick(SampleTable.PORT, SampleTable.BYTES, SampleTable.FLAGS);
        Expr wide = cast(column(column), BasicType.BIGINT);
        if (random.nextInt(3) == 0) {
            List<Expr> candidates = new ArrayList<>();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                candidates.add(
                        random.nextInt(8) == 0
                                ? new Expr.Literal(BasicType.BIGINT, null)
                                : number(random.nextInt(60)));
            }
            return new Expr.In(wide, candidates);
        }
        ScalarFunction function = COMPARISONS[random.nextInt(COMPARISONS.length)];
        if (random.nextInt(3) == 0) {
            SqlType decimal = new SqlType.Decimal(20, 1);
            return call(
                    function,
                    BasicType.BOOLEAN,
                    cast(wide, decimal),
                    new Expr.Literal(
                            decimal, java.math.BigDecimal.valueOf(random.nextInt(600), 1)));
        }
        if (random.nextInt(3) == 0) {
            return call(
                    function,
                    BasicType.BOOLEAN,
                    new Expr.Literal(BasicType.DOUBLE, random.nextInt(1200) / 2.0),
                    cast(wide, BasicType.DOUBLE));
        }
        return call(function, BasicType.BOOLEAN, wide, number(random.nextInt(-10, 70)));
    }

    private Expr textLeaf() {
        Expr column = column(pick(0, 1, SampleTable.ACTION, SampleTable.NOTE, SampleTable.REGION));
        return switch (random.nextInt(4)) {
            case 0 -> new Expr.In(column, List.of(constantText(), constantText(), constantText()));
            case 1 ->
                    call(
                            ScalarFunction.LIKE,
                            BasicType.BOOLEAN,
                            column,
                            text(
                                    pick(
                                            "10.%",
                                            "10.1%", "10.1.%", "%1", "us%", "-", "_", "%.%", "A%T",
                                            "")));
            case 2 ->
                    call(
                            ScalarFunction.EQUAL,
                            BasicType.BOOLEAN,
                            call(
                                    ScalarFunction.SPLIT_PART,
                                    BasicType.VARCHAR,
                                    column,
                                    text("."),
                                    number(random.nextInt(0, 12) == 0 ? 0 : 2)),
                            text("1"));
            default ->
                    call(
                            COMPARISONS[random.nextInt(COMPARISONS.length)],
                            BasicType.BOOLEAN,
                            column,
                            constantText());
        };
    }

    private Expr contains() {
        Expr column = column(pick(0, 1, random.nextInt(6) == 0 ? SampleTable.NOTE : 1));
        return call(
                ScalarFunction.CONTAINS,
                BasicType.BOOLEAN,
                text(
                        pick(
                                "10.0.0.0/8",
                                "10.1.0.0/16",
                                "10.1.2.7/32",
                                "::/0",
                                "0.0.0.0/0",
                                "2001:db8::/64",
                                "10.1.2.0/30",
                                random.nextInt(10) == 0 ? "10.0.0.0/40" : "10.2.0.0/16")),
                new Expr.Cast(column, BasicType.IPADDRESS, random.nextInt(4) == 0));
    }

    private Expr timeLeaf() {
        long second = 1_700_000_000L + random.nextInt(12_000);
        Expr time =
                call(
                        ScalarFunction.FROM_UNIXTIME,
                        BasicType.TIMESTAMP_TZ,
                        cast(column(SampleTable.START), BasicType.DOUBLE));
        ScalarFunction function = COMPARISONS[random.nextInt(COMPARISONS.length)];
        return switch (random.nextInt(4)) {
            case 0 -> call(function, BasicType.BOOLEAN, column(SampleTable.START), number(second));
            case 1 ->
                    call(
                            function,
                            BasicType.BOOLEAN,
                            time,
                            new Expr.Literal(BasicType.TIMESTAMP_TZ, second * 1000 + 500));
            case 2 ->
                    call(
                            function,
                            BasicType.BOOLEAN,
                            call(
                                    ScalarFunction.DATE_TRUNC,
                                    BasicType.TIMESTAMP_TZ,
                                    text(pick("minute", "hour", "week", "month")),
                                    time),
                            new Expr.Literal(BasicType.TIMESTAMP_TZ, second / 60 * 60_000));
            default ->
                    call(
                            function,
                            BasicType.BOOLEAN,
                            call(
                                    ScalarFunction.UTC_DATE,
                                    BasicType.DATE,
                                    column(SampleTable.START)),
                            new Expr.Literal(BasicType.DATE, second / 86_400));
        };
    }

    Expr whole(int depth) {
        if (depth <= 0) {
            return random.nextInt(3) == 0
                    ? number(random.nextInt(-3, 60))
                    : cast(
                            column(pick(SampleTable.PORT, SampleTable.BYTES, SampleTable.FLAGS)),
                            BasicType.BIGINT);
        }
        return switch (random.nextInt(9)) {
            case 0 -> arithmetic(ScalarFunction.ADD, depth);
            case 1 -> arithmetic(ScalarFunction.SUBTRACT, depth);
            case 2 -> arithmetic(ScalarFunction.MULTIPLY, depth);
            case 3 -> arithmetic(ScalarFunction.DIVIDE, depth);
            case 4 ->
                    call(
                            ScalarFunction.BITWISE_AND,
                            BasicType.BIGINT,
                            whole(depth - 1),
                            number(random.nextInt(64)));
            case 5 -> call(ScalarFunction.LENGTH, BasicType.BIGINT, text(depth - 1));
            case 6 ->
                    new Expr.Coalesce(
                            List.of(whole(depth - 1), whole(depth - 1)), BasicType.BIGINT);
            case 7 -> cases(BasicType.BIGINT, depth);
            default -> call(ScalarFunction.STRPOS, BasicType.BIGINT, text(depth - 1), text("."));
        };
    }

    private Expr arithmetic(ScalarFunction function, int depth) {
        return call(function, BasicType.BIGINT, whole(depth - 1), whole(depth - 1));
    }

    private Expr cases(SqlType type, int depth) {
        return new Expr.Case(
                List.of(
                        new Expr.When(condition(depth - 1), of(type, depth - 1)),
                        new Expr.When(condition(depth - 1), of(type, depth - 1))),
                of(type, depth - 1),
                type);
    }

    Expr real(int depth) {
        return depth > 0 && random.nextBoolean()
                ? call(
                        random.nextBoolean() ? ScalarFunction.DIVIDE : ScalarFunction.MULTIPLY,
                        BasicType.DOUBLE,
                        real(depth - 1),
                        real(depth - 1))
                : cast(whole(depth - 1), BasicType.DOUBLE);
    }

    Expr text(int depth) {
        if (depth <= 0) {
            return random.nextInt(4) == 0
                    ? constantText()
                    : column(pick(0, 1, SampleTable.ACTION, SampleTable.NOTE, SampleTable.REGION));
        }
        return switch (random.nextInt(6)) {
            case 0 ->
                    call(
                            ScalarFunction.CONCAT,
                            BasicType.VARCHAR,
                            text(depth - 1),
                            text(depth - 1));
            case 1 ->
                    call(
                            ScalarFunction.SUBSTR,
                            BasicType.VARCHAR,
                            text(depth - 1),
                            number(random.nextInt(-4, 5)),
                            number(random.nextInt(4)));
            case 2 -> call(ScalarFunction.UPPER, BasicType.VARCHAR, text(depth - 1));
            case 3 -> cases(BasicType.VARCHAR, depth);
            case 4 -> cast(whole(depth - 1), BasicType.VARCHAR);
            default ->
                    new Expr.Coalesce(List.of(text(depth - 1), text(depth - 1)), BasicType.VARCHAR);
        };
    }

    private Expr constantText() {
        return text(
                pick("10.1.2.7", "-", "ACCEPT", "REJECT", "us-east-1", "2001:db8::1", "x", "zz"));
    }

    private int pick(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
