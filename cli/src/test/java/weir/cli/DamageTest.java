// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.testkit.faulty.FaultyFiles;

/// What the commands say of a damaged store.
class DamageTest {
    private static final String COUNT = "SELECT count(*) AS n, sum(bytes) AS b FROM vpc_flow_logs";
    private static final List<Integer> RECORDS = List.of(1000, 1200, 1500);

    @TempDir Path directory;
    private Path store = Path.of("unset");

    @BeforeEach
    void collect() {
        store = directory.resolve("store");
        for (int i = 0; i < RECORDS.size(); i++) {
            Path log = directory.resolve("flows" + i + ".log");
            CommandRun.of("generate", "-n", RECORDS.get(i), "--seed", i, "-o", log).ended(0);
            CommandRun.of("ingest", "--store", store, log).ended(0);
        }
    }

    /// The segment files of the flows, in order of publication.
    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(store.resolve("segments"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("vpc"))
                    .sorted()
                    .toList();
        }
    }

    private CommandRun weir(String command, Object... more) {
        return CommandRun.of(
                Stream.concat(Stream.of(command, "--store", store), Stream.of(more)).toArray());
    }

    @Test
    void aSoundStoreIsProved() throws IOException {
        CommandRun run = weir("verify").ended(0);
        assertEquals("", run.out());
        assertTrue(
                run.err().matches("weir verify: sound: 6 segments, 3,703 rows, .* proved in .*\n"),
                run.err());
        Files.writeString(store.resolve("segments").resolve("left.tmp"), "half");
        CommandRun json = weir("verify", "--json").ended(0);
        assertTrue(
                json.out().startsWith("{\"sound\":true,\"segments\":6,\"damaged_segments\":0,"),
                json.out());
        assertTrue(
                json.out().endsWith("is of no table: a writer is at work, or was killed\"]}\n"),
                json.out());
    }

    @Test
    void damageIsListedAndEndsWithOne() throws IOException {
        Path first = segments().get(0);
        Path second = segments().get(1);
        long sizeBytes = Files.size(second);
        FaultyFiles.flipBit(first, 8 * 40);
        FaultyFiles.truncate(second, 100);
        CommandRun run = weir("verify", "--format", "csv").ended(1);
        List<String> lines = run.out().lines().toList();
        assertEquals("table,file,offset,expected,found", lines.get(0));
        assertTrue(lines.get(1).startsWith("vpc_flow_logs," + first + ",32,"), () -> lines.get(1));
        assertEquals(
                "vpc_flow_logs,"
                        + second
                        + ",100,\"a file of "
                        + sizeBytes
                        + " bytes, as the manifest says\",one of 100 bytes",
                lines.get(2));
        assertTrue(
                run.err()
                        .startsWith("weir verify: damaged: 3 findings in 2 segments; 4 segments, "),
                run.err());
        CommandRun json = weir("verify", "--json").ended(1);
        assertTrue(json.out().contains("\"sound\":false"), json.out());
        assertTrue(json.out().contains("\"offset\":100,"), json.out());
    }

    @Test
    void aDamagedManifestIsAFindingToo() throws IOException {
        FaultyFiles.flipBit(store.resolve("manifest"), 200);
        CommandRun run = weir("verify").ended(1);
        assertTrue(run.out().contains("," + store.resolve("manifest") + ",12,"), run.out());
        assertTrue(
                run.err().startsWith("weir verify: damaged: 1 finding in the manifest; "),
                run.err());
    }

    @Test
    void withoutAStoreThereIsNothingToProve() {
        Path nowhere = directory.resolve("nowhere");
        CommandRun run = CommandRun.of("verify", "--store", nowhere).ended(1);
        assertTrue(run.err().contains("there is no store at " + nowhere), run.err());
    }

    @Test
    void theRestAnswersIfAskedTo() throws IOException {
        List<String> whole = weir("query", COUNT).ended(0).out().lines().toList();
        Path second = segments().get(1);
        FaultyFiles.truncate(second, 100);
        CommandRun refused = weir("query", COUNT).ended(1);
        assertEquals("", refused.out());
        assertTrue(refused.err().contains(second + ": damaged at byte 100"), refused.err());
        CommandRun rest = weir("query", "--skip-damaged", "--repeat", 2, COUNT).ended(0);
        assertTrue(rest.out().startsWith("n,b\n2500,"), rest.out());
        assertTrue(!rest.out().lines().toList().equals(whole), "less than the whole");
        assertEquals(
                1,
                rest.err()
                        .lines()
                        .filter(line ->
                                line.startsWith(
                                        "weir query: left out of the answer: 1,200 rows of table"
                                                + " vpc_flow_logs in segment "
                                                + second
                                                + ": damaged at byte 100: expected"))
                        .count(),
                rest.err());
        assertTrue(weir("explain", COUNT).ended(1).err().contains(second.toString()));
        CommandRun explained = weir("explain", "--skip-damaged", "--analyze", COUNT).ended(0);
        assertTrue(
                explained.out().contains("left out as damaged: " + second.getFileName()),
                explained.out());
        String warning = "weir explain: left out of the answer: 1,200 rows of table vpc_flow_logs";
        assertTrue(explained.err().startsWith(warning), explained.err());
        CommandRun json = weir("explain", "--skip-damaged", "--analyze", "--json", COUNT).ended(0);
        assertTrue(json.err().startsWith(warning), json.err());
        assertTrue(
                json.out()
                        .contains(
                                "\"left_out\":[{\"file\":\"%s\",\"rows\":1200}]"
                                        .formatted(second.getFileName())),
                json.out());
        CommandRun undamaged =
                weir("query", "--skip-damaged", "SELECT count(*) AS n FROM system.files").ended(0);
        assertEquals("n\n3\n", undamaged.out());
        assertEquals("", undamaged.err());
    }

    @Test
    void newLogsAreCollectedBesideDamagedFlows() throws IOException {
        FaultyFiles.truncate(segments().get(1), 100);
        Path log = directory.resolve("more.log");
        CommandRun.of("generate", "-n", 300, "--seed", 9, "-o", log).ended(0);
        CommandRun more = CommandRun.of("ingest", "--store", store, log).ended(0);
        String said = "Not counted, and to be mended: " + segments().get(1) + ": damaged at byte";
        assertTrue((more.out() + more.err()).contains(said), more.out() + more.err());
        CommandRun.of("ingest", "--store", store, directory.resolve("flows0.log")).ended(0);
        CommandRun rest = weir("query", "--skip-damaged", COUNT).ended(0);
        assertTrue(rest.out().startsWith("n,b\n2800,"), rest.out());
        assertTrue(weir("query", COUNT).ended(1).err().contains("damaged at byte 100"));
    }

    @Test
    void withoutAWholeLedgerNothingIsCollected() throws IOException {
        Path ledger;
        try (Stream<Path> files = Files.list(store.resolve("segments"))) {
            ledger =
                    files.filter(file -> file.getFileName().toString().startsWith("system-files"))
                            .findFirst()
                            .orElseThrow();
        }
        FaultyFiles.truncate(ledger, 100);
        CommandRun run =
                CommandRun.of("ingest", "--store", store, directory.resolve("flows0.log")).ended(1);
        assertTrue(run.err().contains(ledger + ": damaged at byte 100"), run.err());
    }

    @Test
    void skippingIsForStores() {
        CommandRun run =
                CommandRun.of("query", "--skip-damaged", "--from", directory, COUNT).ended(2);
        assertTrue(
                run.err().contains("--skip-damaged is for a store, and --from makes a new one"),
                run.err());
    }

    @Test
    void aSegmentIsLaidOpen() throws IOException {
        Path first = segments().get(0);
        List<String> lines = weir("inspect", first.getFileName()).ended(0).out().lines().toList();
        assertEquals(lines, weir("inspect", first).ended(0).out().lines().toList());
        assertTrue(lines.get(1).startsWith("0,32,header,"), lines.get(1));
        String last = lines.getLast();
        assertTrue(last.startsWith(Files.size(first) - 32 + ",32,trailer,"), last);
        assertTrue(lines.get(lines.size() - 2).contains(",footer,"), () -> lines.toString());
        for (String part :
                List.of(",dictionary,address,", ",block,srcaddr,0,", ",bitmaps,action,")) {
            assertTrue(lines.stream().anyMatch(line -> line.contains(part)), part);
        }
        assertTrue(lines.stream().skip(1).allMatch(line -> line.contains(",ok,")));
        assertTrue(weir("inspect", "--json", first).ended(0).out().startsWith("["));
    }

    @Test
    void aDamagedSegmentIsLaidOpenAsFarAsItGoes() throws IOException {
        Path first = segments().get(0);
        byte[] good = Files.readAllBytes(first);
        FaultyFiles.flipBit(first, 8 * 40);
        CommandRun run = weir("inspect", first).ended(1);
        assertEquals(
                1, run.out().lines().filter(line -> line.contains(",damaged,")).count(), run.out());
        assertTrue(run.err().startsWith("weir inspect: " + first + ": damaged at byte 32: "));
        Files.write(first, good);
        FaultyFiles.truncate(first, 500);
        CommandRun cut = weir("inspect", first).ended(1);
        assertEquals(3, cut.out().lines().count(), cut.out());
        assertTrue(cut.err().contains(first + ": damaged at byte 492: "), cut.err());
        FaultyFiles.truncate(first, 5);
        CommandRun empty = weir("inspect", first).ended(1);
        assertTrue(empty.err().contains("expected a segment of at least 64 bytes, found 5"));
    }

    @Test
    void whatIsNoSegmentIsSaid() {
        CommandRun run = weir("inspect", "none.seg").ended(1);
        assertTrue(run.err().contains("there is no file none.seg, and no segment"), run.err());
        CommandRun path = weir("inspect", directory.resolve("none.seg")).ended(1);
        assertTrue(path.err().contains("none.seg: the file is missing"), path.err());
        CommandRun log = weir("inspect", directory.resolve("flows0.log")).ended(1);
        assertTrue(log.err().contains("expected the segment magic"), log.err());
    }
}
