// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

/// What in a text of SQL is quoted or a comment, so that nothing in it means anything to whoever
/// looks for words or signs.
public final class QuotedSql {
    private QuotedSql() {}

    /// The index behind the quoted text, quoted name or comment that starts at `i`; `i` when none
    /// does. A doubled quote inside reads as two of them in a row, which comes to the same.
    public static int behind(String sql, int i) {
        char c = sql.charAt(i);
        if (c == '\'' || c == '"') {
            return behindNext(sql, i + 1, String.valueOf(c));
        }
        if (sql.startsWith("--", i)) {
            return behindNext(sql, i, "\n");
        }
        return sql.startsWith("/*", i) ? behindNext(sql, i + 2, "*/") : i;
    }

    /// The index behind the next `end` at or after `from`, else the length.
    private static int behindNext(String sql, int from, String end) {
        int at = sql.indexOf(end, from);
        return at < 0 ? sql.length() : at + end.length();
    }
}
