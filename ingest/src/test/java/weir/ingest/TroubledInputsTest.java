// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weir.ingest.record.FlowField;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;
import weir.ingest.record.RecordTable;

/// What trees of delivered files look like when things went wrong.
class TroubledInputsTest {
    @TempDir Path directory;

    private Path store() {
        return directory.resolve("store");
    }

    private Path tree() {
        return directory.resolve("tree");
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path path = tree().resolve(name);
        Files.createDirectories(path.getParent());
        return Files.write(path, bytes);
    }

    private Path write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private IngestReport ingest(Path... paths) {
        return ingest(IngestOptions.defaults(), paths);
    }

    private IngestReport ingest(IngestOptions options, Path... paths) {
        try (FlowIngestor ingestor = FlowIngestor.open(store())) {
            return ingestor.ingest(
                    Arrays.stream(paths).map(Path::toString).toList(),
                    options.withThreads(2),
                    ProgressListener.NONE);
        }
    }

    /// A record of the default format that no other number has.
    private static String record(int n) {
        return "2 001234567890 eni-0a 10.0.0.1 10.9.0.1 443 1024 6 3 %d 1600000000 1600000060 ACCEPT OK"
                .formatted(n);
    }

    private static String records(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int n = from; n < to; n++) {
            lines.append(record(n)).append('\n');
        }
        return lines.toString();
    }

    private List<Long> storedBytes() {
        return StoredRows.column(store(), FlowTables.FLOWS, "bytes").stream()
                .map(Long::valueOf)
                .sorted()
                .toList();
    }

    private static byte[] gzip(String text, int level) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip =
                new GZIPOutputStream(bytes) {
                    {
                        def.setLevel(level);
                    }
                }) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /// Each cut leaves the whole lines before it, once, and a mark; never less and never silently.
    @Test
    void everyCutOfAGzipFileKeepsItsWholeLinesAndIsMarked() throws IOException {
        int lines = 3_000;
        byte[] whole = gzip(records(0, lines), Deflater.DEFAULT_COMPRESSION);
        int before = 0;
        for (int percent = 1; percent < 100; percent += 3) {
            byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
            try (FlowIngestor ingestor = FlowIngestor.open(directory.resolve("s" + percent))) {
                IngestReport report =
                        ingestor.ingest(
                                List.of(write("c" + percent, cut).toString()),
                                IngestOptions.defaults(),
                                ProgressListener.NONE);
                assertEquals(0, report.rejectedLines(), percent + " %");
                boolean isTold = report.warnings().size() + report.failures().size() == 1;
                assertTrue(isTold, percent + " %: " + report);
                assertTrue(report.records() >= before, percent + " %: " + report);
                before = (int) report.records();
            }
            List<String> kept =
                    StoredRows.column(directory.resolve("s" + percent), FlowTables.FLOWS, "bytes");
            for (int n = 0; n < before; n++) {
                assertTrue(kept.contains(String.valueOf(n)) || n > 200, "record " + n);
            }
            assertEquals(before, kept.size());
        }
        assertTrue(before > lines * 9 / 10 && before < lines, "records of the last cut: " + before);
    }

    /// One run over everything that is no flow log takes what is one, and names the rest.
    @Test
    void whatIsOfTheWrongTypeIsNamedAndTheRestIsTaken() throws IOException, InterruptedException {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};
        write("a.png", png);
        write("b.log", "\uFEFF" + records(0, 1));
        write("c.utf16", records(1, 2).getBytes(StandardCharsets.UTF_16));
        write("d.log.gz", new byte[0]);
        write("e.log", "");
        write("f.log.gz/inside.log", records(2, 3));
        write("g.html", "<html><body>Access denied</body></html>\n");
        write("h.parquet", records(3, 4));
        write("i.gz", gzip(records(4, 5), 9));
        write("j.class", new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0});
        Files.createSymbolicLink(tree().resolve("k.log"), tree().resolve("nowhere"));
        Files.createSymbolicLink(tree().resolve("l"), tree());
        boolean hasFifo =
                new ProcessBuilder("mkfifo", tree().resolve("m.log").toString()).start().waitFor()
                        == 0;
        IngestReport report = ingest(tree());
        assertEquals(List.of(0L, 2L, 3L, 4L), storedBytes());
        Map<String, String> reasonOf = new TreeMap<>();
        for (IngestReport.Remark remark : report.failures()) {
            Path name = Path.of(remark.path()).getFileName();
            reasonOf.put(String.valueOf(name), remark.reason());
        }
        assertEquals(
                hasFifo
                        ? List.of("a.png", "c.utf16", "g.html", "j.class", "k.log", "l", "m.log")
                        : List.of("a.png", "c.utf16", "g.html", "j.class", "k.log", "l"),
                List.copyOf(reasonOf.keySet()));
        assertTrue(String.valueOf(reasonOf.get("a.png")).contains("PNG"), reasonOf.toString());
        assertTrue(String.valueOf(reasonOf.get("c.utf16")).contains("UTF-16"), reasonOf.toString());
    }

    /// What the console of AWS writes when all fields of version 5 are chosen.
    @Test
    void allFieldsOfVersionFiveInTheOrderOfTheAlphabetAreRead() throws IOException {
        List<FlowField> fields =
                new ArrayList<>(
                        RecordTable.VPC.fields().stream()
                                .filter(field -> field.version() <= 5)
                                .toList());
        fields.sort(Comparator.comparing(FlowField::headerName));
        assertEquals(29, fields.size());
        StringBuilder header = new StringBuilder();
        StringBuilder line = new StringBuilder();
        int n = 1;
        for (FlowField field : fields) {
            n++;
            header.append(header.isEmpty() ? "" : " ").append(field.headerName());
            String value =
                    switch (field.kind()) {
                        case ADDRESS -> "10.0.0." + n;
                        case ACTION -> "REJECT";
                        case LOG_STATUS -> "OK";
                        case TEXT -> "t-" + n;
                        default -> String.valueOf(n);
                    };
            line.append(line.isEmpty() ? "" : " ").append(value);
        }
        String text = header + "\n" + line + "\n";
        assertEquals(1, ingest(write("a", text)).records());
        Map<String, String> row = StoredRows.of(store(), FlowTables.FLOWS).getFirst();
        row.remove("$path");
        assertEquals(NaiveLog.rows(text, FlowFormat.DEFAULT), List.of(row));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, true",
        "255.255.255.255, true",
        "::, true",
        "::1, true",
        "::ffff:1.2.3.4, true",
        "2001:DB8::A, true",
        "1:2:3:4:5:6:7:8, true",
        "256.1.1.1, false",
        "1.2.3, false",
        "1.2.3.4.5, false",
        "01.2.3.4, false",
        "fe80::1%eth0, false",
        "1:2:3:4:5:6:7, false",
        "1:2:3:4:5:6:7:8:9, false",
        "1::2::3, false",
        "localhost, false",
        "example.com, false",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, false"
    })
    void addressesAreJudgedWithoutAskingAnybody(String address, boolean isTaken)
            throws IOException {
        String line = record(1).replace("10.0.0.1 ", address + " ");
        IngestReport report = ingest(write("a", record(0) + "\n" + line + "\n"));
        assertEquals(isTaken ? 2 : 1, report.records());
        assertEquals(isTaken ? 0 : 1, report.rejectedLines());
    }

    /// Values that are odd and may be right: a clock that is wrong is no reason to lose a record.
    @ParameterizedTest
    @ValueSource(strings = {"0 0", "1600000060 1600000000", "9214646400 9214646460", "1 2"})
    void timesOfAnyYearAndOrderAreTaken(String times) throws IOException {
        String line = record(7).replace("1600000000 1600000060", times);
        assertEquals(1, ingest(write("a", line + "\n")).records());
        assertEquals(
                List.of(times),
                StoredRows.sorted(store(), FlowTables.FLOWS, List.of("start", "end")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "18446744073709551616",
                "1234567890123456789012345",
                "+5",
                "-5",
                "05",
                "5.0",
                "0x5"
            })
    void numbersThatAreNoCountsAreRejected(String count) throws IOException {
        String line = record(1).replace(" 3 1 ", " 3 " + count + " ");
        IngestReport report = ingest(write("a", record(0) + "\n" + line + "\n"));
        assertEquals(1, report.rejectedLines());
        String reason = StoredRows.column(store(), FlowTables.REJECTED_LINES, "reason").getFirst();
        assertTrue(reason.startsWith("field 10 (bytes) is '" + count + "'"), reason);
    }

    @Test
    void textsThatMeanSomethingElsewhereAreKeptOrRejectedAsTheyAre() throws IOException {
        String odd = "=cmd|'/C'!A0";
        IngestReport report =
                ingest(
                        write(
                                "a",
                                record(0).replace("eni-0a", odd)
                                        + "\n"
                                        + record(1).replace("eni-0a", "eni\0a")
                                        + "\n"
                                        + record(2).replace("eni-0a", "\u001b[2J")
                                        + "\n"
                                        + record(3).replace("eni-0a", "\u202eeni")));
        assertEquals(2, report.records());
        assertEquals(2, report.rejectedLines());
        assertEquals(
                List.of(odd, "\u202eeni"),
                StoredRows.sorted(store(), FlowTables.FLOWS, List.of("interface_id")));
    }

    @Test
    void aCopyUnderAnotherNameOrPackedAnewIsKnown() throws IOException {
        String text = records(0, 50);
        Path file = write("a.log", text);
        assertEquals(50, ingest(file).records());
        assertEquals(0, ingest(write("b.log", text)).records());
        assertEquals(0, ingest(write("c.gz", gzip(text, 1))).records());
        assertEquals(0, ingest(write("d.gz", gzip(text, 9))).records());
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
        assertEquals(0, ingest(file).records());
        IngestReport report = ingest(tree());
        assertEquals(4, report.skippedFiles());
        assertEquals(0, report.bytesIn());
        assertEquals(50, storedBytes().size());
    }

    @Test
    void otherContentOfTheSameNameAndSizeIsRefused() throws IOException {
        Path file = write("a.log", records(10, 20));
        assertEquals(10, ingest(file).records());
        Files.writeString(file, records(20, 30));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
        IngestReport report = ingest(file);
        assertEquals(0, report.records());
        String reason = report.failures().getFirst().reason();
        assertTrue(reason.contains("changed since it was collected"), reason);
        assertEquals(10, storedBytes().size());
        assertEquals(10, ingest(IngestOptions.defaults().withChanged(), file).records());
    }

    private List<Path> oddlyNamed() throws IOException {
        List<Path> files = new ArrayList<>();
        List<String> names =
                List.of(
                        "with space/a b.log",
                        "aws-account-id=1/year=2026/x=y.log",
                        "ünïcode/日本.log",
                        "new\nline/tab\t.log",
                        "quote'\"/back\\slash.log",
                        "-dash/--option.log",
                        "d/".repeat(100) + "deep.log");
        for (String name : names) {
            files.add(write(name, records(files.size(), files.size() + 1)));
        }
        return files;
    }

    @Test
    void filesOfAnyNameAndDepthAreRead() throws IOException {
        List<Path> files = oddlyNamed();
        IngestReport report = ingest(tree());
        assertEquals(List.of(), report.failures());
        assertEquals(files.size(), report.records());
        assertEquals(
                files.stream().map(Path::toString).sorted().toList(),
                StoredRows.column(store(), FlowTables.FLOWS, "$path").stream().sorted().toList());
        assertEquals(files.size(), ingest(tree()).skippedFiles());
    }

    /// As long as Linux takes them.
    @Test
    void aPathOfFourThousandBytesIsRead() throws IOException {
        int left = 4_090 - tree().toString().length();
        String name = "n".repeat(200);
        StringBuilder path = new StringBuilder();
        while (path.length() + 210 < left) {
            path.append(name).append('/');
        }
        Path file;
        try {
            file = write(path + "f.log", records(0, 1));
        } catch (IOException e) {
            Assumptions.abort("no such paths here: " + e.getMessage());
            return;
        }
        assertTrue(file.toString().length() > 3_800);
        assertEquals(1, ingest(tree()).records());
        assertEquals(
                List.of(file.toString()), StoredRows.column(store(), FlowTables.FLOWS, "$path"));
    }

    private void manyTinyFiles(int count) throws IOException {
        for (int n = 0; n < count; n++) {
            write("f" + n, record(n) + "\n");
        }
        IngestReport report = ingest(tree());
        assertEquals(count, report.records());
        assertEquals(List.of(), report.failures());
        assertTrue(report.segments() <= 1 + count / 1_000, report.segments() + " segments");
        IngestReport again = ingest(tree());
        assertEquals(count, again.skippedFiles());
        assertEquals(0, again.bytesIn());
    }

    @Test
    void fiveThousandTinyFilesAreAFewSegments() throws IOException {
        manyTinyFiles(5_000);
    }

    @Test
    @Tag("slow")
    void twoHundredThousandTinyFilesAreFewSegments() throws IOException {
        manyTinyFiles(200_000);
    }
}
