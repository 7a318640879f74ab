// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.fault.StoreException;
import weir.engine.memory.UnsyncedFiles;
import weir.engine.segment.SegmentBuilder;

/// The power goes, or the process, at each operation of a piece of work, and what was not forced is
/// lost, torn or reordered. Whatever is left opens, is a prefix of the steps with every
/// acknowledged one, and becomes the whole when the work is done again.
class PowerCutTest {
    /// Below two directories that are missing at first.
    private static final String STORE = "data/store";

    @TempDir Path directory;

    /// What the store holds after each step.
    private final List<StoreContent> expected = new ArrayList<>();

    /// What is done when nothing disturbs.
    private List<String> operations = List.of();

    private int places;

    /// What a disk, or a program, forgets: of the operation before and the operation.
    private BiPredicate<String, String> forgotten = (_, _) -> false;

    @BeforeEach
    void runUndisturbed() throws IOException {
        Path twin = place();
        for (int steps = 0; steps <= CommitScript.STEPS; steps++) {
            new CommitScript(twin.resolve(STORE), new UnsyncedFiles(twin)).run(steps, _ -> {});
            expected.add(StoreContent.of(twin.resolve(STORE)));
        }
        Path whole = place();
        UnsyncedFiles files = new UnsyncedFiles(whole);
        new CommitScript(whole.resolve(STORE), files).run(_ -> {});
        assertEquals(expected.getLast(), StoreContent.of(whole.resolve(STORE)));
        operations = files.operations();
        clear();
    }

