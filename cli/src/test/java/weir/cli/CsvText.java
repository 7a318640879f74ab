// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import java.util.ArrayList;
import java.util.List;

/// Reads CSV by RFC 4180.
final class CsvText {
    private CsvText() {}

    /// The cells of each line, the header's among them.
    static List<List<String>> parse(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean isQuoted = false;
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (isQuoted) {
                if (unit != '"') {
                    cell.append(unit);
                } else if (index + 1 < text.length() && text.charAt(index + 1) == '"') {
                    cell.append('"');
                    index++;
                } else {
                    isQuoted = false;
                }
            } else if (unit == '"') {
                isQuoted = true;
            } else if (unit == ',' || unit == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                if (unit == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                cell.append(unit);
            }
        }
        if (isQuoted || !row.isEmpty() || !cell.isEmpty()) {
            throw new IllegalArgumentException("the last line does not end: " + text);
        }
        return rows;
    }
}
