// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.memory.FileLayer;
import weir.testkit.Seeds;

/// Processes that collect logs are killed by SIGKILL, at random moments and before each operation
/// on files. The judge is this process: what is left opens, holds the records of each file whole or
/// not at all, at least those of every commit that ended, and the same run again completes it.
class KillTest {
    private static final int KILLED = 128 + 9;

    @TempDir Path directory;

    private CollectedContent whole = CollectedContent.of(Path.of("nothing"));
    private List<String> operations = List.of();
    private long lifeNanos;
    private int rounds;
    private int kills;
    private final Map<String, Integer> killsByPlace = new TreeMap<>();

    private Path store() {
        return directory.resolve("store");
    }

    private Path logs() {
        return directory.resolve("logs");
    }

    @BeforeEach
    void collectUndisturbed() throws IOException, InterruptedException {
        writeLogs(new Random(3));
        long start = System.nanoTime();
        Life life = run(-1, Long.MAX_VALUE, Integer.MAX_VALUE);
        lifeNanos = System.nanoTime() - start;
        assertEquals(0, life.exitCode, life.printed::toString);
        operations = life.printed;
        whole = CollectedContent.of(store());
        assertTrue(whole.generation() > 8, "commits: " + whole.generation());
        assertEquals(17, whole.ledger().size());
        clear();
    }

    private void writeLogs(Random random) throws IOException {
        Files.createDirectories(logs());
        for (int i = 0; i < 12; i++) {
            write("a%02d.log".formatted(i), records(random, 300 + random.nextInt(600)));
        }
        write("b-again.log", Files.readString(logs().resolve("a03.log")));
        write("c-large.log", records(random, 12_000)); // read in two slices
        write("d-empty.log", "");
        write("e-notes.log", "these are my notes\nand no flow log\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(records(random, 700).getBytes(UTF_8));
        }
        Files.write(logs().resolve("f.log.gz"), bytes.toByteArray());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(logs().resolve(name), text);
    }

    private static String records(Random random, int count) {
        StringBuilder text = new StringBuilder();
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
            if (random.nextInt(200) == 0) {
                text.append("2 123456789010 eni-1 no-address 10.1.0.1 1 443 6 1 1 1 1 ACCEPT OK\n");
            }
        }
        return text.toString();
    }

    private void clear() throws IOException {
        try (var files = Files.walk(store())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// A process that is over.
    private record Life(int exitCode, List<String> printed) {
        /// Commits that ended: their manifest has its name, and the directory was forced.
        long commits() {
            long commits = 0;
            boolean isSwapped = false;
            for (String operation : printed) {
                if (operation.equals("rename manifest")) {
                    isSwapped = true;
                } else if (isSwapped && operation.equals("forceDirectory store")) {
                    commits++;
                    isSwapped = false;
                }
            }
            return commits;
        }
    }

    /// A life that ends before the operation `killAt`, or is ended `nanos` after its start, or as
    /// soon as it has done so many operations.
    private Life run(int killAt, long nanos, int operationsMax)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process child =
                new ProcessBuilder(CrashingIngest.command(store(), logs(), killAt))
                        .redirectErrorStream(true)
                        .start();
        Thread clock =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> killAfter(nanos - (System.nanoTime() - start), child));
        List<String> printed = new ArrayList<>();
        try (BufferedReader lines = child.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.add(line);
                if (printed.size() == operationsMax) {
                    child.toHandle().destroyForcibly();
                }
            }
        }
        assertTrue(child.waitFor(60, TimeUnit.SECONDS), "the child does not end");
        clock.interrupt();
        return new Life(child.exitValue(), printed);
    }

    private static void killAfter(long nanos, Process child) {
        try {
            if (!child.waitFor(Math.max(0, nanos), TimeUnit.NANOSECONDS)) {
                child.toHandle().destroyForcibly(); // on Linux SIGKILL
            }
        } catch (InterruptedException _) {
            // It ended by itself.
        }
    }

    private Life runAndKill(Random random) throws IOException, InterruptedException {
        return switch (random.nextInt(3)) {
            case 0 -> run(-1, random.nextLong(lifeNanos), Integer.MAX_VALUE);
            case 1 -> run(-1, Long.MAX_VALUE, 1 + random.nextInt(operations.size()));
            default -> run(random.nextInt(operations.size()), Long.MAX_VALUE, Integer.MAX_VALUE);
        };
    }

    /// Kills a run, and with some luck the ones after it; then lets one end.
    private void round(Life first, Random random) throws IOException, InterruptedException {
        rounds++;
        Life life = first;
        long generation = -1;
        String story = "";
        while (life.exitCode == KILLED) {
            kills++;
            String last = life.printed.isEmpty() ? "its start" : life.printed.getLast();
            story += "killed after " + last + "; ";
            killsByPlace.merge(last.replaceAll("-[0-9]+\\.seg", ".seg"), 1, Integer::sum);
            CollectedContent found = CollectedContent.of(store());
            String told = story + found.ledger().keySet();
            assertTrue(found.generation() >= generation + life.commits(), told);
            assertTrue(found.isSameAs(whole.prefix(found.ledger().size())), told);
            generation = found.generation();
            if (random.nextInt(3) > 0) {
                break;
            }
            life = runAndKill(random);
        }
        if (life.exitCode != KILLED) {
            assertEquals("done", life.printed.getLast(), story);
            assertEquals(0, life.exitCode, story);
        }
        CrashingIngest.ingest(store(), logs(), FileLayer.SYSTEM);
        assertTrue(CollectedContent.of(store()).isSameAs(whole), story);
        assertEquals(List.of(), CollectedContent.strayFiles(store()), story);
        clear();
    }

    private void killAtRandom(int count) throws IOException, InterruptedException {
        Random random = new Random(Seeds.next("KillTest"));
        for (int i = 0; i < count; i++) {
            round(runAndKill(random), random);
        }
        report();
    }

    @SuppressWarnings("SystemOut") // what a long run did is to be seen
    private void report() {
        System.out.printf(
                "KillTest: %d rounds, %d kills, at %d places: %s%n",
                rounds, kills, killsByPlace.size(), killsByPlace);
    }

    @Test
    void aKilledRunLosesNothingAndTheNextOneCompletesIt() throws Exception {
        killAtRandom(8);
    }

    @Test
    @Tag("slow")
    void hundredsOfKilledRunsLoseNothing() throws Exception {
        killAtRandom(300);
    }

    /// Before each operation; of the many that only write, before every tenth.
    @Test
    @Tag("slow")
    void aRunThatIsKilledBeforeAnyOperationLosesNothing() throws Exception {
        Random random = new Random(Seeds.next("KillTest at each operation"));
        for (int i = 0; i < operations.size(); i++) {
            if (!operations.get(i).startsWith("write") || i % 10 == 0) {
                round(run(i, Long.MAX_VALUE, Integer.MAX_VALUE), random);
            }
        }
        report();
    }
}
