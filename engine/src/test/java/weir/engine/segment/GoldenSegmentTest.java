// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import weir.engine.SampleTable;
import weir.engine.SegmentText;
import weir.engine.encoding.BlockCodec;
import weir.engine.fault.UnsupportedFormatException;
import weir.engine.format.SegmentLayout;
import weir.engine.memory.ByteSink;
import weir.engine.schema.Column;

/// Files that were written once and are read for ever. Beside each stands what its rows are.
///
/// While their version is the current one, the same rows are still written as the same bytes. After
/// a deliberate change of the format they are written anew with `-Dgolden.write=DIR`.
class GoldenSegmentTest {
    private static final int SEGMENT_ID = 7;
    private static final int LINES_SHOWN = 200;

    @TempDir Path directory;

    /// The golden files, and the rows they were made of.
    enum Golden {
        /// In the order they came, every column on its own, and some that come late.
        PLAIN,
        /// Sorted, and said in terms of each other.
        HINTED,
        /// Of several blocks, with indexes.
        BLOCKS,
        /// Of values without order.
        NOISE,
        /// Grouped beforehand; from version 4 on.
        SUMMED;

        String file(String ending) {
            return file(SegmentLayout.VERSION_CURRENT, ending);
        }

        String file(int version, String ending) {
            return "v" + version + "-" + name().toLowerCase(java.util.Locale.ROOT) + ending;
        }

        SegmentBuilder builder() {
            return switch (this) {
                case PLAIN -> SampleTable.builder(SampleTable.rows(new Random(1), 300));
                case HINTED ->
                        SampleTable.builder(
                                SampleTable.rows(new Random(2), 2500), SampleTable.HINTS);
                case BLOCKS -> SampleTable.builder(manyRows(), SampleTable.HINTS);
                case NOISE -> SampleTable.builder(noise(), SampleTable.HINTS);
                case SUMMED ->
                        SampleTable.builder(
                                manyRows().subList(0, 40_000),
                                SampleTable.HINTS.withSummaries(SampleTable.SUMMARIES));
            };
        }

        private static List<Map<String, Object>> noise() {
            Random random = new Random(4);
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int i = 0; i < 30_000; i++) {
                int kind = random.nextInt(4);
                Map<String, Object> row = new HashMap<>();
                row.put("time", 1_700_000_000L);
                row.put("action", kind == 0 ? "REJECT" : "ACCEPT");
                row.put("flags", 2L * kind);
                row.put("bytes", (long) random.nextInt(1 << random.nextInt(16)));
                row.put("port", new long[] {22, 443, 60_000}[random.nextInt(3)]);
                rows.add(row);
            }
            return rows;
        }

