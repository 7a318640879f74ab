// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.testkit.Seeds;

/// `weir ingest` is killed by SIGKILL at any moment of its life: the store answers, and the same
/// command again makes it whole.
class KilledCommandTest {
    private static final String CONTENT =
            """
            SELECT "$path", count(*), sum(bytes), sum(packets), sum(srcport), min(start), max("end"),
                count(DISTINCT srcaddr), count(DISTINCT dstaddr)
            FROM vpc_flow_logs GROUP BY "$path" ORDER BY "$path"
            """;

    private static final String LEDGER =
            "SELECT path, content_hash, records, rejected_lines, status FROM system.files"
                    + " ORDER BY path";

    @TempDir Path directory;

    private String content = "";
    private String ledger = "";
    private long lifeNanos;

    private Path store() {
        return directory.resolve("store");
    }

    private Path logs() {
        return directory.resolve("logs");
    }

    @BeforeEach
    void collectUndisturbed() throws Exception {
        Files.createDirectory(logs());
        for (int i = 0; i < 6; i++) {
            Path log = logs().resolve("flows-" + i + ".log");
            CommandRun.of("generate", "-n", 20_000, "-o", log, "--seed", i).ended(0);
        }
        long start = System.nanoTime();
        assertEquals(0, ingest(Long.MAX_VALUE));
        lifeNanos = System.nanoTime() - start;
        content = answer(CONTENT);
        ledger = answer(LEDGER);
        assertEquals(7, content.lines().count(), content);
        clear();
    }

    private String answer(String sql) {
        return CommandRun.of("query", "--store", store(), sql).ended(0).out();
    }

    /// The exit code of the command, which is killed after so long.
    private int ingest(long nanos) throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                CommandProcess.weir(
                                        "ingest", "--store", store().toString(), logs().toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!child.waitFor(nanos, TimeUnit.NANOSECONDS)) {
            child.destroyForcibly(); // on Linux SIGKILL
        }
        return child.waitFor();
    }

    private void clear() throws IOException {
        if (Files.exists(store())) {
            try (var files = Files.walk(store())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void killAndRepeat(int rounds) throws Exception {
        Random random = new Random(Seeds.next("KilledCommandTest"));
        int killed = 0;
        for (int i = 0; i < rounds; i++) {
            long nanos = lifeNanos / 4 + random.nextLong(lifeNanos);
            int code = ingest(nanos);
            killed += code == 0 ? 0 : 1;
            if (Files.exists(store().resolve("manifest"))) {
                boolean hasFlows = answer("SHOW TABLES").contains("vpc_flow_logs");
                String found = hasFlows ? answer(CONTENT) : "";
                assertTrue(code != 0 || found.equals(content), "killed after " + nanos + " ns");
                assertTrue(content.startsWith(found), "killed after " + nanos + " ns");
            }
            CommandRun.of("ingest", "--store", store(), logs()).ended(0);
            assertEquals(content, answer(CONTENT));
            assertEquals(ledger, answer(LEDGER));
            assertEquals(namedSegments(), segmentFiles());
            clear();
        }
        System.out.printf("KilledCommandTest: %d rounds, %d killed%n", rounds, killed);
    }

    private Set<String> namedSegments() {
        Set<String> names = new TreeSet<>();
        try (Store open = Store.open(store());
                Snapshot snapshot = open.snapshot()) {
            snapshot.tables()
                    .values()
                    .forEach(table ->
                            table.segments()
                                    .forEach(s -> names.add(s.path().getFileName().toString())));
        }
        return names;
    }

    private Set<String> segmentFiles() throws IOException {
        Set<String> names = new TreeSet<>();
        try (var files = Files.list(store().resolve("segments"))) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        try (var files = Files.list(store())) {
            assertEquals(
                    List.of("lock", "manifest", "segments"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        return names;
    }

    @Test
    void aKilledCommandIsRepeatedWithoutHarm() throws Exception {
        killAndRepeat(2);
    }

    @Test
    @Tag("slow")
    void manyKilledCommandsAreRepeatedWithoutHarm() throws Exception {
        killAndRepeat(60);
    }
}
