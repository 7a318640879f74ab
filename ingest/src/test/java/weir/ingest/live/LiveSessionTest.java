// SPDX-License-Identifier: Apache-2.0
package weir.ingest.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.fault.StoreException;
import weir.ingest.StoredRows;
import weir.ingest.journal.Journal;
import weir.ingest.journal.JournalBlock;
import weir.ingest.journal.JournalFolder;
import weir.ingest.pipeline.RefusedContent;
import weir.ingest.record.FlowFormat;
import weir.testkit.Seeds;

@Timeout(60)
class LiveSessionTest {
    private static final LiveOptions RARELY =
            LiveOptions.defaults().withFreshness(Duration.ofHours(1));

    @TempDir Path store;

    private static String line(int i) {
        return "2 123456789010 eni-%d 10.0.0.%d 10.1.0.1 %d 443 6 1 %d 1700000000 1700000060 ACCEPT OK\n"
                .formatted(i % 7, i % 250, i % 60_000, i);
    }

    private static String lines(int from, int to) {
        StringBuilder text = new StringBuilder();
        IntStream.range(from, to).forEach(i -> text.append(line(i)));
        return text.toString();
    }

    private LiveSession open(LiveOptions options) throws IOException {
        return open(Store.openOrCreate(store), options);
    }

    private LiveSession open(Store open, LiveOptions options) throws IOException {
        return LiveSession.open(open, store, options, LiveListener.NONE);
    }

    private static void append(LiveSession session, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        session.append(bytes, 0, bytes.length);
    }

    /// The numbers of bytes of all records, which tell them apart, in order.
    private List<Long> found() {
        return StoredRows.of(store, "vpc_flow_logs").stream()
                .map(row -> Long.valueOf(row.get("bytes")))
                .sorted()
                .toList();
    }

    private static List<Long> numbers(int to) {
        return IntStream.range(0, to).mapToObj(i -> (long) i).toList();
    }

    private List<JournalFolder.Part> journals() {
        return new JournalFolder(store).parts();
    }

    @Test
    void recordsAreSafeThenVisibleThenPartOfTheLedger() throws IOException {
        try (LiveSession session = open(RARELY.withName("tap"))) {
            append(session, lines(0, 1000));
            assertEquals(1000, session.sync());
            assertEquals(List.of(), found(), "nothing was published");
            session.publish();
            assertEquals(numbers(1000), found());
            append(session, lines(1000, 1001).stripTrailing());
            assertEquals(1000, session.sync(), "a line without its end is no line yet");
        }
        assertEquals(numbers(1001), found());
        assertEquals(List.of(), journals());
        Map<String, String> entry = StoredRows.of(store, "system.files").getFirst();
        assertEquals("tap", entry.get("path"));
        assertEquals("1001", entry.get("records"));
        assertEquals("live", entry.get("form"));
        assertEquals(
                List.of("tap"),
                StoredRows.column(store, "vpc_flow_logs", "$path").stream().distinct().toList());
    }

    @Test
    void otherProcessesSeeRecordsWithinTheFreshness() throws Exception {
        try (LiveSession session =
                        open(LiveOptions.defaults().withFreshness(Duration.ofMillis(20)));
                Store reader = Store.open(store)) {
            append(session, lines(0, 10));
            long rows = 0;
            while (rows < 10) {
                TimeUnit.MILLISECONDS.sleep(5); // until the timeout of the test
                try (var snapshot = reader.snapshot()) {
                    var table = snapshot.table("vpc_flow_logs");
                    rows = table == null ? 0 : table.rowCount();
                }
            }
        }
        assertEquals(numbers(10), found());
    }

