// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.fault.StoreException;
import weir.ingest.record.FlowField;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;
import weir.ingest.record.RecordTable;

class FlowIngestorTest {
    static final String V2 =
            """
            version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status
            2 001234567890 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK
            2 123456789010 eni-1235b8ca123456789 2001:db8::1 2001:db8::2 49761 3389 6 20 9223372036854775807 1418530010 1418530070 REJECT OK
            2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA
            2 123456789010 eni-11111111aaaaaaaaa - - - - - - - 1431280876 1431280934 - SKIPDATA
            """;

    @TempDir Path directory;

    private Path store() {
        return directory.resolve("store");
    }

    private Path write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.write(path, bytes);
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private IngestReport ingest(Path... paths) {
        return ingest(IngestOptions.defaults().withThreads(2), paths);
    }

    private IngestReport ingest(IngestOptions options, Path... paths) {
        try (FlowIngestor ingestor = FlowIngestor.open(store())) {
            List<String> inputs = List.of(paths).stream().map(Path::toString).toList();
            return ingestor.ingest(inputs, options, ProgressListener.NONE);
        }
    }

    private static String value(Map<String, String> row, String column) {
        return String.valueOf(row.get(column));
    }

    private List<Map<String, String>> flows() {
        List<Map<String, String>> rows = StoredRows.of(store(), FlowTables.FLOWS);
        rows.forEach(row -> row.remove("$path"));
        return rows;
    }

    private void assertHoldsNaively(String text) {
        assertEquals(inNoOrder(NaiveLog.rows(text, FlowFormat.DEFAULT)), inNoOrder(flows()));
    }

    /// A segment has its rows in an order of its own.
    private static List<String> inNoOrder(List<Map<String, String>> rows) {
        return rows.stream().map(Map::toString).sorted().toList();
    }

    @Test
    void recordsOfTheDefaultFormatReadBackAsTheyWereWritten() throws IOException {
        Path file = write("a.log", V2);
        IngestReport report = ingest(file);
        assertEquals(1, report.files());
        assertEquals(4, report.records());
        assertEquals(0, report.rejectedLines());
        assertEquals(Files.size(file), report.bytesIn());
        assertHoldsNaively(V2);
        assertEquals(
                List.of(file.toString(), file.toString(), file.toString(), file.toString()),
                StoredRows.column(store(), FlowTables.FLOWS, "$path"));
    }

    @Test
    void aHeaderlessFileHasTheDefaultFormat() throws IOException {
        String text = V2.substring(V2.indexOf('\n') + 1);
        assertEquals(4, ingest(write("a", text)).records());
        assertHoldsNaively(text);
    }

    @Test
    void gzipIsKnownByItsContentAndReadsLikeText() throws IOException {
        assertEquals(4, ingest(write("named.txt", gzip(V2))).records());
        assertHoldsNaively(V2);
    }

    @Test
    void collectingTwiceChangesNothing() throws IOException {
        Path file = write("a.log", V2);
        ingest(file);
        IngestReport again = ingest(file);
        assertEquals(0, again.files());
        assertEquals(1, again.skippedFiles());
        assertEquals(0, again.records());
        assertEquals(4, flows().size());
        assertEquals(1, StoredRows.of(store(), FlowTables.FILES).size());
    }

    @Test
    void theSameContentUnderAnotherNameOrPackedIsSkipped() throws IOException {
        ingest(write("a.log", V2));
        IngestReport again = ingest(write("b.log", V2), write("c.log.gz", gzip(V2)));
        assertEquals(2, again.skippedFiles());
        assertEquals(4, flows().size());
        assertTrue(
                StoredRows.column(store(), FlowTables.FILES, "reason")
                        .contains("same content as " + directory.resolve("a.log")));
    }

    @Test
    void ofTwinsInOneRunTheFirstIsTaken() throws IOException {
        Path first = write("a.log", V2);
        Path packed = write("b.log.gz", gzip(V2));
        IngestReport report = ingest(first, packed, write("c.log", V2));
        assertEquals(1, report.files());
        assertEquals(2, report.skippedFiles());
        assertEquals(4, report.records());
        assertEquals(4, flows().size());
    }

