// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.plan.LogicalPlan.Field;

/// Objects, one a line: in an array, or bare (JSON Lines). Numbers are numbers, NULL is null, NaN
/// and the infinities are strings, for JSON has no word for them.
final class JsonWriter extends RowWriter {
    private final boolean isArray;
    private String[] keys = new String[0];
    private boolean isFirst = true;

    JsonWriter(Utf8Output out, boolean isArray) {
        super(out);
        this.isArray = isArray;
    }

    @Override
    void header(List<Field> header, Cell[] row) {
        keys = header.stream().map(column -> JsonText.quoted(column.name())).toArray(String[]::new);
        isFirst = true;
        if (isArray) {
            out.put('[');
        }
    }

    @Override
    void row(List<Field> header, Cell[] values, int row) {
        if (isArray) {
            out.put(isFirst ? "\n" : ",\n");
            isFirst = false;
        }
        out.put('{');
        for (int column = 0; column < values.length; column++) {
            if (column > 0) {
                out.put(',');
            }
            out.put(keys[column]);
            out.put(':');
            out.put(value(values[column], values[column].text(row)));
        }
        out.put('}');
        if (!isArray) {
            out.put('\n');
        }
    }

    private static String value(Cell cell, @Nullable String text) {
        if (text == null) {
            return "null";
        }
        boolean isNumberless = text.equals("NaN") || text.endsWith("Infinity");
        return cell.isBare() && !isNumberless ? text : JsonText.quoted(text);
    }

    @Override
    void footer() {
        if (isArray) {
            out.put(isFirst ? "]\n" : "\n]\n");
        }
    }
}
