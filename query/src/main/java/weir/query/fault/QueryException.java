// SPDX-License-Identifier: Apache-2.0
package weir.query.fault;

import org.jspecify.annotations.Nullable;

/// A query could not be run, in words for whoever wrote it.
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The kinds of failure.
    public enum Code {
        /// The text is no SQL statement.
        SYNTAX,
        /// A table, column, function or question that does not exist.
        UNKNOWN_NAME,
        /// Types that do not go together, or a value outside its type.
        TYPE_MISMATCH,
        /// SQL that is not run here, refused by name.
        UNSUPPORTED,
        /// A value made the computation impossible: division by zero, overflow, a bad cast.
        INVALID_VALUE,
        /// Memory, time or another limit was reached.
        LIMIT_EXCEEDED,
        /// Somebody cancelled the query.
        CANCELLED
    }

    private final Code code;
    private final int line;
    private final int column;

    /// A failure at a place of the SQL text: line and column count from 1; 0 means no place.
    public QueryException(Code code, String message, int line, int column) {
        super(message);
        this.code = code;
        this.line = line;
        this.column = column;
    }

    /// A failure without a place.
    public QueryException(Code code, String message) {
        this(code, message, 0, 0);
    }

    /// What kind of failure.
    public Code code() {
        return code;
    }

    /// The line in the SQL text, from 1; 0 when there is no place.
    public int line() {
        return line;
    }

    /// The column in that line, from 1, in UTF-16 units; 0 when there is no place.
    public int column() {
        return column;
    }

    /// The message, with the line of `sql` and a caret under the place where there is one.
    public String describe(@Nullable String sql) {
        String message = String.valueOf(getMessage());
        if (sql == null || line < 1) {
            return message;
        }
        String[] lines = sql.split("\n", -1);
        if (line > lines.length) {
            return message;
        }
        String text = lines[line - 1].replace('\t', ' ').replace("\r", "");
        int indent = Math.max(0, Math.min(column - 1, text.length()));
        return "line %d, column %d: %s%n  %s%n  %s^"
                .formatted(line, column, message, text, " ".repeat(indent));
    }
}
