// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.testkit.reference.ReferenceRow;
import weir.testkit.reference.ReferenceTable;

/// The numbers here are those that `docs/EXAMPLES.md` tells.
class ExampleEstateTest {

    private static final String BASTION = "eni-05eed00000a010016";
    private static final String GATEWAY = "eni-05eed00000a0100dc";

    /// The flow log of the transit gateway, whose records are of another kind.
    private static final String TRANSIT = "fl-05eed000000000005";

    @TempDir static Path made = Path.of("unset");
    private static ReferenceTable table = ReferenceTable.ofText("");
    private static GenerationResult result = new GenerationResult(0, 0, 0, 0);

    @BeforeAll
    static void makeExamples() throws IOException {
        result = ExampleEstate.write(made);
        table =
                ReferenceTable.read(
                        files(made).stream()
                                .filter(file -> !file.toString().contains(TRANSIT))
                                .toArray(Path[]::new));
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("AWSLogs"))
                    .sorted()
                    .toList();
        }
    }

    private static int count(Predicate<ReferenceRow> test) {
        return table.where(test).size();
    }

    private static long bytes(Predicate<ReferenceRow> test) {
        return table.where(test).rows().stream()
                .mapToLong(row -> orZero(row.number("bytes")))
                .sum();
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    /// Compressed files are compared by their text: another zlib may pack it differently.
    @Test
    void theCommittedExamplesAreWhatTheClassMakes() throws IOException {
        Path committed = Path.of("..", "examples");
        assumeTrue(Files.isDirectory(committed), "the repository is not around this module");
        List<Path> expected = files(made);
        assertEquals(
                expected.stream().map(made::relativize).toList(),
                files(committed).stream().map(committed::relativize).toList());
        for (Path file : expected) {
            assertArrayEquals(
                    content(file), content(committed.resolve(made.relativize(file))), "" + file);
        }
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return in.readAllBytes();
        }
    }

    @Test
    void theTotalsAreThoseOfTheReadme() {
        assertEquals(21_575, table.size());
        assertEquals(21_737, result.records());
        assertEquals(328, result.files());
        assertEquals(20_145, count(row -> row.is("action", "ACCEPT")));
        assertEquals(1_269, count(row -> row.is("action", "REJECT")));
        assertEquals(149, count(row -> row.is("log_status", "NODATA")));
        assertEquals(12, count(row -> row.is("log_status", "SKIPDATA")));
        assertTrue(result.writtenBytes() < 1_500_000);
    }

    @Test
    void thePortScanAndTheSweepAreThere() {
        Predicate<ReferenceRow> scan = row -> row.is("srcaddr", "203.0.113.66");
        assertEquals(301, count(scan));
        assertEquals(300, count(scan.and(row -> row.is("action", "REJECT"))));
        assertEquals(
                301,
                table.where(scan).select(row -> row.number("dstport")).distinct().rows().size());
        Predicate<ReferenceRow> sweep = row -> row.is("srcaddr", "198.51.100.23");
        assertEquals(24, count(sweep.and(row -> row.isAny("dstport", 3389))));
        assertEquals(
                8, table.where(sweep).select(row -> row.text("dstaddr")).distinct().rows().size());
    }

    @Test
    void theIntrusionGoesFromGuessesToTheOutside() {
        Predicate<ReferenceRow> guess =
                row -> row.is("srcaddr", "203.0.113.77") && row.isAny("dstport", 22);
        assertEquals(240, count(guess.and(row -> row.is("action", "REJECT"))));
        assertEquals(
                160,
                count(
                        guess.and(row ->
                                row.is("action", "ACCEPT") && !row.isAny("srcport", 30_777))));
        assertEquals(9, count(guess.and(row -> row.isAny("srcport", 30_777))));
        assertEquals(
                1_912_600_565L,
                bytes(row -> row.is("srcaddr", "10.1.20.5") && row.is("interface_id", BASTION)));
        assertEquals(
                1_923_450_116L,
                bytes(row -> row.is("dstaddr", "192.0.2.200") && row.isAny("traffic_path", 8)));
    }

    @Test
    void theBeaconKeepsItsRhythm() {
        List<Long> starts =
                table
                        .where(row ->
                                row.is("srcaddr", "10.1.10.12")
                                        && row.is("dstaddr", "198.51.100.99"))
                        .rows()
                        .stream()
                        .map(row -> orZero(row.number("start")))
                        .sorted()
                        .toList();
        assertEquals(72, starts.size());
        for (int i = 1; i < starts.size(); i++) {
            long gap = starts.get(i) - starts.get(i - 1);
            assertTrue(gap >= 1_794 && gap <= 1_806, "gap " + gap);
        }
    }

    @Test
    void theGatewayHasItsFourLegs() {
        Predicate<ReferenceRow> gateway = row -> row.is("interface_id", GATEWAY);
        assertEquals(
                6_382_565, bytes(gateway.and(row -> !row.is("dstaddr", row.text("pkt_dstaddr")))));
        assertEquals(
                1_872_763, bytes(gateway.and(row -> !row.is("srcaddr", row.text("pkt_srcaddr")))));
    }

    @Test
    void waysOutAreToldApart() {
        Predicate<ReferenceRow> s3 = row -> row.is("pkt_dst_aws_service", "S3");
        assertEquals(43_162_967, bytes(s3.and(row -> row.isAny("traffic_path", 7))));
        assertEquals(6_071_064, bytes(s3.and(row -> row.isAny("traffic_path", 1))));
        assertEquals(224_001, bytes(row -> row.isAny("traffic_path", 4)));
        assertEquals(150, count(row -> row.isAny("traffic_path", 5)));
        assertEquals(225_712, bytes(row -> row.is("dstaddr", "2001:db8:ffff::80")));
        assertEquals(60, count(row -> row.is("dstaddr", "203.0.113.53")));
    }

    @Test
    void thePlatformHasWhatNewerRecordsTell() {
        Predicate<ReferenceRow> platform = row -> row.is("account_id", "222233334444");
        assertEquals(5_011, count(platform));
        Predicate<ReferenceRow> gateway = row -> row.is("resource_id", "nat-05eed000000000001");
        assertEquals(600, count(gateway));
        assertEquals(117_887_280, bytes(gateway.and(row -> row.text("srcaddr").startsWith("10."))));
        assertEquals(4_094_029, bytes(gateway.and(row -> row.text("dstaddr").startsWith("10."))));
        assertEquals(9, count(row -> row.is("reject_reason", "BPA")));
        assertEquals(9, count(row -> row.is("reject_reason", "EC")));
        assertEquals(1_269_450, bytes(row -> row.isAny("traffic_path", 3)));
        assertEquals(26_466_418, bytes(row -> row.isAny("encryption_status", 0)));
        assertEquals(
                36_511_902,
                bytes(row -> row.is("dstaddr", "192.0.2.99") && row.isAny("traffic_path", 1)));
    }

    /// What context says of the platform's interfaces is said of ones that are in its logs.
    @Test
    void theContextIsAboutTheseLogs() throws IOException {
        Path context = Path.of("..", "examples", "context");
        assumeTrue(Files.isDirectory(context), "the repository is not around this module");
        String interfaces = Files.readString(context.resolve("describe-network-interfaces.json"));
        for (String column : List.of("interface_id", "vpc_id")) {
            for (ReferenceRow row : table.rows()) {
                String id = row.text(column);
                assertTrue(
                        id == null || id.equals("-") || interfaces.contains('"' + id + '"'),
                        "no context for " + id);
            }
        }
    }
}
