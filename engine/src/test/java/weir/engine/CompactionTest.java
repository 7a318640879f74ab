// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.schema.Column;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentReader;
import weir.engine.segment.StorageHints;

class CompactionTest {
    private static final int ROWS_MAX = 4000;
    private static final RewriteOptions OPTIONS =
            new RewriteOptions(Map.of("flows", SampleTable.HINTS), ROWS_MAX, 64 << 20, 1);

    @TempDir Path directory;

    private static List<Map<String, Object>> rows(Random random, int count) {
        List<Map<String, Object>> rows = SampleTable.rows(random, count);
        long shift = random.nextInt(100_000);
        boolean isPoor = random.nextInt(3) == 0;
        boolean isTimeless = random.nextInt(10) == 0;
        for (Map<String, Object> row : rows) {
            row.computeIfPresent("time", (_, time) -> (Long) time + shift);
            if (isTimeless) {
                row.remove("time");
            }
            if (isPoor) {
                row.keySet().removeAll(Set.of("action", "source", "flags", "until"));
            }
        }
        return rows;
    }

    /// Commits each list as a segment of `table`.
    static void commit(Store store, String table, List<List<Map<String, Object>>> segments) {
        Schema schema = table.equals("files") ? Schema.of(SampleTable.COLUMNS) : SampleTable.SCHEMA;
        try (StoreWriter writer = store.writer()) {
            List<WrittenSegment> written = new ArrayList<>();
            for (List<Map<String, Object>> rows : segments) {
                StorageHints hints =
                        written.size() % 2 == 0 ? SampleTable.HINTS : StorageHints.NONE;
                written.add(writer.write(table, SampleTable.builder(rows, hints)));
            }
            writer.commit(Map.of(table, schema), written);
        }
    }

    static List<Map<String, Object>> stored(Store store, String table) {
        try (Snapshot snapshot = store.snapshot()) {
            return SampleTable.read(snapshot.table(table));
        }
    }

    private static List<Integer> rowCounts(Store store, String table) {
        try (Snapshot snapshot = store.snapshot()) {
            return snapshot.table(table).segments().stream().map(SegmentReader::rowCount).toList();
        }
    }

