// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.fault.StoreException;
import weir.engine.fault.UnknownOutcomeException;
import weir.engine.memory.FailingFiles;
import weir.engine.memory.FailingFiles.Fault;
import weir.engine.memory.FileLayer;
import weir.engine.schema.Schema;

/// Each operation on files fails: the disk is full, or broken. The failure is said in words, the
/// store is as it was, nothing partial stays, and a new writer does the rest.
class DiskFaultTest {
    private static final int NEVER = Integer.MAX_VALUE;
    private static final Map<String, Schema> FLOWS = Map.of("flows", SampleTable.SCHEMA);

    @TempDir Path directory;

    /// What the store holds after each step.
    private final List<StoreContent> expected = new ArrayList<>();

    private int operations;

    /// Files that do not fail.
    private static FileLayer unforced() {
        return new FailingFiles(Fault.ONCE, NEVER).layer();
    }

    private Path store() {
        return directory.resolve("data/store");
    }

    @BeforeEach
    void runUndisturbed() throws IOException {
        for (int steps = 0; steps <= CommitScript.STEPS; steps++) {
            new CommitScript(store(), unforced()).run(steps, _ -> {});
            expected.add(StoreContent.of(store()));
        }
        clear();
        FailingFiles files = new FailingFiles(Fault.ONCE, NEVER);
        new CommitScript(store(), files.layer()).run(_ -> {});
        operations = files.operations().size();
        clear();
    }

