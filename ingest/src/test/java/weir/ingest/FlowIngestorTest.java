// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;

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
}