    static Set<String> files(Path directory) throws IOException {
        try (var files = Files.list(directory.resolve("segments"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    static void assertOnlyNamedFiles(Store store, Path directory) throws IOException {
        try (Snapshot snapshot = store.snapshot()) {
            Set<String> named =
                    snapshot.tables().values().stream()
                            .flatMap(table -> table.segments().stream())
                            .map(segment -> segment.path().getFileName().toString())
                            .collect(Collectors.toSet());
            assertEquals(named, files(directory));
        }
    }

    private static List<Set<String>> columns(Store store) {
        try (Snapshot snapshot = store.snapshot()) {
            return snapshot.table("flows").segments().stream()
                    .map(segment ->
                            segment.schema().columns().stream()
                                    .map(Column::name)
                                    .collect(Collectors.toSet()))
                    .toList();
        }
    }

    @Test
    void theRowsOfAStoreStayTheSame() throws IOException {
        Random random = Randoms.of("CompactionTest");
        for (int round = 0; round < 4; round++) {
            Path place = directory.resolve("store" + round);
            try (Store store = Store.openOrCreate(place)) {
                List<Map<String, Object>> all = new ArrayList<>();
                for (int commits = 0; commits < 4; commits++) {
                    List<List<Map<String, Object>>> segments = new ArrayList<>();
                    for (int i = random.nextInt(8); i >= 0; i--) {
                        int count = 1 + random.nextInt(random.nextInt(6) == 0 ? 9000 : 700);
                        segments.add(rows(random, count));
                        all.addAll(segments.getLast());
                    }
                    commit(store, "flows", segments);
                }
                int before = rowCounts(store, "flows").size();
                CompactReport report = Compaction.run(store, OPTIONS, Compaction.Listener.NONE);
                assertEquals(SampleTable.sorted(all), SampleTable.sorted(stored(store, "flows")));
                int after = rowCounts(store, "flows").size();
                assertTrue(after < before, before + " segments, then " + after);
                CompactReport.Table table = report.tables().getFirst();
                assertEquals(before, table.segmentsBefore());
                assertEquals(after, table.segmentsAfter());
                assertOnlyNamedFiles(store, place);
                assertNothingIsLeftToDo(store);
            }
        }
    }

    private static void assertNothingIsLeftToDo(Store store) {
        try (Snapshot before = store.snapshot()) {
            CompactReport report = Compaction.run(store, OPTIONS, Compaction.Listener.NONE);
            assertEquals(0, report.rowsRewritten());
            try (Snapshot after = store.snapshot()) {
                assertEquals(before.generation(), after.generation());
            }
        }
    }

    @Test
    void columnsThatNoSegmentHasStayAbsent() {
        try (Store store = Store.openOrCreate(directory)) {
            List<Map<String, Object>> first = SampleTable.rows(new Random(1), 200);
            List<Map<String, Object>> second = SampleTable.rows(new Random(2), 200);
            first.forEach(row -> row.keySet().retainAll(Set.of("time", "port", "action")));
            second.forEach(row -> row.keySet().retainAll(Set.of("time", "owner")));
            commit(store, "flows", List.of(first, second));
            Compaction.run(store, OPTIONS, Compaction.Listener.NONE);
            assertEquals(List.of(Set.of("time", "port", "action", "owner")), columns(store));
            first.addAll(second);
            assertEquals(SampleTable.sorted(first), SampleTable.sorted(stored(store, "flows")));
        }
    }

    @Test
    void rowsWithoutATimeKeepTheirOrder() {
        try (Store store = Store.openOrCreate(directory)) {
            Random random = Randoms.of("CompactionTest.order");
            List<Map<String, Object>> all = new ArrayList<>();
            for (int count : List.of(3, 1, 700, 4500, 9, 1, 2500, 2500, 70)) {
                List<Map<String, Object>> rows = SampleTable.rows(random, count);
                all.addAll(rows);
                commitUnsorted(store, rows);
            }
            Compaction.run(store, OPTIONS, Compaction.Listener.NONE);
            assertEquals(List.of(704, 4500, 2510, 2570), rowCounts(store, "files"));
            assertEquals(all, stored(store, "files"));
        }
    }

    private static void commitUnsorted(Store store, List<Map<String, Object>> rows) {
        try (StoreWriter writer = store.writer()) {
            writer.commit(
                    Map.of("files", Schema.of(SampleTable.COLUMNS)),
                    List.of(writer.write("files", SampleTable.builder(rows))));
        }
    }

    @Test
    void aSegmentThatNobodySortedIsSortedWhenThatPays() {
        try (Store store = Store.openOrCreate(directory)) {
            List<Map<String, Object>> rows = new ArrayList<>();
            Random random = new Random(5);
            for (int i = 0; i < ROWS_MAX; i++) {
                int owner = random.nextInt(200);
                Map<String, Object> row = new HashMap<>();
                row.put("time", 1_700_000_000L + i);
                row.put("owner", "owner-" + owner);
                row.put("source", "10.99.0." + owner);
                row.put("target", "10.1.0." + random.nextInt(5));
                rows.add(row);
            }
            try (StoreWriter writer = store.writer()) {
                writer.commit(
                        Map.of("flows", SampleTable.SCHEMA),
                        List.of(
                                writer.write("flows", SampleTable.builder(rows)),
                                writer.write(
                                        "flows", SampleTable.builder(rows, SampleTable.HINTS))));
            }
            CompactReport.Table table =
                    Compaction.run(store, OPTIONS, Compaction.Listener.NONE).tables().getFirst();
            assertEquals(ROWS_MAX, table.rowsRewritten(), "only the one without order");
            assertTrue(table.bytesAfter() < table.bytesBefore(), table.toString());
            rows.addAll(List.copyOf(rows));
            assertEquals(SampleTable.sorted(rows), SampleTable.sorted(stored(store, "flows")));
            assertNothingIsLeftToDo(store);
        }
    }

    @Test
    void aLargeTableKeepsSegmentsForEveryThread() {
        RewriteOptions options = new RewriteOptions(Map.of(), 4 << 20, 1L << 40, 8);
        assertEquals(1 << 20, options.limits(5_000_000).rowsMax());
        assertEquals(2_000_000, options.limits(16_000_000).rowsMax());
        assertEquals(4 << 20, options.limits(1L << 40).rowsMax());
        assertEquals(100, new RewriteOptions(Map.of(), 100, 1, 8).limits(5_000).rowsMax());
    }

    @Test
    void progressEndsWhereItWasToEnd() {
        try (Store store = Store.openOrCreate(directory)) {
            List<List<Map<String, Object>>> segments = new ArrayList<>();
            for (int count : List.of(50, 60, 70)) {
                segments.add(SampleTable.rows(new Random(count), count));
            }
            commit(store, "flows", segments);
            List<String> heard = new ArrayList<>();
            long planned;
            try (Snapshot snapshot = store.snapshot()) {
                planned =
                        snapshot.table("flows").segments().stream()
                                .mapToLong(SegmentReader::sizeBytes)
                                .sum();
            }
            Compaction.run(
                    store, OPTIONS, (done, all, rows) -> heard.add(done + " " + all + " " + rows));
            assertEquals(planned + " " + planned + " 180", heard.getLast());
        }
    }

    @Test
    void aDamagedSegmentIsNamedAndNothingIsLost() throws IOException {
        try (Store store = Store.openOrCreate(directory)) {
            List<Map<String, Object>> rows = SampleTable.rows(new Random(7), 300);
            commit(store, "flows", List.of(rows, rows));
        }
        Path damaged = directory.resolve("segments").resolve("flows-00000002.seg");
        byte[] before = Files.readAllBytes(damaged);
        try (FileChannel channel = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) ~before[200]}), 200);
        }
        try (Store store = Store.open(directory)) {
            CorruptSegmentException failure =
                    assertThrows(
                            CorruptSegmentException.class,
                            () -> Compaction.run(store, OPTIONS, Compaction.Listener.NONE));
            assertEquals(damaged, failure.path());
            assertEquals(List.of(300, 300), rowCounts(store, "flows"));
        }
        assertEquals(Set.of("flows-00000001.seg", "flows-00000002.seg"), files(directory));
    }

