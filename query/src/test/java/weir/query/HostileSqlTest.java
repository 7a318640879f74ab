// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import weir.query.catalog.Catalog;
import weir.query.catalog.Table;
import weir.query.fault.QueryException;

/// Whatever SQL asks for, it gets an answer or a failure in words, in bounded time and memory: no
/// statement ends in the exhaustion of the stack or the heap, or never.
class HostileSqlTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /// Beyond the timeout: what parsing, which asks nobody, may take on a busy machine.
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String LONG_TEXT = "rpad('x', 1000000, 'x')";

    /// What became of a statement: `answer`, or the kind of its failure.
    private static String outcome(String sql, Catalog catalog) {
        QueryOptions options =
                QueryOptions.defaults()
                        .withThreads(2)
                        .withTimeout(TIMEOUT)
                        .withMemoryLimitBytes(128 << 20);
        return assertTimeoutPreemptively(
                LIMIT,
                () -> {
                    try {
                        SqlRows.of(sql, catalog, options);
                        return "answer";
                    } catch (QueryException failure) {
                        assertTrue(!String.valueOf(failure.getMessage()).isBlank());
                        assertTrue(!failure.describe(sql).isBlank());
                        return failure.code().name();
                    }
                });
    }

    private static String outcome(String sql) {
        return outcome(sql, Catalog.of(List.of()));
    }

    private static String join(int count, String separator, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(separator));
    }

    private static String nest(int depth, String start, String around) {
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        int hole = around.indexOf('#');
        for (int i = 1; i <= depth; i++) {
            before.append(around, 0, hole);
            after.append(around.substring(hole + 1).replace("@", Integer.toString(i)));
        }
        return before + start + after;
    }

    /// Statements by what is nested in them, `depth` deep.
    private static Map<String, Supplier<String>> nested(int... depths) {
        Map<String, String> arounds = new LinkedHashMap<>();
        arounds.put("brackets", "(#)");
        arounds.put("minus", "-(#)");
        arounds.put("not", "(NOT #)");
        arounds.put("case", "CASE WHEN 1 = 1 THEN # ELSE 0 END");
        arounds.put("case of one", "CASE # WHEN 1 THEN 1 ELSE 1 END");
        arounds.put("if", "if(1 = 1, #, 0)");
        arounds.put("try", "try(#)");
        arounds.put("cast", "CAST(# AS bigint)");
        arounds.put("coalesce", "coalesce(#, 1)");
        arounds.put("sum", "# + 1");
        arounds.put("scalar subquery", "(SELECT #)");
        arounds.put("array", "ARRAY[#][1]");
        arounds.put("lambda", "reduce(ARRAY[1], 0, (s, e) -> #, s -> s)");
        arounds.put("exists", "if(EXISTS (SELECT 1 WHERE 1 = #), 1, 0)");
        arounds.put("in", "if(1 IN (SELECT #), 1, 0)");
        arounds.put("between", "if(# BETWEEN 1 AND 1, 1, 0)");
        arounds.put("nullif", "nullif(#, 2)");
        arounds.put("case of two", "CASE # WHEN 2 THEN 0 WHEN 3 THEN 0 ELSE 1 END");
        arounds.put("in list", "if(# IN (1, 2), 1, 0)");
        arounds.put("distinct", "if(# IS DISTINCT FROM 1, 0, 1)");
        arounds.put("any", "if(# = ANY (VALUES 1), 1, 0)");
        arounds.put("greatest", "greatest(#, 1)");
        arounds.put("row comparison", "if((#, 1) = (1, 1), 1, 0)");
        arounds.put("round", "round(#, 1)");
        arounds.put("date", "year(date_add('year', #, DATE '1970-01-01'))");
        arounds.put("text", "length(CAST(# AS varchar))");
        arounds.put("interval", "day(DATE '2020-01-01' + # * INTERVAL '1' DAY)");
        Map<String, Supplier<String>> statements = new LinkedHashMap<>();
        for (int depth : depths) {
            arounds.forEach((name, around) ->
                    statements.put(
                            name + " " + depth,
                            () ->
                                    "SELECT "
                                            + nest(
                                                    depth,
                                                    name.equals("not") ? "TRUE" : "1",
                                                    around)));
            statements.put(
                    "derived table " + depth,
                    () -> "SELECT * FROM " + nest(depth, "(SELECT 1 AS x)", "(SELECT * FROM #)"));
            statements.put(
                    "aggregated table " + depth,
                    () ->
                            "SELECT * FROM "
                                    + nest(
                                            depth,
                                            "(SELECT 1 AS x)",
                                            "(SELECT max(x) AS x FROM #)"));
            statements.put(
                    "union in brackets " + depth,
                    () -> nest(depth, "SELECT 1", "(#) UNION SELECT 2"));
            statements.put(
                    "except in brackets " + depth,
                    () -> nest(depth, "SELECT 1", "SELECT 2 EXCEPT (#)"));
            statements.put(
                    "join in brackets " + depth,
                    () ->
                            "SELECT 1 FROM "
                                    + nest(depth, "(SELECT 1) t0", "(# CROSS JOIN (SELECT 1) t@)"));
            statements.put("rows " + depth, () -> "SELECT " + nest(depth, "1", "ROW(#)"));
            statements.put("arrays " + depth, () -> "SELECT " + nest(depth, "1", "ARRAY[#]"));
            statements.put(
                    "type of arrays " + depth,
                    () -> "SELECT CAST(NULL AS " + nest(depth, "bigint", "array(#)") + ")");
            statements.put(
                    "type of rows " + depth,
                    () -> "SELECT CAST(NULL AS " + nest(depth, "bigint", "row(a #)") + ")");
            statements.put(
                    "lambdas " + depth,
                    () ->
                            "SELECT "
                                    + nest(
                                            depth,
                                            "1",
                                            "element_at(transform(ARRAY[1], e -> #), 1)"));
            statements.put(
                    "with " + depth,
                    () -> nest(depth, "SELECT 1", "WITH t AS (#) SELECT * FROM t"));
            statements.put("explain " + depth, () -> "EXPLAIN ".repeat(depth) + "SELECT 1");
            statements.put(
                    "correlated " + depth,
                    () ->
                            "SELECT "
                                    + nest(depth, "x0", "(SELECT y + # FROM (VALUES 1) t@(y))")
                                    + " FROM (VALUES 1) t(x0)");
        }
        return statements;
    }

    private static String doubling(int levels, String start, String step) {
        return "WITH a0 AS ("
                + start
                + ")"
                + join(
                        levels,
                        "",
                        i -> ", a" + (i + 1) + " AS (" + step.replace("#", "a" + i) + ")")
                + " SELECT * FROM a"
                + levels;
    }

    private static String doublingTables(int levels, String step) {
        return "SELECT * FROM " + nest(levels, "(SELECT 1 AS x, 'a' AS t)", step);
    }

    private static Map<String, Supplier<String>> exponential() {
        Map<String, Supplier<String>> statements = new LinkedHashMap<>();
        for (int levels : new int[] {10, 40, 200}) {
            statements.put(
                    "union doubled " + levels,
                    () ->
                            doubling(
                                    levels,
                                    "SELECT 1 AS x",
                                    "SELECT * FROM # UNION ALL SELECT * FROM #"));
            statements.put(
                    "choice in the condition of a choice " + levels,
                    () ->
                            "SELECT "
                                    + "CASE WHEN ".repeat(levels)
                                    + "CASE WHEN x + y > 3 THEN 'a' ELSE 'b' END"
                                    + " = 'a' THEN 'a' ELSE 'b' END".repeat(levels)
                                    + " FROM (VALUES (1, 2)) AS t (x, y)");
            statements.put(
                    "join doubled " + levels,
                    () ->
                            doubling(
                                    levels,
                                    "SELECT 1 AS x",
                                    "SELECT p.x FROM # p JOIN # q ON p.x = q.x"));
            statements.put(
                    "cross join doubled " + levels,
                    () -> doubling(levels, "VALUES 1, 2", "SELECT 1 FROM # p, # q"));
            statements.put(
                    "scalar subqueries doubled " + levels,
                    () ->
                            doubling(
                                    levels,
                                    "SELECT 1 AS x",
                                    "SELECT (SELECT x FROM #) + (SELECT x FROM #) AS x"));
            statements.put(
                    "in doubled " + levels,
                    () ->
                            doubling(
                                    levels,
                                    "SELECT 1 AS x",
                                    "SELECT x FROM # WHERE x IN (SELECT x FROM #) OR x NOT IN (SELECT x FROM #)"));
            statements.put(
                    "numbers doubled " + levels,
                    () -> doublingTables(levels, "(SELECT x - x + x AS x, t FROM #)"));
            statements.put(
                    "texts doubled " + levels,
                    () -> doublingTables(levels, "(SELECT x, t || t AS t FROM #)"));
            statements.put(
                    "arrays doubled " + levels,
                    () ->
                            doublingTables(levels, "(SELECT x, ARRAY[t, t] AS t FROM #)")
                                    .replace("t, t", "1, x"));
            statements.put(
                    "conditions doubled " + levels,
                    () ->
                            doublingTables(
                                    levels,
                                    "(SELECT CASE WHEN x > 0 THEN x ELSE -x END AS x, t FROM # WHERE x >= 0)"));
            statements.put(
                    "windows doubled " + levels,
                    () ->
                            doublingTables(
                                    levels,
                                    "(SELECT sum(x) OVER () + sum(x) OVER () AS x, t FROM #)"));
            statements.put(
                    "disjunctions " + levels,
                    () ->
                            "SELECT count(*) FROM (VALUES (1, 2)) t(a, b) JOIN (VALUES (1, 2)) u(c, d) ON "
                                    + join(
                                            levels,
                                            " OR ",
                                            i ->
                                                    "(a = "
                                                            + i
                                                            + " AND d = c + "
                                                            + i
                                                            + " AND b < c)"));
            statements.put(
                    "conjunctions " + levels,
                    () ->
                            "SELECT count(*) FROM (VALUES (1, 2)) t(a, b) WHERE "
                                    + join(
                                            levels,
                                            " AND ",
                                            i -> "(a = " + i + " OR b = " + i + ")"));
            statements.put(
                    "not of alternation " + levels,
                    () ->
                            "SELECT count(*) FROM (VALUES (TRUE, FALSE)) t(a, b) WHERE "
                                    + nest(levels, "a", "(NOT (# AND b OR a))"));
        }
        for (int columns : new int[] {5, 12, 20, 40, 300}) {
            String names = join(columns, ", ", i -> "x" + i);
            String table = "(VALUES (" + join(columns, ", ", i -> "1") + ")) t(" + names + ")";
            statements.put(
                    "cube " + columns,
                    () -> "SELECT count(*) FROM " + table + " GROUP BY CUBE (" + names + ")");
            statements.put(
                    "rollup " + columns,
                    () -> "SELECT count(*) FROM " + table + " GROUP BY ROLLUP (" + names + ")");
            statements.put(
                    "product of sets " + columns,
                    () ->
                            "SELECT count(*) FROM "
                                    + table
                                    + " GROUP BY "
                                    + join(columns, ", ", i -> "GROUPING SETS ((x" + i + "), ())"));
        }
        return statements;
    }

    private static Map<String, Supplier<String>> wide(int... widths) {
        Map<String, Supplier<String>> statements = new LinkedHashMap<>();
        for (int width : widths) {
            String x = " FROM (VALUES 1, 2) t(x)";
            statements.put(
                    "or " + width,
                    () -> "SELECT 1" + x + " WHERE " + join(width, " OR ", i -> "x = " + i));
            statements.put(
                    "and " + width,
                    () -> "SELECT 1" + x + " WHERE " + join(width, " AND ", i -> "x <> " + i));
            statements.put("plus " + width, () -> "SELECT x" + " + 1".repeat(width) + x);
            statements.put(
                    "parts of text " + width, () -> "SELECT 'a'" + " || 'a'".repeat(width) + x);
            statements.put(
                    "in numbers " + width,
                    () ->
                            "SELECT 1"
                                    + x
                                    + " WHERE x IN ("
                                    + join(width, ", ", Integer::toString)
                                    + ")");
            statements.put(
                    "not in sums " + width,
                    () ->
                            "SELECT 1"
                                    + x
                                    + " WHERE x NOT IN ("
                                    + join(width, ", ", i -> "x + " + (i + 1))
                                    + ")");
            statements.put(
                    "in addresses " + width,
                    () ->
                            "SELECT 1 FROM (VALUES '10.0.0.1') t(a) WHERE a IN ("
                                    + join(
                                            width,
                                            ", ",
                                            i ->
                                                    "'10."
                                                            + i / 65536
                                                            + "."
                                                            + i / 256 % 256
                                                            + "."
                                                            + i % 256
                                                            + "'")
                                    + ")");
            statements.put(
                    "when " + width,
                    () ->
                            "SELECT CASE x"
                                    + join(width, "", i -> " WHEN " + i + " THEN " + i)
                                    + " END"
                                    + x);
            statements.put(
                    "columns " + width, () -> "SELECT " + join(width, ", ", i -> "x + " + i) + x);
            statements.put(
                    "aggregates " + width,
                    () -> "SELECT " + join(width, ", ", i -> "sum(x + " + i + ")") + x);
            statements.put(
                    "distinct aggregates " + width,
                    () -> "SELECT " + join(width, ", ", i -> "count(DISTINCT x + " + i + ")") + x);
            statements.put(
                    "windows " + width,
                    () ->
                            "SELECT "
                                    + join(width, ", ", i -> "sum(x) OVER (ORDER BY x + " + i + ")")
                                    + x);
            statements.put(
                    "order " + width,
                    () -> "SELECT x" + x + " ORDER BY " + join(width, ", ", i -> "x + " + i));
            statements.put(
                    "group " + width,
                    () ->
                            "SELECT count(*)"
                                    + x
                                    + " GROUP BY "
                                    + join(width, ", ", i -> "x + " + i));
            statements.put(
                    "values " + width,
                    () ->
                            "SELECT sum(x) FROM (VALUES "
                                    + join(width, ", ", Integer::toString)
                                    + ") t(x)");
            statements.put(
                    "array " + width,
                    () ->
                            "SELECT cardinality(ARRAY["
                                    + join(width, ", ", Integer::toString)
                                    + "])");
            statements.put(
                    "row " + width,
                    () -> "SELECT ROW(" + join(width, ", ", Integer::toString) + ")");
            statements.put(
                    "coalesce " + width,
                    () -> "SELECT coalesce(" + join(width, ", ", i -> "nullif(x, x)") + ")" + x);
            statements.put(
                    "concat " + width,
                    () -> "SELECT concat(" + join(width, ", ", i -> "'a'") + ")");
            statements.put("union " + width, () -> join(width, " UNION ALL ", i -> "SELECT " + i));
            statements.put("intersect " + width, () -> join(width, " INTERSECT ", i -> "SELECT 1"));
            statements.put("except " + width, () -> join(width, " EXCEPT ", i -> "SELECT " + i));
            statements.put(
                    "cross joins " + width,
                    () -> "SELECT 1 FROM " + join(width, ", ", i -> "(SELECT 1) t" + i));
            statements.put(
                    "joins " + width,
                    () ->
                            "SELECT 1 FROM (SELECT 1 AS x) t0"
                                    + join(
                                            width,
                                            "",
                                            i ->
                                                    " JOIN (SELECT 1 AS x) t"
                                                            + (i + 1)
                                                            + " ON t"
                                                            + i
                                                            + ".x = t"
                                                            + (i + 1)
                                                            + ".x"));
            statements.put(
                    "with chain " + width,
                    () ->
                            "WITH a0 AS (SELECT 1 AS x)"
                                    + join(
                                            width,
                                            "",
                                            i ->
                                                    ", a"
                                                            + (i + 1)
                                                            + " AS (SELECT x + 1 AS x FROM a"
                                                            + i
                                                            + ")")
                                    + " SELECT * FROM a"
                                    + width);
            statements.put("name parts " + width, () -> "SELECT " + join(width, ".", i -> "a"));
            statements.put(
                    "scalar subqueries " + width,
                    () ->
                            "SELECT "
                                    + join(
                                            width,
                                            " + ",
                                            i -> "(SELECT max(y) FROM (VALUES " + i + ") t(y))"));
            statements.put(
                    "exists " + width,
                    () ->
                            "SELECT 1"
                                    + x
                                    + " WHERE "
                                    + join(
                                            width,
                                            " AND ",
                                            i ->
                                                    "EXISTS (SELECT 1 FROM (VALUES 1) u(y) WHERE y = x)"));
            statements.put("statements " + width, () -> "SELECT 1;".repeat(width));
            statements.put("signs " + width, () -> "SELECT " + "+ ".repeat(width) + "1");
            statements.put("nots " + width, () -> "SELECT " + "NOT ".repeat(width) + "TRUE");
            statements.put("subscripts " + width, () -> "SELECT ARRAY[1]" + "[1]".repeat(width));
            statements.put("open brackets " + width, () -> "SELECT " + "(".repeat(width));
            statements.put("open cases " + width, () -> "SELECT " + "CASE WHEN ".repeat(width));
            statements.put("open comment " + width, () -> "SELECT /*" + "*".repeat(width));
            statements.put("open text " + width, () -> "SELECT '" + "''".repeat(width));
            statements.put("open name " + width, () -> "SELECT \"" + "a".repeat(width));
            statements.put(
                    "long text " + width, () -> "SELECT length('" + "a".repeat(width) + "')");
            statements.put("long name " + width, () -> "SELECT " + "a".repeat(width));
            statements.put("long number " + width, () -> "SELECT 1" + "0".repeat(width));
            statements.put(
                    "long decimal " + width, () -> "SELECT DECIMAL '1." + "0".repeat(width) + "'");
            statements.put("long exponent " + width, () -> "SELECT 1e" + "9".repeat(width));
            statements.put("blanks " + width, () -> "SELECT" + " \n".repeat(width) + "y");
            statements.put(
                    "patterns " + width,
                    () -> "SELECT " + LONG_TEXT + " LIKE '" + "%x_".repeat(width) + "y'");
        }
        return statements;
    }

    private static List<String> limits() {
        List<String> statements = new ArrayList<>();
        String x = " FROM (VALUES 1, 2, NULL) t(x)";
        for (String number :
                List.of(
                        "9223372036854775807",
                        "-9223372036854775807",
                        "2147483648",
                        "1e308",
                        "0",
                        "-1",
                        "NULL",
                        "1e1000",
                        "99999999999999999999",
                        "nan()",
                        "infinity()")) {
            for (String frame : List.of("ROWS", "RANGE", "GROUPS")) {
                for (String side : List.of("PRECEDING", "FOLLOWING")) {
                    statements.add(
                            "SELECT sum(x) OVER (ORDER BY x "
                                    + frame
                                    + " BETWEEN CURRENT ROW AND "
                                    + number
                                    + " "
                                    + side
                                    + ")"
                                    + x);
                    statements.add(
                            "SELECT count(*) OVER (ORDER BY x DESC "
                                    + frame
                                    + " BETWEEN "
                                    + number
                                    + " "
                                    + side
                                    + " AND "
                                    + number
                                    + " "
                                    + side
                                    + ")"
                                    + x);
                }
            }
            for (String function :
                    List.of(
                            "sequence(1, #)",
                            "sequence(#, 1)",
                            "sequence(1, 2, #)",
                            "sequence(-9223372036854775807, 9223372036854775807, #)",
                            "repeat(1, #)",
                            "rpad('x', #, 'y')",
                            "lpad('x', #, 'y')",
                            "substr('abc', #, #)",
                            "split_part('a,b', ',', #)",
                            "element_at(ARRAY[1], #)",
                            "ARRAY[1][#]",
                            "slice(ARRAY[1, 2], #, #)",
                            "ngrams(ARRAY[1, 2], #)",
                            "combinations(ARRAY[1, 2, 3], #)",
                            "trim_array(ARRAY[1], #)",
                            "from_unixtime(#)",
                            "date_add('day', #, DATE '2020-01-01')",
                            "date_add('year', #, DATE '2020-01-01')",
                            "date_add('month', #, TIMESTAMP '2020-01-01 00:00:00')",
                            "date_add('second', #, TIMESTAMP '2020-01-01 00:00:00 UTC')",
                            "# * INTERVAL '1' DAY",
                            "# * INTERVAL '1' YEAR",
                            "INTERVAL '1' DAY / #",
                            "power(#, #)",
                            "mod(#, #)",
                            "# / #",
                            "# % #",
                            "# * #",
                            "# - #",
                            "abs(#)",
                            "round(#, 400)",
                            "round(#, -400)",
                            "truncate(#)",
                            "CAST(# AS integer)",
                            "CAST(# AS decimal(38, 38))",
                            "CAST(# AS varchar)",
                            "CAST(# AS tinyint)",
                            "chr(#)",
                            "bitwise_left_shift(1, #)",
                            "width_bucket(#, 1, 2, 3)",
                            "to_base(#, 36)",
                            "format('%d', #)",
                            "format('%s', #)")) {
                statements.add("SELECT " + function.replace("#", number));
                statements.add(
                        "SELECT "
                                + function.replace("#", "n")
                                + " FROM (SELECT "
                                + number
                                + " AS n FROM (VALUES 1, 2) t(x))");
            }
        }
        for (String time :
                List.of(
                        "DATE '9999-12-31'",
                        "DATE '0001-01-01'",
                        "DATE '292278994-08-17'",
                        "DATE '-292275055-05-16'",
                        "DATE '5881580-07-11'",
                        "TIMESTAMP '0000-00-00 00:00:00'",
                        "TIMESTAMP '294247-01-10 04:00:54.775'",
                        "TIMESTAMP '292278993-12-31 23:59:59.999'",
                        "TIMESTAMP '-290308-12-21 19:59:06.224 UTC'",
                        "TIMESTAMP '9999-12-31 23:59:59.999999999999'",
                        "TIMESTAMP '2020-01-01 00:00:00 Asia/Kathmandu'",
                        "TIMESTAMP '73326-09-11 20:14:45.247 UTC'")) {
            for (String function :
                    List.of(
                            "#",
                            "CAST(# AS varchar)",
                            "# + INTERVAL '1' DAY",
                            "# - INTERVAL '999999999' DAY",
                            "# + INTERVAL '178956970' YEAR",
                            "# - INTERVAL '2147483647' MONTH",
                            "date_trunc('year', #)",
                            "date_diff('second', #, DATE '1970-01-01')",
                            "to_unixtime(#)",
                            "year(#)",
                            "week(#)",
                            "last_day_of_month(#)",
                            "date_format(#, '%Y-%m-%d %W')",
                            "format_datetime(#, 'yyyy-MM-dd HH:mm:ss.SSS ZZ')",
                            "sequence(#, # + INTERVAL '10' DAY, INTERVAL '1' DAY)",
                            "sequence(#, # + INTERVAL '10' DAY, INTERVAL '1' MONTH)",
                            "# AT TIME ZONE 'America/New_York'",
                            "CAST(# AS date)",
                            "CAST(# AS timestamp(0))",
                            "CAST(# AS timestamp with time zone)")) {
                statements.add("SELECT " + function.replace("#", time));
            }
        }
        statements.addAll(
                List.of(
                        "SELECT INTERVAL '99999999999999999999' DAY",
                        "SELECT INTERVAL '9223372036854775807' SECOND",
                        "SELECT INTERVAL '2147483648' MONTH",
                        "SELECT INTERVAL '106751991167' DAY * 9",
                        "SELECT INTERVAL '999999999' DAY * 1e300",
                        "SELECT INTERVAL '178956970-7' YEAR TO MONTH * 2",
                        "SELECT sequence(1, 1000000000000)",
                        "SELECT count(*) FROM UNNEST(sequence(1, 1000000000000))",
                        "SELECT repeat('x', 1000000000)",
                        "SELECT repeat('x', 100000), repeat(repeat('x', 100000), 100000)",
                        "SELECT * FROM UNNEST(repeat(1, 100000), sequence(1, 10000)) WITH ORDINALITY",
                        "SELECT count(*) FROM UNNEST(repeat(1, 100000)), UNNEST(repeat(1, 100000)),"
                                + " UNNEST(repeat(1, 100000))",
                        "SELECT count(*) FROM UNNEST(repeat(1, 100000)) a(x) JOIN"
                                + " UNNEST(repeat(1, 100000)) b(y) ON x = y",
                        "SELECT * FROM UNNEST(repeat(1, 100000)) a(x) JOIN"
                                + " UNNEST(repeat(1, 100000)) b(y) ON x = y ORDER BY 1",
                        "SELECT DISTINCT random() FROM UNNEST(repeat(1, 100000)),"
                                + " UNNEST(repeat(1, 100000))",
                        "SELECT sum(x) OVER (ORDER BY y) FROM UNNEST(repeat(1, 100000)) a(x),"
                                + " UNNEST(repeat(1, 100000)) b(y)",
                        "SELECT combinations(sequence(1, 10000), 5)",
                        "SELECT ngrams(sequence(1, 10000), 5000)",
                        "SELECT regexp_like(" + LONG_TEXT + ", '(x+x+)+y')",
                        "SELECT regexp_like(" + LONG_TEXT + ", '(.*)(.*)(.*)(.*)(.*)[^x]')",
                        "SELECT regexp_like('x', '((((x{100}){100}){100}){100}){100}')",
                        "SELECT regexp_like('x', '" + "(".repeat(5000) + "')",
                        "SELECT regexp_extract_all(" + LONG_TEXT + ", '')",
                        "SELECT regexp_replace(" + LONG_TEXT + ", '', " + LONG_TEXT + ")",
                        "SELECT regexp_count(" + LONG_TEXT + ", 'x*?')",
                        "SELECT split(" + LONG_TEXT + ", 'x')",
                        "SELECT split_to_map(" + LONG_TEXT + ", 'x', 'x')",
                        "SELECT levenshtein_distance(" + LONG_TEXT + ", " + LONG_TEXT + ")",
                        "SELECT " + LONG_TEXT + " LIKE '" + "%x".repeat(1000) + "y%'",
                        "SELECT rpad('x', 10000000, 'x') LIKE '%" + "_".repeat(20000) + "y%'",
                        "SELECT format('%2147483647d', 1)",
                        "SELECT format('%999999999s|%1000000$s', 'x')",
                        "SELECT date_format(now(), rpad('', 60000000, '%W'))",
                        "SELECT from_base('z', 99), from_base(" + LONG_TEXT + ", 36)",
                        "SELECT CAST(" + LONG_TEXT + " AS bigint)",
                        "SELECT CAST(rpad('1', 1000000, '0') AS double)",
                        "SELECT CAST(rpad('1', 1000000, '0') AS decimal(38, 0))",
                        "SELECT CAST('1e2147483647' AS decimal(38, 0))",
                        "SELECT CAST('1e99999999' AS decimal(38, 0))",
                        "SELECT CAST('1e-99999999' AS decimal(38, 38))",
                        "SELECT CAST('1e-2147483647' AS decimal(38, 38))",
                        "SELECT CAST('1e999999999' AS bigint)",
                        "SELECT array_sort(flatten(repeat(sequence(1, 10000), 1000)))",
                        "SELECT array_sort(sequence(1, 10000), (a, b) -> CASE WHEN random() < 0.5"
                                + " THEN -1 ELSE 1 END)",
                        "SELECT reduce(sequence(1, 10000), 0, (s, a) -> s + reduce(sequence(1, 10000),"
                                + " 0, (t, b) -> t + reduce(sequence(1, 10000), 0, (u, c) -> u + c,"
                                + " u -> u % 7), t -> t % 7), s -> s)",
                        "SELECT transform(repeat(1, 100000), a -> transform(repeat(1, 100000), b ->"
                                + " transform(repeat(1, 100000), c -> a + b + c)))",
                        "SELECT approx_percentile(x, 2.0)" + x,
                        "SELECT 1 LIMIT -1",
                        "SELECT 1 LIMIT 99999999999999999999",
                        "SELECT 1 OFFSET 9223372036854775807 ROWS LIMIT 9223372036854775807",
                        "SELECT 1 ORDER BY 9999999999",
                        "SELECT 1 GROUP BY 9999999999",
                        "SELECT '\u0000', \"\u0000\"",
                        "SELECT '\ud800' || '\udc00', lower('\ud800'), reverse('\ud83d\ude00')",
                        "SELECT \u0000",
                        "SELECT `a`",
                        "SELECT 'a' 'b' \"c\" 'd'",
                        "SELECT",
                        ";",
                        "--",
                        "/*",
                        "\ufeffSELECT 1",
                        "SELECT start, end FROM x",
                        "SELECT CAST(1 AS decimal(39, 0)), CAST(1 AS decimal(0, 0))",
                        "SELECT CAST(1 AS decimal(9999999999, 9999999999))",
                        "SELECT CAST('a' AS char(9999999999))",
                        "SELECT CAST('a' AS varchar(0))",
                        "SELECT CAST('2020-01-01' AS timestamp(99))",
                        "SELECT X'" + "0".repeat(1_000_001) + "'",
                        "SELECT U&'\\+FFFFFF'",
                        "SELECT CAST('::/129' AS ipaddress)",
                        "SELECT contains('0.0.0.0/99999999999', CAST('::' AS ipaddress))",
                        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t)"
                                + " SELECT * FROM t"));
        return statements;
    }

    @TestFactory
    Stream<DynamicTest> nestedStatements() {
        return named(nested(20, 250));
    }

    @Tag("slow")
    @TestFactory
    Stream<DynamicTest> statementsNestedByTheThousand() {
        return named(nested(5_000));
    }

    @TestFactory
    Stream<DynamicTest> statementsThatGrowExponentially() {
        return named(exponential());
    }

    @TestFactory
    Stream<DynamicTest> wideStatements() {
        return named(wide(3_000));
    }

    @Tag("slow")
    @TestFactory
    Stream<DynamicTest> statementsOfAMebibyte() {
        return named(wide(100_000));
    }

    private static Stream<DynamicTest> named(Map<String, Supplier<String>> statements) {
        return statements.entrySet().stream()
                .map(one ->
                        DynamicTest.dynamicTest(one.getKey(), () -> outcome(one.getValue().get())));
    }

    @TestFactory
    Stream<DynamicTest> valuesAtTheirLimits() {
        return limits().stream()
                .map(sql ->
                        DynamicTest.dynamicTest(
                                sql.substring(0, Math.min(120, sql.length())), () -> outcome(sql)));
    }

    @Test
    void viewsThatNameThemselvesAreRefused() {
        List<Table> views =
                List.of(
                        new Table("a", List.of(), new Table.View("SELECT * FROM b")),
                        new Table("b", List.of(), new Table.View("SELECT * FROM a")));
        assertEquals("UNKNOWN_NAME", outcome("SELECT * FROM a", Catalog.of(views)));
    }

    @Test
    void viewsThatDoubleEachOtherEnd() {
        List<Table> views = new ArrayList<>();
        views.add(new Table("v0", List.of(), new Table.View("SELECT 1 AS x")));
        for (int i = 1; i <= 60; i++) {
            String before = "v" + (i - 1);
            views.add(
                    new Table(
                            "v" + i,
                            List.of(),
                            new Table.View(
                                    "SELECT * FROM " + before + " UNION SELECT * FROM " + before)));
        }
        assertEquals("LIMIT_EXCEEDED", outcome("SELECT * FROM v60", Catalog.of(views)));
    }
}