    private void clear() throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(directory)) {
                    Files.delete(file);
                }
            }
        }
    }

    private void round(Fault fault, int failAt) throws IOException {
        FailingFiles files = new FailingFiles(fault, failAt);
        CommitScript script = new CommitScript(store(), files.layer());
        try {
            script.run(_ -> {});
            boolean isLeftToTheNextWriter =
                    files.hasFailed() && files.operations().get(failAt).matches("delete .*\\.seg");
            assertTrue(!files.hasFailed() || isLeftToTheNextWriter, fault + " at " + failAt);
        } catch (StoreException e) {
            String story = fault + " at " + files.operations().get(failAt) + ": " + e;
            assertTrue(e.getMessage().contains(fault.reason()), story);
            assertTrue(e.path().startsWith(directory.getParent()), story);
            boolean mayBeDone = e instanceof UnknownOutcomeException || script.isMaintaining();
            checkUnchanged(script, mayBeDone, story);
            if (fault == Fault.DISK_FULL || fault == Fault.SHORT_WRITE) {
                assertEquals(List.of(), filesLike(name -> name.endsWith(".tmp")), story);
                // Before, strays of the writer before may be there; then the script cleans up
                // itself.
                boolean mayStay =
                        e instanceof UnknownOutcomeException
                                || !script.isMaintaining()
                                || !files.operations().get(failAt).contains("manifest.tmp");
                assertTrue(mayStay || unnamedSegments() == 0, story);
            }
        }
        checkTakenUpAgain(script, "%s at %d".formatted(fault, failAt));
        clear();
    }

    private void checkUnchanged(CommitScript script, boolean mayBeDone, String story) {
        if (script.acknowledged() < 0 && Files.notExists(store().resolve("manifest"))) {
            return;
        }
        StoreContent found = StoreContent.of(store());
        int steps = Math.max(0, script.acknowledged());
        assertTrue(
                found.equals(expected.get(steps))
                        || (mayBeDone && found.equals(expected.get(steps + 1))),
                story);
    }

    private void checkTakenUpAgain(CommitScript script, String story) {
        script.again(store(), unforced())
                .run(open ->
                        assertEquals(List.of(), StoreContent.strayFiles(store(), open), story));
        assertEquals(expected.getLast(), StoreContent.of(store()), story);
        assertEquals(List.of(), StoreContent.strayFiles(store()), story);
    }

    private long unnamedSegments() throws IOException {
        if (Files.notExists(store().resolve("manifest"))) {
            return filesLike(name -> name.endsWith(".seg")).size();
        }
        try (Store store = Store.open(store());
                Snapshot snapshot = store.snapshot()) {
            long named =
                    snapshot.tables().values().stream()
                            .mapToLong(table -> table.segments().size())
                            .sum();
            return filesLike(name -> name.endsWith(".seg")).size() - named;
        }
    }

    private List<Path> filesLike(Predicate<String> name) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> name.test(file.getFileName().toString())).toList();
        }
    }

    @Test
    void everyOperationMayFail() throws IOException {
        Random random = Randoms.of("DiskFaultTest");
        Fault[] faults = Fault.values();
        for (int operation = 0; operation < operations; operation++) {
            round(faults[random.nextInt(faults.length)], operation);
        }
    }

    @Test
    @Tag("slow")
    void everyOperationMayFailInEveryWay() throws IOException {
        for (int operation = 0; operation < operations; operation++) {
            for (Fault fault : Fault.values()) {
                round(fault, operation);
            }
        }
        System.err.printf("DiskFaultTest: %d points, in 5 ways each%n", operations);
    }

    private static WrittenSegment written(StoreWriter writer) {
        return writer.write("flows", SampleTable.builder(SampleTable.rows(new Random(7), 50)));
    }

    @Test
    void aSegmentThatCannotBeWrittenIsNamedAndLeavesNothing() throws IOException {
        FailingFiles files = new FailingFiles(Fault.SHORT_WRITE, NEVER);
        try (Store store = Store.openOrCreate(store(), files.layer());
                StoreWriter writer = store.writer()) {
            files.failNext("write flows-00000001.seg.tmp");
            StoreException failure = assertThrows(StoreException.class, () -> written(writer));
            assertEquals(
                    store().resolve("segments/flows-00000001.seg.tmp")
                            + ": cannot be written: No space left on device",
                    failure.getMessage());
            assertEquals(List.of(), filesLike(name -> name.contains(".seg")));
        }
    }

    @Test
    void whatCouldNotBeForcedIsNotCommittedByASecondAttempt() throws IOException {
        for (String operation : List.of("force manifest.tmp", "forceDirectory segments")) {
            FailingFiles files = new FailingFiles(Fault.ONCE, NEVER);
            try (Store store = Store.openOrCreate(store(), files.layer());
                    StoreWriter writer = store.writer()) {
                List<WrittenSegment> segments = List.of(written(writer));
                files.failNext(operation);
                StoreException failure =
                        assertThrows(StoreException.class, () -> writer.commit(FLOWS, segments));
                String name = operation.substring(operation.indexOf(' ') + 1);
                String reason =
                        store().resolve(name) + ": cannot be forced to disk: Input/output error";
                assertEquals(reason, failure.getMessage());
                StoreException refused =
                        assertThrows(StoreException.class, () -> writer.commit(FLOWS, segments));
                assertEquals(
                        store().resolve(name)
                                + ": nothing more can be committed after a failure ("
                                + reason
                                + ")",
                        refused.getMessage());
                writer.discard(segments);
                assertEquals(List.of(), filesLike(file -> file.contains(".seg")));
                assertEquals(Map.of(), store.snapshot().tables());
            }
            commitOne();
            clear();
        }
    }

    /// As the next writer does.
    private void commitOne() {
        try (Store store = Store.open(store());
                StoreWriter writer = store.writer()) {
            writer.commit(FLOWS, List.of(written(writer)));
        }
    }

    @Test
    void aCommitOfUnknownOutcomeKeepsItsSegments() {
        FailingFiles files = new FailingFiles(Fault.AFTERWARDS, NEVER);
        try (Store store = Store.openOrCreate(store(), files.layer());
                StoreWriter writer = store.writer()) {
            List<WrittenSegment> segments = List.of(written(writer));
            files.failNext("forceDirectory store");
            StoreException failure =
                    assertThrows(
                            UnknownOutcomeException.class, () -> writer.commit(FLOWS, segments));
            assertEquals(
                    store()
                            + ": it is unknown whether the last commit is in the store ("
                            + store()
                            + ": cannot be forced to disk: Input/output error): see to the disk,"
                            + " then run the same again",
                    failure.getMessage());
            writer.discard(segments);
            assertThrows(StoreException.class, () -> writer.commit(FLOWS, List.of()));
        }
        assertEquals(50, StoreContent.of(store()).rows().get("flows").size());
        commitOne();
        assertEquals(100, StoreContent.of(store()).rows().get("flows").size());
    }

    @Test
    void anUnreadableManifestIsNamed() {
        Store.openOrCreate(store()).close();
        for (String operation : List.of("size manifest", "read manifest")) {
            FailingFiles files = new FailingFiles(Fault.ONCE, NEVER);
            files.failNext(operation);
            StoreException failure =
                    assertThrows(StoreException.class, () -> Store.open(store(), files.layer()));
            assertEquals(
                    store().resolve("manifest") + ": cannot be read: Input/output error",
                    failure.getMessage());
        }
    }
}
