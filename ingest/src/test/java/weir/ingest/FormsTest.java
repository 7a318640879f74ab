// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;
import weir.testkit.Seeds;

/// The same records in every form, under names that say nothing.
class FormsTest {
    private static final String HEADER = FlowFormat.DEFAULT + "\n";

    @TempDir Path directory;

    private int files;
    private int lines;
    private final StringBuilder all = new StringBuilder(HEADER);

    /// Wraps a stream so that what is written comes out packed.
    @FunctionalInterface
    private interface Packer {
        OutputStream over(OutputStream out) throws IOException;
    }

    private Path store() {
        return directory.resolve("store");
    }

    private Path tree() {
        return directory.resolve("tree");
    }

    private static byte[] packed(byte[] bytes, Packer packer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing = packer.over(out)) {
            packing.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] packed(String text, Packer packer) throws IOException {
        return packed(text.getBytes(StandardCharsets.UTF_8), packer);
    }

    private static OutputStream zip(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.putNextEntry(new ZipEntry("folder/"));
        zip.putNextEntry(new ZipEntry("folder/one.log"));
        return zip;
    }

    private Path file(byte[] bytes) throws IOException {
        Files.createDirectories(tree());
        return Files.write(tree().resolve("file" + files++), bytes);
    }

    private Path file(String text) throws IOException {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Three records that no other file has: an accept, a reject over IPv6, and no data.
    private List<String> records() {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int n = lines++;
            String flow =
                    switch (i) {
                        case 0 -> "10.0.0.%d 10.9.0.1 443 %d 6 3 120".formatted(n, 1000 + n);
                        case 1 -> "2001:db8::%x 2001:db8::1 0 0 58 1 %d".formatted(n + 1, n);
                        default -> "- - - - - - -";
                    };
            String end = List.of("ACCEPT OK", "REJECT OK", "- NODATA").get(i);
            int start = 1_700_000_000 + n;
            records.add(
                    "2 012345678901 eni-0123456789abcdef0 %s %d %d %s"
                            .formatted(flow, start, start + 30, end));
        }
        records.forEach(record -> all.append(record).append('\n'));
        return records;
    }

    private String text() {
        return HEADER + String.join("\n", records()) + "\n";
    }

    private static String envelope(List<String> records) {
        return records.stream()
                .map(r ->
                        "{\"id\":\"1\",\"timestamp\":1,\"message\":\"%s\",\"extractedFields\":{}}"
                                .formatted(r))
                .collect(
                        Collectors.joining(
                                ",", "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[", "]}"));
    }

    private static final String CONTROL =
            "{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[{\"message\":\"CWL CONTROL"
                    + " MESSAGE: Checking health\"}]}";

    private void parquet(String codec, String integer) throws IOException {
        String values =
                records().stream()
                        .map(r ->
                                Arrays.stream(r.split(" ", -1))
                                        .map(v -> "'" + v + "'")
                                        .collect(Collectors.joining(",", "(", ")")))
                        .collect(Collectors.joining(","));
        List<String> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        FlowFormat.DEFAULT
                .fields()
                .forEach(field -> {
                    String name = '"' + field.column().name() + '"';
                    names.add(name);
                    boolean isText = field.column().type().name().equals("TEXT");
                    boolean isAddress = field.column().type().name().equals("ADDRESS");
                    columns.add(
                            isText || isAddress
                                    ? name
                                    : "TRY_CAST(%s AS %s) AS %s".formatted(name, integer, name));
                });
        Files.createDirectories(tree());
        Path path = tree().resolve("file" + files++);
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "COPY (SELECT %s FROM (VALUES %s) t(%s)) TO '%s' (FORMAT parquet, CODEC '%s')"
                            .formatted(
                                    String.join(",", columns),
                                    values,
                                    String.join(",", names),
                                    path,
                                    codec));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private void mixedTree() throws IOException {
        file(text());
        file(packed(text(), GZIPOutputStream::new));
        file(packed(text(), ZstdOutputStream::new));
        file(packed(text(), FramedLZ4CompressorOutputStream::new));
        file(packed(text(), BZip2CompressorOutputStream::new));
        file(packed(text(), XZCompressorOutputStream::new));
        file(packed(text(), FormsTest::zip));
        file(
                records().stream()
                        .map(r -> "2023-11-14T22:13:20.000Z " + r + "\n")
                        .collect(Collectors.joining()));
        file(
                (HEADER + String.join("\n", records()))
                        .replace(' ', ',')
                        .replace('-', '_')
                        .replace("eni_", "eni-")
                        .replace(",_", ",-"));
        String quoted =
                text().lines()
                        .map(line -> '"' + line.replace(" ", "\",\"") + "\"\r\n")
                        .collect(Collectors.joining());
        file(packed(quoted, ZstdOutputStream::new));
        file(packed(CONTROL + envelope(records()) + envelope(records()), GZIPOutputStream::new));
        byte[] data = packed(envelope(records()), GZIPOutputStream::new);
        file(
                "{\"awslogs\": {\"data\": \"%s\"}}"
                        .formatted(Base64.getEncoder().encodeToString(data)));
        file(
                records().stream()
                        .map("{\"message\":\"%s\"}\n"::formatted)
                        .collect(Collectors.joining()));
        parquet("snappy", "INTEGER");
        parquet("zstd", "BIGINT");
        parquet("gzip", "BIGINT");
    }

