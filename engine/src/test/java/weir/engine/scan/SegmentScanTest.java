// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Randoms;
import weir.engine.SampleTable;
import weir.engine.schema.Column;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// Scans against the plain rows they were made of, whatever is pruned.
class SegmentScanTest {
    private static final int ROWS = 200_000;

    /// An address that one row has.
    private static final String RARE = "203.0.113.9";

    @TempDir static Path directory;
    private static List<Map<String, Object>> rows = List.of();
    private static @Nullable SegmentReader opened;
    private static @Nullable SegmentReader hinted;

    @BeforeAll
    static void writeSegment() {
        rows = SampleTable.rows(Randoms.of("SegmentScanTest"), ROWS);
        rows.get(77_777).put("target", RARE);
        rows.get(77_777).put("port", 44L);
        Path file = directory.resolve("sample.seg");
        SampleTable.builder(rows).write(file, 11);
        opened = SegmentReader.open(file);
        Path hintedFile = directory.resolve("hinted.seg");
        SampleTable.builder(rows, SampleTable.HINTS).write(hintedFile, 12);
        hinted = SegmentReader.open(hintedFile);
    }

    @AfterAll
    static void closeSegment() {
        segment().close();
        hinted().close();
    }

    private static SegmentReader segment() {
        return java.util.Objects.requireNonNull(opened);
    }

    private static SegmentReader hinted() {
        return java.util.Objects.requireNonNull(hinted);
    }

    @Test
    void hintsChangeTheOrderAndTheSizeAndNothingElse() {
        assertEquals(ROWS, hinted().rowCount());
        assertEquals(segment().schema().size(), hinted().schema().size());
        List<Map<String, Object>> found =
                scan(hinted(), SampleTable.COLUMNS, null, true, new ScanMetrics());
        assertEquals(sorted(rows), sorted(found));
        assertTrue(hinted().sizeBytes() < segment().sizeBytes());
        Map<String, Integer> encodings = new HashMap<>();
        for (ColumnReader column : hinted().storedColumns()) {
            encodings.put(column.column().name(), column.encoding(0));
        }
        assertEquals(6, encodings.get("source"), encodings.toString());
        assertEquals(6, encodings.get("target"), encodings.toString());
        assertEquals(7, encodings.get("packet_source"), encodings.toString());
        assertEquals(8, encodings.get("until"), encodings.toString());
        assertEquals(9, encodings.get("action"), encodings.toString());
    }

    @Test
    void randomPredicatesGiveTheNaiveRowsUnderHints() {
        compareUnderHints(7);
    }

    @Test
    @Tag("slow")
    void manyRandomPredicatesGiveTheNaiveRowsUnderHints() {
        compareUnderHints(60);
    }

    private static void compareUnderHints(int rounds) {
        Random random = Randoms.of("SegmentScanTest");
        for (int round = 0; round < rounds; round++) {
            Predicate predicate = predicate(random, 3);
            List<Map<String, Object>> expected =
                    rows.stream().filter(row -> passes(predicate, row)).toList();
            for (boolean prunes : new boolean[] {true, false}) {
                ScanMetrics metrics = new ScanMetrics();
                List<Map<String, Object>> found =
                        scan(hinted(), SampleTable.COLUMNS, predicate, prunes, metrics);
                assertEquals(expected.size(), found.size(), predicate.toString());
                assertEquals(sorted(expected), sorted(found), predicate.toString());
            }
        }
    }

    /// The rows in no order, by their hashes: text would take minutes.
    private static List<Integer> sorted(List<Map<String, Object>> rows) {
        return rows.stream().map(Map::hashCode).sorted().toList();
    }

    @Test
    void everyValueComesBack() {
        assertEquals(ROWS, segment().rowCount());
        assertEquals(11, segment().segmentId());
        assertEquals("time", segment().schema().timeColumn());
        List<Column> columns = new ArrayList<>(SampleTable.COLUMNS);
        columns.add(SampleTable.GHOST_NUMBER);
        columns.add(SampleTable.GHOST_TEXT);
        assertEquals(rows, scan(columns, null, true, new ScanMetrics()));
    }

    @Test
    void randomPredicatesGiveTheNaiveRows() {
        compare(10);
    }

    @Test
    @Tag("slow")
    void manyRandomPredicatesGiveTheNaiveRows() {
        compare(100);
    }

    private static void compare(int rounds) {
        Random random = Randoms.of("SegmentScanTest");
        for (int round = 0; round < rounds; round++) {
            Predicate predicate = predicate(random, 3);
            List<Map<String, Object>> expected =
                    rows.stream().filter(row -> passes(predicate, row)).toList();
            for (boolean prunes : new boolean[] {true, false}) {
                List<Map<String, Object>> found =
                        scan(SampleTable.COLUMNS, predicate, prunes, new ScanMetrics());
                assertEquals(expected.size(), found.size(), predicate.toString());
                assertEquals(expected, found, predicate.toString());
            }
        }
    }

