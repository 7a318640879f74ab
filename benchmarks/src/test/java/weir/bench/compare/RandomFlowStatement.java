// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random statements over `flows` in SQL that Weir and DuckDB understand alike, each with one right
/// multiset of rows.
final class RandomFlowStatement {
    private static final List<String> NUMBERS =
            List.of("srcport", "dstport", "protocol", "packets", "bytes", "start");
    private static final List<String> TEXTS =
            List.of("srcaddr", "dstaddr", "action", "log_status", "interface_id");
    private static final List<String> FEW = List.of("protocol", "action", "log_status", "dstport");

    /// Orders rows but for those that are equal in all that is selected.
    private static final String ALL =
            "start, \"end\", srcaddr, dstaddr, srcport, dstport, protocol, packets, bytes, action,"
                    + " log_status";

    private final Random random;

    RandomFlowStatement(Random random) {
        this.random = random;
    }

    String next() {
        return switch (random.nextInt(7)) {
            case 0, 1 -> grouped();
            case 2, 3 -> joined();
            case 4, 5 -> windowed();
            default -> combined();
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String number(String alias, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return random.nextInt(4) == 0
                    ? pick(List.of("0", "1", "6", "22", "443", "1000", "-5"))
                    : alias + pick(NUMBERS);
        }
        return "("
                + number(alias, depth - 1)
                + pick(List.of(" + ", " - ", " % 97 + "))
                + number(alias, depth - 1)
                + ")";
    }

    private String condition(String alias, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            return switch (random.nextInt(4)) {
                case 0 -> "NOT (" + condition(alias, depth - 1) + ")";
                case 1 ->
                        "("
                                + condition(alias, depth - 1)
                                + " OR "
                                + condition(alias, depth - 1)
                                + ")";
                default ->
                        "("
                                + condition(alias, depth - 1)
                                + " AND "
                                + condition(alias, depth - 1)
                                + ")";
            };
        }
        String text = alias + pick(TEXTS);
        return switch (random.nextInt(8)) {
            case 0 -> text + " LIKE '" + pick(List.of("10.%", "%1", "%.2_%", "ACC%", "-")) + "'";
            case 1 ->
                    text
                            + pick(List.of(" = ", " <> ", " < "))
                            + pick(List.of("'ACCEPT'", "'-'", "'10.0.0.9'"));
            case 2 -> alias + "dstport IN (22, 443, 80, 53)";
            case 3 ->
                    number(alias, 1) + " BETWEEN " + number(alias, 0) + " AND " + number(alias, 1);
            case 4 -> number(alias, 1) + " IS NOT NULL";
            case 5 ->
                    alias
                            + "srcaddr IN (SELECT dstaddr FROM flows WHERE bytes % 11 = "
                            + random.nextInt(11)
                            + ")";
            default ->
                    number(alias, 1)
                            + pick(List.of(" = ", " < ", " > ", " <= "))
                            + number(alias, 1);
        };
    }

    private String where(String alias) {
        return random.nextInt(3) == 0 ? "" : " WHERE " + condition(alias, 2);
    }

    private String aggregate(String alias) {
        String number = number(alias, 1);
        String filter = random.nextInt(4) == 0 ? " FILTER (WHERE " + condition(alias, 1) + ")" : "";
        return pick(List.of(
                                "count(*)",
                                "count(#)",
                                "count(DISTINCT #)",
                                "sum(#)",
                                "sum(DISTINCT #)",
                                "min(#)",
                                "max(#)",
                                "avg(#)",
                                "min(@)",
                                "max(@)",
                                "count(DISTINCT @)"))
                        .replace("#", number)
                        .replace("@", alias + pick(TEXTS))
                + filter;
    }

