// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// All rows of all tables of a store, to be compared, and what lies around in its directory.
///
/// @param rows of each table the text of its rows, sorted
public record StoreContent(Map<String, List<String>> rows) {

    /// What the store in `directory` holds.
    public static StoreContent of(Path directory) {
        try (Store store = Store.open(directory)) {
            return of(store);
        }
    }

    /// What `store` holds now.
    public static StoreContent of(Store store) {
        Map<String, List<String>> rows = new TreeMap<>();
        try (Snapshot snapshot = store.snapshot()) {
            snapshot.tables().forEach((name, table) -> rows.put(name, rows(table)));
        }
        return new StoreContent(rows);
    }

    private static List<String> rows(TableSnapshot table) {
        List<Column> columns = table.schema().columns();
        List<String> rows = new ArrayList<>();
        for (SegmentReader segment : table.segments()) {
            ScanRequest all = ScanRequest.of(columns, null);
            SegmentScan scan = SegmentScan.of(segment, all, new ScanMetrics());
            for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < columns.size(); i++) {
                        text.append(columns.get(i).name()).append('=');
                        text.append(text(batch.column(i), row)).append(' ');
                    }
                    rows.add(text.toString());
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    private static String text(Vector vector, int row) {
        return switch (vector) {
            case Vector.Codes codes -> String.valueOf(codes.dictionary().text(codes.codes()[row]));
            case Vector.Longs longs -> longs.isNull(row) ? "null" : longs.values()[row] + "";
            default -> throw new AssertionError("no such vector in a table: " + vector);
        };
    }

    /// Files in the store in `directory` that belong to nothing: partial and unpublished ones.
    public static List<String> strayFiles(Path directory) {
        try (Store store = Store.open(directory)) {
            return strayFiles(directory, store);
        }
    }

    /// The same of a `store` that is open.
    public static List<String> strayFiles(Path directory, Store store) {
        TreeSet<String> found = new TreeSet<>();
        try (var files = Files.walk(directory)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> found.add(directory.relativize(file).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.removeAll(List.of("manifest", "lock"));
        try (Snapshot snapshot = store.snapshot()) {
            for (TableSnapshot table : snapshot.tables().values()) {
                for (SegmentReader segment : table.segments()) {
                    found.remove(directory.relativize(segment.path()).toString());
                }
            }
        }
        return List.copyOf(found);
    }
}
