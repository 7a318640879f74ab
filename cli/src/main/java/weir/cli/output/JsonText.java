// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

/// Strings as JSON writes them.
public final class JsonText {
    private JsonText() {}

    /// `text` between quotation marks, escaped. Control characters, C1 ones included, are escapes,
    /// so that the output is safe to look at in a terminal.
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            switch (unit) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Visible.isControl(unit)) {
                        quoted.append(Visible.escape(unit));
                    } else {
                        quoted.append(unit);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
