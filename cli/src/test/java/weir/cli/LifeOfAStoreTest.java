// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store over time: collected bit by bit, compacted, shortened, and asked all the while.
class LifeOfAStoreTest {
    private static final long START = Instant.parse("2026-11-01T00:00:00Z").getEpochSecond();
    private static final List<String> QUESTIONS =
            List.of(
                    "SELECT count(*), sum(bytes), min(start), max(\"end\") FROM vpc_flow_logs",
                    "SELECT \"$path\", action, count(*) FROM vpc_flow_logs GROUP BY 1, 2 ORDER BY"
                            + " 1, 2",
                    "SELECT srcaddr, dstport, count(*), sum(packets) FROM vpc_flow_logs GROUP BY"
                            + " 1, 2 ORDER BY 1, 2",
                    "SELECT vpc_id, flow_direction, mood, count(*) FROM vpc_flow_logs GROUP BY 1,"
                            + " 2, 3 ORDER BY 1, 2, 3",
                    "SELECT * FROM system.files ORDER BY path",
                    "SELECT * FROM system.rejected_lines ORDER BY file, line");

    @TempDir Path directory;

    private Path store() {
        return directory.resolve("store");
    }

    private Path generated(String name, Object... options) {
        Path file = directory.resolve(name);
        Object[] words = {"generate", "-o", file};
        CommandRun.of(Stream.concat(Stream.of(words), Stream.of(options)).toArray()).ended(0);
        return file;
    }

    private CommandRun weir(String command, Object... arguments) {
        Object[] words = {command, "--store", store()};
        return CommandRun.of(Stream.concat(Stream.of(words), Stream.of(arguments)).toArray());
    }

    private String ask(String sql) {
        return weir("query", sql).ended(0).out();
    }

    private List<String> answers() {
        return QUESTIONS.stream().map(this::ask).toList();
    }

    private List<String> allRecords() {
        return ask("SELECT a.*, \"$path\" FROM vpc_flow_logs a").lines().sorted().toList();
    }

    /// Twelve runs over files of several formats, each with a line that is no record.
    private void collectBitByBit() throws IOException {
        for (int file = 0; file < 12; file++) {
            String start = Instant.ofEpochSecond(START + 60L * file).toString();
            String format = file % 3 == 0 ? "v5" : "v2";
            Path log =
                    generated(
                            "log-" + file,
                            "-n",
                            700,
                            "--seed",
                            file,
                            "--format",
                            format,
                            "--start",
                            start,
                            "--rate",
                            10);
            if (file % 4 == 1) {
                Files.writeString(
                        log,
                        "version interface-id srcaddr start end mood\n2 eni-1 10.0.0.%d %d %d good\n"
                                .formatted(file, START + file, START + file));
            }
            Files.writeString(log, Files.readString(log) + "what is this\n");
            weir("ingest", log).ended(0);
        }
    }

    @Test
    void answersStayTheSameWhenAStoreIsCompacted() throws IOException {
        collectBitByBit();
        List<String> answers = answers();
        List<String> records = allRecords();
        CommandRun compact = weir("compact").ended(0);
        assertEquals("", compact.out());
        List<String> said = compact.err().lines().toList();
        assertTrue(
                said.get(0).matches("vpc_flow_logs: 12 segments, now 1; .* kB, now .* kB\\."),
                compact.err());
        assertTrue(said.get(1).startsWith("system.files: 12 segments, now 1; "), compact.err());
        assertTrue(said.get(3).matches("[0-9,]+ rows written anew in .* s\\."), compact.err());
        assertTrue(said.get(4).startsWith(store() + " holds "), compact.err());
        assertEquals(answers, answers());
        assertEquals(records, allRecords());
        String json = weir("compact", "--json").ended(0).out();
        assertTrue(
                json.matches(
                        "\\{\"segments_before\":3,\"segments_after\":3,\"rows_rewritten\":0,"
                                + "\"bytes_before\":\\d+,\"bytes_after\":\\d+,"
                                + "\"store_records\":\\d+,\"store_bytes\":\\d+,\"seconds\":[.\\d]+,"
                                + "\"tables\":\\[.*]}\n"),
                json);
        assertTrue(weir("compact").ended(0).err().startsWith("Nothing to compact.\n"));
        collectAgain();
        assertEquals(answers, answers());
    }