    // ---- what lines may look like ----

    private static final String GOOD =
            "2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010"
                    + " 1418530070 ACCEPT OK";

    /// The default record with field `number`, from 1, replaced.
    private static String with(int number, String token) {
        String[] tokens = GOOD.split(" ", -1);
        tokens[number - 1] = token;
        return String.join(" ", tokens);
    }

    private List<String> reasons() {
        return StoredRows.column(store(), FlowTables.REJECTED_LINES, "reason");
    }

    @Test
    void oddSpacingLineEndsAndBlankLinesAreRead() throws IOException {
        String text =
                "\uFEFF"
                        + GOOD
                        + "\r\n\r\n"
                        + GOOD.replace(' ', '\t')
                        + " \n   \n# a comment\n  "
                        + GOOD.replace(" 6 ", "  6   ")
                        + "\n"
                        + GOOD
                        + " \n"
                        + GOOD
                        + "\t\r\n"
                        + GOOD;
        IngestReport report = ingest(write("a", text));
        assertEquals(6, report.records());
        assertEquals(0, report.rejectedLines());
        assertHoldsNaively(text);
    }

    @Test
    void linesThatEndWithCarriageReturnsAreRead() throws IOException {
        String text = V2.replace("\n", "\r\n");
        assertEquals(4, ingest(write("a", text)).records());
        assertHoldsNaively(V2);
    }

    @Test
    void headersInTheMiddleAreFollowed() throws IOException {
        String other =
                "srcaddr dstaddr start\n10.0.0.1 10.0.0.2 1418530010\n10.0.0.3 - 1418530011\n";
        String text = V2 + "\n" + V2 + other + "\n" + V2 + other;
        IngestReport report = ingest(write("a", text));
        assertEquals(16, report.records());
        assertEquals(0, report.rejectedLines());
        assertHoldsNaively(text);
        assertTrue(
                StoredRows.column(store(), FlowTables.FLOWS, "interface_id").stream()
                        .noneMatch("interface-id"::equals));
    }

    @Test
    void eachBadLineIsRejectedWithItsReason() throws IOException {
        Map<String, String> reasonOf = new LinkedHashMap<>();
        reasonOf.put(with(1, "1"), "field 1 (version) is '1': expected 2 to 255 or '-'");
        reasonOf.put(
                with(4, "256.1.1.1"),
                "field 4 (srcaddr) is '256.1.1.1': expected an IPv4 or IPv6 address or '-'");
        reasonOf.put(
                with(5, "localhost"),
                "field 5 (dstaddr) is 'localhost': expected an IPv4 or IPv6 address or '-'");
        reasonOf.put(
                with(5, "fe80::1%eth0"),
                "field 5 (dstaddr) is 'fe80::1%eth0': expected an IPv4 or IPv6 address or '-'");
        reasonOf.put(with(7, "65536"), "field 7 (dstport) is '65536': expected 0 to 65535 or '-'");
        reasonOf.put(with(6, "-1"), "field 6 (srcport) is '-1': expected 0 to 65535 or '-'");
        reasonOf.put(with(6, "+22"), "field 6 (srcport) is '+22': expected 0 to 65535 or '-'");
        reasonOf.put(with(6, "022"), "field 6 (srcport) is '022': expected 0 to 65535 or '-'");
        reasonOf.put(with(8, "256"), "field 8 (protocol) is '256': expected 0 to 255 or '-'");
        reasonOf.put(
                with(10, "9223372036854775808"),
                "field 10 (bytes) is '9223372036854775808': expected 0 to 9223372036854775807"
                        + " or '-'");
        reasonOf.put(
                with(11, "1418530010000"),
                "field 11 (start) is '1418530010000': expected seconds since 1970 (0 to"
                        + " 1099511627776) or '-'; this looks like milliseconds");
        reasonOf.put(
                with(13, "accept"),
                "field 13 (action) is 'accept': expected ACCEPT, REJECT or '-'");
        reasonOf.put(
                with(14, "OKAY"),
                "field 14 (log-status) is 'OKAY': expected OK, NODATA, SKIPDATA or '-'");
        reasonOf.put(
                with(3, "eni-\u001b[31m"),
                "field 3 (interface-id) is 'eni-\\u001b[31m': expected text in UTF-8 without control"
                        + " characters or '-'");
        reasonOf.put("2 123456789010 eni-1 1.2.3.4", "4 fields where 14 were expected");
        reasonOf.put(GOOD + " # paste", "16 fields where 14 were expected");
        StringBuilder text = new StringBuilder(GOOD).append('\n');
        reasonOf.keySet().forEach(line -> text.append(line).append('\n').append(GOOD).append('\n'));
        Path file = write("a.log", text.toString());
        IngestReport report = ingest(file);
        assertEquals(reasonOf.size() + 1, report.records());
        assertEquals(reasonOf.size(), report.rejectedLines());
        List<Map<String, String>> rejected = StoredRows.of(store(), FlowTables.REJECTED_LINES);
        int line = 2;
        for (Map.Entry<String, String> wanted : reasonOf.entrySet()) {
            Map<String, String> row = rejected.get((line - 2) / 2);
            assertEquals(wanted.getValue(), value(row, "reason"));
            assertEquals(wanted.getKey(), value(row, "text"));
            assertEquals(String.valueOf(line), value(row, "line"));
            assertEquals(
                    String.valueOf(text.indexOf("\n" + wanted.getKey() + "\n") + 1),
                    value(row, "byte_offset"));
            assertEquals(file.toString(), value(row, "file"));
            line += 2;
        }
        assertEquals(
                new IngestReport.Rejects(file.toString(), reasonOf.size()),
                report.worstFiles().getFirst());
        assertEquals(
                new IngestReport.Rejects("field 6 (srcport): expected 0 to 65535 or '-'", 3),
                report.commonestReasons().getFirst());
    }

