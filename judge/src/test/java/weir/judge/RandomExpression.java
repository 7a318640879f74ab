// SPDX-License-Identifier: Apache-2.0
package weir.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Random expressions of a wanted type over given columns. They hardly ever fail, since which rows
/// an expression is asked of before one fails is left open.
final class RandomExpression {
    private static final List<String> TYPES =
            List.of("integer", "bigint", "double", "decimal", "varchar", "boolean", "date");

    private static final List<String> COMPARISONS =
            List.of("=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM");

    private final Random random;
    private final List<Column> columns;

    RandomExpression(Random random, List<Column> columns) {
        this.random = random;
        this.columns = columns;
    }

    /// A column.
    ///
    /// @param name as SQL writes it
    /// @param type Trino's name of its type
    record Column(String name, String type) {}

    /// One of any type.
    String any(int depth) {
        return of(pick(TYPES), depth);
    }

    /// A column of one of the types, or a literal of the first.
    String column(String... types) {
        List<Column> fitting =
                columns.stream()
                        .filter(column -> Arrays.asList(types).contains(base(column)))
                        .toList();
        return fitting.isEmpty() ? literal(types[0]) : pick(fitting).name();
    }

    private static String base(Column column) {
        return column.type().startsWith("decimal")
                ? "decimal"
                : column.type().startsWith("timestamp") ? "timestamp" : column.type();
    }

    /// One of this type.
    String of(String type, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return random.nextInt(5) == 0 ? literal(type) : column(type);
        }
        if (random.nextInt(8) == 0) {
            return conditional(type, depth - 1);
        }
        return switch (type) {
            case "integer" -> whole(depth - 1);
            case "bigint" -> big(depth - 1);
            case "double" -> real(depth - 1);
            case "decimal" -> exact(depth - 1);
            case "varchar" -> text(depth - 1);
            case "date" -> date(depth - 1);
            default -> condition(depth - 1);
        };
    }

    private String literal(String type) {
        if (random.nextInt(6) == 0) {
            return "CAST(NULL AS " + (type.equals("decimal") ? "decimal(10,2)" : type) + ")";
        }
        return switch (type) {
            case "integer" -> Integer.toString(random.nextInt(12) - 3);
            case "bigint" -> "BIGINT '" + (random.nextInt(4000) - 100) + "'";
            case "double" -> pick(List.of("0e0", "-1.5e0", "1e3", "2.5e0"));
            case "decimal" -> pick(List.of("0.10", "-12.50", "7.0", "100.00"));
            case "varchar" -> pick(List.of("''", "'a'", "'10.1.0.10'", "'-'", "'OK'", "'core'"));
            case "date" -> pick(List.of("DATE '2026-11-01'", "DATE '1990-02-28'"));
            default -> pick(List.of("true", "false"));
        };
    }

    private String conditional(String type, int depth) {
        String first = of(type, depth);
        String second = of(type, depth);
        return switch (random.nextInt(3)) {
            case 0 -> "COALESCE(" + first + ", " + second + ")";
            case 1 -> "NULLIF(" + first + ", " + second + ")";
            default ->
                    "CASE WHEN "
                            + of("boolean", depth)
                            + " THEN "
                            + first
                            + " ELSE "
                            + second
                            + " END";
        };
    }

    private String whole(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> "(" + of("integer", depth) + " % 97)";
            case 1 -> "(" + of("integer", depth) + " / 3)";
            case 2 -> "((" + of("integer", depth) + " % 89) * (" + of("integer", depth) + " % 7))";
            case 3 -> "((" + of("integer", depth) + " % 50) - (" + of("integer", depth) + " % 9))";
            default -> "-((" + of("integer", depth) + ") % 31)";
        };
    }

    private String big(int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> "length(" + of("varchar", depth) + ")";
            case 1 -> "bitwise_and(" + of("bigint", depth) + ", 63)";
            case 2 -> "(" + of("bigint", depth) + " / 60 * 60)";
            case 3 -> "year(" + of("date", depth) + ")";
            case 4 -> "strpos(" + of("varchar", depth) + ", '.')";
            case 5 -> "(" + of("bigint", depth) + " % 1000 + " + of("integer", depth) + ")";
            default -> "date_diff('day', " + of("date", depth) + ", " + of("date", depth) + ")";
        };
    }

    private String real(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> "(" + of("double", depth) + " / 4)";
            case 1 -> "abs(" + of("double", depth) + ")";
            case 2 -> "CAST(" + of("bigint", depth) + " AS DOUBLE)";
            case 3 -> "floor(" + of("double", depth) + ")";
            default -> "CAST(" + of("decimal", depth) + " AS DOUBLE)";
        };
    }

    private String exact(int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> "CAST(" + of("integer", depth) + " % 1000 AS DECIMAL(10,2))";
            case 1 -> "(" + column("decimal") + " % 7.0)";
            case 2 -> "(CAST(" + of("integer", depth) + " % 99 AS DECIMAL(6,1)) / 7)";
            default -> "(1.25 * (" + of("integer", depth) + " % 77))";
        };
    }

    private String text(int depth) {
        String text = of("varchar", depth);
        return switch (random.nextInt(8)) {
            case 0 -> "upper(" + text + ")";
            case 1 -> "substr(" + text + ", " + (1 + random.nextInt(4)) + ")";
            case 2 -> "split_part(" + text + ", '.', " + (1 + random.nextInt(3)) + ")";
            case 3 -> "(" + text + " || " + of("varchar", depth) + ")";
            case 4 -> "replace(" + text + ", '.', '_')";
            case 5 -> "CAST(" + of("bigint", depth) + " AS VARCHAR)";
            case 6 -> "CAST(TRY_CAST(" + text + " AS DOUBLE) AS VARCHAR)";
            default -> "trim(" + text + ")";
        };
    }

    private String date(int depth) {
        String date = of("date", depth);
        return switch (random.nextInt(4)) {
            case 0 -> "date_trunc('month', " + date + ")";
            case 1 -> "date_add('day', " + random.nextInt(40) + ", " + date + ")";
            case 2 -> "(" + date + " + INTERVAL '1' MONTH)";
            default -> "date_trunc('week', " + date + ")";
        };
    }

    private String condition(int depth) {
        String type = pick(TYPES);
        return switch (random.nextInt(10)) {
            case 0 -> "(" + of("boolean", depth) + " AND " + of("boolean", depth) + ")";
            case 1 -> "(" + of("boolean", depth) + " OR " + of("boolean", depth) + ")";
            case 2 -> "NOT (" + of("boolean", depth) + ")";
            case 3 -> "(" + of(type, depth) + " IS NULL)";
            case 4 -> "(" + of("varchar", depth) + " LIKE '" + pattern() + "')";
            case 5 -> in(pick(List.of("integer", "bigint", "varchar", "date")), depth);
            case 6 ->
                    "(%s BETWEEN %s AND %s)"
                            .formatted(of(type, depth), of(type, depth), of(type, depth));
            default ->
                    "(" + of(type, depth) + " " + pick(COMPARISONS) + " " + of(type, depth) + ")";
        };
    }

    private String pattern() {
        return pick(List.of("10.%", "%a%", "_", "%.%.%.1_", "", "%", "2001:%", "A__"));
    }

    private String in(String type, int depth) {
        String not = random.nextBoolean() ? " NOT IN (" : " IN (";
        return "(" + of(type, depth) + not + literal(type) + ", " + literal(type) + "))";
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
