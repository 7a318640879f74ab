// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.plan.LogicalPlan.Field;

/// Values between tabs, with a header. NULL is the empty field; tab, line feed, return and
/// backslash in a value are `\t`, `\n`, `\r`, `\\`, so that a line is a row and a tab ends a field.
final class TsvWriter extends RowWriter {
    private final boolean forTerminal;

    TsvWriter(Utf8Output out, boolean forTerminal) {
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
            out.put('\t');
        }
        if (value != null) {
            String escaped = escape(value);
            out.put(forTerminal ? Visible.text(escaped) : escaped);
        }
    }

    private static String escape(String value) {
        for (int index = 0; index < value.length(); index++) {
            char unit = value.charAt(index);
            if (unit == '\t' || unit == '\n' || unit == '\r' || unit == '\\') {
                return value.replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
            }
        }
        return value;
    }
}
