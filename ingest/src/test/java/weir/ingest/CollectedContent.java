// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.TableSnapshot;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.ingest.record.FlowTables;

/// Everything that was collected into a store, file by file, to be compared.
///
/// @param generation how many times the store was changed
/// @param ledger of each file what the ledger says, but for the time, in the order of the commits
/// @param flows of each file its records: how many, and the sum of the hashes of all their values
/// @param rejected of each file its rejected lines
record CollectedContent(
        long generation,
        Map<String, String> ledger,
        Map<String, Records> flows,
        Map<String, List<String>> rejected) {

    /// @param count how many
    /// @param hashes the sum of their hashes, each over all columns
    record Records(long count, long hashes) {
        Records plus(Records other) {
            return new Records(count + other.count, hashes + other.hashes);
        }
    }

    private interface RowReader {
        void row(VectorBatch batch, int row);
    }

    /// What the store in `directory` holds; nothing when there is no store.
    static CollectedContent of(Path directory) {
        Map<String, String> ledger = new LinkedHashMap<>();
        Map<String, Records> flows = new TreeMap<>();
        Map<String, List<String>> rejected = new TreeMap<>();
        if (Files.notExists(directory.resolve("manifest"))) {
            return new CollectedContent(-1, ledger, flows, rejected);
        }
        try (Store store = Store.open(directory);
                Snapshot snapshot = store.snapshot()) {
            List<Column> files = new ArrayList<>(FlowTables.FILES_SCHEMA.columns());
            files.remove(FlowTables.FILE_COLLECTED);
            read(
                    snapshot,
                    FlowTables.FILES,
                    files,
                    (batch, row) -> {
                        String path = text(batch.column(0), row);
                        String before = ledger.put(path, text(batch, row));
                        if (before != null) {
                            throw new AssertionError(path + " is in the ledger twice");
                        }
                    });
            List<Column> lines = FlowTables.REJECTED_LINES_SCHEMA.columns();
            read(
                    snapshot,
                    FlowTables.REJECTED_LINES,
                    lines,
                    (batch, row) ->
                            rejected.computeIfAbsent(
                                            text(batch.column(0), row), _ -> new ArrayList<>())
                                    .add(text(batch, row)));
            List<Column> fields = new ArrayList<>(List.of(FlowTables.PATH));
            TableSnapshot table = snapshot.table(FlowTables.FLOWS);
            fields.addAll(table == null ? List.of() : table.schema().columns());
            read(
                    snapshot,
                    FlowTables.FLOWS,
                    fields,
                    (batch, row) ->
                            flows.merge(
                                    text(batch.column(0), row),
                                    new Records(1, hash(batch, row)),
                                    Records::plus));
            return new CollectedContent(snapshot.generation(), ledger, flows, rejected);
        }
    }

    private static void read(
            Snapshot snapshot, String name, List<Column> columns, RowReader reader) {
        TableSnapshot table = snapshot.table(name);
        for (SegmentReader segment : table == null ? List.<SegmentReader>of() : table.segments()) {
            SegmentScan scan =
                    SegmentScan.of(segment, ScanRequest.of(columns, null), new ScanMetrics());
            for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    reader.row(batch, row);
                }
            }
        }
    }

    private static String text(VectorBatch batch, int row) {
        List<String> values = new ArrayList<>();
        for (Vector column : batch.columns()) {
            values.add(text(column, row));
        }
        return String.join("|", values);
    }

    private static String text(Vector vector, int row) {
        return switch (vector) {
            case Vector.Codes codes -> String.valueOf(codes.dictionary().text(codes.codes()[row]));
            case Vector.Longs longs -> longs.isNull(row) ? "NULL" : longs.values()[row] + "";
            default -> throw new AssertionError("no such vector in a table: " + vector);
        };
    }

    private static long hash(VectorBatch batch, int row) {
        long hash = 1;
        for (Vector column : batch.columns()) {
            long value =
                    column instanceof Vector.Longs longs
                            ? longs.isNull(row) ? -1 : longs.values()[row]
                            : text(column, row).hashCode();
            hash = (hash ^ value) * 0x9e37_79b9_7f4a_7c15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /// The same of the first `count` files alone.
    CollectedContent prefix(int count) {
        Map<String, String> first = new LinkedHashMap<>();
        ledger.entrySet().stream()
                .limit(count)
                .forEach(entry -> first.put(entry.getKey(), entry.getValue()));
        Map<String, Records> firstFlows = new TreeMap<>(flows);
        firstFlows.keySet().retainAll(first.keySet());
        Map<String, List<String>> firstRejected = new TreeMap<>(rejected);
        firstRejected.keySet().retainAll(first.keySet());
        return new CollectedContent(generation, first, firstFlows, firstRejected);
    }

    /// Whether it is the same but for the number of commits.
    boolean isSameAs(CollectedContent other) {
        return List.copyOf(ledger.entrySet()).equals(List.copyOf(other.ledger.entrySet()))
                && flows.equals(other.flows)
                && rejected.equals(other.rejected);
    }

    /// Files in the store in `directory` that belong to nothing: partial and unpublished ones.
    static List<String> strayFiles(Path directory) {
        TreeSet<String> found = new TreeSet<>();
        try (var files = Files.walk(directory)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> found.add(directory.relativize(file).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.removeAll(List.of("manifest", "lock"));
        try (Store store = Store.open(directory);
                Snapshot snapshot = store.snapshot()) {
            for (TableSnapshot table : snapshot.tables().values()) {
                for (SegmentReader segment : table.segments()) {
                    found.remove(directory.relativize(segment.path()).toString());
                }
            }
        }
        return List.copyOf(found);
    }
}