    @Test
    void aKilledCompactionLosesAndDoublesNothing() throws IOException {
        Random random = Randoms.of("CompactionTest.killed");
        List<List<Map<String, Object>>> segments = new ArrayList<>();
        for (int count : List.of(30, 90, 1500, 2500, 10, 300)) {
            segments.add(rows(random, count));
        }
        List<String> expected =
                SampleTable.sorted(segments.stream().flatMap(List::stream).toList());
        boolean isKilled = true;
        for (int changes = 0; isKilled; changes++) {
            Path place = directory.resolve("store" + changes);
            try (Store store = Store.openOrCreate(place)) {
                commit(store, "flows", segments);
            }
            try (Store store = Store.open(place, new KilledFiles(changes).files())) {
                Compaction.run(store, OPTIONS, Compaction.Listener.NONE);
                isKilled = false;
            } catch (KilledFiles.Killed _) {
                assertTrue(changes < 200, "it never ends");
            }
            try (Store store = Store.open(place)) {
                String when = "killed at change " + changes;
                assertEquals(expected, SampleTable.sorted(stored(store, "flows")), when);
                Compaction.run(store, OPTIONS, Compaction.Listener.NONE);
                assertEquals(expected, SampleTable.sorted(stored(store, "flows")), when);
                assertOnlyNamedFiles(store, place);
            }
        }
    }
}
