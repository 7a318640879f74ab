// SPDX-License-Identifier: Apache-2.0
package weir.engine.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.engine.SegmentText;
import weir.engine.SpecDocument;
import weir.engine.SpecDocument.Example;
import weir.engine.SpecDocument.Field;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.Limits;
import weir.engine.index.BitmapIndex;
import weir.engine.index.BitmapIndexBuilder;
import weir.engine.index.KeyColumns;
import weir.engine.index.PageIndex;
import weir.engine.index.PageIndexBuilder;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Checksum;
import weir.engine.memory.Slice;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.IpAddress;
import weir.engine.segment.CodeRows;
import weir.engine.segment.NumberRows;
import weir.engine.segment.SegmentBuilder;
import weir.engine.segment.SegmentReader;
import weir.engine.verify.SegmentVerifier;

/// The document of the format says what a segment file is: numbers, offsets and a whole file.
class FormatSpecTest {
    private static final SpecDocument SPEC = SpecDocument.read();
    private static final String WHOLE = "A whole segment";

    @TempDir Path directory;

    private static List<String> row(int offset, int size, String name) {
        return List.of(Integer.toString(offset), Integer.toString(size), name);
    }

    private static List<List<String>> layout(String heading) {
        return SPEC.rows(heading).stream().map(row -> row.subList(0, 3)).toList();
    }

    @Test
    void headerAndTrailerAreThoseOfTheCode() {
        assertEquals(
                List.of(
                        row(0, 8, "magic"),
                        row(SegmentLayout.HEADER_VERSION_AT, 4, "version"),
                        row(SegmentLayout.HEADER_ZERO_AT, 4, "zero"),
                        row(SegmentLayout.HEADER_ID_AT, 8, "segment id"),
                        row(SegmentLayout.HEADER_CHECKSUM_AT, 4, "checksum"),
                        row(SegmentLayout.HEADER_BYTES - 4, 4, "zero")),
                layout("Header"));
        assertEquals(
                List.of(
                        row(SegmentLayout.TRAILER_FOOTER_OFFSET_AT, 8, "footer offset"),
                        row(SegmentLayout.TRAILER_FOOTER_SIZE_AT, 4, "footer size"),
                        row(SegmentLayout.TRAILER_FOOTER_CHECKSUM_AT, 4, "footer checksum"),
                        row(SegmentLayout.TRAILER_VERSION_AT, 4, "version"),
                        row(SegmentLayout.TRAILER_CHECKSUM_AT, 4, "checksum"),
                        row(SegmentLayout.TRAILER_BYTES - 8, 8, "magic")),
                layout("Trailer"));
        assertEquals(SegmentLayout.TRAILER_BYTES - 8, SegmentLayout.TRAILER_MAGIC_AT);
    }

    @Test
    void numbersAreThoseOfTheCode() throws ReflectiveOperationException {
        assertEquals(10, SPEC.rows("Limits").size());
        for (List<String> limit : SPEC.rows("Limits")) {
            int value = Limits.class.getField(limit.get(0)).getInt(null);
            assertEquals(limit.get(1), Integer.toString(value), limit.get(0));
        }
        assertEquals(
                Arrays.stream(ColumnType.values())
                        .map(type ->
                                List.of(
                                        Integer.toString(type.wireId()),
                                        type.name(),
                                        type.isDictionary() ? "yes" : "no"))
                        .toList(),
                SPEC.rows("Types").stream()
                        .map(row -> List.of(row.get(0), row.get(1), row.get(3)))
                        .toList());
        String version = Integer.toString(SegmentLayout.VERSION_CURRENT);
        assertTrue(SPEC.headings().contains("The segment file, format " + version));
        assertEquals(version, SPEC.rows("Versions").getLast().getFirst());
        assertTrue(SPEC.rows("Header").get(1).get(3).endsWith(": " + version));
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertEquals(0xe306_9283, Checksum.of(digits, 0, digits.length));
    }

