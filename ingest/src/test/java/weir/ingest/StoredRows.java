// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import weir.engine.Store;
import weir.engine.TableSnapshot;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// Rows of a table of a store as text, for comparing.
public final class StoredRows {
    private StoredRows() {}

    /// All rows of `table`: column name to text; NULL is the text `NULL`.
    public static List<Map<String, String>> of(Path store, String table) {
        try (Store open = Store.open(store)) {
            TableSnapshot snapshot = open.snapshot().table(table);
            return snapshot == null ? List.of() : rows(snapshot, snapshot.schema().columns());
        }
    }

    /// The values of `columns` of all rows of `table`, a text for each row, sorted: a store does
    /// not keep the order of arrival.
    public static List<String> sorted(Path store, String table, List<String> columns) {
        try (Store open = Store.open(store)) {
            TableSnapshot snapshot = open.snapshot().table(table);
            if (snapshot == null) {
                return List.of();
            }
            List<Column> wanted =
                    columns.stream()
                            .map(c -> snapshot.schema().column(snapshot.schema().indexOf(c)))
                            .toList();
            return rows(snapshot, wanted).stream()
                    .map(row -> String.join(" ", row.values()))
                    .sorted()
                    .toList();
        }
    }

    private static List<Map<String, String>> rows(TableSnapshot table, List<Column> columns) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (SegmentReader segment : table.segments()) {
            add(columns, segment, rows);
        }
        return rows;
    }

    private static void add(
            List<Column> columns, SegmentReader segment, List<Map<String, String>> rows) {
        SegmentScan scan =
                SegmentScan.of(segment, ScanRequest.of(columns, null), new ScanMetrics());
        VectorBatch batch = scan.next();
        while (batch != null) {
            for (int row = 0; row < batch.rowCount(); row++) {
                Map<String, String> values = new LinkedHashMap<>();
                for (int column = 0; column < columns.size(); column++) {
                    values.put(columns.get(column).name(), text(batch.column(column), row));
                }
                rows.add(values);
            }
            batch = scan.next();
        }
    }

    private static String text(Vector vector, int row) {
        if (vector.isNull(row)) {
            return "NULL";
        }
        return switch (vector) {
            case Vector.Longs longs -> String.valueOf(longs.values()[row]);
            case Vector.Codes codes -> String.valueOf(codes.dictionary().text(codes.codes()[row]));
            default -> throw new AssertionError("no such vector in a table: " + vector);
        };
    }

    /// The values of one column.
    public static List<String> column(Path store, String table, String column) {
        return of(store, table).stream().map(row -> String.valueOf(row.get(column))).toList();
    }
}
