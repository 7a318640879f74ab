// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.util.List;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan.Field;

/// A format that prints one row after another.
abstract class RowWriter implements ResultWriter {
    final Utf8Output out;
    private List<Field> columns = List.of();
    private Cell[] cells = new Cell[0];

    RowWriter(Utf8Output out) {
        this.out = out;
    }

    @Override
    public final void begin(List<Field> newColumns) {
        columns = List.copyOf(newColumns);
        cells = columns.stream().map(column -> new Cell(column.type())).toArray(Cell[]::new);
        header(columns, cells);
    }

    @Override
    public final void batch(VectorBatch batch) {
        for (int column = 0; column < cells.length; column++) {
            cells[column].bind(batch.column(column));
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            row(columns, cells, row);
        }
    }

    @Override
    public final void end() {
        footer();
        out.flush();
    }

    /// Prints what stands before the rows.
    abstract void header(List<Field> header, Cell[] row);

    /// Prints row `row` of the batch that `values` are bound to.
    abstract void row(List<Field> header, Cell[] values, int row);

    /// Prints what stands behind the rows.
    void footer() {}
}