    @Test
    void valuesAtTheirLimitsAreTaken() throws IOException {
        String text =
                String.join(
                        "\n",
                        GOOD,
                        with(6, "65535"),
                        with(7, "0"),
                        with(8, "255"),
                        with(10, "9223372036854775807"),
                        with(11, "9999999999"),
                        with(4, "::"),
                        with(5, "255.255.255.255"),
                        with(4, "0.0.0.0"),
                        with(4, "2001:DB8:0:0:0:0:0:1"),
                        with(2, "000000000001"),
                        with(2, "unknown"),
                        with(13, "-"),
                        with(14, "-"));
        assertEquals(14, ingest(write("a", text)).records());
        assertHoldsNaively(text);
    }

    @Test
    void aDashIsTakenInEveryField() throws IOException {
        StringBuilder text = new StringBuilder(GOOD);
        for (int field = 1; field <= 14; field++) {
            text.append('\n').append(with(field, "-"));
        }
        assertEquals(15, ingest(write("a", text.toString())).records());
        assertHoldsNaively(text.toString());
    }

    @Test
    void noDataFirstIsAFlowLog() throws IOException {
        String line = "2 123456789010 eni-1235b8ca - - - - - - - 1431280876 1431280934 - NODATA\n";
        assertEquals(1, ingest(write("a", line)).records());
        assertHoldsNaively(line);
    }

    @Test
    void anInvalidByteIsShownReplaced() throws IOException {
        byte[] line = (GOOD + "\n" + with(3, "eni-?")).getBytes(StandardCharsets.UTF_8);
        line[line.length - with(3, "eni-?").length() + with(3, "eni-?").indexOf('?')] = (byte) 0xff;
        assertEquals(1, ingest(write("a", line)).rejectedLines());
        assertEquals(
                "field 3 (interface-id) is 'eni-\uFFFD': expected text in UTF-8 without control"
                        + " characters or '-'",
                reasons().getFirst());
    }

    @Test
    void aLongLineIsPassedBy() throws IOException {
        String text = GOOD + "\n" + "x".repeat(10_000_000) + "\n" + GOOD + "\n";
        IngestReport report = ingest(write("a", text));
        assertEquals(2, report.records());
        assertEquals(List.of("longer than 1048576 bytes"), reasons());
        Map<String, String> row = StoredRows.of(store(), FlowTables.REJECTED_LINES).getFirst();
        assertEquals("2", value(row, "line"));
        assertEquals("x".repeat(1000), value(row, "text"));
    }

