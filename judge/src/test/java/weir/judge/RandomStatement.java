// SPDX-License-Identifier: Apache-2.0
package weir.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import weir.query.answers.AnswerTable;

/// Random statements over the tables of the scripts: well-typed, and with one right answer, so that
/// rows are either wanted as a multiset or ordered by all that is selected.
final class RandomStatement {
    private static final List<String> AGGREGATES = List.of("count", "min", "max");
    private static final int LARGE_ROWS = 10;
    private static final List<String> JOINS =
            List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");

    private final Random random;
    private final List<AnswerTable> tables;
    private final List<AnswerTable> large;

    RandomStatement(Random random, List<AnswerTable> tables) {
        this.random = random;
        this.tables = tables;
        this.large = tables.stream().filter(table -> table.rows().size() > LARGE_ROWS).toList();
    }

    /// The next one.
    String next() {
        return switch (random.nextInt(11)) {
            case 10 -> staged();
            case 0, 1, 2 -> ordered(rows(source(true)));
            case 3, 4, 5 -> ordered(groups(source(true)));
            case 6 -> combined();
            case 7 -> "SELECT DISTINCT " + selected(source(true), 2);
            case 8 -> windows(source(false));
            default -> nested();
        };
    }

    /// What a statement reads.
    ///
    /// @param from the text behind FROM
    /// @param columns what its columns are called
    private record Source(String from, List<RandomExpression.Column> columns) {}

    private Source source(boolean mayJoin) {
        Source left = table("a");
        if (!mayJoin || random.nextInt(3) > 0) {
            return left;
        }
        Source right = table("b");
        List<RandomExpression.Column> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        String condition = joinCondition(left, right);
        String join = condition.isEmpty() ? " CROSS JOIN " : " " + pick(JOINS) + " ";
        return new Source(left.from() + join + right.from() + condition, columns);
    }

    private String joinCondition(Source left, Source right) {
        List<String> equalities = new ArrayList<>();
        for (RandomExpression.Column one : left.columns()) {
            for (RandomExpression.Column other : right.columns()) {
                if (one.type().equals(other.type())) {
                    equalities.add(one.name() + " = " + other.name());
                }
            }
        }
        if (equalities.isEmpty() || random.nextInt(12) == 0) {
            return "";
        }
        String condition = " ON " + pick(equalities);
        return random.nextInt(3) > 0
                ? condition
                : condition + " AND " + of(new Source("", left.columns())).of("boolean", 1);
    }

    private Source table(String alias) {
        AnswerTable table = pick(random.nextInt(3) == 0 ? tables : large);
        List<RandomExpression.Column> columns = new ArrayList<>();
        for (AnswerTable.TableColumn column : table.columns()) {
            String name = alias + ".\"" + column.name() + "\"";
            columns.add(new RandomExpression.Column(name, column.type()));
        }
        if (table.name().equals("vpc_flow_logs")) {
            columns.add(new RandomExpression.Column(alias + ".\"date\"", "date"));
            columns.add(new RandomExpression.Column(alias + ".\"hour\"", "varchar"));
        }
        return new Source(table.name() + " AS " + alias, columns);
    }

    private RandomExpression of(Source source) {
        return new RandomExpression(random, source.columns());
    }

    private String where(Source source) {
        return random.nextBoolean() ? "" : " WHERE " + of(source).of("boolean", 2);
    }

