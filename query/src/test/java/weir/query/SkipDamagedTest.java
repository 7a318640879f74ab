// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.SkippedSegment;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.StoreException;
import weir.engine.fault.UnsupportedFormatException;
import weir.engine.format.SegmentFrame;
import weir.engine.memory.Slice;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.engine.vector.VectorBatch;
import weir.query.exec.Analysis;
import weir.query.exec.VectorValues;
import weir.testkit.faulty.FaultyFiles;

/// What is answered when segments are damaged: nothing, or the rest.
class SkipDamagedTest {
    private static final Column NUMBER = Column.number("number", ColumnType.INT64);
    private static final Column TEXT = Column.text("text");
    private static final int SEGMENTS = 4;
    private static final int ROWS = 5000;
    private static final QueryOptions SKIPPING =
            QueryOptions.defaults().withThreads(2).withSkipDamaged(true);
    private static final String SUM = "SELECT count(*), sum(number) FROM t";

    @TempDir Path directory;
    private final List<Path> files = new ArrayList<>();

    /// Segment `i` holds the numbers from `i * ROWS`, in an order that no encoding predicts.
    @BeforeEach
    void writeStore() {
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer()) {
            List<StoreWriter.WrittenSegment> written = new ArrayList<>();
            for (int segment = 0; segment < SEGMENTS; segment++) {
                written.add(writer.write("t", segment(segment)));
            }
            writer.commit(Map.of("t", Schema.of(List.of(NUMBER, TEXT))), written);
            written.forEach(
                    each -> files.add(directory.resolve("segments").resolve(each.entry().file())));
        }
    }

    private static SegmentBuilder segment(int segment) {
        SegmentBuilder builder = new SegmentBuilder(null);
        long[] numbers = new long[ROWS];
        int[] texts = builder.codes(TEXT).withRoomFor(ROWS);
        for (int row = 0; row < ROWS; row++) {
            numbers[row] = (long) segment * ROWS + row * 1231L % ROWS;
            byte[] text = ("text " + row * 977 % 300).getBytes(StandardCharsets.UTF_8);
            texts[row] = builder.texts(TEXT).idOf(text, 0, text.length);
        }
        builder.numbers(NUMBER).put(0, numbers, numbers.length);
        builder.numbers(NUMBER).filledTo(ROWS);
        builder.codes(TEXT).filledTo(ROWS);
        builder.addRows(ROWS);
        return builder;
    }

    private record Answer(List<String> rows, List<SkippedSegment> skipped) {
        List<String> files() {
            return skipped.stream().map(SkippedSegment::file).toList();
        }
    }

    private Answer answer(String sql, QueryOptions options) {
        try (Store store = Store.open(directory);
                QueryResult result = new QueryEngine(store).execute(sql, options)) {
            List<String> rows = new ArrayList<>();
            for (VectorBatch batch = result.nextBatch();
                    batch != null;
                    batch = result.nextBatch()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    List<Object> values = new ArrayList<>();
                    for (int i = 0; i < batch.columns().length; i++) {
                        values.add(
                                VectorValues.get(
                                        batch.column(i), result.fields().get(i).type(), row));
                    }
                    rows.add(values.toString());
                }
            }
            return new Answer(rows, result.skippedSegments());
        }
    }

    private static String sum(int... segments) {
        long sum = 0;
        for (int segment : segments) {
            for (long row = 0; row < ROWS; row++) {
                sum += (long) segment * ROWS + row;
            }
        }
        return "[" + segments.length * ROWS + ", " + sum + "]";
    }

    private String name(int segment) {
        return String.valueOf(files.get(segment).getFileName());
    }

    private void flipInBlock(int segment, String column) throws IOException {
        Path file = files.get(segment);
        SegmentFrame frame = SegmentFrame.read(Slice.of(file, Files.readAllBytes(file)));
        long at =
                frame.footer().columns().stream()
                        .filter(entry -> entry.column().name().equals(column))
                        .findFirst()
                        .orElseThrow()
                        .blocks()
                        .getFirst()
                        .section()
                        .offset();
        FaultyFiles.flipBit(file, 8 * at + 3);
    }

    @Test
    void whatCannotBeOpenedIsLeftOutAndNamed() throws IOException {
        FaultyFiles.truncate(files.get(0), 1000);
        Files.delete(files.get(1));
        FaultyFiles.overwrite(files.get(3), 8, new byte[] {77});
        StoreException failure =
                assertThrows(StoreException.class, () -> answer(SUM, QueryOptions.defaults()));
        assertEquals(files.get(0), failure.path());
        Answer rest = answer(SUM, SKIPPING);
        assertEquals(List.of(sum(2)), rest.rows);
        assertEquals(List.of(name(0), name(1), name(3)), rest.files());
        for (SkippedSegment skipped : rest.skipped) {
            assertEquals("t", skipped.table());
            assertEquals(ROWS, skipped.rowCount());
        }
        assertEquals(1000, ((CorruptSegmentException) rest.skipped.get(0).reason()).offset());
        assertEquals(
                files.get(1) + ": the file is missing", rest.skipped.get(1).reason().getMessage());
        assertEquals(77, ((UnsupportedFormatException) rest.skipped.get(2).reason()).version());
    }

    @Test
    void aSegmentIsLeftOutAsAWholeOrNotAtAll() throws IOException {
        flipInBlock(2, "text");
        // Only who reads the damaged column notices.
        assertEquals(new Answer(List.of(sum(0, 1, 2, 3)), List.of()), answer(SUM, SKIPPING));
        String sql = "SELECT count(*), sum(number), max(text) FROM t";
        assertThrows(CorruptSegmentException.class, () -> answer(sql, QueryOptions.defaults()));
        Answer rest = answer(sql, SKIPPING);
        assertEquals(List.of(sum(0, 1, 3).replace("]", ", text 99]")), rest.rows);
        assertEquals(List.of(name(2)), rest.files());
        Answer listed = answer("SELECT number, text FROM t", SKIPPING);
        assertEquals(3 * ROWS, listed.rows.size());
        assertEquals(List.of(name(2)), listed.files());
        Answer some = answer("SELECT text FROM t WHERE number >= 10000 LIMIT 7", SKIPPING);
        assertEquals(7, some.rows.size());
    }

    @Test
    void damagedDictionariesAndIndexesLeaveASegmentOut() throws IOException {
        Path file = files.get(1);
        SegmentFrame frame = SegmentFrame.read(Slice.of(file, Files.readAllBytes(file)));
        long dictionary = frame.footer().dictionaries().getFirst().section().offset();
        FaultyFiles.flipBit(file, 8 * dictionary + 80);
        Answer rest = answer(SUM + " WHERE text >= 'text'", SKIPPING);
        assertEquals(List.of(sum(0, 2, 3)), rest.rows);
        assertEquals(List.of(name(1)), rest.files());
    }

    @Test
    void whatIsExcludedByZonesIsNotRead() throws IOException {
        flipInBlock(0, "number");
        assertEquals(
                new Answer(List.of("[5000]"), List.of()),
                answer("SELECT count(*) FROM t WHERE number >= 15000", SKIPPING));
    }

    @Test
    void explainAnalyzeTellsWhatWasLeftOut() throws IOException {
        flipInBlock(2, "number");
        try (Store store = Store.open(directory)) {
            Analysis analysis = new QueryEngine(store).analyze(SUM, SKIPPING);
            String line = "  left out as damaged: " + name(2) + ", 5,000 rows";
            assertTrue(analysis.text().lines().toList().contains(line), analysis.text());
        }
    }

    @Test
    void aDamagedManifestIsNotSkipped() throws IOException {
        FaultyFiles.flipBit(directory.resolve("manifest"), 200);
        assertThrows(CorruptSegmentException.class, () -> answer(SUM, SKIPPING));
    }
}