    private IngestReport ingest(Path... paths) {
        try (FlowIngestor ingestor = FlowIngestor.open(store())) {
            return ingestor.ingest(
                    Arrays.stream(paths).map(Path::toString).toList(),
                    IngestOptions.defaults().withThreads(2),
                    ProgressListener.NONE);
        }
    }

    private List<Map<String, String>> flows() {
        List<Map<String, String>> rows = StoredRows.of(store(), FlowTables.FLOWS);
        rows.forEach(row -> row.remove("$path"));
        return rows;
    }

    @Test
    void aTreeOfAllFormsHoldsWhatThePlainTextHolds() throws IOException {
        mixedTree();
        IngestReport report = ingest(tree());
        assertEquals(List.of(), report.failures());
        assertEquals(0, report.rejectedLines(), report.commonestReasons().toString());
        assertEquals(files, report.files());
        assertEquals(
                NaiveLog.sorted(NaiveLog.rows(all.toString(), FlowFormat.DEFAULT)),
                NaiveLog.sorted(flows()));
    }

    @Test
    void aSecondRunReadsNothing() throws IOException {
        mixedTree();
        ingest(tree());
        IngestReport again = ingest(tree());
        assertEquals(files, again.skippedFiles());
        assertEquals(0, again.bytesIn());
        assertEquals(0, again.records());
    }

    @Test
    void theSameTextPackedOtherwiseIsADuplicate() throws IOException {
        String text = text();
        ingest(file(text));
        for (Packer packer :
                List.<Packer>of(
                        ZstdOutputStream::new,
                        FramedLZ4CompressorOutputStream::new,
                        BZip2CompressorOutputStream::new,
                        XZCompressorOutputStream::new,
                        FormsTest::zip)) {
            assertEquals(0, ingest(file(packed(text, packer))).records());
        }
        assertEquals(3, flows().size());
    }

    @Test
    void whatIsCutShortNeverPassesForWhole() throws IOException {
        List<Packer> packers =
                List.of(
                        ZstdOutputStream::new,
                        FramedLZ4CompressorOutputStream::new,
                        BZip2CompressorOutputStream::new,
                        XZCompressorOutputStream::new,
                        FormsTest::zip,
                        out -> out);
        for (Packer packer : packers) {
            for (int part = 1; part < 10; part++) {
                // Records of their own: what two cuts leave of one file would be the same content.
                String json = envelope(records());
                byte[] whole = packed(json, packer);
                byte[] cut = Arrays.copyOf(whole, whole.length * part / 10);
                IngestReport report = ingest(file(cut));
                assertEquals(
                        1,
                        report.failures().size() + report.warnings().size(),
                        part + " tenths of " + whole.length + ": " + report);
            }
        }
    }

    @Test
    void jsonThatHoldsNoRecordsSaysWhatItHolds() throws IOException {
        String reason = ingest(file("{\"name\": 1}")).failures().getFirst().reason();
        assertEquals(
                "not a flow log: no line is a record; the first is a JSON object without a record in \"message\""
                        + " (line 1, column 1): {\"name\":1,}",
                reason);
        reason = ingest(file(" [ ] ")).failures().getFirst().reason();
        assertTrue(reason.contains("is JSON without any value"), reason);
    }

    private List<String> rejected() {
        return StoredRows.of(store(), FlowTables.REJECTED_LINES).stream()
                .map(row ->
                        "%s %s: %s".formatted(row.get("line"), row.get("reason"), row.get("text")))
                .toList();
    }