        /// Long runs and few values, so that many rows make a small file.
        private static List<Map<String, Object>> manyRows() {
            Random random = new Random(3);
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int i = 0; i < 140_000; i++) {
                int owner = i / 700;
                Map<String, Object> row = new HashMap<>();
                row.put("time", 1_700_000_000L + owner);
                row.put("until", 1_700_000_000L + owner + owner % 3);
                row.put("owner", "owner-" + owner % 40);
                String peer = owner % 9 == 0 ? "2001:db8::" + owner % 7 : "192.0.2." + owner;
                boolean isAnswer = i % 700 > 600;
                row.put("source", isAnswer ? peer : "10.0.0." + owner % 40);
                row.put("target", isAnswer ? "10.0.0." + owner % 40 : peer);
                row.put("packet_source", "10.0.0." + (i % 20_000 == 0 ? 99 : owner % 40));
                row.put("action", i % 7000 == 0 ? "REJECT" : "ACCEPT");
                row.put("port", (long) (owner % 11 == 0 ? 22 : 443));
                row.put("other_port", 40_000L + owner);
                if (owner % 5 > 0) {
                    row.put("bytes", i % 5000 == 0 ? 1L << random.nextInt(40) : 64L);
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private static Path golden(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(
                                GoldenSegmentTest.class.getResource("/golden/" + name),
                                "no golden file " + name)
                        .toURI());
    }

    /// A line for each row, or for the rows in a row that are equal, with how many they are: the
    /// first of them, and a checksum of all.
    private static String text(SegmentReader segment) {
        List<String> lines = new ArrayList<>();
        List<Column> columns = segment.schema().columns();
        lines.add(columns.stream().map(Column::name).collect(Collectors.joining(" ")));
        List<List<String>> rows = SegmentText.rows(segment);
        int count = 0;
        for (int i = 0; i < rows.size(); i++) {
            count++;
            if (i + 1 == rows.size() || !rows.get(i).equals(rows.get(i + 1))) {
                lines.add(count + " x " + String.join(" ", rows.get(i)));
                count = 0;
            }
        }
        CRC32 checksum = new CRC32();
        for (SegmentSummary summary : segment.summaries()) {
            lines.add("summary by " + new TreeSet<>(summary.dimensions()));
            SegmentText.rows(summary.rows()).forEach(row -> lines.add(String.join(" ", row)));
        }
        lines.forEach(line -> checksum.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(LINES_SHOWN, lines.size())));
        shown.add("CRC32 of all %d lines: %08x".formatted(lines.size(), checksum.getValue()));
        return String.join("\n", shown) + "\n";
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreReadAsTheyWereWritten(Golden golden) throws Exception {
        String target = System.getProperty("golden.write");
        if (target != null) {
            Path file = Path.of(target).resolve(golden.file(".seg"));
            golden.builder().write(file, SEGMENT_ID);
            try (SegmentReader segment = SegmentReader.open(file)) {
                Files.writeString(file.resolveSibling(golden.file(".txt")), text(segment));
            }
            return;
        }
        try (SegmentReader segment = SegmentReader.open(golden(golden.file(".seg")))) {
            assertEquals(Files.readString(golden(golden.file(".txt"))), text(segment));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SUMMED")
    void rowsOfOlderVersionsAreReadAsTheyWere(Golden golden) throws Exception {
        try (SegmentReader segment = SegmentReader.open(golden(golden.file(3, ".seg")))) {
            assertEquals(Files.readString(golden(golden.file(3, ".txt"))), text(segment));
            assertEquals(List.of(), segment.summaries());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameRowsMakeTheSameBytes(Golden golden) throws Exception {
        assertEquals(4, SegmentLayout.VERSION_CURRENT, "write golden files of the new version");
        Path file = directory.resolve("again.seg");
        golden.builder().write(file, SEGMENT_ID);
        assertArrayEquals(
                Files.readAllBytes(golden(golden.file(".seg"))), Files.readAllBytes(file));
    }

    @Test
    void everyEncodingAndIndexIsAmongThem() throws Exception {
        Set<String> encodings = new TreeSet<>();
        Set<String> indexes = new HashSet<>();
        for (Golden golden : Golden.values()) {
            try (SegmentReader segment = SegmentReader.open(golden(golden.file(".seg")))) {
                for (ColumnReader column : segment.storedColumns()) {
                    for (int block = 0; block < segment.blockCount(); block++) {
                        encodings.add(BlockCodec.nameOf(column.encoding(block)));
                    }
                    if (column.index() != null) {
                        indexes.add("bitmaps");
                    }
                    if (column.pageIndex() != null) {
                        indexes.add("pages");
                    }
                }
            }
        }
        assertEquals(Set.of("bitmaps", "pages"), indexes);
        assertEquals(
                "[choice, constant, determined, difference, equal, frequency, magnitude, packed,"
                        + " plane, run, value list]",
                encodings.toString());
    }

    @Test
    void aNewerVersionIsRefusedByItsNumber() throws IOException, URISyntaxException {
        byte[] bytes = Files.readAllBytes(golden(Golden.PLAIN.file(".seg")));
        bytes[8] = 5;
        ByteSink header = new ByteSink(32);
        header.putBytes(bytes, 0, 24);
        header.putInt(header.checksum(0));
        System.arraycopy(header.array(), 0, bytes, 0, 28);
        Path file = Files.write(directory.resolve("newer.seg"), bytes);
        UnsupportedFormatException failure =
                assertThrows(UnsupportedFormatException.class, () -> SegmentReader.open(file));
        assertTrue(failure.getMessage().contains("5"), failure.getMessage());
        assertTrue(failure.getMessage().contains("3 to 4"), failure.getMessage());
    }
}
