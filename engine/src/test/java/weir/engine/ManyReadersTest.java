// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One process writes, compacts and drops; others read all the while. Rows come and go in whole
/// batches of consecutive numbers, so that every state that was ever committed can be told from any
/// other.
class ManyReadersTest {
    private static final int SECONDS = 100;
    private static final RewriteOptions OPTIONS =
            new RewriteOptions(Map.of("flows", SampleTable.HINTS), 400, 64 << 20, 1);

    @TempDir Path directory;

    private static int size(long batch) {
        return 20 + (int) (batch % 13);
    }

    private static List<Map<String, Object>> batch(long number) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < size(number); i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("time", number * SECONDS + i);
            row.put("bytes", value(number, i));
            row.put("owner", "owner-" + i % 5);
            rows.add(row);
        }
        return rows;
    }

    private static long value(long batch, int row) {
        return new Random(batch * SECONDS + row).nextInt(1 << 20);
    }

    /// Adds a batch a round, and compacts and drops now and then; says "finished" with a table.
    static final class WriterMain {
        private WriterMain() {}

        public static void main(String[] arguments) {
            int rounds = Integer.parseInt(arguments[1]);
            Random random = new Random(Long.parseLong(arguments[2]));
            try (Store store = Store.open(Path.of(arguments[0]))) {
                for (long batch = 1; batch <= rounds; batch++) {
                    CompactionTest.commit(store, "flows", List.of(batch(batch)));
                    if (random.nextInt(4) == 0) {
                        Compaction.run(store, OPTIONS, Compaction.Listener.NONE);
                    }
                    if (random.nextInt(6) == 0) {
                        long first = Math.max(0, batch - random.nextInt(40));
                        Retention.dropBefore(store, first * SECONDS, OPTIONS, false);
                    }
                }
                CompactionTest.commit(store, "finished", List.of(batch(1)));
            }
        }
    }

    /// Reads until the writer is finished, checks every state, prints how many it saw.
    static final class ReaderMain {
        private ReaderMain() {}

        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            Set<Long> generations = new HashSet<>();
            long last = 0;
            try (Store kept = Store.open(directory)) {
                System.out.println("ready");
                boolean isFinished = false;
                while (!isFinished) {
                    try (Store fresh = Store.open(directory);
                            Snapshot old = kept.snapshot();
                            Snapshot now = fresh.snapshot()) {
                        isFinished = now.table("finished") != null;
                        check(now);
                        check(old);
                        if (old.generation() < last || now.generation() < old.generation()) {
                            throw new AssertionError("went back to " + old.generation());
                        }
                        last = now.generation();
                        generations.add(old.generation());
                        generations.add(now.generation());
                    }
                    if (kept.openSegments() > 100) {
                        throw new AssertionError(kept.openSegments() + " segments stay open");
                    }
                }
            }
            System.out.println("states: " + generations.size());
        }

        private static void check(Snapshot snapshot) {
            TableSnapshot flows = snapshot.table("flows");
            if (flows == null) {
                return;
            }
            Map<Long, Integer> rows = new TreeMap<>();
            Map<Long, Long> bytes = new TreeMap<>();
            for (Map<String, Object> row : SampleTable.read(flows)) {
                long batch = (Long) row.get("time") / SECONDS;
                rows.merge(batch, 1, Integer::sum);
                bytes.merge(batch, (Long) row.get("bytes"), Long::sum);
            }
            long expected = rows.isEmpty() ? 0 : rows.keySet().iterator().next();
            for (long batch : rows.keySet()) {
                long sum = 0;
                for (int row = 0; row < size(batch); row++) {
                    sum += value(batch, row);
                }
                if (batch != expected++
                        || rows.get(batch) != size(batch)
                        || bytes.get(batch) != sum) {
                    throw new AssertionError(
                            "generation %d has never been: batch %d has %d rows of %d: %s"
                                    .formatted(
                                            snapshot.generation(),
                                            batch,
                                            rows.get(batch),
                                            size(batch),
                                            rows.keySet()));
                }
            }
        }
    }

    @Test
    void readersOfOtherProcessesSeeNothingButCommittedStates() throws Exception {
        run(60, 2);
    }

    @Test
    @Tag("slow")
    void soTheyDoForLong() throws Exception {
        run(300, 3);
    }

    private void run(int rounds, int readerCount) throws IOException, InterruptedException {
        String place = directory.resolve("store").toString();
        Store.openOrCreate(Path.of(place)).close();
        List<Process> children = new ArrayList<>();
        try {
            for (int i = 0; i < readerCount; i++) {
                Process reader = ChildJvm.start(ReaderMain.class, place);
                children.add(reader);
                assertEquals("ready", reader.inputReader(UTF_8).readLine());
            }
            String seed = String.valueOf(Randoms.of("ManyReadersTest").nextLong());
            assertEquals("", ChildJvm.run(WriterMain.class, place, "" + rounds, seed));
            for (Process reader : children) {
                String said = reader.inputReader(UTF_8).readLine();
                assertTrue(said.matches("states: \\d+"), said);
                int states = Integer.parseInt(said.substring("states: ".length()));
                System.err.println("ManyReadersTest: a reader saw " + said);
                assertTrue(states > 3, "it hardly saw anything: " + said);
                ChildJvm.printed(reader);
            }
        } finally {
            children.forEach(Process::destroyForcibly);
        }
        try (Store store = Store.open(Path.of(place))) {
            CompactionTest.assertOnlyNamedFiles(store, Path.of(place));
        }
    }
}
