// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import weir.engine.schema.Column;

/// The rows of one column of a segment under construction. Confined to one thread.
///
/// Whoever fills a column asks for room, writes into the array from row `builder.rowCount()` on,
/// and says how far it got; [SegmentBuilder#addRows] completes columns that were not filled with
/// absent values.
public abstract sealed class ColumnRows permits NumberRows, CodeRows {
    private final Column column;
    private int filled;

    ColumnRows(Column column) {
        this.column = column;
    }

    /// The column.
    public final Column column() {
        return column;
    }

    /// Says that rows below `rows` have their value.
    public final void filledTo(int rows) {
        filled = rows;
    }

    final void completeTo(int rows) {
        if (filled < rows) {
            fillAbsent(filled, rows);
        }
        filled = rows;
    }

    abstract void fillAbsent(int from, int to);
}