    @Test
    void jsonObjectsWithoutARecordAreRejectedWithTheirPlace() throws IOException {
        List<String> records = records();
        String json =
                """
                {"level": "info", "tags": ["a", {"b": 1}], "note": "it began"}
                {"message": "%s"}
                [{"message": "%s"}, {"message": ""}, 5, {"message": null}]
                {"messageType": "DATA_MESSAGE", "logEvents": [
                  {"id": "1", "message": "%s", "extractedFields": {"a": "b"}}, {"id": "2"}]}
                {"messageType": "DATA_MESSAGE", "logEvents": []}
                "lost"
                %s
                """
                        .formatted(records.get(0), records.get(1), records.get(2), CONTROL);
        IngestReport report = ingest(file(json));
        assertEquals(3, report.records());
        assertEquals(List.of(), report.failures());
        assertEquals(6, report.rejectedLines());
        String none = "a JSON object without a record in \"message\"";
        assertEquals(
                List.of(
                        "1 "
                                + none
                                + " (line 1, column 1): {\"level\":info,\"tags\":[...],\"note\":it"
                                + " began,}",
                        "4 "
                                + none
                                + " (line 3, column %d): {\"message\":}"
                                        .formatted(records.get(1).length() + 19),
                        "5 a JSON value that is no object (line 3, column %d): 5"
                                .formatted(records.get(1).length() + 36),
                        "6 "
                                + none
                                + " (line 3, column %d): {\"message\":null,}"
                                        .formatted(records.get(1).length() + 39),
                        "8 "
                                + none
                                + " (line 5, column %d): {\"id\":2,}"
                                        .formatted(records.get(2).length() + 62),
                        "9 a JSON value that is no object (line 7, column 1): lost"),
                rejected());
        assertEquals(
                Map.of(none, 4L, "a JSON value that is no object", 2L),
                report.commonestReasons().stream()
                        .collect(
                                Collectors.toMap(
                                        IngestReport.Rejects::name, IngestReport.Rejects::lines)));
    }

    /// A file of an archive.
    private static final class Member {
        private final String name;
        private final byte[] bytes;

        Member(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }
    }

    private static Member member(String name, String text) {
        return new Member(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zip(Member... members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Member member : members) {
                zip.putNextEntry(new ZipEntry(member.name));
                zip.write(member.bytes);
            }
        }
        return out.toByteArray();
    }

    /// Lines of another order, that has the size of the default one and would take its addresses.
    @Test
    void aHeaderIsForItsFileOfAnArchiveAlone() throws IOException {
        String swapped = HEADER.replace("srcaddr dstaddr", "dstaddr srcaddr");
        String record = records().getFirst();
        String[] tokens = records().getFirst().split(" ", -1);
        String address = tokens[3];
        tokens[3] = tokens[4];
        tokens[4] = address;
        IngestReport report =
                ingest(
                        file(
                                zip(
                                        member("empty", ""),
                                        member("a", swapped + String.join(" ", tokens)),
                                        member("b", record + "\nno record\n"),
                                        member("c", swapped))));
        assertEquals(2, report.records());
        assertEquals(List.of("5 2 fields where 14 were expected: no record"), rejected());
        assertEquals(
                List.of("10.9.0.1", "10.9.0.1"),
                flows().stream().map(row -> row.get("dstaddr")).toList());
    }

    @Test
    void filesOfAnArchiveHaveFormsOfTheirOwn() throws IOException {
        file(text());
        parquet("snappy", "BIGINT");
        byte[] parquet = Files.readAllBytes(tree().resolve("file1"));
        Files.delete(tree().resolve("file1"));
        String csv = text().replace(' ', ',');
        file(
                zip(
                        member("a.json", envelope(records())),
                        new Member("b.log.gz", packed(text(), GZIPOutputStream::new)),
                        member("c.csv", csv),
                        new Member("d.parquet", parquet),
                        new Member("e.gz", packed(parquet, GZIPOutputStream::new)),
                        member("f.log", String.join("\n", records()))));
        IngestReport report = ingest(tree());
        assertEquals(List.of(), report.failures());
        assertEquals(0, report.rejectedLines(), rejected().toString());
        List<Map<String, String>> expected =
                new ArrayList<>(NaiveLog.rows(all.toString(), FlowFormat.DEFAULT));
        List<Map<String, String>> twice = expected.subList(3, 6);
        expected.addAll(List.copyOf(twice));
        assertEquals(NaiveLog.sorted(expected), NaiveLog.sorted(flows()));
    }

