// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.plan.LogicalPlan.Field;

/// Columns side by side. The widths follow from the first [#LAYOUT_ROWS] rows; a wider value
/// further down pushes its line to the right. NULL is an empty cell.
final class TableWriter extends RowWriter {
    /// Rows that wait for the widths: enough for any answer that a person reads.
    static final int LAYOUT_ROWS = 2_000;

    private final List<String[]> waiting = new ArrayList<>();
    private List<Field> columns = List.of();
    private boolean[] isRight = new boolean[0];
    private int @Nullable [] widths;
    private boolean isFirstResult = true;

    TableWriter(Utf8Output out) {
        super(out);
    }

    @Override
    void header(List<Field> header, Cell[] row) {
        columns = header;
        isRight = new boolean[row.length];
        for (int column = 0; column < row.length; column++) {
            isRight[column] = row[column].isRightAligned();
        }
        widths = null;
        if (!isFirstResult) {
            out.put('\n');
        }
        isFirstResult = false;
    }

    @Override
    void row(List<Field> header, Cell[] values, int row) {
        String[] texts = new String[values.length];
        int height = 1;
        for (int column = 0; column < values.length; column++) {
            String value = values[column].text(row);
            texts[column] = value == null ? "" : value;
            height =
                    Math.max(
                            height, 1 + (int) texts[column].chars().filter(c -> c == '\n').count());
        }
        for (int part = 0; part < height; part++) {
            print(height == 1 ? texts : part(texts, part));
        }
    }

    /// Line `part` of each value: a plan has several, what comes from logs has one.
    private static String[] part(String[] texts, int part) {
        String[] parts = new String[texts.length];
        for (int column = 0; column < texts.length; column++) {
            String[] lines = texts[column].split("\n", -1);
            parts[column] = part < lines.length ? lines[part] : "";
        }
        return parts;
    }

    private void print(String[] line) {
        for (int column = 0; column < line.length; column++) {
            line[column] = Visible.text(line[column]);
        }
        if (widths == null) {
            waiting.add(line);
            if (waiting.size() >= LAYOUT_ROWS) {
                layOut();
            }
        } else {
            line(line, widths, isRight);
        }
    }

    private void layOut() {
        String[] names =
                columns.stream().map(column -> Visible.text(column.name())).toArray(String[]::new);
        int[] needed = new int[names.length];
        for (int column = 0; column < names.length; column++) {
            needed[column] = Visible.width(names[column]);
            for (String[] line : waiting) {
                needed[column] = Math.max(needed[column], Visible.width(line[column]));
            }
        }
        line(names, needed, isRight);
        for (int column = 0; column < needed.length; column++) {
            out.put(column == 0 ? "-" : "+-");
            out.repeat('-', needed[column] + 1);
        }
        out.put('\n');
        for (String[] line : waiting) {
            line(line, needed, isRight);
        }
        waiting.clear();
        widths = needed;
    }

    private void line(String[] values, int[] cellWidths, boolean[] rightAligned) {
        int pending = 0; // blanks are written only when something follows them
        for (int column = 0; column < values.length; column++) {
            int padding = Math.max(0, cellWidths[column] - Visible.width(values[column]));
            if (column > 0) {
                out.repeat(' ', pending + 1);
                out.put('|');
                pending = 0;
            }
            pending++;
            if (rightAligned[column]) {
                pending += padding;
                padding = 0;
            }
            if (!values[column].isEmpty()) {
                out.repeat(' ', pending);
                out.put(values[column]);
                pending = 0;
            }
            pending += padding;
        }
        out.put('\n');
    }

    @Override
    void footer() {
        if (widths == null) {
            layOut();
        }
    }
}