    @Test
    void zonesSkipBlocksOfOtherTimes() {
        ScanMetrics metrics = new ScanMetrics();
        Predicate early = new Predicate.NumberRange(SampleTable.TIME, 0, 1_700_000_000L + 100);
        scan(List.of(SampleTable.PORT), early, true, metrics);
        assertEquals(3, metrics.blocksSkippedByTime.sum());
        assertEquals(4, metrics.blocks.sum());
    }

    @Test
    void aValueThatIsNowhereSkipsTheSegmentUnread() {
        ScanMetrics metrics = new ScanMetrics();
        Predicate nobody = equalTo(SampleTable.OWNER, "nobody");
        assertTrue(scan(List.of(SampleTable.PORT), nobody, true, metrics).isEmpty());
        assertEquals(1, metrics.segmentsSkipped());
        assertEquals(0, metrics.bytesRead.sum());
    }

    @Test
    void aRareAddressIsReadWhereItIs() {
        Predicate rare = equalTo(SampleTable.TARGET, RARE);
        ScanMetrics metrics = new ScanMetrics();
        assertEquals(1, scan(hinted(), SampleTable.COLUMNS, rare, true, metrics).size());
        assertEquals(3, metrics.blocksSkippedByIndex.sum());
        assertEquals(1, metrics.blocksRead.sum());
        assertEquals(ROWS, rowsOf(metrics));
        ScanMetrics unsorted = new ScanMetrics();
        assertEquals(1, scan(segment(), SampleTable.COLUMNS, rare, true, unsorted).size());
        assertEquals(3, unsorted.blocksSkippedByIndex.sum());
        ScanMetrics either = new ScanMetrics();
        Predicate sourceOrTarget =
                new Predicate.Or(List.of(equalTo(SampleTable.SOURCE, RARE), rare));
        assertEquals(
                1, scan(hinted(), List.of(SampleTable.BYTES), sourceOrTarget, true, either).size());
        assertEquals(3, either.blocksSkippedByIndex.sum());
        assertTrue(either.bytesRead.sum() < hinted().sizeBytes() / 3);
    }

    @Test
    void aPortIsReadInItsBatches() {
        Predicate port = new Predicate.NumberIn(SampleTable.PORT, List.of(44L));
        ScanMetrics metrics = new ScanMetrics();
        int found = scan(hinted(), List.of(SampleTable.PORT), port, true, metrics).size();
        long all = rows.stream().filter(row -> Long.valueOf(44).equals(row.get("port"))).count();
        assertEquals(all, found);
        assertTrue(metrics.rowsRead.sum() < ROWS / 2, metrics.rowsRead + " rows read");
        assertEquals(ROWS, rowsOf(metrics));
    }

    private static long rowsOf(ScanMetrics metrics) {
        return metrics.rowsRead.sum()
                + metrics.rowsSkippedByTime.sum()
                + metrics.rowsSkippedByZone.sum()
                + metrics.rowsSkippedByIndex.sum();
    }

    @Test
    void runsTellWhichBatchesHaveAValue() {
        List<Map<String, Object>> sorted = new ArrayList<>();
        for (int i = 0; i < 150_000; i++) {
            sorted.add(Map.of("time", 1_700_000_000L, "owner", "owner-" + i / 300));
        }
        Path file = directory.resolve("runs.seg");
        SampleTable.builder(sorted).write(file, 13);
        try (SegmentReader runs = SegmentReader.open(file)) {
            ScanMetrics metrics = new ScanMetrics();
            Predicate owner = equalTo(SampleTable.OWNER, "owner-77");
            assertEquals(300, scan(runs, List.of(SampleTable.TIME), owner, true, metrics).size());
            assertEquals(2048, metrics.rowsRead.sum());
            assertEquals(1, metrics.blocksRead.sum());
            assertEquals(150_000, rowsOf(metrics));
        }
    }

    @Test
    void anIndexSkipsBlocksWithoutTheValue() {
        ScanMetrics metrics = new ScanMetrics();
        scan(List.of(SampleTable.PORT), equalTo(SampleTable.ACTION, "REJECT"), true, metrics);
        // Rejects begin after 120,000 rows: the first block has none, and its zone says so too, so
        // the index is asked for what zones cannot say.
        assertTrue(metrics.blocksSkippedByZone.sum() + metrics.blocksSkippedByIndex.sum() >= 1);
    }

    private static Predicate equalTo(Column column, String text) {
        return new Predicate.Matches(
                column,
                dictionary -> {
                    int code = dictionary.codeOf(text);
                    return code < 0 ? CodeSet.none() : CodeSet.range(code, code);
                });
    }

    private static List<Map<String, Object>> scan(
            List<Column> columns,
            @Nullable Predicate predicate,
            boolean prunes,
            ScanMetrics metrics) {
        return scan(segment(), columns, predicate, prunes, metrics);
    }