    private void collectAgain() {
        for (int file = 0; file < 12; file++) {
            String said = weir("ingest", directory.resolve("log-" + file)).ended(0).err();
            assertTrue(said.startsWith("Nothing new.\n"), said);
        }
    }

    @Test
    void exactlyTheRecordsFromBeforeATimeAreDropped() throws IOException {
        collectBitByBit();
        weir("compact").ended(0);
        long time = START + 200;
        String old = "SELECT count(*) FROM vpc_flow_logs WHERE start < " + time;
        String young =
                "SELECT start, srcaddr, dstaddr, bytes, \"$path\" FROM vpc_flow_logs WHERE start >="
                        + " %d ORDER BY 1, 2, 3, 4, 5".formatted(time);
        String kept = ask(young);
        String oldRecords = ask(old).lines().toList().get(1);
        String ledger = ask("SELECT * FROM system.files ORDER BY path");
        assertTrue(kept.lines().count() > 100 && Integer.parseInt(oldRecords) > 100, oldRecords);
        String[] options = {"--before", Instant.ofEpochSecond(time).toString(), "--json"};
        String said = weir("drop", options[0], options[1], "--dry-run").ended(0).err();
        assertTrue(
                said.replace(",", "").startsWith(oldRecords + " records would be dropped: "), said);
        String json = weir("drop", (Object[]) options).ended(0).out();
        assertTrue(
                json.matches(
                        "\\{\"dry_run\":false,\"segments_removed\":0,\"segments_rewritten\":1,"
                                + "\"records_removed\":"
                                + oldRecords
                                + ",\"bytes_freed\":\\d+,\"store_records\":\\d+,"
                                + "\"store_bytes\":\\d+,\"seconds\":[.\\d]+}\n"),
                json);
        assertEquals("_col0\n0\n", ask(old));
        assertEquals(kept, ask(young));
        assertEquals(ledger, ask("SELECT * FROM system.files ORDER BY path"));
        collectAgain();
        assertEquals("_col0\n0\n", ask(old), "what was dropped is not collected again");
        assertTrue(
                weir("drop", options[0], options[1])
                        .ended(0)
                        .err()
                        .startsWith("Nothing to drop.\n"));
    }

