// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.SampleTable;
import weir.engine.SegmentText;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.format.SegmentFooter;
import weir.engine.format.SegmentFooter.BlockEntry;
import weir.engine.format.SegmentFooter.ColumnEntry;
import weir.engine.index.ZoneMap;
import weir.engine.schema.Column;
import weir.engine.verify.Finding;
import weir.engine.verify.SegmentVerifier;
import weir.testkit.Seeds;

/// Rows of a segment grouped beforehand, against grouping them once more.
class SegmentSummaryTest {
    private static final int ROWS = 20_000;

    @TempDir Path directory;

    private Path write(List<Map<String, Object>> rows, StorageHints hints) {
        Path file = directory.resolve("summed-" + rows.size() + ".seg");
        SampleTable.builder(rows, hints).write(file, 7);
        return file;
    }

    private static StorageHints hints(List<String> dimensions, List<String> sums) {
        return SampleTable.HINTS.withSummaries(List.of(new StorageHints.Summary(dimensions, sums)));
    }

    /// Random rows with few values in the columns that are grouped by.
    private static List<Map<String, Object>> rows(Random random, int count) {
        List<Map<String, Object>> rows = SampleTable.rows(random, count);
        for (Map<String, Object> row : rows) {
            row.put("time", 1_700_000_000L + random.nextInt(90));
            row.computeIfPresent("bytes", (_, _) -> (long) random.nextInt(5000));
            row.computeIfPresent("owner", (_, _) -> "owner-" + random.nextInt(5));
        }
        return rows;
    }

    /// The groups of a segment as the texts of their dimensions, rows and sums.
    private static List<List<String>> grouped(
            SegmentReader segment, List<String> dimensions, List<String> sums) {
        List<String> names = segment.schema().columns().stream().map(Column::name).toList();
        Map<List<String>, long[]> groups = new LinkedHashMap<>();
        for (List<String> row : SegmentText.rows(segment)) {
            List<String> key = new ArrayList<>();
            dimensions.forEach(name -> key.add(row.get(names.indexOf(name))));
            for (String sum : sums) {
                key.add(row.get(names.indexOf(sum)).equals("absent") ? "absent" : "present");
            }
            long[] state = groups.computeIfAbsent(key, _ -> new long[1 + sums.size()]);
            state[0]++;
            for (int i = 0; i < sums.size(); i++) {
                String value = row.get(names.indexOf(sums.get(i)));
                state[1 + i] += value.equals("absent") ? 0 : Long.parseLong(value);
            }
        }
        List<List<String>> lines = new ArrayList<>();
        groups.forEach((key, state) -> {
            List<String> line = new ArrayList<>(key.subList(0, dimensions.size()));
            line.add(Long.toString(state[0]));
            for (int i = 0; i < sums.size(); i++) {
                boolean isAbsent = key.get(dimensions.size() + i).equals("absent");
                line.add(isAbsent ? "absent" : Long.toString(state[1 + i]));
            }
            lines.add(line);
        });
        return lines;
    }

    @Test
    void summariesAreTheRowsGroupedInTheirOrder() {
        Random random = new Random(Seeds.next("SegmentSummaryTest"));
        List<List<String>> dimensions =
                List.of(
                        List.of("time", "action"),
                        List.of("owner"),
                        List.of("action", "flags", "owner"));
        for (List<String> by : dimensions) {
            Path file = write(rows(random, ROWS), hints(by, List.of("bytes", "flags")));
            List<String> sums = by.contains("flags") ? List.of("bytes") : List.of("bytes", "flags");
            try (SegmentReader segment = SegmentReader.open(file)) {
                SegmentSummary summary = segment.summaries().getFirst();
                assertEquals(Set.copyOf(by), summary.dimensions());
                assertEquals(Set.copyOf(sums), summary.sums());
                assertEquals(grouped(segment, by, sums), SegmentText.rows(summary.rows()));
            }
            assertEquals(List.of(), SegmentVerifier.verify("t", file, null, null).findings());
        }
    }