    private Path place() throws IOException {
        return Files.createDirectory(directory.resolve("disk" + places++));
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

    /// Stops the work at operation `first`, and at others while it is done again; then lets it be.
    private void round(int first, Random random) throws IOException {
        Path disk = place();
        UnsyncedFiles files = forgetful(new UnsyncedFiles(disk)).stopAt(first);
        CommitScript script = new CommitScript(disk.resolve(STORE), files);
        String story = "";
        String stop = runUntilStopped(script, disk);
        for (int stops = 1; stop != null; stops++) {
            int size = files.operations().size();
            story += stop;
            if (random.nextInt(3) > 0) {
                story += ", power cut; ";
                disk = place();
                files.materialise(random, disk);
                files = forgetful(new UnsyncedFiles(disk));
                size = 0;
            } else {
                story += ", killed; ";
            }
            script = script.again(disk.resolve(STORE), files);
            checkPrefix(script, disk, story);
            int next = random.nextInt(random.nextInt(operations.size()) + 1); // rather soon
            files.stopAt(stops == 4 ? Integer.MAX_VALUE : size + next);
            stop = runUntilStopped(script, disk);
        }
        assertEquals(expected.getLast(), StoreContent.of(disk.resolve(STORE)), story);
        assertEquals(List.of(), StoreContent.strayFiles(disk.resolve(STORE)), story);
        clear();
    }

    private UnsyncedFiles forgetful(UnsyncedFiles files) {
        return files.ignoring(forgotten);
    }

    /// Where the work was stopped; null when it came to its end.
    private static @Nullable String runUntilStopped(CommitScript script, Path disk) {
        try {
            Path directory = disk.resolve(STORE);
            script.run(store -> assertEquals(List.of(), StoreContent.strayFiles(directory, store)));
            return null;
        } catch (UnsyncedFiles.Stopped e) {
            return e.getMessage();
        }
    }

    private void checkPrefix(CommitScript script, Path disk, String story) {
        Path store = disk.resolve(STORE);
        if (script.acknowledged() < 0 && Files.notExists(store.resolve("manifest"))) {
            return;
        }
        StoreContent found = StoreContent.of(store);
        int least = Math.max(0, script.acknowledged());
        assertTrue(
                found.equals(expected.get(least))
                        || (script.isInFlight() && found.equals(expected.get(least + 1))),
                () -> "not what step %d left, after %s".formatted(least, story));
    }

    private void stopEverywhere(int rounds) throws IOException {
        Random random = Randoms.of("PowerCutTest");
        for (int operation = 0; operation < operations.size(); operation++) {
            for (int i = 0; i < rounds; i++) {
                round(operation, random);
            }
        }
        System.err.printf(
                "PowerCutTest: %d rounds at each of %d points%n", rounds, operations.size());
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingIsMixed() throws IOException {
        stopEverywhere(1);
    }

    @Test
    @Tag("slow")
    void nothingIsLostInManyRounds() throws IOException {
        stopEverywhere(20);
    }

    /// Making a store is killed, and then stopped by a power cut: each where something waits to be
    /// forced, and with many states of the disk.
    @Test
    void aStoreThatIsMadeTwiceIsAStoreOrNone() throws IOException {
        Random random = Randoms.of("aStoreThatIsMadeTwice");
        UnsyncedFiles whole = new UnsyncedFiles(place());
        assertNull(makeUntilStopped(whole));
        List<String> steps = whole.operations();
        for (int killAt = 0; killAt < steps.size(); killAt++) {
            for (int cutAt = 0; steps.get(killAt).startsWith("force"); cutAt++) {
                UnsyncedFiles files = new UnsyncedFiles(place()).stopAt(killAt);
                makeUntilStopped(files);
                String stop = makeUntilStopped(files.stopAt(killAt + cutAt));
                if (stop == null) {
                    break;
                }
                String story = "killed at %s, power cut: %s".formatted(steps.get(killAt), stop);
                for (int state = 0; state < 60 && stop.contains(": force"); state++) {
                    Path left = place();
                    files.materialise(random, left);
                    assertNull(makeUntilStopped(new UnsyncedFiles(left)), story);
                }
                clear();
            }
        }
    }

    /// Makes the store and a writer of it; tells where that was stopped, null when it was not.
    private static @Nullable String makeUntilStopped(UnsyncedFiles files) {
        try (Store store = Store.openOrCreate(files.root().resolve(STORE), files)) {
            store.writer().close();
            return null;
        } catch (UnsyncedFiles.Stopped e) {
            return e.getMessage();
        }
    }

    @Test
    void theOrderIsWhatTheDocumentSays() throws IOException {
        Path disk = place();
        Store.openOrCreate(disk).close();
        UnsyncedFiles files = new UnsyncedFiles(disk);
        try (Store store = Store.open(disk, files)) {
            int opened = files.operations().size();
            try (StoreWriter writer = store.writer()) {
                SegmentBuilder rows = SampleTable.builder(SampleTable.rows(new Random(1), 9));
                writer.commit(
                        Map.of("flows", SampleTable.SCHEMA), List.of(writer.write("flows", rows)));
            }
            List<String> done = files.operations();
            List<String> distinct = new ArrayList<>();
            for (String operation : done.subList(opened, done.size())) {
                if (distinct.isEmpty() || !distinct.getLast().equals(operation)) {
                    distinct.add(operation);
                }
            }
            String document = Files.readString(Path.of("..", "docs", "DURABILITY.md"));
            int from = document.indexOf("```text\n") + 8;
            String block = document.substring(from, document.indexOf("```", from));
            assertEquals(block.lines().toList(), distinct);
        }
    }

    /// That these tests notice what they are for: with each force left out they fail.
    @Test
    void everyForceIsNeeded() throws IOException {
        assertNeeded((_, operation) -> operation.endsWith(".seg.tmp"));
        assertNeeded((_, operation) -> operation.equals("force data/store/segments"));
        assertNeeded((_, operation) -> operation.endsWith("manifest.tmp"));
        assertNeeded((before, operation) -> isStore(operation) && before.startsWith("rename"));
        assertNeeded((before, operation) -> isStore(operation) && before.startsWith("read"));
        assertNeeded((_, operation) -> operation.equals("force data"));
        assertNeeded((_, operation) -> operation.equals("force ."));
    }

    private static boolean isStore(String operation) {
        return operation.equals("force data/store");
    }

    private void assertNeeded(BiPredicate<String, String> forgotten) throws IOException {
        this.forgotten = forgotten;
        Random random = Randoms.of("everyForceIsNeeded");
        List<Integer> lastSteps =
                IntStream.range(1, operations.size())
                        .filter(i -> isStore(operations.get(i)))
                        .filter(i -> operations.get(i - 1).startsWith("rename"))
                        .boxed()
                        .toList();
        for (int i = 0; i < 1000; i++) {
            int any = random.nextInt(operations.size());
            int lastStep = lastSteps.get(random.nextInt(lastSteps.size()));
            if (isNoticed(random.nextBoolean() ? any : lastStep, random)) {
                return;
            }
        }
        fail("nothing was lost");
    }

    private boolean isNoticed(int first, Random random) throws IOException {
        try {
            round(first, random);
            return false;
        } catch (AssertionError | StoreException e) {
            return true;
        }
    }
}
