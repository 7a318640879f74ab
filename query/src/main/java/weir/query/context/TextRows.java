// SPDX-License-Identifier: Apache-2.0
package weir.query.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.engine.TableSnapshot;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.catalog.Catalog;
import weir.query.catalog.ContextTable;
import weir.query.catalog.Table;
import weir.query.catalog.TableColumn;

/// Columns of text of a table of context, whoever made it: one that lacks a column, or has
/// something else under its name, says nothing there.
final class TextRows {
    private TextRows() {}

    /// The rows of `table` with the columns `names`, null where there is no value.
    ///
    /// @param table null has no rows
    static List<@Nullable String[]> read(@Nullable Table table, String... names) {
        List<@Nullable String[]> rows = new ArrayList<>();
        if (table == null) {
            return rows;
        }
        switch (table.source()) {
            case Table.Segments(TableSnapshot snapshot) -> read(snapshot, names, rows);
            case Table.Rows memory -> read(table.columns(), memory, names, rows);
            case Table.View _ -> {}
        }
        return rows;
    }

    /// The rows of a table of context that a store or a statement has.
    static List<@Nullable String[]> read(Catalog catalog, ContextTable table, String... names) {
        return read(catalog.context(table), names);
    }

    private static void read(
            List<TableColumn> columns,
            Table.Rows memory,
            String[] names,
            List<@Nullable String[]> rows) {
        int[] ordinals = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            ordinals[i] =
                    columns.stream()
                            .filter(column -> column.name().equalsIgnoreCase(name))
                            .map(TableColumn::origin)
                            .filter(TableColumn.Stored.class::isInstance)
                            .mapToInt(origin -> ((TableColumn.Stored) origin).ordinal())
                            .findFirst()
                            .orElse(-1);
        }
        for (@Nullable Object[] row : memory.rows()) {
            @Nullable String[] texts = new @Nullable String[names.length];
            for (int i = 0; i < names.length; i++) {
                Object value = ordinals[i] < 0 ? null : row[ordinals[i]];
                texts[i] = value instanceof String text ? text : null;
            }
            rows.add(texts);
        }
    }

    private static void read(
            TableSnapshot snapshot, String[] names, List<@Nullable String[]> rows) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(column(snapshot.schema(), name));
        }
        for (SegmentReader segment : snapshot.segments()) {
            SegmentScan scan =
                    SegmentScan.of(segment, ScanRequest.of(columns, null), new ScanMetrics());
            for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    @Nullable String[] texts = new @Nullable String[names.length];
                    for (int i = 0; i < names.length; i++) {
                        texts[i] =
                                batch.column(i) instanceof Vector.Codes codes
                                        ? codes.text(row)
                                        : null;
                    }
                    rows.add(texts);
                }
            }
            segment.checkLength();
        }
    }

    /// The column of that name; where there is none one that nobody has, which reads as absent.
    private static Column column(Schema schema, String name) {
        for (Column column : schema.columns()) {
            boolean isText = column.type() == ColumnType.TEXT;
            if (isText && column.name().toLowerCase(Locale.ROOT).equals(name)) {
                return column;
            }
        }
        return Column.text("~none:" + name);
    }
}
