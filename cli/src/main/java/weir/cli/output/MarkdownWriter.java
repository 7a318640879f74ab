// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.plan.LogicalPlan.Field;

/// A table in Markdown (the pipe form). NULL is an empty cell; `|` and backslash are escaped.
final class MarkdownWriter extends RowWriter {
    private boolean isFirstResult = true;

    MarkdownWriter(Utf8Output out) {
        super(out);
    }

    @Override
    void header(List<Field> header, Cell[] row) {
        if (!isFirstResult) {
            out.put('\n');
        }
        isFirstResult = false;
        for (Field column : header) {
            out.put("| ");
            out.put(escape(column.name()));
            out.put(' ');
        }
        out.put("|\n");
        for (Cell cell : row) {
            out.put(cell.isRightAligned() ? "| ---: " : "| --- ");
        }
        out.put("|\n");
    }

    @Override
    void row(List<Field> header, Cell[] values, int row) {
        for (Cell cell : values) {
            out.put("| ");
            out.put(escape(cell.text(row)));
            out.put(' ');
        }
        out.put("|\n");
    }

    private static String escape(@Nullable String value) {
        return value == null ? "" : Visible.text(value.replace("\\", "\\\\").replace("|", "\\|"));
    }
}
