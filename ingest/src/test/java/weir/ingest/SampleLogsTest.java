// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;

/// Public logs that nobody here wrote, where they lie beside the checkout.
class SampleLogsTest {
    private static final Path SAMPLES = Path.of("..", "..", "shared", "samples");

    @TempDir Path directory;

    @BeforeEach
    void samplesAreThere() {
        assumeTrue(Files.isDirectory(SAMPLES), "no samples beside the checkout");
    }

    private static List<Path> textLogs() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(f ->
                            f.toString().endsWith(".log")
                                    || f.toString().endsWith(".txt")
                                    || f.toString().endsWith(".dat"))
                    .sorted()
                    .toList();
        }
    }

    private IngestReport ingest(Path store, Path file) {
        try (FlowIngestor ingestor = FlowIngestor.open(store)) {
            return ingestor.ingest(
                    List.of(file.toString()), IngestOptions.defaults(), ProgressListener.NONE);
        }
    }

    @Test
    void everyTextLogHoldsWhatANaiveSplitHolds() throws IOException {
        int number = 0;
        for (Path file : textLogs()) {
            Path store = directory.resolve("store" + number++);
            String text = Files.readString(file);
            List<Map<String, String>> wanted = NaiveLog.rows(text, FlowFormat.DEFAULT);
            IngestReport report = ingest(store, file);
            assertEquals(0, report.rejectedLines(), file.toString());
            assertEquals(wanted.size(), report.records(), file.toString());
            List<Map<String, String>> rows = StoredRows.of(store, FlowTables.FLOWS);
            rows.forEach(row -> row.remove("$path"));
            assertEquals(NaiveLog.sorted(wanted), NaiveLog.sorted(rows), file.toString());
        }
    }

    @Test
    void aCloudWatchExportHoldsTheRecordsBehindItsStamps() throws IOException {
        Path file = SAMPLES.resolve("cwl_export_eni-0a479835a7588c9ca-all_000000.gz");
        assumeTrue(Files.exists(file));
        String text;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            text =
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> line.substring(line.indexOf(' ') + 1))
                            .collect(Collectors.joining("\n"));
        }
        Path store = directory.resolve("store");
        ingest(store, file);
        List<Map<String, String>> rows = StoredRows.of(store, FlowTables.FLOWS);
        rows.forEach(row -> row.remove("$path"));
        assertEquals(
                NaiveLog.sorted(NaiveLog.rows(text, FlowFormat.DEFAULT)), NaiveLog.sorted(rows));
    }

    @Test
    void theFolderAsAWholeIsRead() throws IOException {
        Path store = directory.resolve("store");
        IngestReport report = ingest(store, SAMPLES);
        assertEquals(textLogs().size() + 1, report.files(), report.toString());
        assertEquals(0, report.rejectedLines());
    }
}
