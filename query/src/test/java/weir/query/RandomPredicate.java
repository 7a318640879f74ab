// SPDX-License-Identifier: Apache-2.0
package weir.query;

import java.util.List;
import java.util.Map;
import java.util.Random;

/// SQL conditions at random over columns of known types, none of which can fail.
final class RandomPredicate {
    /// By type, literals that rows have and some that they have not.
    static final Map<String, List<String>> LITERALS =
            Map.of(
                    "bigint",
                    List.of("0", "1", "2", "3", "7", "-1", "22", "443", "9223372036854775807"),
                    "double",
                    List.of("0e0", "1.5e0", "-2e0", "nan()", "infinity()", "1e300"),
                    "real",
                    List.of(
                            "REAL '0.5'",
                            "REAL '-2'",
                            "CAST(nan() AS real)",
                            "CAST(infinity() AS real)"),
                    "varchar",
                    List.of(
                            "'a'",
                            "'b'",
                            "''",
                            "'-'",
                            "'10.0.0.1'",
                            "'10.0.0.2'",
                            "'\u00e4\ud83d\ude00'"),
                    "boolean",
                    List.of("TRUE", "FALSE"),
                    "date",
                    List.of("DATE '2026-01-01'", "DATE '2026-01-02'", "DATE '1969-12-31'"),
                    "timestamp(3)",
                    List.of(
                            "TIMESTAMP '2026-01-01 00:00:00.000'",
                            "TIMESTAMP '2026-01-01 12:30:00.500'"),
                    "decimal(10,2)",
                    List.of("CAST(1.50 AS decimal(10,2))", "CAST(-7 AS decimal(10,2))"),
                    "ipaddress",
                    List.of("IPADDRESS '10.0.0.1'", "IPADDRESS '10.0.0.9'", "IPADDRESS '::1'"));

    private static final List<String> COMPARISONS =
            List.of("=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM");

    private final Random random;
    private final List<Column> columns;

    /// A column as a statement names it.
    record Column(String name, String type) {}

    RandomPredicate(Random random, List<Column> columns) {
        this.random = random;
        this.columns = columns;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /// A condition whose parts are `depth` deep.
    String next(int depth) {
        if (depth == 0) {
            return test(pick(columns).type());
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> "(" + next(depth - 1) + " AND " + next(depth - 1) + ")";
            case 2, 3 -> "(" + next(depth - 1) + " OR " + next(depth - 1) + ")";
            case 4 -> "(NOT " + next(depth - 1) + ")";
            case 5 ->
                    "(("
                            + next(depth - 1)
                            + ") IS "
                            + (random.nextBoolean() ? "" : "NOT ")
                            + "NULL)";
            case 6 ->
                    "(CASE WHEN "
                            + next(depth - 1)
                            + " THEN "
                            + next(depth - 1)
                            + (random.nextBoolean() ? "" : " ELSE " + next(depth - 1))
                            + " END)";
            case 7 -> "(" + next(depth - 1) + " = " + next(depth - 1) + ")";
            default -> test(pick(columns).type());
        };
    }

    private String test(String type) {
        String value = value(type, 2);
        return switch (random.nextInt(6)) {
            case 0 -> "(" + value + " IS NULL)";
            case 1 ->
                    "("
                            + value
                            + (random.nextBoolean() ? " NOT IN (" : " IN (")
                            + value(type, 1)
                            + ", "
                            + pick(LITERALS.get(type))
                            + (random.nextInt(4) == 0 ? ", NULL" : "")
                            + "))";
            case 2 -> special(type, value);
            default -> "(" + value + " " + pick(COMPARISONS) + " " + value(type, 1) + ")";
        };
    }

    private String special(String type, String value) {
        return switch (type) {
            case "varchar" ->
                    "("
                            + value
                            + " LIKE '"
                            + pick(List.of("%", "1%", "%1", "%.0.%", "_", ""))
                            + "')";
            case "ipaddress" -> "contains('10.0.0.0/30', " + value + ")";
            case "boolean" -> value;
            default -> "(" + value + " BETWEEN " + value(type, 1) + " AND " + value(type, 1) + ")";
        };
    }

    private String value(String type, int depth) {
        List<Column> ofType = columns.stream().filter(c -> c.type().equals(type)).toList();
        if (depth == 0 || ofType.isEmpty() || random.nextInt(4) == 0) {
            return ofType.isEmpty() || random.nextInt(3) == 0
                    ? pick(LITERALS.get(type))
                    : pick(ofType).name();
        }
        String one = value(type, depth - 1);
        return switch (random.nextInt(4)) {
            case 0 -> "coalesce(" + one + ", " + value(type, depth - 1) + ")";
            case 1 -> "nullif(" + one + ", " + value(type, depth - 1) + ")";
            case 2 -> computed(type, one);
            default -> pick(ofType).name();
        };
    }

    /// Something of the same type that is computed and cannot fail.
    private String computed(String type, String one) {
        return switch (type) {
            case "bigint" ->
                    pick(List.of("(% / 2)", "bitwise_and(%, 3)", "(% % 5)"))
                            .replaceFirst("%", one.replace("$", "\\$"));
            case "double" -> "(" + one + " * 2e0)";
            case "real" -> "abs(" + one + ")";
            case "varchar" ->
                    pick(List.of("upper(#)", "substr(#, 2)", "(# || 'a')")).replace("#", one);
            case "boolean" -> "(NOT " + one + ")";
            default -> "if(TRUE, " + one + ")";
        };
    }
}
