// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.parser.ParsingException;
import io.trino.sql.tree.Statement;

import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;

import java.util.ArrayList;
import java.util.List;

/// SQL text to Trino's syntax tree.
public final class SqlParser {
    private SqlParser() {}

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
                    sql, ranges.get(1).from, "one statement at a time: a second one starts here");
        }
        String text = sql.substring(0, ranges.getFirst().to);
        try {
            return new io.trino.sql.parser.SqlParser().createStatement(text);
        } catch (ParsingException e) {
            throw SyntaxAdvice.explain(text, e);
        } catch (StackOverflowError e) {
            throw new QueryException(Code.LIMIT_EXCEEDED, "the statement is nested too deeply");
        }
    }

    private static QueryException failureAt(String sql, int index, String message) {
        String before = sql.substring(0, index);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = index - before.lastIndexOf('\n');
        return new QueryException(Code.SYNTAX, message, line, column);
    }

    private static List<Range> ranges(String sql) {
        List<Range> ranges = new ArrayList<>();
        int from = -1;
        int to = 0;
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            int next = i + 1;
            boolean isBlank = c <= ' ';
            if (c == '\'' || c == '"') {
                next = after(sql, i + 1, String.valueOf(c));
            } else if (sql.startsWith("--", i)) {
                next = after(sql, i, "\n");
                isBlank = true;
            } else if (sql.startsWith("/*", i)) {
                next = after(sql, i + 2, "*/");
                isBlank = true;
            } else if (c == ';') {
                if (from >= 0) {
                    ranges.add(new Range(from, to));
                }
                from = -1;
                isBlank = true;
            }
            if (!isBlank) {
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

    /// The index behind the next `end` at or after `from`, else the length.
    private static int after(String sql, int from, String end) {
        int at = sql.indexOf(end, from);
        return at < 0 ? sql.length() : at + end.length();
    }
}
