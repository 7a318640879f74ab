// SPDX-License-Identifier: Apache-2.0
package weir.query.answers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Compares answers, as lines: the columns, then the rows.
public final class Answers {
    /// What starts the only line of a statement that fails.
    public static final String ERROR = "ERROR ";

    private static final double DOUBLE_ERROR_MAX = 1e-11;
    private static final double REAL_ERROR_MAX = 1e-5;

    private Answers() {}

    /// What is wrong with an answer of Weir's; null when nothing is.
    public static @Nullable String difference(
            String sql, List<String> expected, List<String> actual) {
        if (expected.isEmpty()) {
            return "No answer is recorded. Weir's is:\n" + String.join("\n", actual);
        }
        boolean isSame =
                isFailure(expected)
                        ? isFailure(actual)
                                && Failures.isSame(expected.getFirst(), actual.getFirst())
                        : !isFailure(actual) && areSame(sql, expected, actual);
        return isSame
                ? null
                : "%s%nexpected:%n%s%nfound:%n%s"
                        .formatted(
                                sql,
                                String.join("\n", inOrder(sql, expected)),
                                String.join("\n", inOrder(sql, actual)));
    }

    private static boolean isFailure(List<String> lines) {
        return lines.getFirst().startsWith(ERROR);
    }

    private static boolean areSame(String sql, List<String> expected, List<String> actual) {
        if (expected.size() != actual.size() || !expected.getFirst().equals(actual.getFirst())) {
            return false;
        }
        List<String> types = types(expected.getFirst());
        List<String> left = inOrder(sql, expected);
        List<String> right = inOrder(sql, actual);
        for (int row = 1; row < left.size(); row++) {
            if (!isSameRow(left.get(row), right.get(row), types)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> types(String columns) {
        List<String> types = new ArrayList<>();
        for (String column : AnswerText.cells(columns)) {
            types.add(column.substring(column.lastIndexOf(' ') + 1));
        }
        return types;
    }

    private static boolean isSameRow(String left, String right, List<String> types) {
        List<String> expected = AnswerText.cells(left);
        List<String> actual = AnswerText.cells(right);
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int c = 0; c < expected.size(); c++) {
            String type = c < types.size() ? types.get(c) : "";
            if (!expected.get(c).equals(actual.get(c))
                    && !isNear(expected.get(c), actual.get(c), type)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNear(String expected, String actual, String type) {
        boolean isDouble = type.equals("double");
        if ((!isDouble && !type.equals("real")) || isWord(expected) || isWord(actual)) {
            return false;
        }
        double left = Double.parseDouble(expected);
        double right = Double.parseDouble(actual);
        double most = isDouble ? DOUBLE_ERROR_MAX : REAL_ERROR_MAX;
        return Math.abs(left - right) <= most * Math.max(Math.abs(left), Math.abs(right))
                && left != 0;
    }

    /// Whether a number's text is no digits: NULL, NaN, Infinity.
    private static boolean isWord(String text) {
        return Character.isLetter(text.charAt(text.startsWith("-") ? 1 : 0));
    }

    /// The lines of an answer: rows sorted by their text where the statement leaves their order
    /// open.
    public static List<String> inOrder(String sql, List<String> lines) {
        if (isOrdered(sql) || lines.size() < 3) {
            return lines;
        }
        List<String> types = types(lines.getFirst());
        List<String> sorted = new ArrayList<>(lines.subList(1, lines.size()));
        sorted.sort(
                Comparator.comparing((String line) -> rounded(line, types))
                        .thenComparing(Comparator.naturalOrder()));
        sorted.addFirst(lines.getFirst());
        return sorted;
    }

    /// A row's text with inexact numbers rounded, so that their last digits decide nothing.
    private static String rounded(String line, List<String> types) {
        List<String> cells = AnswerText.cells(line);
        for (int c = 0; c < Math.min(cells.size(), types.size()); c++) {
            boolean isInexact = types.get(c).equals("double") || types.get(c).equals("real");
            if (isInexact && !isWord(cells.get(c))) {
                double number = Double.parseDouble(cells.get(c));
                cells.set(c, String.format(Locale.ROOT, "%.8e", number));
            }
        }
        return String.join(AnswerText.SEPARATOR, cells);
    }

    /// Whether the statement as a whole has an ORDER BY: one outside of parentheses and quotes.
    static boolean isOrdered(String sql) {
        StringBuilder outside = new StringBuilder();
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (depth == 0) {
                outside.append(Character.isWhitespace(c) ? ' ' : Character.toUpperCase(c));
            }
        }
        return outside.toString().contains("ORDER BY");
    }
}
