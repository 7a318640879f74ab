// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.util.List;
import weir.query.plan.LogicalPlan.Field;

/// Objects, one a line: in an array, or bare (JSON Lines).
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
            out.put(values[column].json(row));
        }
        out.put('}');
        if (!isArray) {
            out.put('\n');
        }
    }

    @Override
    void footer() {
        if (isArray) {
            out.put(isFirst ? "]\n" : "\n]\n");
        }
    }
}
