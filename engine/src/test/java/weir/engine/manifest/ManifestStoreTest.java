// SPDX-License-Identifier: Apache-2.0
package weir.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.ChildJvm;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.StoreException;
import weir.engine.fault.UnsupportedFormatException;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;

class ManifestStoreTest {
    @TempDir Path directory;

    private static Manifest sample() {
        Schema schema =
                Schema.of(
                        List.of(
                                Column.number("start", ColumnType.INT64),
                                Column.text("action").absentAs("-"),
                                Column.text("$path").hidden()),
                        "start");
        List<Manifest.Entry> entries =
                List.of(new Manifest.Entry(7, "flows-00000007.seg", 3, 99, 0x1234));
        return new Manifest(5, 8, Map.of("flows", new Manifest.Table(schema, entries)), Map.of());
    }

    @Test
    void aManifestComesBackAsItWas() {
        ManifestStore store = new ManifestStore(directory.resolve("store"));
        store.create();
        assertEquals(Manifest.empty(), store.read());
        store.publish(sample());
        assertEquals(sample(), new ManifestStore(directory.resolve("store")).read());
    }

    @Test
    void aMissingStoreSaysHowToMakeOne() {
        StoreException failure =
                assertThrows(StoreException.class, () -> new ManifestStore(directory).read());
        assertTrue(
                failure.getMessage()
                        .endsWith("there is no store here: make one with 'weir ingest PATH...'"),
                failure.getMessage());
    }

    @Test
    void aDirectoryOfOtherThingsIsNotTaken() throws IOException {
        Files.writeString(directory.resolve("thesis.txt"), "mine");
        StoreException failure =
                assertThrows(StoreException.class, () -> new ManifestStore(directory).create());
        assertTrue(failure.getMessage().contains("it holds thesis.txt"), failure.getMessage());
    }

