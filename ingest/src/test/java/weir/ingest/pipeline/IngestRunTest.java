// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Store;
import weir.engine.segment.SegmentReader;
import weir.ingest.NaiveLog;
import weir.ingest.StoredRows;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;
import weir.ingest.source.FoundInputs;
import weir.ingest.source.InputFile;
import weir.ingest.source.InputFinder;
import weir.testkit.Seeds;

class IngestRunTest {
    @TempDir Path directory;

    private Path store() {
        return directory.resolve("store");
    }

    /// Options that cut everything small, so that a few megabytes take many units and segments.
    private static RunOptions small(int threads) {
        return RunOptions.of(FlowFormat.DEFAULT, threads).withSizes(5_000, 1 << 20, 20_000);
    }

    private RunSummary run(RunOptions options, RunProgress progress, Path... inputs) {
        try (Store store = Store.openOrCreate(store())) {
            return IngestRun.run(
                    store,
                    InputFinder.find(List.of(inputs).stream().map(Path::toString).toList()),
                    options,
                    progress);
        }
    }

    private RunSummary run(int threads, Path... inputs) {
        return run(small(threads), (_, _, _, _) -> {}, inputs);
    }

    private static final List<String> COLUMNS =
            List.of("interface_id", "srcaddr", "dstaddr", "srcport", "bytes", "start", "action");

    private List<String> flows() {
        return StoredRows.sorted(store(), FlowTables.FLOWS, COLUMNS);
    }

    /// Compares row by row: the lists are too long to be shown whole.
    private void assertHolds(StringBuilder text) {
        List<String> wanted = NaiveLog.sorted(text.toString(), FlowFormat.DEFAULT, COLUMNS);
        List<String> found = flows();
        assertEquals(wanted.size(), found.size());
        for (int i = 0; i < wanted.size(); i++) {
            assertEquals(wanted.get(i), found.get(i));
        }
    }

    /// A unit that two threads work on has two segments in memory, for which there is one a thread.
    @Test
    void unitsHaveASecondThreadWhereThereAreTwiceAsMany() throws IOException {
        InputFile packed = input(gzip("a.gz", "2 1"));
        assertTrue(IngestRun.hasSpareThreads(List.of(packed), small(2)));
        assertFalse(IngestRun.hasSpareThreads(List.of(packed), small(1)));
        assertTrue(IngestRun.hasSpareThreads(Collections.nCopies(4, packed), small(8)));
        assertFalse(IngestRun.hasSpareThreads(Collections.nCopies(5, packed), small(8)));
        assertTrue(IngestRun.hasSpareThreads(List.of(InputFile.standardInput()), small(2)));
        InputFile plain = input(write("plain", "2 1\n".repeat(3 << 20)));
        assertFalse(IngestRun.hasSpareThreads(List.of(plain), small(8)));
        assertTrue(IngestRun.hasSpareThreads(List.of(input(write("b", ""))), small(2)));
    }

    private static InputFile input(Path path) throws IOException {
        return new InputFile(path.toString(), path, Files.size(path), 0);
    }

    private static void addRecords(StringBuilder text, Random random, int count) {
        for (int i = 0; i < count; i++) {
            text.append(
                    "2 123456789010 eni-%d 10.0.%d.%d 10.1.0.1 %d 443 6 %d %d %d %d ACCEPT OK\n"
                            .formatted(
                                    random.nextInt(40),
                                    random.nextInt(256),
                                    random.nextInt(256),
                                    random.nextInt(65_536),
                                    random.nextInt(100),
                                    random.nextLong(1L << 40),
                                    1_700_000_000 + i,
                                    1_700_000_060 + i));
        }
    }

    private Path write(String name, String text) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private Path gzip(String name, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(directory.resolve(name), bytes.toByteArray());
    }

    private long segmentFiles() throws IOException {
        try (Stream<Path> files = Files.list(store().resolve("segments"))) {
            return files.count();
        }
    }

    private long publishedSegments() {
        try (Store store = Store.open(store())) {
            return store.snapshot().tables().values().stream()
                    .mapToLong(table -> table.segments().size())
                    .sum();
        }
    }

    @Test
    void aLargePlainFileIsReadInSlicesToTheSameRows() throws IOException {
        Random random = new Random(Seeds.next("aLargePlainFile"));
        StringBuilder text = new StringBuilder(FlowFormat.DEFAULT + "\n");
        addRecords(text, random, 40_000);
        Path file = write("a.log", text.toString());
        RunSummary summary = run(3, file);
        assertEquals(40_000, summary.records());
        assertHolds(text);
        assertEquals(segmentFiles(), publishedSegments());
        // The packed copy has the same content, though it was hashed in one go.
        assertEquals(1, run(2, gzip("b.gz", text.toString())).skippedFiles());
        // So has a plain copy, which is known before it is sliced.
        assertEquals(1, run(2, write("c.log", text.toString())).skippedFiles());
        assertEquals(40_000, flows().size());
    }

