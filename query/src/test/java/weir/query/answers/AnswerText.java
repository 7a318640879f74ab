// SPDX-License-Identifier: Apache-2.0
package weir.query.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How values stand in scripts: NULL as `NULL`, arrays as `[1, 2]`, maps as `{key=value}` by the
/// order of their keys' text, everything else as Trino's command line prints it. A text that could
/// be taken for something else is written in quotes.
public final class AnswerText {
    /// What stands between two values of a row.
    public static final String SEPARATOR = " | ";

    private static final String NULL = "NULL";

    private AnswerText() {}

    /// A text value, which is quoted where that is needed.
    public record Text(String value) {}

    /// A row of values: each null, a [Text], a list for ARRAY, a map for MAP, or anything else for
    /// what its `toString` says.
    public static String row(List<? extends @Nullable Object> values) {
        return values.stream()
                .map(value -> of(value, false))
                .collect(Collectors.joining(SEPARATOR));
    }

    private static String of(@Nullable Object value, boolean isNested) {
        return switch (value) {
            case null -> NULL;
            case Text text -> quoted(text.value(), isNested);
            case List<?> list ->
                    list.stream()
                            .map(element -> of(element, true))
                            .collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry ->
                                    of(entry.getKey(), true) + "=" + of(entry.getValue(), true))
                            .sorted()
                            .collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString();
        };
    }

    private static String quoted(String text, boolean isNested) {
        boolean isPlain =
                !text.isEmpty()
                        && text.equals(text.strip())
                        && !text.equals(NULL)
                        && "\"#>".indexOf(text.charAt(0)) < 0
                        && !text.startsWith("ERROR ")
                        && text.chars().allMatch(c -> isPlain(c, isNested));
        if (isPlain) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == '|' || c == 0x7f) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isPlain(int c, boolean isNested) {
        return c >= ' ' && c != '|' && c != 0x7f && !(isNested && "[]{}=,\"".indexOf(c) >= 0);
    }

    /// The text that a cell of a file stands for, null for NULL.
    static @Nullable String read(String cell) {
        if (cell.equals(NULL)) {
            return null;
        }
        if (!cell.startsWith("\"")) {
            return cell;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < cell.length() - 1; i++) {
            char c = cell.charAt(i);
            if (c == '\\' && cell.charAt(i + 1) == 'u') {
                text.append((char) Integer.parseInt(cell.substring(i + 2, i + 6), 16));
                i += 5;
            } else if (c == '\\') {
                i++;
                text.append(cell.charAt(i));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /// The cells of a row or of a line of columns.
    static List<String> cells(String line) {
        return new ArrayList<>(List.of(line.split(" \\| ", -1)));
    }
}