    @Test
    void everyFlippedByteIsNoticed() throws IOException {
        ManifestStore store = new ManifestStore(directory);
        store.create();
        store.publish(sample());
        Path file = directory.resolve("manifest");
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bytes = good.clone();
            bytes[i] ^= 4;
            Files.write(file, bytes);
            assertThrows(StoreException.class, store::read, "byte " + i);
        }
        for (int size = 0; size < good.length; size++) {
            Files.write(file, java.util.Arrays.copyOf(good, size));
            assertThrows(CorruptSegmentException.class, store::read, "size " + size);
        }
    }

    @Test
    void aNewerVersionIsRefusedByNumber() throws IOException {
        ManifestStore store = new ManifestStore(directory);
        store.create();
        Path file = directory.resolve("manifest");
        byte[] bytes = Files.readAllBytes(file);
        bytes[8] = 42;
        Files.write(file, bytes);
        UnsupportedFormatException failure =
                assertThrows(UnsupportedFormatException.class, store::read);
        assertEquals(42, failure.version());
        assertTrue(failure.getMessage().contains("format version 42 is not readable here"));
    }

    @Test
    void whatAKilledWriterLeftIsRemoved() throws IOException {
        ManifestStore store = new ManifestStore(directory);
        store.create();
        store.publish(sample());
        Files.writeString(store.segmentPath("flows-00000007.seg"), "kept");
        Files.writeString(store.segmentPath("flows-00000008.seg"), "never published");
        Files.writeString(store.segmentPath("flows-00000009.seg.tmp"), "half");
        Files.writeString(directory.resolve("manifest.tmp"), "half");
        store.removeUnpublished(store.read());
        assertTrue(Files.exists(store.segmentPath("flows-00000007.seg")));
        assertFalse(Files.exists(store.segmentPath("flows-00000008.seg")));
        assertFalse(Files.exists(store.segmentPath("flows-00000009.seg.tmp")));
        assertFalse(Files.exists(directory.resolve("manifest.tmp")));
    }

    @Test
    void filesOfOthersAmongTheSegmentsStay() throws IOException {
        ManifestStore store = new ManifestStore(directory);
        store.create();
        for (String name : List.of("thesis.txt", "flows.seg", "Flows-00000008.seg", "a-1.seg")) {
            Files.writeString(store.segmentPath(name), "mine");
        }
        Files.createDirectories(store.segmentPath("notes").resolve("more"));
        store.removeUnpublished(store.read());
        try (var files = Files.list(directory.resolve("segments"))) {
            assertEquals(5, files.count());
        }
    }

    @Test
    void segmentsWithoutAManifestAreNoEmptyPlace() throws IOException {
        ManifestStore store = new ManifestStore(directory);
        store.create();
        Path segment = Files.writeString(store.segmentPath("flows-00000007.seg"), "rows");
        Files.delete(directory.resolve("manifest"));
        String expected =
                directory
                        + ": the manifest of this store is missing, but there are segments"
                        + " (segments/flows-00000007.seg): nothing was changed;"
                        + " bring the manifest back from a copy of the store as it was"
                        + " (segments newer than the copy are deleted by the next command that"
                        + " writes), or name another directory with --store";
        assertEquals(expected, assertThrows(StoreException.class, store::create).getMessage());
        assertEquals(expected, assertThrows(StoreException.class, store::read).getMessage());
        assertEquals("rows", Files.readString(segment));
        assertFalse(Files.exists(directory.resolve("manifest")));
    }

    @Test
    void creatingAgainKeepsWhatWasCommitted() {
        ManifestStore store = new ManifestStore(directory);
        store.create();
        store.publish(sample());
        new ManifestStore(directory).create();
        assertEquals(sample(), store.read());
    }

    @Test
    void aStoreIsNotMadeWhileAnotherWrites() throws Exception {
        ManifestStore store = new ManifestStore(directory);
        try (AutoCloseable _ = store.lock("weir test")) {
            StoreException failure = assertThrows(StoreException.class, store::create);
            assertTrue(
                    failure.getMessage().contains("this process is already writing to this store"));
        }
        assertFalse(Files.exists(directory.resolve("manifest")));
    }

    @Test
    void aSecondWriterIsRefused() throws Exception {
        ManifestStore store = new ManifestStore(directory);
        try (AutoCloseable _ = store.lock("weir test")) {
            StoreException failure =
                    assertThrows(StoreException.class, () -> store.lock("weir test"));
            assertTrue(
                    failure.getMessage().contains("this process is already writing to this store"));
        }
        store.lock("weir test").close();
    }

    /// What another process is told when it asks for the lock.
    static final class LockingMain {
        private LockingMain() {}

        public static void main(String[] arguments) throws Exception {
            try (AutoCloseable _ = new ManifestStore(Path.of(arguments[0])).lock("weir test")) {
                System.out.println("locked");
            } catch (StoreException e) {
                System.out.println("refused");
            }
        }
    }

    private String inAnotherProcess() throws Exception {
        return ChildJvm.run(LockingMain.class, directory.toString());
    }

    @Test
    void aRefusedSecondWriterDoesNotUnlockTheFirst() throws Exception {
        ManifestStore store = new ManifestStore(directory);
        Path detour = directory.resolve("..").resolve(directory.getFileName());
        try (AutoCloseable _ = store.lock("weir test")) {
            assertThrows(StoreException.class, () -> new ManifestStore(detour).lock("weir test"));
            assertEquals("refused", inAnotherProcess());
        }
        assertEquals("locked", inAnotherProcess());
    }

    @Test
    void closingTwiceDoesNotUnlockTheNextWriter() throws Exception {
        ManifestStore store = new ManifestStore(directory);
        AutoCloseable first = store.lock("weir test");
        first.close();
        try (AutoCloseable _ = store.lock("weir test")) {
            first.close(); // once more
            assertThrows(StoreException.class, () -> store.lock("weir test"));
        }
    }

    @Test
    void aFailureOfTheDiskIsSaidInWordsAndOnce() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        StoreException failure =
                assertThrows(
                        StoreException.class,
                        () -> new ManifestStore(file.resolve("store")).create());
        String message = String.valueOf(failure.getMessage());
        assertTrue(
                message.endsWith("not a directory")
                        || message.endsWith("Not a directory")
                        || message.endsWith("something else has that name"),
                message);
    }
}
