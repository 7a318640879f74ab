// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.parser.ParsingException;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;
import weir.query.value.QuotedSql;

/// SQL text to Trino's syntax tree.
public final class SqlParser {
    /// Most brackets and CASE inside of each other: the parser's time and stack grow with them.
    private static final int BRACKETS_MAX = 300;

    private SqlParser() {}

    private static final int NAME_PARTS_MAX = 100;

    /// One statement of a text: the UTF-16 units `[from, to)`, without blanks and the `;`.
    private record Range(int from, int to) {}

    /// The statements that `sql` holds, separated by `;` outside of quotes and comments, without
    /// surrounding blanks. Statements of nothing but comments do not count.
    public static List<String> split(String sql) {
        return ranges(sql).stream().map(range -> sql.substring(range.from, range.to)).toList();
    }

    /// The one statement of `sql`; a `;` may follow it.
    ///
    /// @throws QueryException when it is none, with the place
    static Statement parse(String sql) {
        List<Range> ranges = ranges(sql);
        if (ranges.isEmpty()) {
            throw new QueryException(Code.SYNTAX, "the statement is empty", 1, 1);
        }
        if (ranges.size() > 1) {
            throw failureAt(
                    sql,
                    ranges.get(1).from,
                    Code.SYNTAX,
                    "one statement at a time: a second one starts here");
        }
        String text = sql.substring(0, ranges.getFirst().to);
        requireShallow(text);
        requireShortNames(text);
        try {
            return new io.trino.sql.parser.SqlParser().createStatement(text);
        } catch (ParsingException e) {
            throw String.valueOf(e.getErrorMessage()).contains("stack overflow")
                    ? tooDeep()
                    : SyntaxAdvice.explain(text, e);
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    /// The query of a view.
    static Query parseQuery(String sql) {
        Statement statement = parse(sql);
        if (statement instanceof Query query) {
            return query;
        }
        throw new QueryException(Code.SYNTAX, "the text is no query", 1, 1);
    }

    /// A statement whose expressions or queries are nested deeper than the stack allows.
    static QueryException tooDeep() {
        return new QueryException(Code.LIMIT_EXCEEDED, "the statement is nested too deeply");
    }

    private static void requireShallow(String sql) {
        int depth = 0;
        int i = 0;
        while (i < sql.length()) {
            int next = QuotedSql.behind(sql, i);
            if (next == i) {
                depth += step(sql, i);
                if (depth > BRACKETS_MAX) {
                    throw failureAt(
                            sql,
                            i,
                            Code.LIMIT_EXCEEDED,
                            "brackets and CASE are nested deeper than " + BRACKETS_MAX + " levels");
                }
                next = i + 1;
            }
            i = next;
        }
    }

    /// The parser's time grows with the cube of the parts of a name with dots: thousands of them
    /// take minutes, or the stack, as the JVM has compiled.
    private static void requireShortNames(String sql) {
        int dots = 0;
        boolean isBehindDot = false;
        boolean isBehindBlank = false;
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            int quoted = QuotedSql.behind(sql, i);
            boolean isQuotedName = quoted > i && c == '"';
            boolean isComment = quoted > i && c != '\'' && c != '"';
            if (c <= ' ' || isComment) {
                isBehindBlank = true;
            } else if (c == '.') {
                dots++;
                isBehindDot = true;
                isBehindBlank = false;
            } else {
                boolean goesOn =
                        (isQuotedName || Character.isJavaIdentifierPart(c))
                                && (isBehindDot || !isBehindBlank);
                dots = goesOn ? dots : 0;
                isBehindDot = false;
                isBehindBlank = false;
            }
            if (dots > NAME_PARTS_MAX) {
                throw failureAt(
                        sql,
                        i,
                        Code.LIMIT_EXCEEDED,
                        "a name has more than " + NAME_PARTS_MAX + " parts with dots between them");
            }
            i = Math.max(quoted, i + 1);
        }
    }

    /// 1 where something opens at `i`, -1 where it closes: brackets, CASE and its END.
    private static int step(String sql, int i) {
        return switch (sql.charAt(i)) {
            case '(', '[' -> 1;
            case ')', ']' -> -1;
            case 'c', 'C' -> isWord(sql, i, "case") ? 1 : 0;
            case 'e', 'E' -> isWord(sql, i, "end") ? -1 : 0;
            default -> 0;
        };
    }

    private static boolean isWord(String sql, int i, String word) {
        int end = i + word.length();
        return sql.regionMatches(true, i, word, 0, word.length())
                && (i == 0 || !Character.isJavaIdentifierPart(sql.charAt(i - 1)))
                && (end >= sql.length() || !Character.isJavaIdentifierPart(sql.charAt(end)));
    }

    private static QueryException failureAt(String sql, int index, Code code, String message) {
        String before = sql.substring(0, index);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = index - before.lastIndexOf('\n');
        return new QueryException(code, message, line, column);
    }

    private static List<Range> ranges(String sql) {
        List<Range> ranges = new ArrayList<>();
        int from = -1;
        int to = 0;
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            int quoted = QuotedSql.behind(sql, i);
            int next = Math.max(quoted, i + 1);
            boolean isComment = quoted > i && c != '\'' && c != '"';
            if (c == ';') {
                if (from >= 0) {
                    ranges.add(new Range(from, to));
                }
                from = -1;
            } else if (c > ' ' && !isComment) {
                from = from < 0 ? i : from;
                to = next;
            }
            i = next;
        }
        if (from >= 0) {
            ranges.add(new Range(from, to));
        }
        return ranges;
    }
}
