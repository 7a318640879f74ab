// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import weir.query.value.QuotedSql;

/// SQL in which `:name` stands for a value, outside of quotes and comments. Immutable.
final class SqlTemplate {
    /// Texts and names in turn, beginning and ending with a text.
    private final List<String> pieces;

    private SqlTemplate(List<String> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    static SqlTemplate parse(String sql) {
        List<String> pieces = new ArrayList<>();
        int textFrom = 0;
        int i = 0;
        while (i < sql.length()) {
            int next = QuotedSql.behind(sql, i);
            if (next == i && isName(sql, i)) {
                next = afterName(sql, i + 1);
                pieces.add(sql.substring(textFrom, i));
                pieces.add(sql.substring(i + 1, next));
                textFrom = next;
            }
            i = Math.max(next, i + 1);
        }
        pieces.add(sql.substring(textFrom));
        return new SqlTemplate(pieces);
    }

    /// The names that stand in it.
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 1; i < pieces.size(); i += 2) {
            names.add(pieces.get(i));
        }
        return names;
    }

    /// Whether something is divided by the value of `name`, which must not be 0 then.
    boolean isDivisor(String name) {
        for (int i = 1; i < pieces.size(); i += 2) {
            String before = pieces.get(i - 1).stripTrailing();
            if (pieces.get(i).equals(name) && (before.endsWith("/") || before.endsWith("%"))) {
                return true;
            }
        }
        return false;
    }

    /// The SQL with what `literals` gives for each name.
    String fill(UnaryOperator<String> literals) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            sql.append(i % 2 == 0 ? pieces.get(i) : literals.apply(pieces.get(i)));
        }
        return sql.toString();
    }

    private static boolean isName(String sql, int i) {
        return sql.charAt(i) == ':'
                && i + 1 < sql.length()
                && isLetter(sql.charAt(i + 1))
                && (i == 0 || sql.charAt(i - 1) != ':');
    }

    private static int afterName(String sql, int from) {
        int end = from;
        while (end < sql.length()
                && (isLetter(sql.charAt(end)) || Character.isDigit(sql.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
