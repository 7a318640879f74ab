// SPDX-License-Identifier: Apache-2.0
package weir.ingest.record;

import java.util.Set;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;

/// One field of the lines of a log.
///
/// @param name as header lines spell it
/// @param kind what its text looks like
/// @param column the column it becomes; a [FieldKind#STAMP] becomes none, whatever stands here
public record FormatField(String name, FieldKind kind, Column column) {
    /// The time stamp before each record of a CloudWatch Logs export.
    static final FormatField STAMP =
            new FormatField("timestamp", FieldKind.STAMP, Column.text("$stamp"));

    static FormatField of(FlowField field) {
        return new FormatField(field.headerName(), field.kind(), field.column());
    }

    /// Columns that a query adds to what is stored, from a record's time.
    private static final Set<String> TIME_PARTS = Set.of("date", "year", "month", "day", "hour");

    /// A field that nobody documented: text. Its dictionary is its own, whatever its name. A name
    /// of one of the columns that queries add (`date`, `year`, `month`, `day`, `hour`) would hide
    /// that column: it is stored with `_field` behind it.
    static FormatField unknown(String name) {
        String spelled = FlowField.columnName(name);
        String column = TIME_PARTS.contains(spelled) ? spelled + "_field" : spelled;
        return new FormatField(
                name,
                FieldKind.TEXT,
                new Column(
                        column, ColumnType.TEXT, "header." + column, FlowField.ABSENT_TEXT, false));
    }
}
