// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.testkit.record.LogFormat;
import weir.testkit.reference.ReferenceRow;
import weir.testkit.reference.ReferenceTable;

class FlowLogGeneratorTest {

    private static final GeneratorOptions SMALL =
            GeneratorOptions.defaults().withRecords(40_000).withRecordsPerSecond(100);
    private static final ReferenceTable V5 =
            ReferenceTable.ofText(text(SMALL.withFormat(LogFormat.V5)));

    @TempDir Path folder;

    private static byte[] bytes(GeneratorOptions options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            GenerationResult result = FlowLogGenerator.writeTo(options, out);
            assertEquals(options.records(), result.records());
            assertEquals(out.size(), result.writtenBytes());
        } catch (IOException e) {
            throw new AssertionError("memory refused a write", e);
        }
        return out.toByteArray();
    }

    private static String text(GeneratorOptions options) {
        return new String(bytes(options), StandardCharsets.US_ASCII);
    }

    private static long count(Predicate<ReferenceRow> test) {
        return V5.where(test).size();
    }

    private static int perMille(Predicate<ReferenceRow> test) {
        return (int) (count(test) * 1000 / V5.size());
    }

    private static void within(int least, int most, int value) {
        assertTrue(value >= least && value <= most, value + " is not " + least + " to " + most);
    }

    @Test
    void theSameOptionsGiveTheSameBytesWithAnyNumberOfThreads() {
        byte[] one = bytes(SMALL.withThreads(1));
        assertArrayEquals(one, bytes(SMALL.withThreads(1)));
        assertArrayEquals(one, bytes(SMALL.withThreads(3)));
        assertArrayEquals(one, bytes(SMALL.withThreads(8)));
    }

    @Test
    void anotherSeedGivesOtherBytes() {
        assertNotEquals(text(SMALL), text(SMALL.withSeed(2)));
    }

    /// Guards determinism across machines, JDKs and accidental changes. A wanted change of the
    /// generator changes the digest: put the new one here.
    @Test
    void theBytesAreTheOnesEveryMachineMakes() throws NoSuchAlgorithmException {
        GeneratorOptions options = SMALL.withRecords(20_000).withFormat(LogFormat.V11);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(options));
        assertEquals("4f6e393ca2ddc7f8", HexFormat.of().formatHex(digest, 0, 8));
    }

    @Test
    void aFileHoldsTheBytesOfTheStream() throws IOException {
        Path file = folder.resolve("flows.log");
        GenerationResult result = FlowLogGenerator.writeFile(SMALL, file);
        assertArrayEquals(bytes(SMALL), Files.readAllBytes(file));
        assertEquals(1, result.files());
        assertEquals(Files.size(file), result.textBytes());
    }

    @Test
    void gzipHoldsTheSameTextAndNoTimeStamp() throws IOException {
        byte[] packed = bytes(SMALL.withGzip(true));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            assertArrayEquals(bytes(SMALL), in.readAllBytes());
        }
        for (int i = 4; i < 8; i++) {
            assertEquals(0, packed[i], "modification time, byte " + i);
        }
    }

    @Test
    void everyFormatHasItsHeaderAndFieldCount() {
        for (String name :
                List.of("v2", "v3", "v5", "v7", "v11", "start end log-status pkt-srcaddr")) {
            LogFormat format = LogFormat.parse(name);
            List<String> lines = text(SMALL.withRecords(3_000).withFormat(format)).lines().toList();
            assertEquals(format.headerLine(), lines.getFirst());
            assertEquals(3_001, lines.size());
            for (String line : lines) {
                String[] tokens = line.split(" ", -1);
                assertEquals(format.fields().size(), tokens.length, line);
                for (String token : tokens) {
                    assertFalse(token.isEmpty(), line);
                }
            }
        }
    }

    @Test
    void theHeaderCanBeLeftOut() {
        String with = text(SMALL);
        assertEquals(with.substring(with.indexOf('\n') + 1), text(SMALL.withHeader(false)));
    }

    @Test
    void noRecordsGiveJustTheHeader() {
        assertEquals(LogFormat.V2.headerLine() + "\n", text(SMALL.withRecords(0)));
    }

    @Test
    void aDefaultFormatLogIsTheSameRecordsWithFewerFields() {
        List<String> v2 = text(SMALL).lines().toList();
        List<String> v5 = text(SMALL.withFormat(LogFormat.V5)).lines().toList();
        for (int i = 1; i < 2_000; i++) {
            String narrow = v2.get(i).substring(2);
            assertTrue(v5.get(i).substring(2).startsWith(narrow), narrow);
        }
    }

    @Test
    void silentRecordsKeepTheInterfaceAndNothingOfPackets() {
        List<String> absent =
                List.of(
                        "srcaddr",
                        "dstaddr",
                        "action",
                        "type",
                        "pkt_srcaddr",
                        "pkt_dstaddr",
                        "pkt_src_aws_service",
                        "pkt_dst_aws_service",
                        "flow_direction");
        List<String> numbers =
                List.of(
                        "srcport",
                        "dstport",
                        "protocol",
                        "packets",
                        "bytes",
                        "tcp_flags",
                        "traffic_path");
        for (ReferenceRow row : V5.where(row -> !row.is("log_status", "OK")).rows()) {
            absent.forEach(column -> assertEquals("-", row.text(column), column));
            numbers.forEach(column -> assertEquals(null, row.number(column), column));
            assertTrue(row.text("interface_id").startsWith("eni-"));
            assertTrue(row.text("vpc_id").startsWith("vpc-"));
        }
        within(12, 22, perMille(row -> row.is("log_status", "NODATA")));
        within(1, 60, (int) count(row -> row.is("log_status", "SKIPDATA")));
    }

    @Test
    void dashesStandWhereAwsWritesThem() {
        for (ReferenceRow row : V5.where(r -> r.is("log_status", "OK")).rows()) {
            boolean egress = row.is("flow_direction", "egress");
            assertEquals(egress, row.number("traffic_path") != null);
            assertTrue(egress || row.is("flow_direction", "ingress"));
            assertNotEquals("-", row.text("srcaddr"));
            assertNotEquals("-", row.text("pkt_dstaddr"));
            boolean portless = row.isAny("protocol", 1, 58);
            assertEquals(portless, row.isAny("srcport", 0) && row.isAny("dstport", 0));
            if (row.isAny("protocol", 17, 1, 58)) {
                assertEquals(0L, row.number("tcp_flags"));
            }
            if (row.number("bytes") == null) {
                assertEquals("REJECT", row.text("action"));
            }
            assertTrue(row.is("type", row.text("srcaddr").contains(":") ? "IPv6" : "IPv4"));
        }
    }

    @Test
    void volumesAreThoseOfPackets() {
        long several = 0;
        long multiples = 0;
        for (ReferenceRow row : V5.rows()) {
            Long packets = row.number("packets");
            Long bytes = row.number("bytes");
            if (packets == null || bytes == null) {
                continue;
            }
            assertTrue(packets >= 1, "packets " + packets);
            assertTrue(bytes >= 28 * packets && bytes <= 1_500 * packets, bytes + "/" + packets);
            if (packets > 1) {
                several++;
                multiples += bytes % packets == 0 ? 1 : 0;
            }
        }
        assertTrue(multiples * 5 < several, "bytes are mostly no multiple of packets");
    }

    @Test
    void refusedRecordsAreMostlySmallProbesFromMany() {
        within(75, 105, perMille(row -> row.is("action", "REJECT")));
        ReferenceTable rejects = V5.where(row -> row.is("action", "REJECT"));
        int probes =
                rejects.where(row -> row.isAny("packets", 1) && row.isAny("bytes", 40, 44)).size();
        assertTrue(probes * 2 > rejects.size(), probes + " of " + rejects.size());
        Set<String> sources = new HashSet<>();
        rejects.rows().forEach(row -> sources.add(row.text("srcaddr")));
        assertTrue(sources.size() > rejects.size() / 4, sources.size() + " sources");
    }

    @Test
    void everyScenarioIsThere() {
        within(20, 80, perMille(row -> row.is("type", "IPv6")));
        for (long path : new long[] {1, 4, 5, 6, 7, 8}) {
            assertTrue(count(row -> row.isAny("traffic_path", path)) > 0, "path " + path);
        }
        for (String service : List.of("S3", "DYNAMODB", "AMAZON", "EC2", "CLOUDFRONT")) {
            assertTrue(count(row -> row.is("pkt_dst_aws_service", service)) > 0, service);
        }
        for (long protocol : new long[] {1, 6, 17, 58}) {
            assertTrue(count(row -> row.isAny("protocol", protocol)) > 0, "" + protocol);
        }
        for (long flags : new long[] {0, 1, 2, 3, 18, 19}) {
            assertTrue(count(row -> row.isAny("tcp_flags", flags)) > 0, "flags " + flags);
        }
        assertTrue(count(row -> row.is("account_id", "unknown")) > 0);
        assertTrue(count(row -> row.is("interface_id", "-")) > 0, "a regional NAT gateway");
        assertTrue(count(row -> row.is("sublocation_type", "localzone")) > 0);
        assertTrue(count(row -> !row.is("srcaddr", row.text("pkt_srcaddr"))) > 0, "NAT, pods");
    }

    @Test
    void aGatewayWritesFourLegs() {
        Map<String, Set<String>> legs = new HashMap<>();
        for (ReferenceRow row : V5.where(r -> r.is("instance_id", "-")).rows()) {
            boolean in = row.is("flow_direction", "ingress");
            if (!row.is("dstaddr", row.text("pkt_dstaddr")) && in) {
                legs.computeIfAbsent(row.text("dstaddr"), k -> new HashSet<>()).add("1");
            } else if (!row.is("srcaddr", row.text("pkt_srcaddr")) && !in) {
                legs.computeIfAbsent(row.text("srcaddr"), k -> new HashSet<>()).add("4");
            }
        }
        assertTrue(legs.size() >= 10, legs.size() + " gateways");
        legs.forEach((nat, found) -> assertEquals(Set.of("1", "4"), found, nat));
    }

    @Test
    void aConnectionBetweenTwoInterfacesHasFourStreams() {
        Map<List<@Nullable Object>, Set<String>> seen = new HashMap<>();
        for (ReferenceRow row : V5.where(r -> r.isAny("dstport", 5432, 3306, 1433)).rows()) {
            List<@Nullable Object> key = new ArrayList<>();
            key.add(row.text("pkt_srcaddr"));
            key.add(row.text("pkt_dstaddr"));
            key.add(row.number("srcport"));
            seen.computeIfAbsent(key, k -> new HashSet<>()).add(row.text("flow_direction"));
        }
        long both = seen.values().stream().filter(ways -> ways.size() == 2).count();
        assertTrue(both * 2 > seen.size(), both + " of " + seen.size());
    }

    @Test
    void longConnectionsRepeatOverWindows() {
        Map<String, Integer> windows = new HashMap<>();
        for (ReferenceRow row : V5.where(r -> r.isAny("protocol", 6)).rows()) {
            String key =
                    row.text("interface_id")
                            + row.text("srcaddr")
                            + row.text("dstaddr")
                            + row.number("srcport")
                            + row.number("dstport");
            windows.merge(key, 1, Integer::sum);
        }
        long repeated = windows.values().stream().filter(n -> n >= 3).count();
        assertTrue(repeated > 500, repeated + " connections in three windows or more");
    }

    @Test
    void peersAreSkewedAndEphemeralPortsAreNot() {
        Map<String, Integer> talkers = new TreeMap<>();
        V5.rows().forEach(row -> talkers.merge(row.text("srcaddr"), 1, Integer::sum));
        List<Integer> counts = new ArrayList<>(talkers.values());
        counts.sort((a, b) -> b - a);
        long top = counts.stream().limit(counts.size() / 20).mapToLong(n -> n).sum();
        assertTrue(top * 2 > V5.size(), "5 % of the addresses send half the records");

        Set<Long> ports = new HashSet<>();
        V5.where(row -> row.isAny("dstport", 443))
                .rows()
                .forEach(row -> ports.add(orZero(row.number("srcport"))));
        assertTrue(ports.size() > 2_500, ports.size() + " distinct source ports");
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    @Test
    void timesFollowTheStartAndTheAggregation() {
        long start = SMALL.startEpochSecond();
        long previous = 0;
        boolean unsorted = false;
        for (ReferenceRow row : V5.rows()) {
            long first = orZero(row.number("start"));
            long last = orZero(row.number("end"));
            assertTrue(first >= start && last >= first && last - first < 60);
            unsorted |= first < previous;
            previous = first;
        }
        assertTrue(unsorted);

        ReferenceTable wide =
                ReferenceTable.ofText(
                        text(SMALL.withAggregationSeconds(600).withEstate(EstatePreset.HARD)));
        long longest =
                wide.rows().stream()
                        .mapToLong(r -> orZero(r.number("end")) - orZero(r.number("start")))
                        .max()
                        .orElse(0);
        within(500, 599, (int) longest);
    }

    @Test
    void theHardEstateHasManyMoreAddresses() {
        assertTrue(addresses(EstatePreset.HARD) > 2 * addresses(EstatePreset.REALISTIC));
    }

    private static int addresses(EstatePreset estate) {
        Set<String> addresses = new HashSet<>();
        for (ReferenceRow row : ReferenceTable.ofText(text(SMALL.withEstate(estate))).rows()) {
            addresses.add(row.text("srcaddr"));
            addresses.add(row.text("dstaddr"));
        }
        return addresses.size();
    }

    @Test
    void tagsAndEcsNamesAreWrittenInNewVersions() {
        ReferenceTable all = ReferenceTable.ofText(text(SMALL.withFormat(LogFormat.V11)));
        assertTrue(all.where(r -> r.text("instance_tag").equals("app%2Dprod")).size() > 0);
        assertTrue(all.where(r -> r.is("ecs_cluster_name", "shop")).size() > 0);
        assertTrue(all.where(r -> r.is("interface_type", "nat_gateway")).size() > 0);
        assertTrue(all.where(r -> r.is("reject_reason", "BPA")).size() > 0);
        assertTrue(all.where(r -> r.text("resource_id").startsWith("nat-")).size() > 0);
        assertTrue(
                all.where(r ->
                                !r.is("next_hop_az_id", "-")
                                        && !r.is("next_hop_az_id", r.text("az_id")))
                                .size()
                        > 0,
                "cross-AZ");
    }

    @Test
    void aBucketHoldsTheSameRecordsFiledByTheirEnd() throws IOException {
        GeneratorOptions options = SMALL.withGzip(true).withThreads(3);
        GenerationResult result = FlowLogGenerator.writeBucket(options, folder);
        List<Path> files = files(folder);
        assertEquals(files.size(), result.files());
        List<String> lines = new ArrayList<>();
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
            assertTrue(
                    folder.relativize(file)
                            .toString()
                            .matches(
                                    "AWSLogs/\\d{12}/vpcflowlogs/[a-z]+-[a-z]+-\\d/2026/11/01/"
                                            + "\\d{12}_vpcflowlogs_[a-z]+-[a-z]+-\\d"
                                            + "_fl-[0-9a-f]{17}_20261101T\\d{4}Z"
                                            + "_[0-9a-f]{8}\\.log\\.gz"),
                    file.toString());
            for (ReferenceRow row : ReferenceTable.read(file).rows()) {
                long minute = orZero(row.number("end")) % 86_400 / 300 * 5;
                String stamp = "T%02d%02dZ".formatted(minute / 60, minute % 60);
                assertTrue(file.toString().contains(stamp), stamp + " in " + file);
            }
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .skip(1)
                        .forEach(lines::add);
            }
        }
        assertEquals(bytes, result.writtenBytes());
        List<String> expected = text(SMALL).lines().skip(1).sorted().toList();
        assertEquals(expected, lines.stream().sorted().toList());
    }

    @Test
    void bucketsAreTheSameWithAnyNumberOfThreads() throws IOException {
        Map<String, String> first = bucket(SMALL.withThreads(1), "one");
        assertEquals(first, bucket(SMALL.withThreads(4), "four"));
    }

    private Map<String, String> bucket(GeneratorOptions options, String name) throws IOException {
        Path root = folder.resolve(name);
        FlowLogGenerator.writeBucket(options, root);
        Map<String, String> contents = new TreeMap<>();
        for (Path file : files(root)) {
            contents.put(root.relativize(file).toString(), Files.readString(file));
        }
        return contents;
    }

    @Test
    void hiveAndHourlyFoldersAreNamedAsAwsNamesThem() throws IOException {
        GeneratorOptions options = SMALL.withRecords(1_000);
        FlowLogGenerator.writeBucket(options.withLayout(BucketLayout.HIVE_HOURLY), folder);
        String path = folder.relativize(files(folder).getFirst()).toString();
        assertTrue(
                path.startsWith(
                        "AWSLogs/aws-account-id=012345678901/aws-service=vpcflowlogs/"
                                + "aws-region=ap-southeast-2/year=2026/month=11/day=01/hour=00/"),
                path);
        Path hourly = folder.resolve("hourly");
        FlowLogGenerator.writeBucket(options.withLayout(BucketLayout.HOURLY), hourly);
        assertTrue(files(hourly).getFirst().toString().contains("/2026/11/01/00/"));
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
