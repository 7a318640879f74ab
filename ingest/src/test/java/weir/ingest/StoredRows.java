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
            List<Map<String, String>> rows = new ArrayList<>();
            if (snapshot != null) {
                for (SegmentReader segment : snapshot.segments()) {
                    add(snapshot, segment, rows);
                }
            }
            return rows;
        }
    }

    private static void add(
            TableSnapshot table, SegmentReader segment, List<Map<String, String>> rows) {
        SegmentScan scan =
                SegmentScan.of(
                        segment,
                        ScanRequest.of(table.schema().columns(), null),
                        new ScanMetrics());
        VectorBatch batch = scan.next();
        while (batch != null) {
            for (int row = 0; row < batch.rowCount(); row++) {
                Map<String, String> values = new LinkedHashMap<>();
                for (int column = 0; column < table.schema().size(); column++) {
                    values.put(
                            table.schema().column(column).name(),
                            text(batch.column(column), row));
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
            case Vector.Codes codes ->
                    String.valueOf(codes.dictionary().text(codes.codes()[row]));
            default -> throw new AssertionError("no such vector in a table: " + vector);
        };
    }

    /// The values of one column.
    public static List<String> column(Path store, String table, String column) {
        return of(store, table).stream().map(row -> String.valueOf(row.get(column))).toList();
    }
}