    @Test
    void rejectedLinesAreCountedBeyondThoseThatAreKept() throws IOException {
        String text = GOOD + "\n" + (with(6, "x") + "\n").repeat(12_345);
        IngestReport report = ingest(write("a", text));
        assertEquals(12_345, report.rejectedLines());
        List<String> reasons = reasons();
        assertEquals(10_000, reasons.size());
        assertEquals(
                "field 6 (srcport) is 'x': expected 0 to 65535 or '-'; 2345 more rejected lines of"
                        + " this file are not listed",
                reasons.getLast());
    }

    // ---- formats ----

    @Test
    void aGivenFormatReadsHeaderlessFiles() throws IOException {
        IngestOptions options =
                IngestOptions.defaults().withFormat("${srcaddr} dst-thing bytes start");
        assertEquals(List.of("dst-thing"), options.unknownFields());
        IngestReport report = ingest(options, write("a", "1.2.3.4 here 7 1418530010\n"));
        assertEquals(1, report.records());
        Map<String, String> row = flows().getFirst();
        assertEquals("here", value(row, "dst_thing"));
        assertEquals("7", value(row, "bytes"));
        assertEquals("NULL", value(row, "packets"));
        assertEquals("-", value(row, "vpc_id"));
    }

    @Test
    void unknownHeaderNamesBecomeTextColumns() throws IOException {
        String text = "version srcaddr dstaddr address brand-new\n12 1.1.1.1 2.2.2.2 x y\n";
        assertEquals(1, ingest(write("a", text)).records());
        Map<String, String> row = flows().getFirst();
        assertEquals("12", value(row, "version"));
        assertEquals("x", value(row, "address"));
        assertEquals("y", value(row, "brand_new"));
    }

    @Test
    void aFieldNamedTwiceRefusesTheFile() throws IOException {
        IngestReport report = ingest(write("a", "version srcaddr srcaddr\n2 1.1.1.1 1.1.1.1\n"));
        assertEquals("the header names field srcaddr twice", report.failures().getFirst().reason());
        assertEquals(List.of("failed"), StoredRows.column(store(), FlowTables.FILES, "status"));
    }

