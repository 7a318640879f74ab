// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.encoding.BlockCodec;
import weir.engine.encoding.BlockForm;
import weir.engine.encoding.ChoiceEncoding;
import weir.engine.encoding.DifferenceEncoding;
import weir.engine.encoding.TextDictionary;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.StoreException;
import weir.engine.format.Section;
import weir.engine.format.SegmentFooter;
import weir.engine.format.SegmentFooter.BlockEntry;
import weir.engine.format.SegmentFooter.ColumnEntry;
import weir.engine.format.SegmentFooter.DictionaryEntry;
import weir.engine.format.SegmentFrame;
import weir.engine.index.ZoneMap;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Checksum;
import weir.engine.scan.Predicate;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// Segments whose checksums are right and whose contents no writer here would write.
class CraftedSegmentTest {
    private static final int ROWS = 3000;

    @TempDir Path directory;
    private final ByteSink file = new ByteSink(1 << 16);
    private final List<ColumnEntry> columns = new ArrayList<>();
    private final List<DictionaryEntry> dictionaries = new ArrayList<>();

    private Section section(byte[] bytes) {
        file.align(8);
        Section section =
                new Section(file.size(), bytes.length, Checksum.of(bytes, 0, bytes.length));
        file.putBytes(bytes, 0, bytes.length);
        return section;
    }

    private void add(Column column, int encoding, ByteSink block, ZoneMap zone) {
        BlockEntry entry = new BlockEntry(encoding, section(block.toByteArray()), 0, zone);
        columns.add(new ColumnEntry(column, false, null, List.of(entry)));
    }

    private void addCodes(Column column, long[] codes, ZoneMap zone) {
        ByteSink block = new ByteSink(64);
        int encoding = BlockCodec.encode(codes, codes.length, block);
        add(column, encoding, block, zone);
    }

    private Path write() throws IOException {
        SegmentFooter footer =
                new SegmentFooter(ROWS, "", dictionaries, columns, List.of(), List.of());
        ByteSink tail = new ByteSink(64);
        file.align(8);
        SegmentFrame.writeFooter(footer, file.size(), tail);
        file.putBytes(tail.array(), 0, tail.size());
        return Files.write(directory.resolve("crafted.seg"), file.toByteArray());
    }