    @Test
    void timesMayBeSaidAsHowLongAgo() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<Path> logs = new ArrayList<>();
        for (int hours : List.of(80, 30, 2)) {
            logs.add(
                    generated(
                            "log-" + hours,
                            "-n",
                            100,
                            "--seed",
                            hours,
                            "--start",
                            now.minus(hours, ChronoUnit.HOURS)));
            weir("ingest", logs.getLast()).ended(0);
        }
        for (String ago : List.of("-4d", "-50h", "-1d", "-10m")) {
            String left = ask("SELECT count(*) FROM vpc_flow_logs");
            weir("drop", "--before", ago).ended(0);
            assertEquals(
                    switch (ago) {
                        case "-4d" -> left;
                        case "-50h" -> "_col0\n200\n";
                        case "-1d" -> "_col0\n100\n";
                        default -> "_col0\n0\n";
                    },
                    ask("SELECT count(*) FROM vpc_flow_logs"),
                    ago);
        }
    }

    @Test
    void theOldestSegmentsGoUntilTheStoreIsSmallEnough() throws IOException {
        collectBitByBit();
        String bytes = "SELECT sum(bytes) FROM system.segments";
        long before = Long.parseLong(ask(bytes).lines().toList().get(1));
        weir("drop", "--keep-bytes", before).ended(0);
        assertEquals(before, Long.parseLong(ask(bytes).lines().toList().get(1)));
        long wanted = before * 3 / 4;
        String last = ask("SELECT max(last_time) FROM system.segments");
        weir("drop", "--keep-bytes", wanted / 1000 + "kB").ended(0);
        long after = Long.parseLong(ask(bytes).lines().toList().get(1));
        assertTrue(after <= wanted && after > wanted / 2, after + " of " + wanted);
        assertEquals(last, ask("SELECT max(last_time) FROM system.segments"));
        String said = weir("drop", "--keep-bytes", "1KiB").ended(0).err();
        assertTrue(
                said.lines()
                        .toList()
                        .getLast()
                        .matches(
                                "weir drop: .* are left, of the tables about the store itself, which stay"),
                said);
        assertEquals("_col0\n0\n", ask("SELECT count(*) FROM vpc_flow_logs"));
    }

    @Test
    void nonsenseIsWrongUsageAndSaysWhatIsUnderstood() {
        assertUsage("say what is to go, with one of --before TIME and --keep-bytes N", "drop");
        assertUsage(
                "say what is to go, with one of --before TIME and --keep-bytes N",
                "drop",
                "--before",
                "2026-11-01",
                "--keep-bytes",
                "5GB");
        for (String wrong : List.of("30d", "-30y", "yesterday", "2026-13-01", "-d", "")) {
            assertUsage(
                    "Invalid value for option '--before': '"
                            + wrong
                            + "' is no time like 2026-11-01 or 2026-11-01T08:00:00Z, and no time"
                            + " ago like -30d or -24h",
                    "drop",
                    "--before",
                    wrong);
        }
        for (String wrong : List.of("-5GB", "many", "5XB", "9999999999999TB", "1.5.5", "")) {
            assertUsage(
                    "Invalid value for option '--keep-bytes': '"
                            + wrong
                            + "' is no number of bytes like 500MB or 20GB",
                    "drop",
                    "--keep-bytes",
                    wrong);
        }
    }

    private void assertUsage(String message, String command, Object... arguments) {
        assertEquals(
                "weir " + command + ": " + message + "\nSee weir " + command + " --help.\n",
                weir(command, arguments).ended(2).err());
    }

    @Test
    void aMissingStoreIsNotMade() {
        for (String command : List.of("compact", "drop")) {
            Object[] arguments =
                    command.equals("drop") ? new Object[] {"--before", "-1d"} : new Object[0];
            String said = weir(command, arguments).ended(1).err();
            assertTrue(said.startsWith("weir " + command + ": there is no store at "), said);
        }
        assertTrue(Files.notExists(store()));
    }

    @Test
    void aWriterIsRefusedWhileAnotherProcessWritesAndReadersAreNot() throws Exception {
        weir("ingest", generated("log", "-n", 500)).ended(0);
        Process other =
                new ProcessBuilder(
                                CommandProcess.weir("ingest", "--store", store().toString(), "-"))
                        .redirectError(directory.resolve("said").toFile())
                        .start();
        try (OutputStream input = other.getOutputStream()) {
            // More than a pipe holds: when it is written, it is being read, by whoever has the
            // lock.
            input.write(Files.readAllBytes(generated("more", "-n", 20_000, "--seed", 2)));
            input.flush();
            for (String command : List.of("compact", "ingest")) {
                Object[] arguments =
                        command.equals("ingest")
                                ? new Object[] {directory.resolve("log")}
                                : new Object[0];
                String said = weir(command, arguments).ended(1).err();
                assertTrue(
                        said.matches(
                                ("weir %s: %s: another process is writing to this store: weir"
                                                + " ingest, process %d on host \\S+ since \\S+Z:"
                                                + " try again when it is done\n")
                                        .formatted(command, store(), other.pid())),
                        said);
            }
            assertEquals("_col0\n500\n", ask("SELECT count(*) FROM vpc_flow_logs"));
            weir("drop", "--before", "-1d", "--dry-run").ended(0);
        }
        assertTrue(other.waitFor(60, TimeUnit.SECONDS), "it does not end");
        assertEquals(
                0,
                other.exitValue(),
                Files.readString(directory.resolve("said"), StandardCharsets.UTF_8));
        weir("compact").ended(0);
        assertEquals("_col0\n20500\n", ask("SELECT count(*) FROM vpc_flow_logs"));
    }
}
