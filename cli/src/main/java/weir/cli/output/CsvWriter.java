// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.plan.LogicalPlan.Field;

/// RFC 4180 with a header. NULL is the empty field, the empty text is `""`; lines end in a line
/// feed alone, as every reader accepts and every other tool of a pipeline expects.
final class CsvWriter extends RowWriter {
    private final boolean forTerminal;

    CsvWriter(Utf8Output out, boolean forTerminal) {
        super(out);
        this.forTerminal = forTerminal;
    }

    @Override
    void header(List<Field> header, Cell[] row) {
        for (int column = 0; column < header.size(); column++) {
            field(column, header.get(column).name());
        }
        out.put('\n');
    }

    @Override
    void row(List<Field> header, Cell[] values, int row) {
        for (int column = 0; column < values.length; column++) {
            field(column, values[column].text(row));
        }
        out.put('\n');
    }

    private void field(int column, @Nullable String value) {
        if (column > 0) {
            out.put(',');
        }
        if (value == null) {
            return;
        }
        String text = forTerminal ? Visible.text(value) : value;
        if (needsQuotes(text)) {
            out.put('"');
            out.put(text.replace("\"", "\"\""));
            out.put('"');
        } else {
            out.put(text);
        }
    }

    private static boolean needsQuotes(String text) {
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (unit == ',' || unit == '"' || unit == '\n' || unit == '\r') {
                return true;
            }
        }
        return text.isEmpty();
    }
}