    private static List<Map<String, Object>> scan(
            SegmentReader segment,
            List<Column> columns,
            @Nullable Predicate predicate,
            boolean prunes,
            ScanMetrics metrics) {
        SegmentScan scan =
                SegmentScan.of(
                        segment, new ScanRequest(columns, predicate, prunes, prunes), metrics);
        List<Map<String, Object>> found = new ArrayList<>();
        for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                Map<String, Object> values = new HashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    put(values, columns.get(i), batch.column(i), row);
                }
                found.add(values);
            }
        }
        return found;
    }

    private static void put(Map<String, Object> values, Column column, Vector vector, int row) {
        if (vector instanceof Vector.Codes codes) {
            String text = codes.dictionary().text(codes.codes()[row]);
            if (codes.codes()[row] == 0) {
                assertEquals(column.absentText(), text);
            } else {
                values.put(column.name(), String.valueOf(text));
            }
        } else if (vector instanceof Vector.Longs longs && !longs.isNull(row)) {
            values.put(column.name(), longs.values()[row]);
        }
    }

    private static Predicate predicate(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 10 : 12);
        return switch (kind) {
            case 0 -> {
                long from = 1_700_000_000L + random.nextInt(ROWS / 3);
                yield new Predicate.NumberRange(
                        SampleTable.TIME, from, from + random.nextInt(9000));
            }
            case 1 -> new Predicate.NumberRange(SampleTable.PORT, random.nextInt(500), 443);
            case 2 ->
                    new Predicate.NumberRange(
                            SampleTable.BYTES,
                            Long.MIN_VALUE,
                            random.nextLong() >>> random.nextInt(60));
            case 3 ->
                    new Predicate.NumberIn(
                            random.nextBoolean() ? SampleTable.PORT : SampleTable.BYTES,
                            random.longs(9, 0, 5000).boxed().sorted().toList());
            case 4 ->
                    new Predicate.NumberAbsent(
                            random.nextBoolean() ? SampleTable.PORT : SampleTable.GHOST_NUMBER);
            case 5 -> matches(SampleTable.ACTION, random);
            case 6 ->
                    matches(random.nextBoolean() ? SampleTable.OWNER : SampleTable.SOURCE, random);
            case 7 -> matches(SampleTable.GHOST_TEXT, random);
            case 8 ->
                    equalTo(random.nextBoolean() ? SampleTable.SOURCE : SampleTable.TARGET, random);
            case 9 -> {
                long port = random.nextInt(1200);
                yield new Predicate.NumberIn(
                        random.nextBoolean() ? SampleTable.PORT : SampleTable.OTHER_PORT,
                        List.of(port, port + random.nextInt(3)));
            }
            case 10 -> new Predicate.And(parts(random, depth));
            default -> new Predicate.Or(parts(random, depth));
        };
    }

    private static List<Predicate> parts(Random random, int depth) {
        List<Predicate> parts = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            parts.add(predicate(random, depth - 1));
        }
        return parts;
    }

    /// Passes the address that some row has, which the indexes know.
    private static Predicate equalTo(Column column, Random random) {
        Map<String, Object> row = rows.get(random.nextInt(rows.size()));
        return new Predicate.Matches(column, new TextTest(String.valueOf(row.get(column.name()))));
    }

    private record TextTest(String text) implements DictionaryTest {
        @Override
        public CodeSet codes(weir.engine.vector.Dictionary dictionary) {
            int code = dictionary.codeOf(text);
            return code < 0 ? CodeSet.none() : CodeSet.range(code, code);
        }
    }

    /// Passes values by their text's hash, a few of them or most.
    private static Predicate matches(Column column, Random random) {
        return new Predicate.Matches(column, new HashTest(random.nextInt(), random.nextInt(8)));
    }

    private record HashTest(int salt, int least) implements DictionaryTest {
        boolean passes(@Nullable String text) {
            return ((String.valueOf(text).hashCode() * 31 + salt) >>> 5 & 7) >= least;
        }

        @Override
        public CodeSet codes(weir.engine.vector.Dictionary dictionary) {
            BitSet codes = new BitSet();
            for (int code = 0; code < dictionary.size(); code++) {
                codes.set(code, passes(dictionary.text(code)));
            }
            return CodeSet.of(codes);
        }
    }

    private static boolean passes(Predicate predicate, Map<String, Object> row) {
        return switch (predicate) {
            case Predicate.NumberRange range -> {
                Long value = (Long) row.get(range.column().name());
                yield value != null && value >= range.min() && value <= range.max();
            }
            case Predicate.NumberIn in -> {
                Long value = (Long) row.get(in.column().name());
                yield value != null && in.values().contains(value);
            }
            case Predicate.NumberAbsent absent -> !row.containsKey(absent.column().name());
            case Predicate.Matches matches -> {
                String text = (String) row.get(matches.column().name());
                String read = text == null ? matches.column().absentText() : text;
                yield matches.test() instanceof HashTest test
                        ? test.passes(read)
                        : matches.test() instanceof TextTest equal && equal.text().equals(read);
            }
            case Predicate.And and -> and.parts().stream().allMatch(part -> passes(part, row));
            case Predicate.Or or -> or.parts().stream().anyMatch(part -> passes(part, row));
        };
    }
}
