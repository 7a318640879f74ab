// SPDX-License-Identifier: Apache-2.0
package weir.query.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import weir.engine.TableSnapshot;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentReader;
import weir.query.catalog.TableColumn.Derivation;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// How SQL sees a table of the store.
///
/// Decision: `SELECT *` gives the columns that at least one segment holds, in the order of the
/// schema, and all of them while there is no segment. A table knows every field that a log may
/// have, and forty columns without a value say nothing; Athena's DDL likewise lists what the logs
/// hold. A column that no segment holds can still be named and reads as absent.
final class StoredTable {
    /// The column that says which file a row came from.
    private static final String PATH = "$path";

    private StoredTable() {}

    static Table of(TableSnapshot stored) {
        Schema schema = stored.schema();
        Set<String> held = new HashSet<>();
        for (SegmentReader segment : stored.segments()) {
            for (Column column : segment.schema().columns()) {
                held.add(column.name());
            }
        }
        boolean isAnyHeld = !stored.segments().isEmpty();
        List<TableColumn> shown = new ArrayList<>();
        List<TableColumn> hidden = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean isSaved = schema.timeColumn() == null;
        for (int i = 0; i < schema.size(); i++) {
            Column column = schema.column(i);
            SavedColumn saved = isSaved ? SavedColumn.of(column) : null;
            if (saved != null) {
                shown.add(tableColumn(saved, i));
                continue;
            }
            boolean isHidden = column.isHidden() || (isAnyHeld && !held.contains(column.name()));
            (isHidden ? hidden : shown)
                    .add(
                            new TableColumn(
                                    column.name(),
                                    sqlType(column.type()),
                                    isHidden,
                                    new TableColumn.Stored(i)));
            names.add(column.name().toLowerCase(Locale.ROOT));
        }
        String timeColumn = schema.timeColumn();
        if (timeColumn != null) {
            addDerived(hidden, names, schema.indexOf(timeColumn));
        }
        addOfPath(hidden, names, schema.indexOf(PATH));
        shown.addAll(hidden);
        return new Table(stored.name(), List.copyOf(shown), new Table.Segments(stored));
    }

    private static TableColumn tableColumn(SavedColumn saved, int ordinal) {
        TableColumn.Origin origin =
                saved.isText()
                        ? new TableColumn.StoredText(ordinal)
                        : new TableColumn.Stored(ordinal);
        return new TableColumn(saved.name(), saved.type(), false, origin);
    }

    private static void addDerived(List<TableColumn> columns, Set<String> names, int timeOrdinal) {
        for (Derivation derivation : Derivation.values()) {
            String name = derivation.name().toLowerCase(Locale.ROOT);
            if (!names.contains(name)) {
                columns.add(
                        new TableColumn(
                                name,
                                derivation == Derivation.DATE ? BasicType.DATE : BasicType.VARCHAR,
                                true,
                                new TableColumn.Derived(derivation, timeOrdinal)));
            }
        }
    }

    private static void addOfPath(List<TableColumn> columns, Set<String> names, int pathOrdinal) {
        for (TableColumn.PathPart part : TableColumn.PathPart.values()) {
            if (pathOrdinal >= 0 && !names.contains(part.column())) {
                columns.add(
                        new TableColumn(
                                part.column(),
                                part.type(),
                                true,
                                new TableColumn.OfPath(part, pathOrdinal)));
            }
        }
    }

    private static SqlType sqlType(ColumnType type) {
        return switch (type) {
            case INT32 -> BasicType.INTEGER;
            case INT64 -> BasicType.BIGINT;
            case TIMESTAMP -> BasicType.TIMESTAMP_TZ;
            case TEXT, ADDRESS -> BasicType.VARCHAR;
        };
    }
}
