// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weir.testkit.Seeds;

/// `weir ingest --live` as a process: what it says, and what is left of it when it is killed by
/// SIGKILL.
@Timeout(120)
class LiveProcessTest {
    @TempDir Path directory;

    private Path store() {
        return directory.resolve("store");
    }

    /// A record that no other is like.
    private static String line(long i) {
        return "2 123456789010 eni-%d 10.0.0.%d 10.1.0.1 %d 443 6 1 %d %d %d ACCEPT OK\n"
                .formatted(
                        i % 7, i % 250, i % 60_000, i, 1_700_000_000 + i / 100, 1_700_000_060 + i);
    }

    private Process start(String... paths) throws IOException {
        List<String> words = new ArrayList<>(List.of("ingest", "--live", "--store"));
        words.add(store().toString());
        words.addAll(List.of(paths));
        return new ProcessBuilder(CommandProcess.weir(words.toArray(String[]::new))).start();
    }

    private String answer(String sql) {
        return CommandRun.of("query", "--store", store(), sql).ended(0).out().strip();
    }

    /// How many records there are, and how many of them differ.
    private long[] found() {
        String[] numbers =
                answer("SELECT count(*), count(DISTINCT bytes) FROM vpc_flow_logs")
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow()
                        .split(",", -1);
        return new long[] {Long.parseLong(numbers[0]), Long.parseLong(numbers[1])};
    }

    /// Reads what the process says, to its end or to a line that begins with `wanted`.
    private static List<String> said(BufferedReader lines, String wanted) throws IOException {
        List<String> said = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (!wanted.isEmpty() && line.startsWith(wanted)) {
                break;
            }
        }
        return said;
    }

    @Test
    void standardInputIsTakenToItsEndAndSaidToBeSafe() throws Exception {
        Process live = start("-");
        try (BufferedReader err = live.errorReader(UTF_8)) {
            try (OutputStream in = live.getOutputStream()) {
                for (int i = 0; i < 1000; i++) {
                    in.write(line(i).getBytes(UTF_8));
                }
                in.flush();
                assertTrue(said(err, "acked 1000").contains("acked 1000"));
                in.write((line(1000) + "rubbish\n" + line(1001).stripTrailing()).getBytes(UTF_8));
            }
            List<String> rest = said(err, "");
            assertTrue(rest.contains("acked 1002"), rest.toString());
            assertTrue(rest.get(rest.size() - 2).startsWith("1,002 records in "), rest.toString());
            assertTrue(rest.get(rest.size() - 2).contains(", 1 line rejected"), rest.toString());
        }
        assertEquals(0, live.waitFor());
        assertEquals(1002, found()[0]);
        assertEquals(
                "path,records,rejected_lines,status\n-,1002,1,ok",
                answer("SELECT path, records, rejected_lines, status FROM system.files"));
    }

    @Test
    void othersSeeRecordsWhileItGoesOn() throws Exception {
        Process live = start("-");
        try (OutputStream in = live.getOutputStream();
                BufferedReader err = live.errorReader(UTF_8)) {
            in.write(line(0).getBytes(UTF_8));
            in.flush();
            said(err, "acked 1");
            while (!answer("SHOW TABLES").contains("vpc_flow_logs") || found()[0] == 0) {
                TimeUnit.MILLISECONDS.sleep(10); // until the timeout of the test
            }
            CommandRun refused = CommandRun.of("compact", "--store", store()).ended(1);
            assertTrue(refused.err().contains("weir ingest --live"), refused.err());
        }
        assertEquals(0, live.waitFor());
    }

    @Test
    void filesAreCollectedAsTheyLand() throws Exception {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        Path first = Files.writeString(logs.resolve("a.log"), line(0) + line(1));
        Files.setLastModifiedTime(first, FileTime.from(Instant.now().minusSeconds(60)));
        Process live = start(logs.toString());
        try (BufferedReader err = live.errorReader(UTF_8)) {
            said(err, "weir ingest: 2 records from 1 file");
            Files.writeString(logs.resolve("b.log"), line(2));
            said(err, "weir ingest: 1 record from 1 file");
            live.toHandle().destroy();
            assertTrue(said(err, "3 records in ").getLast().startsWith("3 records in "));
        }
        live.waitFor();
        assertEquals(3, found()[0]);
        assertEquals(
                "status,_col1\nok,2",
                answer("SELECT status, count(*) FROM system.files GROUP BY status"));
    }

    /// Rounds of: collect, kill, collect on from another process, kill, look.
    private void killed(int rounds) throws Exception {
        Random random = new Random(Seeds.next("LiveProcessTest"));
        long sent = 0;
        long safe = 0;
        long foundBefore = 0;
        StringBuilder story = new StringBuilder();
        for (int round = 0; round < rounds; round++) {
            Process live = start("-");
            Feeder feeder = new Feeder(live, sent, random.nextInt(5_000));
            feeder.start();
            long acked = 0;
            int sayings = 1 + random.nextInt(4);
            try (BufferedReader err = live.errorReader(UTF_8)) {
                for (int i = 0; i < sayings; i++) {
                    List<String> said = said(err, "acked ");
                    acked = Long.parseLong(said.getLast().substring("acked ".length()));
                }
                TimeUnit.MICROSECONDS.sleep(random.nextInt(50_000)); // the moment of the kill
                live.toHandle().destroyForcibly(); // on Linux SIGKILL
                for (String line : said(err, "")) {
                    boolean isAck = line.startsWith("acked ");
                    acked = isAck ? Long.parseLong(line.substring("acked ".length())) : acked;
                }
            }
            live.waitFor();
            feeder.join();
            safe = foundBefore + acked;
            sent = feeder.next;
            if (random.nextBoolean()) {
                long[] found = found();
                story.append("%d acked, %d sent, %d found; ".formatted(safe, sent, found[0]));
                assertTrue(found[0] >= safe, story::toString);
                assertEquals(found[0], found[1], story + "some are there twice");
                assertTrue(found[0] <= sent, story::toString);
                foundBefore = found[0];
                assertEquals(found[0], found()[0], "looking changes nothing");
            } else {
                foundBefore = safe; // the next session takes over
            }
        }
        long[] found = found();
        assertTrue(found[0] >= safe, story::toString);
        assertEquals(found[0], found[1], story + "some are there twice");
        CommandRun.of("verify", "--store", store()).ended(0);
        try (Stream<Path> journals = Files.list(store().resolve("journal"))) {
            assertFalse(journals.findAny().isPresent());
        }
        System.out.printf("LiveProcessTest: %d kills, %d records, %s%n", rounds, found[0], story);
    }

    /// Writes records until the process is gone.
    private static final class Feeder extends Thread {
        private final OutputStream in;
        private final int burst;
        private long next; // read behind its end

        Feeder(Process live, long next, int burst) {
            this.in = live.getOutputStream();
            this.next = next;
            this.burst = 1 + burst;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    StringBuilder lines = new StringBuilder();
                    for (int i = 0; i < burst; i++) {
                        lines.append(line(next + i));
                    }
                    next += burst;
                    in.write(lines.toString().getBytes(UTF_8));
                    in.flush();
                }
            } catch (IOException _) {
                // It was killed.
            }
        }
    }

    @Test
    void whatWasAckedIsFoundOnceAfterAKill() throws Exception {
        killed(5);
    }

    @Test
    @Tag("slow")
    @Timeout(3600)
    void whatWasAckedIsFoundOnceAfterManyKills() throws Exception {
        killed(100);
    }
}