    /// A session that is not closed is what a killed process leaves.
    @Test
    void whatASessionLeftIsFoundOnceByTheNextProcess() throws IOException {
        Path copy = store.resolveSibling(store.getFileName() + "-left");
        try (LiveSession session = open(RARELY.withPartBytes(5_000))) {
            append(session, lines(0, 200));
            session.publish();
            append(session, lines(200, 300) + "no record\n" + lines(300, 400));
            assertEquals(400, session.sync());
            append(session, "half a li");
            copy(store, copy);
        }
        store = copy;
        assertEquals(numbers(200), found());
        try (Store open = Store.open(store)) {
            Recovery recovery = Recovery.run(open, store);
            assertNotNull(recovery);
            assertEquals(200, recovery.records());
            assertEquals(List.of(), recovery.remarks());
            assertNull(Recovery.run(open, store));
        }
        assertEquals(numbers(400), found());
        assertEquals(List.of(), journals());
        assertEquals("400", StoredRows.of(store, "system.files").getFirst().get("records"));
        Map<String, String> rejected = StoredRows.of(store, "system.rejected_lines").getFirst();
        assertEquals("301", rejected.get("line"));
        assertEquals(String.valueOf(lines(0, 300).length()), rejected.get("byte_offset"));
        try (LiveSession next = open(RARELY)) {
            append(next, lines(400, 500));
        }
        assertEquals(numbers(500), found());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void twoThatLookAtOnceBothFindWhatWasLeft() throws Exception {
        Path copy = store.resolveSibling(store.getFileName() + "-left");
        try (LiveSession session = open(RARELY)) {
            append(session, lines(0, 20_000));
            session.sync();
            copy(store, copy);
        }
        store = copy;
        List<Thread> lookers = new ArrayList<>();
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 2; i++) {
            lookers.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try (Store open = Store.open(store)) {
                                    Recovery.run(open, store);
                                    seen.add(found().size());
                                }
                            }));
        }
        for (Thread looker : lookers) {
            looker.join();
        }
        assertEquals(List.of(20_000, 20_000), seen);
    }

    @Test
    void aNewSessionTakesOverWhatTheOneBeforeLeft() throws IOException {
        Path copy = store.resolveSibling(store.getFileName() + "-left");
        try (LiveSession session = open(RARELY)) {
            append(session, lines(0, 100));
            session.sync();
            copy(store, copy);
        }
        store = copy;
        try (LiveSession next = open(RARELY)) {
            assertEquals(100, next.recovered() == null ? 0 : next.recovered().records());
            append(next, lines(100, 150));
        }
        assertEquals(numbers(150), found());
    }

    @Test
    void headersAreFollowedAlsoAcrossAKill() throws IOException {
        Path copy = store.resolveSibling(store.getFileName() + "-left");
        try (LiveSession session = open(RARELY)) {
            append(session, "srcaddr bytes start end new-field\n10.0.0.1 0 1 2 x\n");
            session.sync();
            append(session, "10.0.0.2 1 1 2 y\n");
            session.sync();
            copy(store, copy);
        }
        store = copy;
        try (Store open = Store.open(store)) {
            assertNotNull(Recovery.run(open, store));
        }
        assertEquals(numbers(2), found());
        assertEquals(
                List.of("x", "y"),
                StoredRows.of(store, "vpc_flow_logs").stream()
                        .map(r -> r.get("new_field"))
                        .toList());
    }

    /// What a session leaves that was killed behind a commit in the middle of a block.
    @Test
    void aHeaderBeforeTheMarkIsFollowedByWhoeverTakesOver() throws IOException {
        String text = "srcaddr bytes start end\n10.0.0.1 0 1 2\n10.0.0.1 1 1 2\n10.0.0.1 2 1 2\n";
        try (Store open = Store.openOrCreate(store)) {
            JournalFolder folder = new JournalFolder(store);
            try (Journal journal = Journal.create(folder, 1, 1)) {
                byte[] bytes = text.getBytes(UTF_8);
                journal.append(
                        new JournalBlock(
                                false,
                                0,
                                0,
                                "tap",
                                FlowFormat.DEFAULT.toNames(),
                                bytes,
                                0,
                                bytes.length));
            }
            try (StoreWriter writer = open.writer("test")) {
                // Two lines are in the store, says the mark: the header and the first record.
                writer.commit(Map.of(), List.of(), new LiveMarks(1, 2, 1, 0, 0).toMap());
            }
            Recovery recovery = Recovery.run(open, store);
            assertNotNull(recovery);
            assertEquals(2, recovery.records());
        }
        assertEquals(List.of(1L, 2L), found());
        assertEquals("3", StoredRows.of(store, "system.files").getFirst().get("records"));
    }

    /// One thread appends, others publish and make safe, and the disk is full now and then: the
    /// values of every column are those of the lines.
    @Test
    void manyThreadsAndADiskThatFailsKeepEveryColumn() throws Exception {
        FailingFiles files = new FailingFiles();
        Random random = new Random(Seeds.next("LiveSessionTest threads"));
        int count = 40_000;
        try (Store open = Store.openOrCreate(store, files);
                LiveSession session =
                        LiveSession.open(
                                open, store, RARELY.withPartBytes(300_000), LiveListener.NONE)) {
            AtomicBoolean isDone = new AtomicBoolean();
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            List<Thread> others = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                boolean publishes = i == 0;
                others.add(
                        Thread.ofPlatform()
                                .start(() -> {
                                    while (!isDone.get()) {
                                        try {
                                            if (publishes) {
                                                session.publish();
                                            } else {
                                                session.sync();
                                            }
                                        } catch (IOException | RuntimeException e) {
                                            failures.add(e);
                                            return;
                                        }
                                    }
                                }));
            }
            for (int at = 0; at < count; ) {
                int end = Math.min(count, at + 1 + random.nextInt(500));
                append(session, lines(at, end));
                at = end;
                if (random.nextInt(20) == 0) {
                    files.failAgain(1 + random.nextInt(2));
                }
            }
            isDone.set(true);
            for (Thread other : others) {
                other.join();
            }
            assertEquals(List.of(), failures);
        }
        List<String> columns = List.of("bytes", "interface_id", "srcaddr", "srcport");
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            wanted.add("%d eni-%d 10.0.0.%d %d".formatted(i, i % 7, i % 250, i % 60_000));
        }
        wanted.sort(null);
        assertEquals(wanted, StoredRows.sorted(store, "vpc_flow_logs", columns));
        assertEquals(List.of(), journals());
    }

    @Test
    void threadsTakeTurnsInOneJournal() throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        LiveListener listener =
                new LiveListener() {
                    @Override
                    public void stalled(String reason) {
                        heard.add(reason);
                    }

                    @Override
                    public void resumed() {}
                };
        try (Store open = Store.openOrCreate(store);
                LiveSession session = LiveSession.open(open, store, RARELY, listener)) {
            for (int i = 0; i < 10; i++) {
                int from = 10 * i;
                Thread thread =
                        Thread.ofPlatform()
                                .start(() -> {
                                    try {
                                        append(session, lines(from, from + 10));
                                        session.sync();
                                    } catch (IOException e) {
                                        heard.add(e.toString());
                                    }
                                });
                thread.join();
            }
            assertEquals(1, journals().size());
        }
        assertEquals(List.of(), heard);
        assertEquals(numbers(100), found());
    }

    @Test
    void anInterruptLosesNothing() throws Exception {
        try (LiveSession session = open(RARELY.withPartBytes(200_000))) {
            for (int i = 0; i < 200; i++) {
                Thread.currentThread().interrupt();
                append(session, lines(50 * i, 50 * i + 50));
                session.publish();
                session.sync();
            }
            assertTrue(Thread.interrupted(), "whoever interrupted is not forgotten");
        }
        assertEquals(numbers(10_000), found());
    }

    @Test
    void aDamagedBlockIsNamedAndWhatLiesBehindItPutAside() throws IOException {
        Path copy = store.resolveSibling(store.getFileName() + "-left");
        try (LiveSession session = open(RARELY)) {
            for (int i = 0; i < 10; i++) {
                append(session, lines(10 * i, 10 * i + 10));
                session.sync();
            }
            copy(store, copy);
        }
        store = copy;
        Path queue;
        try (Stream<Path> files = Files.list(journals().getFirst().path())) {
            queue = files.filter(f -> f.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(queue);
        byte[] wanted = line(55).getBytes(UTF_8);
        int at = 0;
        while (!Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
            at++;
        }
        bytes[at + 20] ^= 1;
        Files.write(queue, bytes);
        try (Store open = Store.open(store)) {
            Recovery recovery = Recovery.run(open, store);
            assertNotNull(recovery);
            assertEquals(50, recovery.records());
            assertTrue(recovery.remarks().getFirst().contains("block 6 is damaged"));
            assertTrue(recovery.remarks().getLast().contains("unread-00000001-0001"));
            assertNull(Recovery.run(open, store));
        }
        assertEquals(numbers(50), found());
    }

    @Test
    void anyCutOfTheBytesGivesTheSameRecords() throws IOException {
        Random random = new Random(Seeds.next("LiveSessionTest cuts"));
        byte[] text = (lines(0, 3000) + "\n# note\n" + lines(3000, 6000)).getBytes(UTF_8);
        try (LiveSession session = open(RARELY.withPartBytes(100_000))) {
            int at = 0;
            while (at < text.length) {
                int size = Math.min(text.length - at, 1 + random.nextInt(5000));
                session.append(text, at, size);
                at += size;
                switch (random.nextInt(40)) {
                    case 0 -> session.publish();
                    case 1 -> session.sync();
                    default -> {}
                }
            }
        }
        assertEquals(numbers(6000), found());
    }

    @Test
    void aLineWithoutEndTakesNoMemoryAndIsRejected() throws IOException {
        try (LiveSession session = open(RARELY)) {
            append(session, line(0));
            byte[] filler = "x".repeat(100_000).getBytes(UTF_8);
            for (int i = 0; i < 50; i++) {
                session.append(filler, 0, filler.length);
            }
            append(session, "\n" + line(1));
            assertEquals(2, session.sync());
            assertEquals(new LiveSession.Counts(2, 1), session.counts());
        }
        assertEquals(numbers(2), found());
        Map<String, String> rejected = StoredRows.of(store, "system.rejected_lines").getFirst();
        assertEquals("longer than 1048576 bytes", rejected.get("reason"));
    }

    @Test
    void whatIsNoTextIsRefusedWithWhatItIs() throws IOException {
        LiveSession session = open(RARELY);
        byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 0, '\n', 0, 0, '\n'};
        session.append(gzip, 0, gzip.length);
        RefusedContent failure = assertThrows(RefusedContent.class, session::sync);
        assertTrue(String.valueOf(failure.getMessage()).contains("1f 8b"), failure.getMessage());
        assertThrows(RefusedContent.class, () -> append(session, line(0)));
        session.close();
        assertEquals(List.of(), found());
        assertEquals(List.of(), journals());
    }

    @Test
    void anotherWriterIsRefusedMeanwhileAndWelcomeAfterwards() throws IOException {
        try (Store open = Store.openOrCreate(store)) {
            try (LiveSession _ = open(open, RARELY)) {
                StoreException failure =
                        assertThrows(StoreException.class, () -> open.writer("other"));
                assertTrue(failure.getMessage().contains("weir ingest --live"));
                assertNull(Recovery.run(open, store), "it goes on");
            }
            try (StoreWriter writer = open.writer("other")) {
                assertEquals(0, writer.mark("nothing"));
            }
        }
    }

    @Test
    void smallSegmentsBecomeFew() throws IOException {
        try (Store open = Store.openOrCreate(store);
                LiveSession session = open(open, RARELY)) {
            for (int i = 0; i < 100; i++) {
                append(session, lines(10 * i, 10 * i + 10));
                session.publish();
            }
            session.publish();
            try (var snapshot = open.snapshot()) {
                int segments = snapshot.tables().get("vpc_flow_logs").segments().size();
                assertTrue(segments < 25, "segments: " + segments);
            }
        }
        assertEquals(numbers(1000), found());
    }

    @Test
    void aStoreThatCannotBeWrittenForAWhileLosesAndDoublesNothing() throws Exception {
        FailingFiles files = new FailingFiles();
        List<String> heard = new ArrayList<>();
        LiveListener listener =
                new LiveListener() {
                    @Override
                    public void stalled(String reason) {
                        heard.add(reason);
                        files.failAgain(2);
                    }

                    @Override
                    public void resumed() {
                        heard.add("resumed");
                    }
                };
        try (Store open = Store.openOrCreate(store, files);
                LiveSession session = LiveSession.open(open, store, RARELY, listener)) {
            append(session, lines(0, 500));
            files.failAgain(1);
            session.publish();
            assertEquals(numbers(500), found());
            append(session, lines(500, 700));
            assertEquals(700, session.sync());
            files.failAgain(1);
            append(session, lines(700, 900));
            session.publish();
        }
        assertEquals(numbers(900), found());
        assertTrue(heard.getFirst().contains("No space left on device"), heard.getFirst());
        assertEquals("resumed", heard.getLast());
        assertFalse(Files.exists(store.resolve("journal").resolve("00000001-0001")));
    }

    private static String gatewayLines(int from, int to) {
        StringBuilder text =
                new StringBuilder("start tgw-id srcaddr bytes packets-lost-blackhole\n");
        for (int i = from; i < to; i++) {
            text.append("1700000000 tgw-%d 10.0.0.1 %d 0\n".formatted(i % 3, i));
        }
        return text.toString();
    }

    @Test
    void aStreamOfBothKindsFillsBothTablesAlsoBehindAKill() throws IOException {
        String header =
                "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets"
                        + " bytes start end action log-status\n";
        Path copy = store.resolveSibling(store.getFileName() + "-left");
        try (LiveSession session = open(RARELY)) {
            append(session, lines(0, 50) + gatewayLines(0, 40));
            session.publish();
            append(session, gatewayLines(40, 60) + header + lines(50, 70) + gatewayLines(60, 61));
            session.sync();
            copy(store, copy);
        }
        for (Path each : List.of(store, copy)) {
            store = each;
            try (Store open = Store.open(store)) {
                Recovery.run(open, store);
            }
            assertEquals(numbers(70), found());
            assertEquals(
                    numbers(61),
                    StoredRows.column(store, "tgw_flow_logs", "bytes").stream()
                            .map(Long::valueOf)
                            .sorted()
                            .toList());
        }
    }
}
