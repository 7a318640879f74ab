// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.StoreException;
import weir.engine.memory.FileLayer;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.engine.segment.SegmentReader;

class StoreTest {
    @TempDir Path directory;

    private static SegmentBuilder builder(int rows) {
        return SampleTable.builder(SampleTable.rows(new Random(rows), rows));
    }

    @Test
    void whatIsCommittedAppearsTogether() {
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer()) {
            WrittenSegment first = writer.write("flows", builder(10));
            WrittenSegment second = writer.write("system.files", builder(20));
            assertTrue(store.snapshot().tables().isEmpty(), "written but not committed");
            Map<String, Schema> schemas =
                    Map.of("flows", SampleTable.SCHEMA, "system.files", SampleTable.SCHEMA);
            writer.commit(schemas, List.of(first, second));
            Snapshot snapshot = store.snapshot();
            assertEquals(10, rowCount(snapshot, "flows"));
            assertEquals(20, rowCount(snapshot, "system.files"));
            assertEquals(first.sizeBytes(), snapshot.table("flows").segments().get(0).sizeBytes());
        }
    }

    private static long rowCount(Snapshot snapshot, String table) {
        TableSnapshot found = snapshot.table(table);
        assertNotNull(found);
        return found.rowCount();
    }

    /// A file of the same name is not the same file.
    @Test
    void aStoreMadeAnewInItsPlaceIsSeenAsItIs() throws IOException {
        try (Store reader = Store.openOrCreate(directory)) {
            commit(10);
            assertEquals(10, rowCount(reader.snapshot(), "flows"));
            try (var files = Files.list(directory.resolve("segments"))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory.resolve("manifest"));
            commit(20);
            assertEquals(20, rowCount(reader.snapshot(), "flows"));
            assertEquals(20, SampleTable.read(reader.snapshot().table("flows")).size());
        }
    }

    private void commit(int rows) {
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer()) {
            writer.commit(
                    Map.of("flows", SampleTable.SCHEMA),
                    List.of(writer.write("flows", builder(rows))));
            IllegalArgumentException failure =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> writer.replace("flows", List.of(), List.of()));
            assertEquals("nothing is to be replaced in table flows", failure.getMessage());
        }
    }

    @Test
    void aSnapshotStaysAsItWas() {
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer();
                Store reader = Store.open(directory)) {
            writer.commit(
                    Map.of("flows", SampleTable.SCHEMA),
                    List.of(writer.write("flows", builder(10))));
            Snapshot before = reader.snapshot();
            Schema more = Schema.of(List.of(Column.text("tag")));
            writer.commit(Map.of("flows", more), List.of(writer.write("flows", builder(5))));
            assertEquals(10, rowCount(before, "flows"));
            Snapshot after = reader.snapshot();
            assertEquals(15, rowCount(after, "flows"));
            assertEquals(SampleTable.COLUMNS.size() + 1, after.table("flows").schema().size());
            assertEquals(before.generation() + 1, after.generation());
        }
    }

    @Test
    void segmentsAreClosedWhenNobodyCanUseThem() {
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer();
                Store reader = Store.open(directory)) {
            writer.commit(
                    Map.of("flows", SampleTable.SCHEMA),
                    List.of(
                            writer.write("flows", builder(10)),
                            writer.write("flows", builder(20))));
            Snapshot before = reader.snapshot();
            Snapshot same = reader.snapshot();
            assertEquals(2, reader.openSegments());
            List<SegmentReader> old = before.table("flows").segments();
            writer.replace(
                    "flows",
                    List.of(old.get(0).segmentId(), old.get(1).segmentId()),
                    List.of(writer.write("flows", builder(30))));
            Snapshot after = reader.snapshot();
            assertEquals(3, reader.openSegments(), "two are in use, one is new");
            before.close();
            before.close(); // once more
            assertEquals(3, reader.openSegments(), "another snapshot uses them");
            assertEquals(30, SampleTable.read(same.table("flows")).size());
            same.close();
            assertEquals(1, reader.openSegments());
            assertThrows(IllegalStateException.class, () -> old.get(0).column("time").decoder(0));
            after.close();
            assertEquals(1, reader.openSegments(), "the newest stay open for the next snapshot");
            assertEquals(30, rowCount(reader.snapshot(), "flows"));
        }
    }

    /// Files of a store where something happens right after the manifest was read next.
    private static FileLayer thatAfterReading(AtomicReference<Runnable> next) {
        return (FileLayer)
                Proxy.newProxyInstance(
                        FileLayer.class.getClassLoader(),
                        new Class<?>[] {FileLayer.class},
                        (_, method, arguments) -> {
                            Object result = method.invoke(FileLayer.SYSTEM, arguments);
                            if (method.getName().equals("read")) {
                                next.getAndSet(() -> {}).run();
                            }
                            return result;
                        });
    }

    @Test
    void segmentsThatWereTakenAwaySinceTheManifestWasReadAreNotMissed() {
        AtomicReference<Runnable> next = new AtomicReference<>(() -> {});
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer();
                Store reader = Store.open(directory, thatAfterReading(next))) {
            WrittenSegment first = writer.write("flows", builder(10));
            writer.commit(Map.of("flows", SampleTable.SCHEMA), List.of(first));
            next.set(() ->
                    writer.replace(
                            "flows",
                            List.of(first.segmentId()),
                            List.of(writer.write("flows", builder(20)))));
            assertEquals(List.of(20), rowCounts(reader));
        }
    }

    @Test
    void aSegmentThatIsMissingForGoodIsNamed() throws Exception {
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer()) {
            writer.commit(
                    Map.of("flows", SampleTable.SCHEMA),
                    List.of(writer.write("flows", builder(10))));
            Path file = directory.resolve("segments").resolve("flows-00000001.seg");
            Files.delete(file);
            StoreException failure = assertThrows(StoreException.class, store::snapshot);
            assertEquals(file + ": the file is missing", failure.getMessage());
        }
    }

    @Test
    void aClosedStoreGivesNoSnapshot() {
        Store store = Store.openOrCreate(directory);
        Snapshot last = store.snapshot();
        store.close();
        assertThrows(IllegalStateException.class, store::snapshot);
        last.close();
    }

    @Test
    void whatIsPutInThePlaceOfOthersStandsWhereTheFirstOfThemStood() throws Exception {
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer()) {
            List<WrittenSegment> written = new ArrayList<>();
            for (int rows : List.of(10, 11, 12, 13)) {
                written.add(writer.write("flows", builder(rows)));
            }
            writer.commit(Map.of("flows", SampleTable.SCHEMA), written);
            writer.replace(
                    "flows",
                    List.of(written.get(3).segmentId(), written.get(1).segmentId()),
                    List.of(
                            writer.write("flows", builder(20)),
                            writer.write("flows", builder(21))));
            assertEquals(List.of(10, 20, 21, 12), rowCounts(store));
            writer.replace("flows", List.of(written.get(0).segmentId()), List.of());
            assertEquals(List.of(20, 21, 12), rowCounts(store));
            try (var files = Files.list(directory.resolve("segments"))) {
                assertEquals(3, files.count(), "the others are deleted");
            }
        }
    }

    private static List<Integer> rowCounts(Store store) {
        try (Snapshot snapshot = store.snapshot()) {
            return snapshot.table("flows").segments().stream()
                    .map(SegmentReader::rowCount)
                    .toList();
        }
    }

    @Test
    void onlySegmentsOfTheTableCanBeReplaced() {
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer()) {
            WrittenSegment flows = writer.write("flows", builder(10));
            WrittenSegment files = writer.write("files", builder(20));
            writer.commit(
                    Map.of("flows", SampleTable.SCHEMA, "files", SampleTable.SCHEMA),
                    List.of(flows, files));
            for (List<Long> wrong : List.of(List.of(files.segmentId()), List.of(99L))) {
                assertEquals(
                        "segment " + wrong.getFirst() + " is not of table flows",
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> writer.replace("flows", wrong, List.of()))
                                .getMessage());
            }
            assertEquals(
                    "a segment of table files cannot stand in table flows",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () ->
                                            writer.replace(
                                                    "flows",
                                                    List.of(flows.segmentId()),
                                                    List.of(files)))
                            .getMessage());
            assertEquals(10, rowCount(store.snapshot(), "flows"));
        }
    }

    @Test
    void onlyOneWriterWorks() {
        try (Store store = Store.openOrCreate(directory)) {
            try (StoreWriter _ = store.writer()) {
                assertThrows(StoreException.class, store::writer);
            }
            store.writer().close();
        }
    }

    @Test
    void aSegmentInAnothersPlaceIsNoticed() throws Exception {
        Path first;
        Path second;
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer()) {
            writer.commit(
                    Map.of("flows", SampleTable.SCHEMA),
                    List.of(
                            writer.write("flows", builder(10)),
                            writer.write("flows", builder(10))));
            List<Path> files =
                    store.snapshot().table("flows").segments().stream()
                            .map(segment -> segment.path())
                            .toList();
            first = files.get(0);
            second = files.get(1);
        }
        Files.copy(first, second, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (Store store = Store.open(directory)) {
            CorruptSegmentException failure =
                    assertThrows(CorruptSegmentException.class, store::snapshot);
            assertEquals("segment 2 of 10 rows", failure.expected());
            assertEquals("segment 1 of 10 rows", failure.found());
        }
    }

    @Test
    void discardedSegmentsLeaveNoFile() throws Exception {
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer()) {
            writer.discard(List.of(writer.write("flows", builder(10))));
        }
        try (var files = Files.list(directory.resolve("segments"))) {
            assertEquals(0, files.count());
        }
    }

    private static Schema numbered(String prefix, int count) {
        return Schema.of(
                IntStream.range(0, count)
                        .mapToObj(i -> Column.number(prefix + i, ColumnType.INT64))
                        .toList());
    }

    @Test
    void aCommitThatCouldNotBeReadAgainLeavesTheStoreAsItWas() {
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer()) {
            writer.commit(
                    Map.of("flows", SampleTable.SCHEMA),
                    List.of(writer.write("flows", builder(10))));
            writer.commit(Map.of("flows", numbered("a", 3000)), List.of());
            StoreException failure =
                    assertThrows(
                            StoreException.class,
                            () -> writer.commit(Map.of("flows", numbered("b", 3000)), List.of()));
            int columns = 6000 + SampleTable.COLUMNS.size();
            assertTrue(
                    failure.getMessage()
                            .endsWith(
                                    "table flows would have "
                                            + columns
                                            + " columns, of at most 4096: nothing was written"),
                    failure.getMessage());
            for (String name : List.of("n".repeat(5000), "half a pair \ud800")) {
                StoreException refused =
                        assertThrows(
                                StoreException.class,
                                () -> writer.commit(Map.of(name, numbered("c", 1)), List.of()));
                assertTrue(refused.getMessage().endsWith("nothing was written"));
            }
            assertEquals(10, rowCount(store.snapshot(), "flows"));
            writer.commit(Map.of(), List.of(writer.write("flows", builder(5))));
        }
        try (Store store = Store.open(directory)) {
            assertEquals(15, rowCount(store.snapshot(), "flows"));
        }
    }

    @Test
    void twoWhoMakeAStoreAtOnceLoseNoCommit() throws Exception {
        for (int round = 0; round < 40; round++) {
            Path place = directory.resolve("store" + round);
            CyclicBarrier start = new CyclicBarrier(2);
            FutureTask<Void> other =
                    new FutureTask<>(() -> {
                        start.await();
                        Store.openOrCreate(place).close();
                        return null;
                    });
            Thread thread = Thread.ofPlatform().start(other);
            start.await();
            try (Store store = Store.openOrCreate(place);
                    StoreWriter writer = store.writer()) {
                writer.commit(
                        Map.of("flows", SampleTable.SCHEMA),
                        List.of(writer.write("flows", builder(1))));
            }
            thread.join();
            other.get();
            try (Store store = Store.open(place)) {
                assertEquals(1, rowCount(store.snapshot(), "flows"), "round " + round);
            }
        }
    }

    @Test
    void columnsOfOneNameHaveOneType() {
        Schema other = Schema.of(List.of(Column.text("port")));
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> SampleTable.SCHEMA.merge(other));
        assertEquals(
                "column port is INT32 in the table and TEXT in what is added",
                failure.getMessage());
    }
}