    @Test
    void segmentsOfALargePackedFileAreWrittenWhileItIsReadOn() throws IOException {
        Random random = new Random(Seeds.next("aLargePackedFile"));
        StringBuilder text = new StringBuilder(FlowFormat.DEFAULT + "\n");
        addRecords(text, random, 40_000);
        assertEquals(40_000, run(2, gzip("a.gz", text.toString())).records());
        assertHolds(text);
        assertEquals(segmentFiles(), publishedSegments());
        assertTrue(publishedSegments() > 3, publishedSegments() + " segments are too few to tell");
    }

    @Test
    void aHeaderInMidFileReachesTheSlicesBehindIt() throws IOException {
        Random random = new Random(Seeds.next("aHeaderInMidFile"));
        StringBuilder text = new StringBuilder(FlowFormat.DEFAULT + "\n");
        addRecords(text, random, 12_000);
        text.append("dstaddr srcaddr bytes\n");
        for (int i = 0; i < 70_000; i++) {
            text.append("10.0.0.").append(i % 256).append(" 10.9.9.9 ").append(i).append('\n');
        }
        text.append(FlowFormat.DEFAULT).append('\n');
        addRecords(text, random, 12_000);
        RunSummary summary = run(2, write("a.log", text.toString()));
        assertEquals(94_000, summary.records());
        assertEquals(0, summary.rejectedLines());
        assertHolds(text);
        assertEquals(segmentFiles(), publishedSegments());
    }

    @Test
    void aHeaderOfAnotherTableReachesTheSlicesBehindIt() throws IOException {
        Random random = new Random(Seeds.next("aHeaderOfAnotherTable"));
        StringBuilder flows = new StringBuilder(FlowFormat.DEFAULT + "\n");
        addRecords(flows, random, 12_000);
        StringBuilder gateways = new StringBuilder("tgw-id srcaddr bytes\n");
        for (int i = 0; i < 70_000; i++) {
            gateways.append("tgw-01 10.0.0.").append(i % 256).append(' ').append(i).append('\n');
        }
        String text = flows.toString() + gateways + flows;
        RunSummary summary = run(2, write("a.log", text));
        assertEquals(94_000, summary.records());
        assertEquals(0, summary.rejectedLines());
        assertHolds(new StringBuilder(flows).append(flows));
        List<String> found =
                StoredRows.sorted(
                        store(),
                        FlowTables.TRANSIT_GATEWAY_FLOWS,
                        List.of("tgw_id", "srcaddr", "bytes"));
        assertEquals(gateways.toString().lines().skip(1).sorted().toList(), found);
        assertEquals(segmentFiles(), publishedSegments());
    }