    private String selected(Source source, int depth) {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            items.add(of(source).any(depth));
        }
        return String.join(", ", items) + " FROM " + source.from() + where(source);
    }

    private String rows(Source source) {
        return "SELECT " + selected(source, 3);
    }

    private String groups(Source source) {
        boolean isSets = random.nextInt(4) == 0;
        List<String> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            keys.add(isSets ? pick(source.columns()).name() : of(source).any(1));
        }
        List<String> items = new ArrayList<>(keys);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            items.add(aggregate(source));
        }
        String having = random.nextInt(4) == 0 ? " HAVING count(*) > " + random.nextInt(4) : "";
        String grouping =
                keys.isEmpty()
                        ? ""
                        : " GROUP BY " + (isSets ? sets(keys) : keys.size() == 1 ? "1" : "1, 2");
        return "SELECT "
                + String.join(", ", items)
                + " FROM "
                + source.from()
                + where(source)
                + grouping
                + having;
    }

    /// Sets take names of columns, no ordinals.
    private String sets(List<String> keys) {
        String list = "(" + String.join(", ", keys) + ")";
        return switch (random.nextInt(3)) {
            case 0 -> "ROLLUP " + list;
            case 1 -> "CUBE " + list;
            default -> "GROUPING SETS (" + list + ", (), " + keys.getFirst() + ")";
        };
    }

    private String aggregate(Source source) {
        RandomExpression values = of(source);
        String filter =
                random.nextInt(5) == 0 ? " FILTER (WHERE " + values.of("boolean", 1) + ")" : "";
        String distinct = random.nextInt(5) == 0 ? "DISTINCT " : "";
        return switch (random.nextInt(10)) {
            case 6 -> "stddev(" + values.of("integer", 1) + " % 1000)" + filter;
            case 0 -> "count(*)" + filter;
            case 1 -> "sum(" + distinct + values.of("integer", 1) + ")" + filter;
            case 2 -> "sum(" + distinct + values.of("decimal", 1) + ")" + filter;
            case 3 -> "avg(" + distinct + values.of("integer", 1) + ")" + filter;
            case 4 -> "bool_or(" + values.of("boolean", 1) + ")" + filter;
            case 5 -> "count_if(" + values.of("boolean", 2) + ")" + filter;
            default -> pick(AGGREGATES) + "(" + distinct + values.any(1) + ")" + filter;
        };
    }

    /// By everything that is selected, so that rows that tie are the same.
    private String ordered(String sql) {
        if (random.nextBoolean()) {
            return sql;
        }
        String limit = random.nextBoolean() ? " LIMIT " + random.nextInt(9) : "";
        String direction = pick(List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST"));
        String inner = random.nextInt(4) == 0 ? "OFFSET " + random.nextInt(4) : "";
        return "SELECT * FROM ("
                + sql
                + ") AS t ORDER BY "
                + ordinals(columnCount(sql), direction)
                + " "
                + inner
                + limit;
    }

    private static String ordinals(int count, String direction) {
        List<String> ordinals = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            ordinals.add(i + direction);
        }
        return String.join(", ", ordinals);
    }

    /// How many items stand before the FROM of the outermost SELECT.
    private static int columnCount(String sql) {
        int depth = 0;
        int count = 1;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && sql.startsWith(" FROM ", i)) {
                break;
            }
            count += depth == 0 && c == ',' ? 1 : 0;
        }
        return count;
    }

    private String combined() {
        String operator =
                pick(List.of("UNION", "UNION ALL", "INTERSECT", "EXCEPT", "INTERSECT ALL"));
        String type = pick(List.of("integer", "bigint", "varchar", "date", "boolean"));
        return half(type) + " " + operator + " " + half(type);
    }

    /// A query over the named result of another.
    private String staged() {
        Source source = source(true);
        RandomExpression values = of(source);
        String inner =
                "SELECT %s AS k, %s AS n FROM %s%s"
                        .formatted(
                                values.of("varchar", 2),
                                values.of("integer", 2),
                                source.from(),
                                where(source));
        Source named =
                new Source(
                        "w",
                        List.of(
                                new RandomExpression.Column("w.k", "varchar"),
                                new RandomExpression.Column("w.n", "integer")));
        return "WITH w AS ("
                + inner
                + ") "
                + (random.nextBoolean() ? groups(named) : "SELECT DISTINCT " + selected(named, 2));
    }

    private String half(String type) {
        Source source = source(false);
        return "SELECT " + of(source).of(type, 1) + " FROM " + source.from() + where(source);
    }

    private String windows(Source source) {
        RandomExpression values = of(source);
        String partition = random.nextBoolean() ? "PARTITION BY " + values.any(0) + " " : "";
        String order = values.column("integer", "bigint", "varchar", "date");
        // Of peers each gets the same, so the order of ties is nobody's business.
        String function =
                switch (random.nextInt(5)) {
                    case 0 -> "rank()";
                    case 1 -> "dense_rank()";
                    case 2 -> "count(*)";
                    case 3 -> "percent_rank()";
                    default -> pick(AGGREGATES) + "(" + values.any(0) + ")";
                };
        return "SELECT "
                + values.any(1)
                + ", "
                + function
                + " OVER ("
                + partition
                + "ORDER BY "
                + order
                + ") FROM "
                + source.from()
                + where(source);
    }

    private String nested() {
        Source outer = table("a");
        Source inner = table("b");
        String type = pick(List.of("integer", "bigint", "varchar"));
        String condition = joinCondition(outer, inner).replace(" ON ", " WHERE ");
        String test =
                switch (random.nextInt(4)) {
                    case 0 -> of(outer).of(type, 0) + " IN (" + subquery(type, inner, "") + ")";
                    case 1 -> of(outer).of(type, 0) + " NOT IN (" + subquery(type, inner, "") + ")";
                    case 2 -> "EXISTS (" + subquery(type, inner, condition) + ")";
                    default ->
                            of(outer).of("bigint", 0)
                                    + " >= (SELECT count(*) FROM "
                                    + inner.from()
                                    + condition
                                    + ")";
                };
        return "SELECT " + of(outer).any(1) + " FROM " + outer.from() + " WHERE " + test;
    }

    private String subquery(String type, Source inner, String condition) {
        return "SELECT " + of(inner).of(type, 0) + " FROM " + inner.from() + condition;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
