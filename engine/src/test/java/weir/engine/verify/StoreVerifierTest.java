// SPDX-License-Identifier: Apache-2.0
package weir.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.SampleTable;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.fault.StoreException;
import weir.engine.manifest.Manifest;
import weir.engine.manifest.ManifestStore;
import weir.testkit.faulty.FaultyFiles;

class StoreVerifierTest {
    @TempDir Path directory;
    private final List<Path> files = new ArrayList<>();
    private final List<Long> shown = new ArrayList<>();

    @BeforeEach
    void writeStore() {
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer()) {
            List<WrittenSegment> written = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int rows = 100 + i;
                written.add(
                        writer.write(
                                i < 3 ? "flows" : "others",
                                SampleTable.builder(SampleTable.rows(new Random(i), rows))));
            }
            writer.commit(
                    Map.of("flows", SampleTable.SCHEMA, "others", SampleTable.SCHEMA), written);
            written.forEach(segment ->
                    files.add(directory.resolve("segments").resolve(segment.entry().file())));
        }
    }

    private StoreVerification verified() {
        return StoreVerifier.verify(
                directory,
                2,
                (done, total, rows) -> {
                    assertTrue(done <= total);
                    shown.add(rows);
                });
    }

    @Test
    void aStoreAsItWasWrittenIsSound() throws IOException {
        StoreVerification found = verified();
        assertTrue(found.isSound(), () -> found.findings().toString());
        assertEquals(List.of(), found.notes());
        assertEquals(4, found.segments());
        assertEquals(0, found.damagedSegments());
        assertEquals(100 + 101 + 102 + 103, found.rows());
        assertEquals(4L * SampleTable.COLUMNS.size(), found.blocks());
        long sizeBytes = 0;
        for (Path file : files) {
            sizeBytes += Files.size(file);
        }
        assertEquals(sizeBytes, found.bytes());
        assertEquals(4, shown.size());
        assertEquals(406, shown.getLast());
    }

    @Test
    void allDamageIsFoundAndNamed() throws IOException {
        FaultyFiles.flipBit(files.get(0), 8L * 40);
        FaultyFiles.truncate(files.get(1), 100);
        Files.delete(files.get(3));
        StoreVerification found = verified();
        assertFalse(found.isSound());
        assertEquals(1, found.segments());
        assertEquals(3, found.damagedSegments());
        assertEquals(102, found.rows());
        // Tables come in the order of the commit's map, which is another one in every process.
        List<Path> damaged =
                found.findings().stream().map(Finding::file).distinct().sorted().toList();
        assertEquals(List.of(files.get(0), files.get(1), files.get(3)), damaged);
        assertEquals(
                List.of("flows", "others"),
                found.findings().stream().map(Finding::table).distinct().sorted().toList());
    }

    @Test
    void swappedFilesAreFound() throws IOException {
        Path other = directory.resolve("swap");
        Files.move(files.get(0), other);
        Files.move(files.get(1), files.get(0));
        Files.move(other, files.get(1), StandardCopyOption.ATOMIC_MOVE);
        StoreVerification found = verified();
        assertEquals(2, found.damagedSegments());
        assertTrue(
                found.findings().stream()
                        .anyMatch(finding ->
                                finding.expected().equals("segment 1 of 100 rows")
                                        && finding.found().equals("segment 2 of 101 rows")),
                () -> found.findings().toString());
    }

    @Test
    void aDamagedManifestIsTheOnlyFinding() throws IOException {
        Path manifest = directory.resolve("manifest");
        FaultyFiles.flipBit(manifest, 8L * 20);
        StoreVerification found = verified();
        Finding finding = found.findings().getFirst();
        assertEquals(1, found.findings().size());
        assertEquals(manifest, finding.file());
        assertEquals(12L, finding.offset());
        assertTrue(finding.expected().startsWith("checksum "), finding.expected());
        assertEquals(0, found.segments());
    }

    @Test
    void filesOfNoTableAreNotedAndNoDamage() throws IOException {
        Path left = Files.writeString(files.getFirst().resolveSibling("x.tmp"), "half");
        StoreVerification found = verified();
        assertTrue(found.isSound());
        assertEquals(
                List.of(left + " is of no table: a writer is at work, or was killed"),
                found.notes());
    }

    @Test
    void whatAWriterTookAwayMeanwhileIsNoDamage() throws IOException {
        Manifest before = new ManifestStore(directory).read();
        List<Manifest.Entry> entries = before.tables().get("flows").segments();
        try (Store store = Store.open(directory);
                StoreWriter writer = store.writer()) {
            writer.replace("flows", List.of(entries.getFirst().segmentId()), List.of());
        }
        Files.deleteIfExists(files.getFirst());
        StoreVerification found = StoreVerifier.verify(directory, before);
        assertEquals(List.of(), found.findings());
        assertEquals(3, found.segments());
        assertEquals(
                List.of(entries.getFirst().file() + " was replaced or dropped meanwhile"),
                found.notes());
        Files.delete(files.get(1));
        assertEquals(1, StoreVerifier.verify(directory, before).damagedSegments());
    }

    @Test
    void aMissingStoreIsAFailure() {
        Path nowhere = directory.resolve("nowhere");
        StoreException failure =
                assertThrows(
                        StoreException.class,
                        () -> StoreVerifier.verify(nowhere, 1, (_, _, _) -> {}));
        assertTrue(failure.getMessage().contains("there is no store here"), failure.getMessage());
    }
}
