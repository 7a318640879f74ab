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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;

/// Public logs that nobody here wrote, where they lie beside the checkout.
class SampleLogsTest {
    private static final Path SAMPLES = Path.of("..", "..", "shared", "samples");

    private static final String UNLISTED =
            "2 111111111111 eni-03ef80ddb18bc0997 172.31.39.167 172.31.39.169 8849 46076 6 3 45"
                    + " 1661950735 1661950746 REJECT OK";

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

    private void assertHolds(String text, String sample) {
        Path store = directory.resolve("store of " + sample);
        IngestReport report = ingest(store, SAMPLES.resolve(sample));
        assertEquals(0, report.rejectedLines(), report.toString());
        List<Map<String, String>> rows = StoredRows.of(store, FlowTables.FLOWS);
        rows.forEach(row -> row.remove("$path"));
        assertEquals(
                NaiveLog.sorted(NaiveLog.rows(text, FlowFormat.DEFAULT)), NaiveLog.sorted(rows));
    }

    private static String messages(String sample) throws IOException {
        Pattern message = Pattern.compile("\"message\": \"([^\"]*)\"");
        return message.matcher(Files.readString(SAMPLES.resolve(sample)))
                .results()
                .map(found -> found.group(1) + "\n")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cwl_subscription_data_message.json", "firehose_direct_message.ndjson"})
    void envelopesHoldTheirMessages(String sample) throws IOException {
        assertHolds(messages(sample), sample);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sekoia_test_parquet.parquet",
                "111111111111_vpcflowlogs_eu-west-3_fl-032a163fae170ae52_20220831T1255Z_2ad4bef5"
                        + ".parquet"
            })
    void parquetHoldsWhatItsPublisherSays(String sample) throws IOException {
        String json = Files.readString(SAMPLES.resolve("sekoia_test_parquet_result.json"));
        Pattern value = Pattern.compile("\\\\\":\\\\?\"?([^,\\\\}\"]+)");
        String text =
                json.lines()
                        .filter(line -> line.contains("version"))
                        .map(line ->
                                value.matcher(line)
                                        .results()
                                        .map(found -> found.group(1))
                                        .collect(Collectors.joining(" ")))
                        .collect(Collectors.joining("\n"));
        assertEquals(7, text.lines().count());
        // Of its 8 rows the publisher's list lacks one; it is what DuckDB reads.
        assertHolds(sample.startsWith("sekoia") ? text + "\n" + UNLISTED : text, sample);
    }

    @Test
    void theFolderAsAWholeIsRead() throws IOException {
        Path store = directory.resolve("store");
        IngestReport report = ingest(store, SAMPLES);
        // The export, the two kinds of JSON and the two Parquet files are there too, in part with
        // content that others have.
        int logs = textLogs().size() + 5;
        assertEquals(logs, report.files() + report.skippedFiles(), report.toString());
        assertEquals(0, report.rejectedLines());
    }
}