    @Test
    void columnsThatDoNotFitOrAreNotThereAreLeftOut() {
        List<Map<String, Object>> rows = new ArrayList<>();
        Random random = new Random(Seeds.next("SegmentSummaryTest.wide"));
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("time", (long) random.nextInt(2) << 30);
            row.put("until", (long) random.nextInt(2) << 29);
            row.put("bytes", random.nextInt(2) == 0 ? 1L << 60 : 5L);
            row.put("port", (long) random.nextInt(3));
            rows.add(row);
        }
        List<String> by = List.of("ghost_text", "time", "until", "bytes", "port");
        try (SegmentReader segment = SegmentReader.open(write(rows, hints(by, List.of())))) {
            SegmentSummary summary = segment.summaries().getFirst();
            // 31 and 30 bits leave one: too few for three ports. Wide numbers have no codes.
            assertEquals(Set.of("time", "until"), summary.dimensions());
            assertEquals(4, summary.rows().rowCount());
        }
        try (SegmentReader segment =
                SegmentReader.open(write(rows, hints(List.of("port"), List.of("bytes"))))) {
            assertEquals(List.of(), segment.summaries(), "sums beyond 64 bits");
        }
    }

    @Test
    void sumsOfWideNumbersAreExact() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("time", 5L);
            row.put("port", (long) (i % 3));
            if (i % 5 > 0) {
                row.put("bytes", i == 1 ? -(1L << 61) : (long) i);
            }
            rows.add(row);
        }
        Path file = write(rows, hints(List.of("port"), List.of("bytes")));
        try (SegmentReader segment = SegmentReader.open(file)) {
            SegmentSummary summary = segment.summaries().getFirst();
            assertEquals(
                    grouped(segment, List.of("port"), List.of("bytes")),
                    SegmentText.rows(summary.rows()));
            assertEquals(6, summary.rows().rowCount(), "ports with bytes and without");
        }
        assertEquals(List.of(), SegmentVerifier.verify("t", file, null, null).findings());
    }

    @Test
    void smallSegmentsAndManyGroupsHaveNone() {
        Random random = new Random(1);
        StorageHints few = hints(List.of("action"), List.of("bytes"));
        StorageHints many = hints(List.of("source", "target", "port"), List.of("bytes"));
        for (Path file :
                List.of(write(rows(random, 16_000), few), write(rows(random, ROWS), many))) {
            try (SegmentReader segment = SegmentReader.open(file)) {
                assertEquals(List.of(), segment.summaries());
            }
        }
    }

    private static SegmentFooter with(SegmentFooter footer, UnaryOperator<SegmentFooter> change) {
        return new SegmentFooter(
                footer.rowCount(),
                footer.timeColumn(),
                footer.dictionaries(),
                footer.columns(),
                footer.pageIndexes(),
                footer.summaries().stream().map(change).toList());
    }

    private static SegmentFooter summary(
            SegmentFooter summary, int rows, UnaryOperator<List<ColumnEntry>> change) {
        return SegmentFooter.ofSummary(rows, "", change.apply(summary.columns()));
    }

    private Path tampered(Path file, UnaryOperator<SegmentFooter> change) throws IOException {
        byte[] changed =
                Tampered.withFooter(Files.readAllBytes(file), footer -> with(footer, change));
        return Files.write(directory.resolve("tampered.seg"), changed);
    }

    @Test
    void hostileSummariesAreRefused() throws IOException {
        Path file =
                write(
                        rows(new Random(2), ROWS),
                        hints(List.of("time", "action"), List.of("bytes")));
        List<UnaryOperator<SegmentFooter>> changes =
                List.of(
                        summary -> summary(summary, summary.rowCount(), all -> all.subList(0, 2)),
                        summary -> summary(summary, summary.rowCount(), List::reversed),
                        summary ->
                                summary(
                                        summary,
                                        summary.rowCount(),
                                        all -> {
                                            List<ColumnEntry> twice = new ArrayList<>(all);
                                            twice.add(all.getFirst());
                                            return twice;
                                        }),
                        summary ->
                                summary(
                                        summary,
                                        summary.rowCount(),
                                        all -> {
                                            List<ColumnEntry> other = new ArrayList<>(all);
                                            ColumnEntry first = other.getFirst();
                                            other.set(
                                                    0,
                                                    new ColumnEntry(
                                                            Column.number(
                                                                    "ghost", first.column().type()),
                                                            false,
                                                            null,
                                                            first.blocks()));
                                            return other;
                                        }),
                        summary ->
                                summary(
                                        summary,
                                        summary.rowCount(),
                                        all -> {
                                            List<ColumnEntry> part = new ArrayList<>(all);
                                            ColumnEntry first = part.getFirst();
                                            part.set(
                                                    0,
                                                    new ColumnEntry(
                                                            first.column(),
                                                            true,
                                                            null,
                                                            first.blocks()));
                                            return part;
                                        }),
                        summary -> summary(summary, ROWS + 1, all -> all));
        for (UnaryOperator<SegmentFooter> change : changes) {
            Path changed = tampered(file, change);
            CorruptSegmentException failure =
                    assertThrows(CorruptSegmentException.class, () -> SegmentReader.open(changed));
            assertTrue(failure.getMessage().contains("tampered.seg"), failure.getMessage());
        }
    }

    @Test
    void whatASummarySaysWrongIsFound() throws IOException {
        Path file = write(rows(new Random(3), ROWS), hints(List.of("action"), List.of("bytes")));
        // The base of a block is added to each of its numbers.
        Map<String, String> expected = Map.of("$rows", "rows in row", "bytes", "sum ");
        for (Map.Entry<String, String> column : expected.entrySet()) {
            Path changed =
                    tampered(
                            file,
                            summary ->
                                    summary(
                                            summary,
                                            summary.rowCount(),
                                            all ->
                                                    all.stream()
                                                            .map(entry ->
                                                                    moved(entry, column.getKey()))
                                                            .toList()));
            List<String> found =
                    SegmentVerifier.verify("t", changed, null, null).findings().stream()
                            .map(Finding::toString)
                            .toList();
            assertFalse(found.isEmpty());
            assertTrue(
                    found.stream().anyMatch(line -> line.contains(column.getValue())),
                    found.toString());
        }
    }

    private static ColumnEntry moved(ColumnEntry entry, String name) {
        if (!entry.column().name().equals(name)) {
            return entry;
        }
        return Tampered.withFirstBlock(
                entry,
                block -> {
                    ZoneMap zone = block.zone();
                    long present = (long) zone.rowCount() - zone.absentCount();
                    ZoneMap moved =
                            new ZoneMap(
                                    zone.rowCount(),
                                    zone.absentCount(),
                                    zone.min() + 1,
                                    zone.max() + 1,
                                    zone.sum() + present,
                                    zone.isSumExact());
                    return new BlockEntry(
                            block.encoding(), block.section(), block.base() + 1, moved);
                });
    }

    @Test
    void everySectionOfASummaryIsAmongThoseOfTheFooter() throws IOException {
        Path file = write(rows(new Random(4), ROWS), hints(List.of("owner"), List.of("bytes")));
        SegmentFooter footer = Tampered.frame(Files.readAllBytes(file)).footer();
        Set<Long> known = new TreeSet<>();
        footer.sections().forEach(section -> known.add(section.offset()));
        for (ColumnEntry entry : footer.summaries().getFirst().columns()) {
            entry.blocks().forEach(block -> assertTrue(known.contains(block.section().offset())));
        }
    }
}
