// SPDX-License-Identifier: Apache-2.0
package weir.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import weir.engine.SpecDocument;
import weir.engine.SpecDocument.Example;
import weir.engine.SpecDocument.Field;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.UnsupportedFormatException;
import weir.engine.memory.Checksum;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;

/// The document of the format says what a manifest is.
class ManifestSpecTest {
    private static final SpecDocument SPEC = SpecDocument.read();
    private static final Path PATH = Path.of("store", "manifest");

    private static Example example() {
        return SPEC.examples("Segment entry").getFirst();
    }

    /// The manifest of the example; its segment is the whole one of the document.
    private static Manifest manifest() {
        List<Example> segment = SPEC.examples("A whole segment");
        Field trailer = segment.getLast().fields().getLast();
        int bytes = trailer.offset() + trailer.bytes().length;
        int checksum = littleEndian(segment.getLast().fields().get(2).bytes()).getInt(0);
        Schema schema =
                Schema.of(
                        List.of(
                                Column.number("time", ColumnType.INT64),
                                Column.text("action").absentAs("-"),
                                Column.text("note").hidden()),
                        "time");
        Manifest.Entry entry = new Manifest.Entry(7, "flows-00000007.seg", 3, bytes, checksum);
        return new Manifest(
                3, 8, Map.of("flows", new Manifest.Table(schema, List.of(entry))), Map.of());
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void theExampleIsReadAndWritten() {
        assertEquals(manifest(), Manifest.read(PATH, example().bytes()));
        assertArrayEquals(example().bytes(), manifest().toBytes());
    }

    @Test
    void everyByteOfTheExampleIsOfATable() {
        List<Field> fields = example().fields();
        SPEC.checkFields("Manifest", fields.subList(0, 6));
        SPEC.checkFields("Manifest column", fields.subList(9, 13));
        SPEC.checkFields("Manifest column", fields.subList(13, 18));
        SPEC.checkFields("Manifest column", fields.subList(18, 22));
        SPEC.checkFields("Segment entry", fields.subList(23, 28));
        assertEquals(28, fields.size());
        List<Field> table = List.of(fields.get(6), fields.get(7), fields.get(8), fields.get(22));
        assertEquals(
                SPEC.rows("Table entry").stream().map(row -> row.get(2)).toList(),
                table.stream().map(Field::name).toList());
    }

    @Test
    void anotherVersionIsRefusedByItsNumber() {
        for (int version : new int[] {1, 4}) {
            byte[] bytes = example().bytes();
            littleEndian(bytes).putInt(8, version);
            UnsupportedFormatException failure =
                    assertThrows(
                            UnsupportedFormatException.class, () -> Manifest.read(PATH, bytes));
            assertEquals(
                    PATH
                            + ": format version "
                            + version
                            + " is not readable here (this build reads 2 to 3): use a Weir that"
                            + " knows version "
                            + version
                            + ", or ingest the logs again",
                    failure.getMessage());
        }
    }

    private static Path golden(String ending) {
        return SpecDocument.top()
                .resolve("engine/src/test/resources/golden")
                .resolve("v2-manifest" + ending);
    }

    /// Two tables; the segments are some of the golden ones.
    private static Manifest goldenManifest() {
        Map<String, Manifest.Table> tables = new LinkedHashMap<>();
        tables.putAll(manifest().tables());
        Schema schema =
                Schema.of(
                        List.of(
                                new Column("peer", ColumnType.ADDRESS, "address", "-", false),
                                Column.number("seen", ColumnType.TIMESTAMP).hidden(),
                                Column.number("port", ColumnType.INT32)));
        List<Manifest.Entry> entries =
                List.of(
                        new Manifest.Entry(1, "a-b-00000001.seg", 1 << 24, 1L << 33, -1),
                        new Manifest.Entry(1L << 40, "a-b-99.seg", 1, 500, 17));
        tables.put("a.b", new Manifest.Table(schema, entries));
        tables.put("empty", new Manifest.Table(Schema.of(List.of()), List.of()));
        return new Manifest(1L << 41, (1L << 40) + 1, tables, Map.of());
    }

    private static String dump(Manifest manifest) {
        StringBuilder text = new StringBuilder();
        text.append(
                "generation %d, next id %d\n"
                        .formatted(manifest.generation(), manifest.nextSegmentId()));
        manifest.tables()
                .forEach((name, table) -> {
                    text.append(
                            "table %s, time column %s\n"
                                    .formatted(name, table.schema().timeColumn()));
                    table.schema().columns().forEach(column -> text.append(column).append('\n'));
                    table.segments().forEach(entry -> text.append(entry).append('\n'));
                });
        return text.toString();
    }

    @Test
    void theGoldenManifestIsReadAndWrittenAsEver() throws IOException {
        String target = System.getProperty("golden.write");
        if (target != null) {
            Path file = Path.of(target).resolve("v2-manifest.bin");
            Files.write(file, goldenManifest().toBytes());
            Files.writeString(file.resolveSibling("v2-manifest.txt"), dump(goldenManifest()));
            return;
        }
        byte[] bytes = Files.readAllBytes(golden(".bin"));
        assertEquals(Files.readString(golden(".txt")), dump(Manifest.read(PATH, bytes)));
        assertArrayEquals(bytes, goldenManifest().toBytes());
    }

    @Test
    void marksMakeItVersion3() {
        Map<String, Long> marks = Map.of("journal", 7L, "journal line", 1L << 40);
        Manifest plain = manifest();
        Manifest marked = new Manifest(3, 8, plain.tables(), marks);
        byte[] bytes = marked.toBytes();
        assertEquals(3, littleEndian(bytes).getInt(8));
        assertEquals(marked, Manifest.read(PATH, bytes));
        assertEquals(2, littleEndian(plain.toBytes()).getInt(8));
        SPEC.rows("Mark");
        bytes[bytes.length - 1] ^= 1;
        assertThrows(CorruptSegmentException.class, () -> Manifest.read(PATH, bytes));
    }

    @Test
    void aMarkTwiceIsRefused() {
        Manifest marked = new Manifest(3, 8, manifest().tables(), Map.of("a", 1L, "b", 2L));
        byte[] bytes = marked.toBytes();
        for (int at = bytes.length - 26; at < bytes.length; at++) {
            bytes[at] = bytes[at] == 'b' ? (byte) 'a' : bytes[at];
        }
        littleEndian(bytes).putInt(12, Checksum.of(bytes, 16, bytes.length));
        CorruptSegmentException failure =
                assertThrows(CorruptSegmentException.class, () -> Manifest.read(PATH, bytes));
        assertEquals("marks of different names", failure.expected());
    }

    @Test
    void unknownFlagsAreRefused() {
        byte[] bytes = example().bytes();
        Field flags = example().fields().get(12);
        assertEquals("flags", flags.name());
        bytes[flags.offset()] = 4;
        littleEndian(bytes).putInt(12, Checksum.of(bytes, 16, bytes.length));
        CorruptSegmentException failure =
                assertThrows(CorruptSegmentException.class, () -> Manifest.read(PATH, bytes));
        assertEquals("flags of a column up to 3", failure.expected());
        assertEquals("4", failure.found());
    }
}
