// SPDX-License-Identifier: Apache-2.0
package weir.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Random expressions of a wanted type over given columns. They hardly ever fail, since which rows
/// an expression is asked of before one fails is left open.
final class RandomExpression {
    private static final List<String> TYPES =
            List.of(
                    "integer",
                    "bigint",
                    "double",
                    "decimal",
                    "varchar",
                    "boolean",
                    "date",
                    "timestamp",
                    "ipaddress");

    private static final List<String> COMPARISONS =
            List.of("=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM");

    private static final List<String> NETWORKS =
            List.of("10.0.0.0/8", "203.0.113.64/26", "2001:db8::/32", "0.0.0.0/0");

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

    /// One of any type, rather of one that a column has.
    String any(int depth) {
        return of(anyType(), depth);
    }

    private String anyType() {
        String type = random.nextInt(4) == 0 ? pick(TYPES) : base(pick(columns));
        return TYPES.contains(type) ? type : pick(TYPES);
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
            return random.nextInt(9) == 0 ? literal(type) : column(type);
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
            case "timestamp" -> time(depth - 1);
            case "ipaddress" -> address(depth - 1);
            default -> condition(depth - 1);
        };
    }

    private String literal(String type) {
        if (random.nextInt(6) == 0) {
            return "CAST(NULL AS " + castType(type) + ")";
        }
        return switch (type) {
            case "integer" -> Integer.toString(random.nextInt(12) - 3);
            case "bigint" -> "BIGINT '" + (random.nextInt(4000) - 100) + "'";
            case "double" -> pick(List.of("0e0", "-1.5e0", "1e3", "2.5e0"));
            case "decimal" -> pick(List.of("0.10", "-12.50", "7.0", "100.00"));
            case "varchar" -> pick(List.of("''", "'a'", "'10.1.0.10'", "'-'", "'OK'", "'core'"));
            case "date" -> pick(List.of("DATE '2026-11-01'", "DATE '1990-02-28'"));
            case "timestamp" -> "TIMESTAMP '2026-11-01 12:34:56.789'";
            case "ipaddress" -> pick(List.of("IPADDRESS '10.1.0.10'", "IPADDRESS '2001:db8::1'"));
            default -> pick(List.of("true", "false"));
        };
    }

    private static String castType(String type) {
        return switch (type) {
            case "decimal" -> "decimal(10,2)";
            case "timestamp" -> "timestamp(3)";
            default -> type;
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
        return switch (random.nextInt(10)) {
            case 7 ->
                    pick(List.of("hour(", "minute(", "day_of_week("))
                            + of("timestamp", depth)
                            + ")";
            case 8 -> "regexp_count(" + of("varchar", depth) + ", '[0-9]+')";
            case 9 -> "bit_count(" + of("bigint", depth) + ", 64)";
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
        return switch (random.nextInt(14)) {
            case 7 -> "CAST(" + of(pick(TYPES), depth) + " AS VARCHAR)";
            case 8 -> "reverse(" + text + ")";
            case 9 -> "lpad(" + text + ", " + random.nextInt(9) + ", 'xy')";
            case 10 -> "regexp_replace(" + text + ", '([a-z])([0-9])', '$2-$1')";
            case 11 -> "regexp_extract(" + text + ", '([0-9]+)\\.([0-9]+)', 2)";
            case 12 -> "date_format(" + of("timestamp", depth) + ", '%Y/%m/%d %H')";
            case 13 -> "to_iso8601(from_unixtime(" + of("bigint", depth) + " % 4000000000))";
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

    private String time(int depth) {
        String time = of("timestamp", depth);
        return switch (random.nextInt(4)) {
            case 0 -> "date_trunc('hour', " + time + ")";
            case 1 -> "date_add('minute', " + random.nextInt(4000) + ", " + time + ")";
            case 2 -> "CAST(" + of("date", depth) + " AS TIMESTAMP(3))";
            default -> "(" + time + " - INTERVAL '25' HOUR)";
        };
    }

    private String address(int depth) {
        return "TRY_CAST(" + of("varchar", depth) + " AS IPADDRESS)";
    }

    private String condition(int depth) {
        String type = anyType();
        return switch (random.nextInt(13)) {
            case 10 -> "contains('" + pick(NETWORKS) + "', " + of("ipaddress", depth) + ")";
            case 11 -> "regexp_like(" + of("varchar", depth) + ", '^(10|.*a)')";
            case 12 -> "starts_with(" + of("varchar", depth) + ", '10.')";
            case 0 -> "(" + of("boolean", depth) + " AND " + of("boolean", depth) + ")";
            case 1 -> "(" + of("boolean", depth) + " OR " + of("boolean", depth) + ")";
            case 2 -> "(NOT (" + of("boolean", depth) + "))";
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