    @Test
    void theStampsOfACloudWatchExportArePassedBy() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : V2.split("\n", -1)) {
            if (line.startsWith("2")) {
                text.append("2022-02-21T18:54:29.000Z ").append(line).append('\n');
            }
        }
        IngestReport report = ingest(write("x.gz", gzip(text + "noon " + GOOD + "\n")));
        assertEquals(4, report.records());
        assertHoldsNaively(V2);
        assertEquals(
                List.of(
                        "the time stamp is 'noon': expected a time stamp like"
                                + " 2026-11-01T00:00:00.000Z"),
                reasons());
    }

    @Test
    void everyFieldOfVersionElevenIsRead() throws IOException {
        StringBuilder header = new StringBuilder();
        StringBuilder line = new StringBuilder();
        int number = 0;
        for (FlowField field : RecordTable.VPC.fields()) {
            number++;
            header.append(field.headerName()).append(' ');
            line.append(
                            switch (field.kind()) {
                                case ADDRESS -> "10.0.0." + number;
                                case ACTION -> "REJECT";
                                case LOG_STATUS -> "OK";
                                case TEXT -> field.headerName() + "-value";
                                default -> String.valueOf(11 + number);
                            })
                    .append(' ');
        }
        String text = header.toString().strip() + "\n" + line.toString().strip() + "\n";
        assertEquals(1, ingest(write("a", text)).records());
        assertHoldsNaively(text);
    }

    // ---- files that are something else, or broken ----

    private String failure(String name, byte[] bytes) throws IOException {
        Path good = write("good.log", V2);
        IngestReport report = ingest(write(name, bytes), good);
        assertEquals(1, report.failedFiles());
        assertEquals(4, flows().size());
        return report.failures().getFirst().reason();
    }

    @Test
    void otherFormsAreNamed() throws IOException {
        assertEquals(
                "not a flow log: no line is a record; the first has 6 fields where 14 were"
                        + " expected",
                failure("c", "these are just some words here\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "not a flow log: no line is a record; the first has field 7 (dstport) is 'x':"
                        + " expected 0 to 65535 or '-'",
                failure("d", with(7, "x").getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "not a flow log: starts with ff fe 76 00: text in UTF-16, which is not read here",
                failure("e", ("\uFEFF" + V2).getBytes(StandardCharsets.UTF_16LE)));
    }

    @Test
    void whatIsNoFlowLogIsLookedAtAgain() throws IOException {
        Path file = write("a", "words\n");
        ingest(file);
        assertEquals(1, ingest(file).failedFiles());
        assertEquals(1, StoredRows.of(store(), FlowTables.FILES).size());
    }

    @Test
    void emptyFilesAreNoFailure() throws IOException {
        IngestReport report =
                ingest(
                        write("a", ""),
                        write("b.gz", gzip("")),
                        write("c", "\n\n# nothing\n"),
                        write("d.gz", new byte[0]));
        assertEquals(4, report.files());
        assertEquals(0, report.failedFiles());
        assertEquals(
                List.of("empty", "empty", "empty", "empty"),
                StoredRows.column(store(), FlowTables.FILES, "status"));
    }

    @Test
    void aHeaderAloneIsAFlowLogWithoutRecords() throws IOException {
        IngestReport report = ingest(write("a", V2.substring(0, V2.indexOf('\n') + 1)));
        assertEquals(1, report.files());
        assertEquals(0, report.records());
        assertEquals(List.of("ok"), StoredRows.column(store(), FlowTables.FILES, "status"));
    }

    @Test
    void theWholeLinesOfACutGzipFileAreKept() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text.append(with(10, String.valueOf(i * 7919L))).append('\n');
        }
        byte[] packed = gzip(text.toString());
        Path file = write("a.gz", Arrays.copyOf(packed, packed.length / 2));
        IngestReport report = ingest(file);
        assertTrue(report.records() > 1_000 && report.records() < 5_000, report.toString());
        assertEquals(0, report.rejectedLines());
        assertEquals(
                new IngestReport.Remark(file.toString(), "the gzip data ends within member 1"),
                report.warnings().getFirst());
        assertEquals(List.of("truncated"), StoredRows.column(store(), FlowTables.FILES, "status"));
        String taken =
                text.toString().lines().limit(report.records()).reduce("", (a, b) -> a + b + "\n");
        assertHoldsNaively(taken);
        assertEquals(1, ingest(file).skippedFiles());
    }

    @Test
    void aGzipBombIsReadInBoundedMemory() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
            byte[] zeros = new byte[1 << 20];
            Arrays.fill(zeros, (byte) 'x');
            for (int i = 0; i < 200; i++) {
                gzip.write(zeros);
            }
        }
        IngestReport report = ingest(write("a.gz", bytes.toByteArray()));
        assertEquals(1, report.records());
        assertEquals(1, report.rejectedLines());
    }

    @Test
    void missingInputsAreListedAndTheRestGoesOn() throws IOException {
        IngestReport report = ingest(directory.resolve("none"), write("a", V2));
        assertEquals(4, report.records());
        assertEquals(
                List.of(
                        new IngestReport.Remark(
                                directory.resolve("none").toString(), "does not exist")),
                report.failures());
    }

    @Test
    void nothingToReadStillMakesTheTables() {
        assertEquals(0, ingest(directory.resolve("none")).files());
        try (Store store = Store.open(store())) {
            assertEquals(
                    List.of(
                            FlowTables.FLOWS,
                            FlowTables.TRANSIT_GATEWAY_FLOWS,
                            FlowTables.FILES,
                            FlowTables.REJECTED_LINES),
                    List.copyOf(store.snapshot().tables().keySet()));
        }
    }

    @Test
    void manySmallFilesShareSegments() throws IOException {
        for (int i = 0; i < 300; i++) {
            write("logs/%03d.log".formatted(i), with(10, String.valueOf(i)) + "\n");
        }
        IngestReport report = ingest(directory.resolve("logs"));
        assertEquals(300, report.files());
        assertEquals(300, report.records());
        assertTrue(report.segments() <= 4, report.toString());
        List<Map<String, String>> rows = StoredRows.of(store(), FlowTables.FLOWS);
        for (Map<String, String> row : rows) {
            assertTrue(
                    String.valueOf(row.get("$path"))
                            .endsWith(
                                    "/%03d.log".formatted(Integer.parseInt(value(row, "bytes")))));
        }
    }

    @Test
    void aTwinAmongManySmallFilesLeavesNoRow() throws IOException {
        ingest(write("old.log", with(10, "1") + "\n"));
        for (int i = 0; i < 20; i++) {
            write("logs/%03d.log".formatted(i), with(10, String.valueOf(i)) + "\n# x\n");
        }
        write("logs/007b.log.gz", gzip(with(10, "7") + "\n# x\n"));
        write("logs/008b.log.gz", gzip(with(10, "1") + "\n"));
        IngestReport report = ingest(directory.resolve("logs"));
        assertEquals(20, report.records());
        assertEquals(2, report.skippedFiles());
        assertEquals(21, flows().size());
    }

    @Test
    void aFileThatChangedIsTakenWhenThatIsAskedFor() throws IOException {
        Path file = write("a.log", V2);
        ingest(file);
        String more = V2 + with(7, "77") + "\n";
        write("a.log", more);
        IngestOptions again = IngestOptions.defaults().withThreads(2).withChanged();
        assertEquals(5, ingest(again, file).records());
        assertEquals(9, flows().size());
        assertEquals(1, ingest(file).skippedFiles());
        assertEquals(1, ingest(again, file).skippedFiles());
    }

    @Test
    void onlyFoldersOfTheTimeAskedForAreRead() throws IOException {
        String folder = "AWSLogs/1/vpcflowlogs/eu-west-1/2026/11/";
        write(folder + "01/a", V2);
        write(folder + "05/b", V2 + with(7, "77") + "\n");
        IngestOptions later =
                IngestOptions.defaults().withTimes(Instant.parse("2026-11-04T00:00:00Z"), null);
        IngestReport report = ingest(later, directory.resolve("AWSLogs"));
        assertEquals(1, report.outsideFolders());
        assertEquals(0, report.outsideFiles());
        assertEquals(1, report.files());
        assertEquals(5, report.records());
    }

    private static String changed(String records) {
        return "changed since it was collected on %s (it had %s): collecting it would count those"
                        .formatted(LocalDate.now(ZoneOffset.UTC), records)
                + " again; collect it into another store, ask it with --from, or take all of"
                + " it with --again";
    }

    private void assertRefused(IngestReport report, Path file, String records) {
        assertEquals(0, report.records());
        assertEquals(
                List.of(new IngestReport.Remark(file.toString(), changed(records))),
                report.failures());
    }

    @Test
    void aFileThatGrewIsRefusedEachTime() throws IOException {
        Path file = write("a", GOOD + "\n");
        ingest(file);
        write("a", GOOD + "\n" + with(6, "7") + "\n");
        assertRefused(ingest(file), file, "1 record");
        assertRefused(ingest(file), file, "1 record");
        assertEquals(1, flows().size());
        assertEquals(List.of("ok"), StoredRows.column(store(), FlowTables.FILES, "status"));
        // As it was before it is the file that was collected.
        write("a", GOOD + "\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        assertEquals(1, ingest(file).skippedFiles());
        write("a", GOOD + "\n" + with(6, "7") + "\n");
        assertRefused(ingest(file), file, "1 record");
    }

    @Test
    void aDuplicateThatGrewIsRefused() throws IOException {
        ingest(write("a", V2), write("b", V2));
        Path file = write("b", V2 + GOOD + "\n");
        assertRefused(ingest(file), file, "4 records");
    }

    @Test
    void aFileThatHadNoRecordsMayGrow() throws IOException {
        ingest(write("a", "# nothing\n"), write("b", FlowFormat.DEFAULT + "\n"));
        Path a = write("a", V2);
        Path b = write("b", FlowFormat.DEFAULT + "\n" + with(6, "7") + "\n");
        assertEquals(5, ingest(a, b).records());
    }

    @Test
    void aFileThatWasCutIsRefusedOnceItIsWhole() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text.append(with(10, String.valueOf(i * 7919L))).append('\n');
        }
        byte[] packed = gzip(text.toString());
        Path file = write("a.gz", Arrays.copyOf(packed, packed.length / 2));
        long before = ingest(file).records();
        write("a.gz", packed);
        assertRefused(ingest(file), file, String.format(Locale.ROOT, "%,d records", before));
        assertEquals(before, flows().size());
    }

    @Test
    void brokenContentMakesNoWholeContentKnown() throws IOException {
        String text = GOOD + "\n" + with(6, "7");
        byte[] packed = gzip(text);
        // All text is there, but not the end of the checksum: the last line is not taken.
        byte[] cut = Arrays.copyOf(packed, packed.length - 4);
        IngestReport report = ingest(write("a.gz", cut), write("b.gz", cut));
        assertEquals(1, report.records());
        assertEquals(1, report.skippedFiles());
        assertEquals(2, ingest(write("c.gz", packed)).records());
        assertEquals(0, ingest(write("d", text)).records());
        assertEquals(3, flows().size());
    }

    @Test
    void standardInputIsReadOnce() throws IOException {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(gzip(V2)));
            assertEquals(4, ingest(Path.of("-")).records());
            System.setIn(new ByteArrayInputStream(V2.getBytes(StandardCharsets.UTF_8)));
            IngestReport again = ingest(Path.of("-"));
            assertEquals(0, again.records());
            assertEquals(1, again.skippedFiles());
        } finally {
            System.setIn(before);
        }
        assertEquals(4, flows().size());
    }

    @Test
    void progressOfStandardInputHasBytesButNoTotal() throws IOException {
        byte[] packed = gzip(V2);
        Path file = write("a.log", "no record\n" + GOOD + "\n");
        List<List<Long>> heard = new ArrayList<>();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(packed));
        try (FlowIngestor ingestor = FlowIngestor.open(store())) {
            ingestor.ingest(
                    List.of("-", file.toString()),
                    IngestOptions.defaults(),
                    (done, total, records, rejected) ->
                            heard.add(List.of(done, total, records, rejected)));
        } finally {
            System.setIn(before);
        }
        long bytes = packed.length + Files.size(file);
        assertEquals(List.of(bytes, 0L, 5L, 1L), heard.getLast());
    }

    @Test
    void aSecondWriterIsRefused() throws IOException {
        Path file = write("a", V2);
        try (FlowIngestor first = FlowIngestor.open(store());
                Store store = Store.open(store());
                StoreWriter writer = store.writer()) {
            assertTrue(writer != null);
            StoreException e =
                    assertThrows(
                            StoreException.class,
                            () ->
                                    first.ingest(
                                            List.of(file.toString()),
                                            IngestOptions.defaults(),
                                            ProgressListener.NONE));
            assertTrue(String.valueOf(e.getMessage()).contains("is already writing to this store"));
        }
    }

    // ---- headers that harm ----

    private static String unknownNames(String prefix, int count) {
        StringBuilder names = new StringBuilder("version srcaddr dstaddr");
        for (int i = 0; i < count; i++) {
            names.append(' ').append(prefix).append(i);
        }
        return names.append("\n2 10.0.0.1 10.0.0.2").append(" v".repeat(count)) + "\n";
    }

    @Test
    void aStoreTakesSoManyUnknownFieldsAndNoMore() throws IOException {
        assertEquals(1, ingest(write("a", unknownNames("a", 300))).records());
        Path b = write("b", unknownNames("b", 201));
        Path c = write("c", unknownNames("c", 200));
        Path d = write("d", unknownNames("d", 1));
        IngestReport report = ingest(b, c, d, write("e", unknownNames("a", 250)));
        assertEquals(2, report.records());
        assertEquals(
                List.of(
                        new IngestReport.Remark(
                                b.toString(),
                                "names 201 fields that AWS does not document and the store does"
                                        + " not know: a store takes 500 such fields and has 300"),
                        new IngestReport.Remark(
                                d.toString(),
                                "names 1 fields that AWS does not document and the store does"
                                        + " not know: a store takes 500 such fields and has 500")),
                report.failures());
        assertEquals(3, flows().size());
    }

    @Test
    void aHeaderOfTooManyFieldsRefusesTheFileWhereverItStands() throws IOException {
        String long1 = unknownNames("a", 998);
        IngestReport report = ingest(write("a", long1), write("b", GOOD + "\n" + long1));
        assertEquals(
                List.of(
                        "the header names 1001 fields; at most 1000",
                        "line 2: the header names 1001 fields; at most 1000"),
                report.failures().stream().map(IngestReport.Remark::reason).toList());
        assertEquals(0, flows().size());
    }

    @Test
    void unknownNamesDoNotHideTheColumnsOfTime() throws IOException {
        String text = "version srcaddr dstaddr date Year hour\n2 1.1.1.1 2.2.2.2 a b c\n";
        assertEquals(1, ingest(write("a", text)).records());
        Map<String, String> row = flows().getFirst();
        assertEquals("a", value(row, "date_field"));
        assertEquals("b", value(row, "year_field"));
        assertEquals("c", value(row, "hour_field"));
        assertEquals("null", value(row, "date"));
    }

    @Test
    void headersOfTextFieldsAreNoRecords() throws IOException {
        String text =
                """
                interface-id vpc-id
                eni-1 vpc-1
                type eni-2
                interface-id vpc-id
                eni-3 vpc-3
                VPC_ID REGION
                vpc-4 eu-west-1
                """;
        IngestReport report = ingest(write("a", text));
        assertEquals(4, report.records());
        assertEquals(0, report.rejectedLines());
        assertEquals(
                List.of("-", "eni-1", "eni-3", "type"),
                StoredRows.column(store(), FlowTables.FLOWS, "interface_id").stream()
                        .sorted()
                        .toList());
    }

    @Test
    void aFileOfEverOtherFormatsIsRefused() throws IOException {
        String changing = "bytes\n1\nversion\n2\n";
        assertEquals(1000, ingest(write("a", GOOD + "\n" + changing.repeat(500))).records() - 1);
        IngestReport report = ingest(write("b", with(6, "7") + "\n" + changing.repeat(501)));
        assertEquals(
                "changes its format more than 1,000 times", report.failures().getFirst().reason());
        assertEquals(1001, flows().size());
    }

    @Test
    void blankLinesWithoutEndAreReadToWhereTheyAreABomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
            byte[] blank = new byte[1 << 20];
            Arrays.fill(blank, (byte) '\n');
            for (int i = 0; i < 100; i++) {
                gzip.write(blank);
            }
        }
        IngestReport report = ingest(write("a.gz", bytes.toByteArray()));
        assertEquals(1, report.records());
        assertEquals(
                "the gzip data unpacks to more than 1,000 bytes for each byte: not read further",
                report.warnings().getFirst().reason());
        assertEquals(List.of("damaged"), StoredRows.column(store(), FlowTables.FILES, "status"));
        assertTrue(report.decodedBytes() < 66L << 20, "text: " + report.decodedBytes());
    }

    @Test
    void eachFileWithRejectedLinesShowsOne() throws IOException {
        Path[] files = new Path[4];
        for (int i = 0; i < files.length; i++) {
            files[i] = write("f" + i, with(6, String.valueOf(i)) + "\n" + "x\n".repeat(11_000));
        }
        assertEquals(
                44_000, ingest(IngestOptions.defaults().withThreads(1), files).rejectedLines());
        List<String> names = StoredRows.column(store(), FlowTables.REJECTED_LINES, "file");
        for (Path file : files) {
            assertTrue(names.contains(file.toString()), file + " is not listed");
        }
        assertEquals(
                "1 field where 14 were expected; 10999 more rejected lines of this file are not"
                        + " listed",
                reasons().getLast());
    }

    @Test
    void theStoreBelowTheInputsIsPassedBy() throws IOException {
        Path file = write("a.log", V2);
        ingest(file);
        IngestReport again = ingest(directory);
        assertEquals(List.of(), again.failures());
        assertEquals(0, again.failedFiles());
    }

    @Test
    void wrongOptionsAreRefusedWithTheValue() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> IngestOptions.defaults().withThreads(0));
        assertEquals("threads is 1 to 1024, not 0", String.valueOf(e.getMessage()));
    }
}