    private String aggregates(String alias) {
        List<String> all = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            all.add(aggregate(alias));
        }
        return String.join(", ", all);
    }

    private String grouped() {
        String keys = pick(FEW) + ", " + pick(TEXTS);
        String having = random.nextInt(3) == 0 ? " HAVING count(*) > " + random.nextInt(5) : "";
        return switch (random.nextInt(4)) {
            case 0 -> "SELECT " + aggregates("") + " FROM flows" + where("");
            case 1 ->
                    "SELECT "
                            + keys
                            + ", "
                            + aggregates("")
                            + " FROM flows"
                            + where("")
                            + " GROUP BY ROLLUP ("
                            + keys
                            + ")"
                            + having;
            default ->
                    "SELECT "
                            + keys
                            + ", "
                            + aggregates("")
                            + " FROM flows"
                            + where("")
                            + " GROUP BY "
                            + keys
                            + having;
        };
    }

    private String few(String alias) {
        return "(SELECT * FROM flows WHERE bytes % 37 = " + random.nextInt(37) + ") " + alias;
    }

    private String joined() {
        String key =
                pick(
                        List.of(
                                "a.srcaddr = b.dstaddr",
                                "a.srcaddr = b.srcaddr AND a.dstport = b.dstport",
                                "a.dstport = b.srcport",
                                "a.interface_id = b.interface_id AND a.start = b.start",
                                "a.start BETWEEN b.start AND b.\"end\" AND a.protocol = b.protocol",
                                "a.srcaddr = b.dstaddr AND a.bytes < b.bytes"));
        String kind = pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        // What DuckDB has for outer joins on anything: equalities alone.
        boolean isPlain = key.contains("BETWEEN") || key.contains("<");
        String from =
                " FROM "
                        + few("a")
                        + " "
                        + (isPlain ? "JOIN" : kind)
                        + " "
                        + few("b")
                        + " ON "
                        + key;
        String filter =
                random.nextBoolean()
                        ? ""
                        : " WHERE " + condition(random.nextBoolean() ? "a." : "b.", 1);
        return random.nextBoolean()
                ? "SELECT a.srcaddr, a.dstport, b.dstaddr, b.bytes, "
                        + number("b.", 1)
                        + from
                        + filter
                : "SELECT a.action, b.protocol, "
                        + aggregates("a.")
                        + ", "
                        + aggregates("b.")
                        + from
                        + filter
                        + " GROUP BY a.action, b.protocol";
    }

    private String windowed() {
        String partition = random.nextInt(4) == 0 ? "" : "PARTITION BY " + pick(FEW) + " ";
        String all = " ORDER BY " + ALL.replace(", ", " NULLS LAST, ") + " NULLS LAST";
        String frame =
                pick(
                        List.of(
                                " ROWS BETWEEN 3 PRECEDING AND CURRENT ROW",
                                " ROWS BETWEEN 2 FOLLOWING AND 7 FOLLOWING",
                                " ROWS UNBOUNDED PRECEDING",
                                " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                                ""));
        String range =
                pick(
                        List.of(
                                " RANGE BETWEEN 60 PRECEDING AND CURRENT ROW",
                                " RANGE BETWEEN 10 PRECEDING AND 100 FOLLOWING",
                                " RANGE BETWEEN UNBOUNDED PRECEDING AND 5 FOLLOWING"));
        String function =
                pick(
                        List.of(
                                "sum(bytes)",
                                "count(*)",
                                "min(srcaddr)",
                                "max(packets)",
                                "avg(bytes)",
                                "count(dstport)",
                                "first_value(dstaddr)",
                                "last_value(bytes)"));
        String window =
                switch (random.nextInt(5)) {
                    case 0 -> "rank() OVER (" + partition + "ORDER BY bytes NULLS LAST)";
                    case 1 ->
                            "dense_rank() OVER ("
                                    + partition
                                    + "ORDER BY start DESC NULLS LAST, dstport NULLS FIRST)";
                    case 2 -> "lag(bytes, 2) OVER (" + partition + all + ")";
                    case 3 ->
                            pick(List.of("sum(bytes)", "count(*)", "min(srcaddr)", "max(packets)"))
                                    + " OVER ("
                                    + partition
                                    + "ORDER BY start NULLS LAST"
                                    + range
                                    + ")";
                    default -> function + " OVER (" + partition + all + frame + ")";
                };
        return "SELECT " + ALL + ", " + window + " FROM flows" + where("");
    }

    private String combined() {
        String columns = pick(List.of("srcaddr", "dstport, protocol", "action, dstport"));
        return "SELECT "
                + columns
                + " FROM flows"
                + where("")
                + pick(List.of(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT "))
                + "SELECT "
                + columns
                + " FROM flows"
                + where("");
    }
}
