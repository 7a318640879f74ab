// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.segment.SegmentReader;

class RetentionTest {
    private static final long START = 1_700_000_000L;
    private static final RewriteOptions OPTIONS =
            new RewriteOptions(Map.of("flows", SampleTable.HINTS), 4000, 64 << 20, 1);

    @TempDir Path directory;

    /// Rows of a stretch of time; some have none.
    private static List<Map<String, Object>> rows(Random random, int count) {
        List<Map<String, Object>> rows = SampleTable.rows(random, count);
        long shift = random.nextInt(2000);
        boolean hasAbsent = random.nextInt(3) == 0;
        for (Map<String, Object> row : rows) {
            row.computeIfPresent("time", (_, time) -> (Long) time + shift);
            if (hasAbsent && random.nextInt(20) == 0) {
                row.remove("time");
            }
        }
        return rows;
    }

    private static boolean isBefore(Map<String, Object> row, long epochSecond) {
        return row.get("time") instanceof Long time && time < epochSecond;
    }

    @Test
    void exactlyTheRowsFromBeforeGo() throws IOException {
        Random random = Randoms.of("RetentionTest");
        for (int round = 0; round < 4; round++) {
            Path place = directory.resolve("store" + round);
            try (Store store = Store.openOrCreate(place)) {
                List<Map<String, Object>> all = new ArrayList<>();
                List<List<Map<String, Object>>> segments = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    segments.add(rows(random, 1 + random.nextInt(1500)));
                    all.addAll(segments.getLast());
                }
                CompactionTest.commit(store, "flows", segments);
                CompactionTest.commit(store, "files", List.of(rows(random, 50)));
                List<Map<String, Object>> files = CompactionTest.stored(store, "files");
                for (int drop = 0; drop < 4; drop++) {
                    long time = START + random.nextInt(3000) - 200;
                    dropAndCompare(store, all, time);
                }
                assertEquals(files, CompactionTest.stored(store, "files"));
                CompactionTest.assertOnlyNamedFiles(store, place);
            }
        }
    }

    private static void dropAndCompare(Store store, List<Map<String, Object>> rows, long time) {
        long old = rows.stream().filter(row -> isBefore(row, time)).count();
        rows.removeIf(row -> isBefore(row, time));
        long sizeBytes = sizeBytes(store);
        DropReport said = Retention.dropBefore(store, time, OPTIONS, true);
        assertEquals(sizeBytes, said.bytesLeft(), "a dry run drops nothing");
        DropReport done = Retention.dropBefore(store, time, OPTIONS, false);
        assertEquals(
                SampleTable.sorted(rows),
                SampleTable.sorted(CompactionTest.stored(store, "flows")),
                "time " + time);
        assertEquals(old, done.rowsRemoved());
        assertEquals(old, said.rowsRemoved());
        assertEquals(said.segmentsRemoved(), done.segmentsRemoved());
        assertEquals(said.segmentsRewritten(), done.segmentsRewritten());
        assertTrue(said.bytesFreed() <= done.bytesFreed(), said + " and " + done);
        assertEquals(sizeBytes - done.bytesFreed(), done.bytesLeft());
        assertEquals(sizeBytes(store), done.bytesLeft());
        DropReport again = Retention.dropBefore(store, time, OPTIONS, false);
        assertEquals(new DropReport(0, 0, 0, 0, done.bytesLeft()), again, "once more");
    }

    private static long sizeBytes(Store store) {
        try (Snapshot snapshot = store.snapshot()) {
            return snapshot.tables().values().stream()
                    .flatMap(table -> table.segments().stream())
                    .mapToLong(SegmentReader::sizeBytes)
                    .sum();
        }
    }

    @Test
    void segmentsThatNoLongerFitTheHeapAreWrittenInParts() {
        try (Store store = Store.openOrCreate(directory)) {
            List<Map<String, Object>> rows = SampleTable.rows(new Random(3), 150_000);
            CompactionTest.commit(store, "flows", List.of(rows));
            RewriteOptions small = new RewriteOptions(Map.of(), 1 << 20, 1, 1);
            long time = START + 1000;
            assertEquals(1, Retention.dropBefore(store, time, small, false).segmentsRewritten());
            rows.removeIf(row -> isBefore(row, time));
            assertEquals(
                    SampleTable.sorted(rows),
                    SampleTable.sorted(CompactionTest.stored(store, "flows")));
            try (Snapshot snapshot = store.snapshot()) {
                assertEquals(3, snapshot.table("flows").segments().size());
            }
        }
    }

    @Test
    void theOldestSegmentsGoUntilTheRestIsSmallEnough() {
        try (Store store = Store.openOrCreate(directory)) {
            List<List<Map<String, Object>>> segments = new ArrayList<>();
            for (long last : List.of(500, 100, 300)) {
                segments.add(List.of(Map.of("time", START + last), Map.of("time", START)));
            }
            segments.add(List.of(Map.of("port", 1L)));
            CompactionTest.commit(store, "flows", segments);
            CompactionTest.commit(store, "files", List.of(SampleTable.rows(new Random(1), 10)));
            long sizeBytes = sizeBytes(store);
            assertEquals(
                    new DropReport(0, 0, 0, 0, sizeBytes),
                    Retention.keepBytes(store, List.of("flows"), sizeBytes, false));
            assertEquals(1, keep(store, sizeBytes - 1, true).segmentsRemoved());
            assertEquals(1, keep(store, sizeBytes - 1, false).segmentsRemoved());
            assertEquals(List.of(500L, 0L, 300L, 0L), times(store));
            assertEquals(0, keep(store, sizeBytes(store), false).segmentsRemoved());
            keep(store, sizeBytes(store) - 1, false);
            assertEquals(List.of(500L, 0L), times(store));
            keep(store, sizeBytes(store) - 1, false);
            assertEquals(List.of(), times(store));
            assertEquals(
                    List.of(Map.of("port", 1L)),
                    CompactionTest.stored(store, "flows"),
                    "what has no time goes last");
            DropReport all = keep(store, 0, false);
            assertEquals(1, all.rowsRemoved());
            assertEquals(10, CompactionTest.stored(store, "files").size());
            assertEquals(sizeBytes(store), all.bytesLeft());
            assertEquals(
                    0, Retention.keepBytes(store, List.of("no table"), 0, false).rowsRemoved());
        }
    }

    private static DropReport keep(Store store, long sizeBytes, boolean isDryRun) {
        return Retention.keepBytes(store, List.of("flows"), sizeBytes, isDryRun);
    }

    private static List<Long> times(Store store) {
        return CompactionTest.stored(store, "flows").stream()
                .filter(row -> row.containsKey("time"))
                .map(row -> (Long) row.get("time") - START)
                .toList();
    }

    @Test
    void aDryRunNeedsNoLock() {
        try (Store store = Store.openOrCreate(directory)) {
            CompactionTest.commit(store, "flows", List.of(SampleTable.rows(new Random(2), 100)));
            try (StoreWriter _ = store.writer()) {
                assertEquals(
                        100,
                        Retention.dropBefore(store, Long.MAX_VALUE, OPTIONS, true).rowsRemoved());
            }
        }
    }

    @Test
    void aKilledDropLosesNoLaterRowAndIsFinishedByTheNext() throws IOException {
        Random random = Randoms.of("RetentionTest.killed");
        List<List<Map<String, Object>>> segments = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            segments.add(rows(random, 600));
        }
        List<Map<String, Object>> all = segments.stream().flatMap(List::stream).toList();
        long time = START + 900;
        List<String> kept =
                SampleTable.sorted(all.stream().filter(row -> !isBefore(row, time)).toList());
        boolean isKilled = true;
        for (int changes = 0; isKilled; changes++) {
            Path place = directory.resolve("store" + changes);
            try (Store store = Store.openOrCreate(place)) {
                CompactionTest.commit(store, "flows", segments);
            }
            try (Store store = Store.open(place, new KilledFiles(changes).files())) {
                Retention.dropBefore(store, time, OPTIONS, false);
                isKilled = false;
            } catch (KilledFiles.Killed _) {
                assertTrue(changes < 200, "it never ends");
            }
            try (Store store = Store.open(place)) {
                List<Map<String, Object>> now = CompactionTest.stored(store, "flows");
                assertEquals(
                        kept,
                        SampleTable.sorted(
                                now.stream().filter(row -> !isBefore(row, time)).toList()));
                Retention.dropBefore(store, time, OPTIONS, false);
                assertEquals(kept, SampleTable.sorted(CompactionTest.stored(store, "flows")));
                CompactionTest.assertOnlyNamedFiles(store, place);
            }
        }
    }
}