    @Test
    void rejectedLinesOfSlicesHaveTheNumbersOfTheFile() throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> lines = new ArrayList<>();
        List<String> offsets = new ArrayList<>();
        Random random = new Random(Seeds.next("rejectedLinesOfSlices"));
        for (int i = 0; i < 30; i++) {
            addRecords(text, random, 1_500);
            lines.add(String.valueOf(i * 1_501 + 1_501));
            offsets.add(String.valueOf(text.length()));
            text.append("bad\n");
        }
        assertEquals(30, run(2, write("a.log", text.toString())).rejectedLines());
        assertEquals(lines, StoredRows.column(store(), FlowTables.REJECTED_LINES, "line"));
        assertEquals(offsets, StoredRows.column(store(), FlowTables.REJECTED_LINES, "byte_offset"));
    }

    @Test
    void segmentsDoNotDependOnTheThreads() throws IOException {
        Random random = new Random(Seeds.next("segmentsDoNotDepend"));
        for (int i = 0; i < 40; i++) {
            StringBuilder text = new StringBuilder();
            addRecords(text, random, random.nextInt(4_000));
            write("logs/%02d.log".formatted(i), text.toString());
        }
        List<List<Integer>> shapes = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            deleteStore();
            run(2, directory.resolve("logs"));
            try (Store store = Store.open(store())) {
                shapes.add(
                        Objects.requireNonNull(store.snapshot().table(FlowTables.FLOWS))
                                .segments()
                                .stream()
                                .map(SegmentReader::rowCount)
                                .toList());
            }
        }
        assertEquals(shapes.get(0), shapes.get(1));
        assertEquals(shapes.get(0), shapes.get(2));
    }

    private void deleteStore() throws IOException {
        if (Files.exists(store())) {
            try (Stream<Path> paths = Files.walk(store())) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Test
    void twinsInDifferentUnitsAreTakenOnce() throws IOException {
        Random random = new Random(Seeds.next("twinsInDifferentUnits"));
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            StringBuilder text = new StringBuilder();
            addRecords(text, random, 3_000);
            write("logs/%02d.log".formatted(i), text.toString());
            write("logs/%02d.log".formatted(99 - i), text.toString());
            all.append(text);
        }
        RunSummary summary = run(4, directory.resolve("logs"));
        assertEquals(20, summary.skippedFiles());
        assertHolds(all);
        assertEquals(segmentFiles(), publishedSegments());
    }

    @Test
    void aRunThatIsInterruptedLeavesWholeFilesAndCanGoOn() throws IOException {
        Random random = new Random(Seeds.next("aRunThatIsInterrupted"));
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            StringBuilder text = new StringBuilder();
            addRecords(text, random, 8_000);
            write("logs/%02d.log".formatted(i), text.toString());
            all.append(text);
        }
        int[] reports = new int[1];
        assertThrows(
                CancellationException.class,
                () ->
                        run(
                                small(2),
                                (_, _, records, _) -> {
                                    if (records > 0 && reports[0]++ == 0) {
                                        Thread.currentThread().interrupt();
                                    }
                                },
                                directory.resolve("logs")));
        assertTrue(Thread.interrupted());
        assertEquals(0, flows().size() % 8_000);
        assertEquals(segmentFiles(), publishedSegments());
        run(2, directory.resolve("logs"));
        assertHolds(all);
    }

    @Test
    void anInterruptBeforeACommitLetsItTakePlace() throws IOException {
        StringBuilder text = new StringBuilder();
        addRecords(text, new Random(5), 50);
        Path log = write("few.log", text.toString());
        int collected = 0;
        try {
            run(small(1), (_, _, _, _) -> Thread.currentThread().interrupt(), log);
            collected = 50;
        } catch (CancellationException e) {
            // The interrupt was noticed before there was something to commit.
        }
        assertTrue(Thread.interrupted());
        assertEquals(collected, flows().size());
        assertEquals(segmentFiles(), publishedSegments());
    }

    @Test
    void anInterruptDuringASecondReadLeavesNoSegment() throws IOException {
        // The second slice is read again because of the header in the first. The first report
        // waits until its first read is over, the second comes when that was taken.
        Random random = new Random(Seeds.next("anInterruptDuringASecondRead"));
        StringBuilder text = new StringBuilder(FlowFormat.DEFAULT + "\n");
        addRecords(text, random, 5_000);
        text.append("dstaddr srcaddr bytes\n");
        for (int i = 0; i < 80_000; i++) {
            text.append("10.0.0.").append(i % 256).append(" 10.9.9.9 ").append(i).append('\n');
        }
        Path file = write("a.log", text.toString());
        int[] reports = new int[1];
        assertThrows(
                CancellationException.class,
                () ->
                        run(
                                small(2),
                                (_, _, _, _) -> {
                                    reports[0]++;
                                    long until = System.nanoTime() + 300_000_000L;
                                    while (reports[0] == 1 && System.nanoTime() < until) {
                                        Thread.onSpinWait();
                                    }
                                    if (reports[0] == 2) {
                                        Thread.currentThread().interrupt();
                                    }
                                },
                                file));
        assertTrue(Thread.interrupted());
        assertEquals(0, segmentFiles());
        run(2, file);
        assertEquals(segmentFiles(), publishedSegments());
        assertHolds(text);
    }

    @Test
    void aSlicedFileOfTooManyUnknownFieldsOrFormatsIsRefused() throws IOException {
        StringBuilder text = new StringBuilder();
        addRecords(text, new Random(4), 12_000);
        StringBuilder names = new StringBuilder("version srcaddr dstaddr");
        for (int i = 0; i < 501; i++) {
            names.append(" f").append(i);
        }
        Path wide = write("a.log", text + "\n" + names + "\n");
        StringBuilder changing = new StringBuilder(text);
        for (int i = 0; i < 1_001; i++) {
            changing.append(i % 2 == 0 ? "bytes\n1\n" : FlowFormat.DEFAULT + "\n");
            addRecords(changing, new Random(5), i % 2 * 100);
        }
        RunSummary summary = run(2, wide, write("b.log", changing.toString()));
        assertEquals(
                List.of(
                        "names 501 fields that AWS does not document and the store does not know:"
                                + " a store takes 500 such fields and has 0",
                        "changes its format more than 1,000 times"),
                summary.failures().stream().map(RunSummary.Remark::reason).toList());
        assertEquals(0, flows().size());
        assertEquals(segmentFiles(), publishedSegments());
    }

    @Test
    void progressEndsAtTheTotal() throws IOException {
        StringBuilder text = new StringBuilder();
        addRecords(text, new Random(1), 1_000);
        text.append("no record\nnor this\n");
        Path file = write("a.log", text.toString());
        List<List<Long>> heard = new ArrayList<>();
        run(
                small(1),
                (done, total, records, rejected) ->
                        heard.add(List.of(done, total, records, rejected)),
                file);
        assertEquals(List.of(Files.size(file), Files.size(file), 1_000L, 2L), heard.getLast());
        assertEquals(
                heard,
                heard.stream()
                        .sorted(Comparator.comparing((List<Long> words) -> words.getFirst()))
                        .toList(),
                "it never goes back");
    }

    @Test
    void textsThatAreAllDifferentFillSegmentsEarly() throws IOException {
        StringBuilder text = new StringBuilder("version srcaddr dstaddr note\n");
        for (int i = 0; i < 3_000; i++) {
            text.append("2 10.0.0.1 10.0.0.2 ").append(i).append("x".repeat(30_000)).append('\n');
        }
        RunSummary summary =
                run(
                        RunOptions.of(FlowFormat.DEFAULT, 1),
                        (_, _, _, _) -> {},
                        write("a.log", text.toString()));
        assertEquals(3_000, summary.records());
        assertTrue(summary.segments() > 2, "segments: " + summary.segments());
    }

    @Test
    void commitsComeAlongTheWayAndHoldWholeFiles() throws IOException {
        Random random = new Random(Seeds.next("commitsComeAlongTheWay"));
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            StringBuilder text = new StringBuilder();
            addRecords(text, random, 9_000);
            write("logs/%02d.log".formatted(i), text.toString());
            all.append(text);
        }
        run(2, directory.resolve("logs"));
        try (Store store = Store.open(store())) {
            assertTrue(store.snapshot().generation() > 2, "only one commit");
        }
        assertHolds(all);
        assertEquals(10, StoredRows.column(store(), FlowTables.FILES, "path").size());
    }

    @Test
    void everyLineBadTakesNoRowAndBoundedMemory() throws IOException {
        StringBuilder text = new StringBuilder();
        addRecords(text, new Random(1), 1);
        for (int i = 0; i < 60_000; i++) {
            text.append("2 1 eni-").append(i).append(" 10.0.0.1 nowhere 1 2 6 1 1 1 1 ACCEPT OK\n");
        }
        RunSummary summary = run(2, write("a.log", text.toString()));
        assertEquals(1, summary.records());
        assertEquals(60_000, summary.rejectedLines());
        assertEquals(1, summary.segments());
        assertEquals(
                new RunSummary.Rejects(
                        "field 5 (dstaddr): expected an IPv4 or IPv6 address or '-'", 60_000),
                summary.commonestReasons(1).getFirst());
    }

    @Test
    void aFileThatGrewMeanwhileIsReadToWhatItWas() throws IOException {
        // The slices end where the file ended when it was found; the rest is for the next run.
        StringBuilder text = new StringBuilder();
        addRecords(text, new Random(2), 30_000);
        Path file = write("a.log", text.toString());
        FoundInputs found = InputFinder.find(List.of(file.toString()));
        StringBuilder longer = new StringBuilder(text);
        addRecords(longer, new Random(3), 10);
        Files.writeString(file, longer.toString());
        try (Store store = Store.openOrCreate(store())) {
            IngestRun.run(store, found, small(2), (_, _, _, _) -> {});
        }
        assertHolds(text);
    }

    @Test
    void aFileThatBecameShorterIsTriedAgainNextTime() throws IOException {
        StringBuilder text = new StringBuilder();
        addRecords(text, new Random(2), 30_000);
        Path file = write("a.log", text.toString());
        FoundInputs found = InputFinder.find(List.of(file.toString()));
        String shorter = text.substring(0, text.indexOf("\n", text.length() / 3) + 1);
        Files.writeString(file, shorter);
        RunSummary summary;
        try (Store store = Store.openOrCreate(store())) {
            summary = IngestRun.run(store, found, small(2), (_, _, _, _) -> {});
        }
        assertEquals(
                "became shorter while it was read: %d of %d bytes"
                        .formatted(shorter.length(), text.length()),
                summary.failures().getFirst().reason());
        assertEquals(0, flows().size());
        run(2, file);
        assertHolds(new StringBuilder(shorter));
    }

    @Test
    void aFileThatVanishedIsListedAndTheRestGoesOn() throws IOException {
        Path gone = write("a.log", "x");
        StringBuilder text = new StringBuilder();
        addRecords(text, new Random(2), 10);
        Path stays = write("b.log", text.toString());
        FoundInputs found = InputFinder.find(List.of(gone.toString(), stays.toString()));
        Files.delete(gone);
        RunSummary summary;
        try (Store store = Store.openOrCreate(store())) {
            summary = IngestRun.run(store, found, small(2), (_, _, _, _) -> {});
        }
        assertEquals(
                List.of(new RunSummary.Remark(gone.toString(), "does not exist any more")),
                summary.failures());
        assertHolds(text);
    }
}
