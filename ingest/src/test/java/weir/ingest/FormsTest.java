// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
        assertTrue(reason.contains("JSON without any \"message\"; its first name is name"), reason);
    }

    @Test
    void brokenParquetAndParquetInsideOtherFormsFail() throws IOException {
        assertEquals(1, ingest(file("PAR1....PAR1")).failures().size());
        String reason =
                ingest(file(packed("PAR1....PAR1", GZIPOutputStream::new)))
                        .failures()
                        .getFirst()
                        .reason();
        assertTrue(reason.contains("it must be a file, and not packed"), reason);
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
