// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.StoreException;
import weir.engine.memory.Slice;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.engine.verify.StoreVerification;
import weir.engine.verify.StoreVerifier;

/// Segment files that are not those of the manifest: each is refused by name when it is opened.
class StoreDamageTest {
    private static final Column NUMBER = Column.number("number", ColumnType.INT64);

    @TempDir Path directory;
    private List<Path> files = List.of();

    /// A store of segments that differ in nothing but their numbers.
    private static List<Path> store(Path directory, long... numbers) {
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer()) {
            List<WrittenSegment> segments = new ArrayList<>();
            for (long number : numbers) {
                SegmentBuilder builder = new SegmentBuilder(null);
                builder.numbers(NUMBER).set(0, number);
                builder.numbers(NUMBER).filledTo(1);
                builder.addRows(1);
                segments.add(writer.write("t", builder));
            }
            writer.commit(Map.of("t", Schema.of(List.of(NUMBER))), segments);
            return segments.stream()
                    .map(segment -> directory.resolve("segments").resolve(segment.entry().file()))
                    .toList();
        }
    }

    @BeforeEach
    void writeStore() {
        files = store(directory.resolve("store"), 1, 2);
    }

    private StoreException failure() {
        try (Store store = Store.open(directory.resolve("store"))) {
            return assertThrows(StoreException.class, store::snapshot);
        }
    }

    private void assertDamage(int file, long offset, String expected, String found) {
        StoreException failure = failure();
        assertEquals(
                files.get(file)
                        + ": damaged at byte "
                        + offset
                        + ": expected "
                        + expected
                        + ", found "
                        + found,
                failure.getMessage());
        assertEquals(offset, ((CorruptSegmentException) failure).offset());
        assertEquals(files.get(file), failure.path());
    }

    @Test
    void aFileThatIsNotAsLongAsTheManifestSaysIsRefused() throws IOException {
        Path file = files.get(1);
        byte[] good = Files.readAllBytes(file);
        String expected = "a file of " + good.length + " bytes, as the manifest says";
        for (int size : new int[] {0, 1, 32, good.length - 1, good.length + 1, 1 << 20}) {
            Files.write(file, Arrays.copyOf(good, size));
            assertDamage(1, Math.min(size, good.length), expected, "one of " + size + " bytes");
        }
    }

    @Test
    void anotherSegmentOfTheStoreIsRefused() throws IOException {
        Files.copy(files.get(0), files.get(1), StandardCopyOption.REPLACE_EXISTING);
        assertDamage(1, 0, "segment 2 of 1 rows", "segment 1 of 1 rows");
    }

    @Test
    void theSameSegmentOfAnotherStoreIsRefused() throws IOException {
        Path other = store(directory.resolve("other"), 1, 3).get(1);
        assertEquals(Files.size(files.get(1)), Files.size(other));
        String known = footerChecksum(files.get(1));
        Files.copy(other, files.get(1), StandardCopyOption.REPLACE_EXISTING);
        assertDamage(
                1,
                footerOffset(other),
                "the footer that the manifest knows, with checksum " + known,
                footerChecksum(other));
    }

    private static Slice trailer(Path file) throws IOException {
        Slice bytes = Slice.of(file, Files.readAllBytes(file));
        return bytes.slice(bytes.size() - 32, 32);
    }

    private static long footerOffset(Path file) throws IOException {
        return trailer(file).longAt(0);
    }

    private static String footerChecksum(Path file) throws IOException {
        return Integer.toHexString(trailer(file).intAt(12));
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(files.get(0));
        assertEquals(files.get(0) + ": the file is missing", failure().getMessage());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                Path target = to.resolve(entry.getFileName());
                if (Files.isDirectory(entry)) {
                    copy(entry, target);
                } else {
                    Files.copy(entry, target);
                }
            }
        }
    }

    /// A copy that took the manifest last names segments that it does not have.
    @Test
    void aCopyMadeWhileTheStoreWasWrittenNamesWhatItLacks() throws IOException {
        Path copy = directory.resolve("copy");
        copy(directory.resolve("store").resolve("segments"), copy.resolve("segments"));
        Path added = store(directory.resolve("store"), 3).getFirst();
        Files.copy(directory.resolve("store").resolve("manifest"), copy.resolve("manifest"));
        try (Store store = Store.open(copy)) {
            StoreException failure = assertThrows(StoreException.class, store::snapshot);
            Path lacking = copy.resolve("segments").resolve(added.getFileName());
            assertEquals(lacking + ": the file is missing", failure.getMessage());
            try (Snapshot rest = store.snapshotOfReadable()) {
                TableSnapshot table = rest.table("t");
                assertNotNull(table);
                assertEquals(2, table.rowCount());
                assertEquals(
                        List.of(added.getFileName().toString()),
                        table.skipped().stream().map(SkippedSegment::file).toList());
            }
        }
    }

    /// A copy that took the manifest first is the store as it was then.
    @Test
    void aCopyThatTookTheManifestFirstIsSound() throws IOException {
        Path copy = directory.resolve("copy");
        Files.createDirectories(copy);
        Files.copy(directory.resolve("store").resolve("manifest"), copy.resolve("manifest"));
        Path added = store(directory.resolve("store"), 3).getFirst();
        copy(directory.resolve("store").resolve("segments"), copy.resolve("segments"));
        try (Store store = Store.open(copy);
                Snapshot snapshot = store.snapshot()) {
            assertEquals(2, snapshot.tables().get("t").rowCount());
        }
        StoreVerification found = StoreVerifier.verify(copy, 1, (_, _, _) -> {});
        assertEquals(List.of(), found.findings());
        assertEquals(1, found.notes().size(), () -> found.notes().toString());
        assertTrue(found.notes().getFirst().contains(added.getFileName().toString()));
    }
}