    private static List<Long> scan(SegmentReader segment, ScanRequest request) {
        List<Long> found = new ArrayList<>();
        SegmentScan scan = SegmentScan.of(segment, request, new ScanMetrics());
        for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                switch (batch.column(0)) {
                    case Vector.Longs longs ->
                            found.add(longs.isNull(row) ? null : (Long) longs.values()[row]);
                    case Vector.Codes codes -> found.add((long) codes.codes()[row]);
                    default -> throw new AssertionError("no such column here");
                }
            }
        }
        return found;
    }

    private static Column number(String name) {
        return Column.number(name, ColumnType.INT64);
    }

    private static CorruptSegmentException failure(SegmentReader segment, Column column) {
        ScanRequest request = ScanRequest.of(List.of(column), null);
        return assertThrows(CorruptSegmentException.class, () -> scan(segment, request));
    }

    @Test
    void columnsSaidByManyOthersAreRefused() throws IOException {
        SegmentFrame.writeHeader(1, file);
        ZoneMap zone = new ZoneMap(ROWS, 0, 0, 1, 0, true);
        addCodes(number("c0"), new long[ROWS], zone);
        for (int i = 1; i < 40; i++) {
            ByteSink block = new ByteSink(16);
            add(
                    number("c" + i),
                    ChoiceEncoding.encode(i - 1, i - 1, i - 1, false, block),
                    block,
                    zone);
        }
        try (SegmentReader segment = SegmentReader.open(write())) {
            assertEquals(ROWS, scan(segment, ScanRequest.of(List.of(number("c4")), null)).size());
            assertEquals(
                    "at most 4 columns said by one another",
                    failure(segment, number("c5")).expected());
            failure(segment, number("c39"));
        }
    }

    /// Columns that were opened before, on the way to others, count as well.
    @Test
    void longChainsAreRefusedInWhateverOrderTheyAreRead() throws IOException {
        SegmentFrame.writeHeader(1, file);
        ZoneMap zone = new ZoneMap(ROWS, 0, 0, 1, 0, true);
        addCodes(number("c0"), new long[ROWS], zone);
        for (int i = 1; i < 40; i++) {
            ByteSink block = new ByteSink(16);
            int encoding = ChoiceEncoding.encode(i - 1, i - 1, i - 1, false, block);
            add(number("c" + i), encoding, block, zone);
        }
        try (SegmentReader segment = SegmentReader.open(write())) {
            BlockDecoders decoders = segment.decoders(_ -> {});
            for (int i = 0; i < 40; i++) {
                ColumnReader column = segment.storedColumns().get(i);
                if (i <= 4) {
                    decoders.decoder(column, 0);
                } else {
                    assertThrows(CorruptSegmentException.class, () -> decoders.decoder(column, 0));
                }
            }
        }
    }

    @Test
    void codesWiderThanTheirBlockSaysAreRefused() throws IOException {
        SegmentFrame.writeHeader(1, file);
        ZoneMap zone = new ZoneMap(ROWS, 0, 0, 1L << 40, 0, true);
        addCodes(number("c0"), new long[ROWS], zone);
        ByteSink block = new ByteSink(16);
        BlockForm differences = BlockCodec.choose(new long[ROWS], ROWS);
        int encoding = DifferenceEncoding.encode(0, (1L << 32) + 12, 8, differences, block);
        add(number("c1"), encoding, block, zone);
        try (SegmentReader segment = SegmentReader.open(write())) {
            assertEquals("codes of 8 bits", failure(segment, number("c1")).expected());
        }
    }

    @Test
    void whatIsNoFileIsNotMapped() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder.seg"));
        StoreException failure =
                assertThrows(StoreException.class, () -> SegmentReader.open(folder));
        assertEquals(folder + ": is no regular file", failure.getMessage());
    }

    @Test
    void columnsThatAreSaidByThemselvesOrLaterOnesAreRefused() throws IOException {
        SegmentFrame.writeHeader(1, file);
        ZoneMap zone = new ZoneMap(ROWS, 0, 0, 1, 0, true);
        addCodes(number("c0"), new long[ROWS], zone);
        for (int sibling : new int[] {1, 4, -1, Integer.MAX_VALUE}) {
            ByteSink block = new ByteSink(16);
            Column column = number("c" + columns.size());
            add(column, ChoiceEncoding.encode(0, sibling, 0, false, block), block, zone);
        }
        try (SegmentReader segment = SegmentReader.open(write())) {
            for (int i = 1; i < columns.size(); i++) {
                CorruptSegmentException failure = failure(segment, number("c" + i));
                assertEquals("a column before number " + i, failure.expected());
                assertTrue(failure.found().startsWith("number "), failure.found());
            }
        }
    }

    @Test
    void codesBeyondTheDictionaryAreRefused() throws IOException {
        SegmentFrame.writeHeader(1, file);
        ByteSink dictionary = new ByteSink(64);
        TextDictionary.encode(new byte[][] {{'a'}, {'b'}}, dictionary);
        Column text = Column.text("text");
        Column wide = new Column("wide", ColumnType.TEXT, "text", null, false);
        dictionaries.add(
                new DictionaryEntry("text", ColumnType.TEXT, section(dictionary.toByteArray())));
        ZoneMap zone = new ZoneMap(ROWS, 0, 1, 2, 0, false);
        long[] codes = new long[ROWS];
        codes[ROWS - 1] = 3;
        addCodes(text, codes, zone);
        codes[ROWS - 1] = 1L << 40;
        addCodes(wide, codes, zone);
        codes[ROWS - 1] = 2;
        addCodes(new Column("good", ColumnType.TEXT, "text", null, false), codes, zone);
        try (SegmentReader segment = SegmentReader.open(write())) {
            assertEquals(
                    ROWS,
                    scan(segment, ScanRequest.of(List.of(columns.get(2).column()), null)).size());
            CorruptSegmentException failure = failure(segment, text);
            assertEquals("codes of column text from 0 to 2", failure.expected());
            assertEquals("3", failure.found());
            assertTrue(failure(segment, wide).found().contains("31 bits"));
        }
    }

    @Test
    void scansWithoutZonesDoNotBelieveThem() throws IOException {
        SegmentFrame.writeHeader(1, file);
        ZoneMap wrong = new ZoneMap(ROWS, 0, 5, 6, 0, true);
        long[] small = new long[ROWS];
        long[] large = new long[ROWS];
        for (int row = 0; row < ROWS; row++) {
            small[row] = row;
            large[row] = (long) row << 40;
        }
        addCodes(number("small"), small, wrong);
        addCodes(number("large"), large, wrong);
        try (SegmentReader segment = SegmentReader.open(write())) {
            Column column = number("small");
            assertEquals(
                    List.of(100L, 101L), all(segment, new Predicate.NumberRange(column, 100, 101)));
            assertEquals(
                    ROWS, all(segment, new Predicate.NumberRange(column, -9, 1L << 50)).size());
            assertEquals(
                    List.of(0L, 7L, 2999L),
                    all(
                            segment,
                            new Predicate.NumberIn(column, List.of(-1L, 0L, 7L, 2999L, 1L << 50))));
            assertEquals(List.of(), all(segment, new Predicate.NumberAbsent(column)));
            column = number("large");
            assertEquals(
                    List.of(3L << 40),
                    all(segment, new Predicate.NumberRange(column, (2L << 40) + 1, 3L << 40)));
            assertEquals(
                    List.of(3L << 40),
                    all(segment, new Predicate.NumberIn(column, List.of(2L, 3L << 40))));
        }
    }

    private static List<Long> all(SegmentReader segment, Predicate predicate) {
        Column column =
                switch (predicate) {
                    case Predicate.NumberRange range -> range.column();
                    case Predicate.NumberIn in -> in.column();
                    case Predicate.NumberAbsent absent -> absent.column();
                    default -> throw new AssertionError("no such predicate here");
                };
        return scan(segment, new ScanRequest(List.of(column), predicate, false, false));
    }
}