    /// The file of the example, as its parts make it.
    private static byte[] file() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (Example part : SPEC.examples(WHOLE)) {
            assertEquals(file.size(), part.fields().getFirst().offset());
            file.writeBytes(part.bytes());
        }
        return file.toByteArray();
    }

    private static List<Field> part(int index) {
        return SPEC.examples(WHOLE).get(index).fields();
    }

    private Path written(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("example.seg"), bytes);
    }

    @Test
    void theWholeSegmentIsReadAsTheDocumentSays() throws IOException {
        Path file = written(file());
        try (SegmentReader segment = SegmentReader.open(file)) {
            assertEquals(7, segment.segmentId());
            assertEquals("time", segment.schema().timeColumn());
            assertEquals(SPEC.rows(WHOLE), SegmentText.rows(segment));
        }
        assertEquals(List.of(), SegmentVerifier.verify("t", file, null, null).findings());
    }

    @Test
    void theRowsOfTheDocumentAreWrittenAsThoseBytes() throws IOException {
        Path file = directory.resolve("written.seg");
        builder(SPEC.rows(WHOLE)).write(file, 7);
        assertArrayEquals(file(), Files.readAllBytes(file));
    }

    private static SegmentBuilder builder(List<List<String>> rows) {
        SegmentBuilder builder = new SegmentBuilder("time");
        NumberRows time = builder.numbers(Column.number("time", ColumnType.INT64));
        Column action = Column.text("action").absentAs("-");
        Column peer = new Column("peer", ColumnType.ADDRESS, "address", "-", false);
        CodeRows actions = builder.codes(action);
        CodeRows peers = builder.codes(peer);
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            time.set(i, row.get(0).equals("absent") ? Column.ABSENT : Long.parseLong(row.get(0)));
            byte[] text = row.get(1).getBytes(StandardCharsets.UTF_8);
            actions.withRoomFor(i + 1)[i] = builder.texts(action).idOf(text, 0, text.length);
            IpAddress address = IpAddress.parse(row.get(2));
            peers.withRoomFor(i + 1)[i] =
                    address == null
                            ? 0
                            : builder.addresses(peer).idOf(address.high(), address.low());
        }
        time.filledTo(rows.size());
        actions.filledTo(rows.size());
        peers.filledTo(rows.size());
        builder.addRows(rows.size());
        return builder;
    }

    /// The fields from `from` on that stand in the table under `heading`, as many as it has and the
    /// example shows; gives where they end.
    private static int entry(String heading, List<Field> fields, int from) {
        int to = from;
        for (List<String> row : SPEC.rows(heading)) {
            if (to < fields.size() && fields.get(to).name().equals(row.get(2))) {
                to++;
            }
        }
        SPEC.checkFields(heading, fields.subList(from, to));
        return to;
    }

    @Test
    void everyByteOfTheWholeSegmentIsOfATable() {
        SPEC.checkFields("Header", part(0));
        SPEC.checkFields("Trailer", part(4));
        int padding = 5; // text dictionary: three fields and the zeros behind it
        SPEC.checkFields("Text dictionary", part(1).subList(0, 3));
        SPEC.checkFields("Address dictionary", part(1).subList(padding - 1, part(1).size()));
        for (int column = 0; column < 3; column++) {
            SPEC.checkFields("Packed", part(2).subList(3 * column, 3 * column + 3));
        }
        List<Field> footer = part(3);
        List<String> heads = SPEC.rows("Footer").stream().map(row -> row.get(2)).toList();
        assertEquals(heads.subList(0, 3), names(footer.subList(0, 3)));
        int at = entry("Dictionary entry", footer, 3);
        at = entry("Dictionary entry", footer, at);
        assertEquals(heads.get(3), footer.get(at++).name());
        for (int column = 0; column < 3; column++) {
            at = entry("Column entry", footer, at);
            at = entry("Block entry", footer, at);
        }
        assertEquals(heads.get(4), footer.get(at++).name());
        assertEquals(heads.get(5), footer.get(at++).name());
        assertEquals(footer.size(), at);
        assertEquals(16, SPEC.rows("Section").stream().mapToInt(row -> size(row)).sum());
    }

    private static int size(List<String> row) {
        return Integer.parseInt(row.get(1));
    }

    private static List<String> names(List<Field> fields) {
        return fields.stream().map(Field::name).toList();
    }

    /// The example with one byte of the footer changed, and all checksums right.
    private static byte[] resealed(int at, int value) {
        byte[] file = file();
        file[at] = (byte) value;
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int trailer = file.length - SegmentLayout.TRAILER_BYTES;
        int footer = (int) buffer.getLong(trailer + SegmentLayout.TRAILER_FOOTER_OFFSET_AT);
        buffer.putInt(
                trailer + SegmentLayout.TRAILER_FOOTER_CHECKSUM_AT,
                Checksum.of(file, footer, trailer));
        int checksumAt = trailer + SegmentLayout.TRAILER_CHECKSUM_AT;
        buffer.putInt(checksumAt, Checksum.of(file, trailer, checksumAt));
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "168, 0, a segment of at least one row, none",
        "194, 1, 'dictionaries of texts or addresses, each with a name of its own',"
                + " 'action' of INT32",
        "195, 33, sections from multiples of 8 between header and footer (bytes 32 to 168),"
                + " 28 bytes at byte 33",
        "251, 9, a column type from 1 to 5, 9",
        "256, 16, flags of a column up to 15, 16",
        "257, 4, a known encoding, number 4",
        "310, 2, 0 or 1, 2",
        "472, 4, 0 to 3 page indexes, 4",
    })
    void whatNoWriterWritesIsRefused(int at, int value, String expected, String found)
            throws IOException {
        Path file = written(resealed(at, value));
        CorruptSegmentException failure =
                assertThrows(
                        CorruptSegmentException.class,
                        () -> {
                            try (SegmentReader segment = SegmentReader.open(file)) {
                                SegmentText.rows(segment);
                            }
                        });
        assertEquals(expected, failure.expected());
        assertEquals(found, failure.found());
    }

    @Test
    void bitmapsAreThoseOfTheDocument() {
        Example example = SPEC.examples("Bitmap index").getFirst();
        SPEC.checkFields("Bitmap index", example.fields());
        long[] keys = example.numbers("");
        ByteSink sink = new ByteSink(64);
        int[] codes = Arrays.stream(keys).mapToInt(Math::toIntExact).toArray();
        assertTrue(BitmapIndexBuilder.encode(codes, codes.length, code -> code, sink));
        assertArrayEquals(example.bytes(), sink.toByteArray());
        BitmapIndex index = BitmapIndex.decode(slice(example), keys.length);
        assertEquals(null, index.difference(keys));
        assertArrayEquals(new long[] {6, 17}, index.keys());
        var rows = Objects.requireNonNull(index.rows(key -> key == 17, keys.length));
        assertEquals(2, rows.cardinality());
    }

    @Test
    void pageIndexesAreThoseOfTheDocument() {
        Example example = SPEC.examples("Page index").getFirst();
        SPEC.checkFields("Page index", example.fields());
        long[] codes = example.numbers("");
        ByteSink sink = new ByteSink(64);
        assertTrue(
                PageIndexBuilder.encodeCodes(
                        KeyColumns.ofCodes(List.of(codes)), codes.length, 3, sink));
        assertArrayEquals(example.bytes(), sink.toByteArray());
        PageIndex index = PageIndex.decode(slice(example), codes.length);
        assertArrayEquals(
                new int[] {0b10},
                index.batches(from -> from <= 2 ? 2 : PageIndex.Keys.NONE),
                "key 2 is in batch 1");
    }

    private static Slice slice(Example example) {
        return Slice.of(Path.of("example"), example.bytes());
    }
}