    @Test
    void whatLiesInAnArchiveAndCannotBeReadIsNamed() throws IOException {
        byte[] cut = packed(text(), GZIPOutputStream::new);
        IngestReport report =
                ingest(
                        file(
                                zip(
                                        member("a", text()),
                                        new Member("b.gz", Arrays.copyOf(cut, cut.length / 2)))));
        String warning = report.warnings().getFirst().reason();
        assertEquals("the zip data ends early: its entry b.gz: ends early", warning);
        assertTrue(report.records() >= 3);
        report = ingest(file(zip(new Member("in.zip", zip(member("a", text()))))));
        String reason = report.failures().getFirst().reason();
        assertTrue(reason.contains("entry in.zip: is an archive within the archive"), reason);
        report = ingest(file(zip(member("b", text()), new Member("PNG", new byte[300]))));
        assertEquals(3, report.records());
        assertEquals(1, report.rejectedLines());
    }

    @Test
    void parquetMayBePackedAndComeThroughStandardInput() throws IOException {
        parquet("snappy", "INTEGER");
        Path plain = tree().resolve("file0");
        byte[] bytes = Files.readAllBytes(plain);
        Files.delete(plain);
        ingest(file(packed(bytes, GZIPOutputStream::new)));
        assertEquals(3, flows().size());
        assertEquals(List.of("gzip parquet"), StoredRows.column(store(), FlowTables.FILES, "form"));
        assertEquals(0, ingest(file(bytes)).records());
        assertEquals(0, ingest(file(packed(bytes, ZstdOutputStream::new))).records());
        assertEquals(0, ingest(file(zip(new Member("a", bytes)))).records());
        Path second = tree().resolve("file" + files);
        parquet("zstd", "INTEGER");
        byte[] other = Files.readAllBytes(second);
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(other));
        try {
            assertEquals(3, ingest(Path.of("-")).records());
        } finally {
            System.setIn(before);
        }
        assertEquals(
                NaiveLog.sorted(NaiveLog.rows(all.toString(), FlowFormat.DEFAULT)),
                NaiveLog.sorted(flows()));
    }

    @Test
    void brokenParquetFailsWhereverItLies() throws IOException {
        assertEquals(1, ingest(file("PAR1....PAR1")).failures().size());
        byte[] packed = packed("PAR1....PAR1", GZIPOutputStream::new);
        assertEquals(1, ingest(file(packed)).failures().size());
    }

    @Test
    void aBombIsCutOff() throws IOException {
        byte[] zeros = new byte[200 << 20];
        Arrays.fill(zeros, (byte) '\n');
        IngestReport report = ingest(file(packed(zeros, ZstdOutputStream::new)));
        assertEquals(1, report.warnings().size(), report.toString());
        String reason = report.warnings().getFirst().reason();
        assertTrue(reason.contains("more than 1,000 bytes for each byte"), reason);
    }

    @Test
    void aBombWithinAnEnvelopeIsCutOff() throws IOException {
        byte[] blanks = new byte[80 << 20];
        Arrays.fill(blanks, (byte) ' ');
        byte[] small = packed(blanks, GZIPOutputStream::new);
        String data = Base64.getEncoder().encodeToString(small);
        String within = "{\"data\":\"" + data + "\"}";
        String outer = Base64.getEncoder().encodeToString(packed(within, GZIPOutputStream::new));
        for (String bomb : List.of(within, "{\"awslogs\":{\"data\":\"" + outer + "\"}}")) {
            IngestReport report = ingest(file(bomb));
            assertEquals(1, report.failures().size(), report.toString());
        }
    }

    @Test
    void theLibraryOfParquetIsSilent() throws IOException {
        file(text());
        parquet("snappy", "BIGINT");
        ingest(tree().resolve("file1"));
        assertFalse(Logger.getLogger("dev.hardwood").isLoggable(Level.INFO));
    }

    /// A flipped bit may change a value, as Parquet has no checksums here; it must not end the run.
    @Test
    void damagedParquetNeverEndsTheRun() throws IOException {
        file(text());
        parquet("snappy", "BIGINT");
        byte[] whole = Files.readAllBytes(tree().resolve("file1"));
        Random random = new Random(Seeds.next("damagedParquetNeverEndsTheRun"));
        for (int i = 0; i < 150; i++) {
            byte[] bytes = whole.clone();
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            IngestReport report = ingest(file(bytes));
            assertEquals(
                    1,
                    report.files() + report.skippedFiles() + report.failures().size(),
                    "byte " + at + ": " + report);
        }
        for (int part = 1; part < 20; part++) {
            byte[] cut = Arrays.copyOf(whole, whole.length * part / 20);
            assertEquals(0, ingest(file(cut)).records());
        }
    }
}
