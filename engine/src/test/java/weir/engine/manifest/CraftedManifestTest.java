// SPDX-License-Identifier: Apache-2.0
package weir.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.StoreException;
import weir.engine.memory.ByteSink;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;

/// Manifests that no writer here writes. Their checksums are right where that is not the point.
class CraftedManifestTest {
    private static final Schema SCHEMA =
            Schema.of(
                    List.of(
                            Column.number("start", ColumnType.INT64),
                            Column.text("action").absentAs("-"),
                            Column.text("$path").hidden()),
                    "start");

    @TempDir Path directory;
    private Path file = Path.of("unset");
    private ManifestStore store = new ManifestStore(Path.of("unset"));

    @BeforeEach
    void createStore() {
        store = new ManifestStore(directory);
        store.create();
        file = directory.resolve("manifest");
    }

    private static Manifest of(String... segments) {
        List<Manifest.Entry> entries =
                Stream.of(segments).map(name -> new Manifest.Entry(7, name, 3, 99, 5)).toList();
        Map<String, Manifest.Table> tables = new LinkedHashMap<>();
        tables.put("flows", new Manifest.Table(SCHEMA, entries));
        tables.put("others", new Manifest.Table(SCHEMA, List.of()));
        return new Manifest(5, 8, tables, Map.of());
    }

    private CorruptSegmentException refused(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        CorruptSegmentException failure =
                assertThrows(CorruptSegmentException.class, () -> store.read());
        assertEquals(file, failure.path());
        return failure;
    }

    @Test
    void namesThatLeaveTheStoreAreRefused() throws IOException {
        for (String name :
                List.of(
                        "../flows-00000007.seg",
                        "/etc/passwd",
                        "a/b.seg",
                        "..seg",
                        "",
                        "flows\0.seg",
                        "FLOWS-00000007.SEG",
                        "flows-00000007.seg.tmp")) {
            CorruptSegmentException failure = refused(of(name).toBytes());
            assertEquals("the name of a segment file", failure.expected());
            assertEquals("'" + name + "'", failure.found());
        }
    }

    @Test
    void aSegmentThatIsNamedTwiceIsRefused() throws IOException {
        CorruptSegmentException failure = refused(of("a-1.seg", "b-2.seg", "a-1.seg").toBytes());
        assertEquals("every segment once", failure.expected());
        assertEquals("'a-1.seg' twice", failure.found());
        StoreException unwritten =
                assertThrows(StoreException.class, () -> store.publish(of("a-1.seg", "a-1.seg")));
        assertTrue(unwritten.getMessage().endsWith("nothing was written"), unwritten.getMessage());
    }

    @Test
    void aSegmentWhoseNumberWouldBeGivenAgainIsRefused() throws IOException {
        byte[] good = of("a-1.seg").toBytes();
        ByteSink sink = new ByteSink(good.length);
        sink.putBytes(good, 0, 24);
        sink.putLong(7);
        sink.putBytes(good, 32, good.length);
        CorruptSegmentException failure = refused(withChecksum(sink.toByteArray()));
        assertEquals("ids of segments below the next id 7", failure.expected());
        assertEquals("id 7", failure.found());
    }

    @Test
    void bytesBehindTheEndAreRefused() throws IOException {
        byte[] good = of("a-1.seg").toBytes();
        CorruptSegmentException failure =
                refused(withChecksum(Arrays.copyOf(good, good.length + 5)));
        assertEquals("the end of the manifest", failure.expected());
        assertEquals("5 more bytes", failure.found());
    }

    private static byte[] withChecksum(byte[] bytes) {
        ByteSink sink = new ByteSink(bytes.length);
        sink.putBytes(bytes, 0, bytes.length);
        sink.setInt(12, sink.checksum(16));
        return sink.toByteArray();
    }

    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        byte[] good = of("a-1.seg", "b-2.seg").toBytes();
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bytes = good.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bytes);
            StoreException failure = assertThrows(StoreException.class, store::read, "bit " + bit);
            assertEquals(file, failure.path());
        }
    }

    /// Counts and lengths of any size are compared before anything is allocated for them.
    @Test
    void extremeNumbersAreReadOrRefused() throws IOException {
        byte[] good = of("a-1.seg", "b-2.seg").toBytes();
        int refused = 0;
        for (int at = 16; at < good.length; at++) {
            for (int value : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 28, 4095}) {
                ByteSink sink = new ByteSink(good.length);
                sink.putBytes(good, 0, at);
                sink.putInt(value);
                int from = Math.min(good.length, at + 4);
                sink.putBytes(good, from, good.length);
                Files.write(file, withChecksum(sink.toByteArray()));
                try {
                    store.read();
                } catch (StoreException e) {
                    refused++;
                }
            }
        }
        assertTrue(refused > good.length, refused + " refused");
    }
}
