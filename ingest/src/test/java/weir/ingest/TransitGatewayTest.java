// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Compaction;
import weir.engine.Retention;
import weir.engine.RewriteOptions;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.TableSnapshot;
import weir.engine.verify.StoreVerifier;
import weir.ingest.record.FieldKind;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;

/// Logs of transit gateways, alone and among those of VPCs.
class TransitGatewayTest {
    private static final FlowFormat DEFAULT = FlowFormat.TRANSIT_GATEWAY_DEFAULT;

    @TempDir Path directory;

    private int files;

    private Path store() {
        return directory.resolve("store");
    }

    private Path tree() {
        return directory.resolve("tree");
    }

    private Path file(byte[] bytes) throws IOException {
        Files.createDirectories(tree());
        return Files.write(tree().resolve("file" + files++), bytes);
    }

    private Path file(String text) throws IOException {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A record of the default format; every third one without data.
    private static String record(int n) {
        String ids =
                "012345678901 tgw-0a%d tgw-attach-0b%d 111122223333 444455556666 vpc-01 vpc-02"
                                .formatted(n % 2, n % 5)
                        + " subnet-01 subnet-02 eni-0%d eni-02 use1-az%d use1-az2 tgw-attach-0c"
                                .formatted(n % 5, n % 3);
        String flow =
                n % 3 == 2
                        ? "- - - - - - -"
                        : "10.1.0.%d 10.2.0.9 %d 443 6 %d %d"
                                .formatted(n % 250, 1024 + n, n, 99L * n);
        String end =
                n % 3 == 2
                        ? "NODATA - - - - - - us-east-1 - - -"
                        : "OK IPv4 %d 0 %d 1 19 us-east-1 ingress - S3".formatted(n % 4, 1L << 33);
        int start = 1_700_000_000 + n;
        return "6 TransitGateway "
                + ids
                + " "
                + flow
                + " "
                + start
                + " "
                + (start + 60)
                + " "
                + end;
    }

    private static String records(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int n = from; n < to; n++) {
            lines.append(record(n)).append('\n');
        }
        return lines.toString();
    }

    private static String vpcRecord(int n) {
        return "2 012345678901 eni-0f 10.0.0.%d 10.9.0.1 443 %d 6 3 120 %d %d ACCEPT OK"
                .formatted(n % 250, 1024 + n, 1_600_000_000 + n, 1_600_000_060 + n);
    }

    private IngestReport ingest(Path... paths) {
        try (FlowIngestor ingestor = FlowIngestor.open(store())) {
            return ingestor.ingest(
                    Arrays.stream(paths).map(Path::toString).toList(),
                    IngestOptions.defaults().withThreads(2),
                    ProgressListener.NONE);
        }
    }

    private List<String> stored() {
        List<String> names = new ArrayList<>();
        DEFAULT.fields().forEach(field -> names.add(field.column().name()));
        return StoredRows.sorted(store(), FlowTables.TRANSIT_GATEWAY_FLOWS, names);
    }

    /// The rows that records `[from, to)` of the default format make.
    private static List<String> expected(int from, int to) {
        List<String> rows = new ArrayList<>();
        for (int n = from; n < to; n++) {
            String[] tokens = record(n).split(" ", -1);
            for (int i = 0; i < tokens.length; i++) {
                boolean isNull = tokens[i].equals("-") && DEFAULT.field(i).kind().isNumber();
                tokens[i] = isNull ? "NULL" : tokens[i];
            }
            rows.add(String.join(" ", tokens));
        }
        rows.sort(null);
        return rows;
    }

    @Test
    void theDefaultFormatIsReadWithAndWithoutItsHeader() throws IOException {
        file(DEFAULT + "\n" + records(0, 100));
        file(records(100, 150));
        file(
                records(150, 200)
                        .lines()
                        .map(line -> "2023-11-14T22:13:20.000Z " + line + "\n")
                        .collect(Collectors.joining()));
        IngestReport report = ingest(tree());
        assertEquals(List.of(), report.failures());
        assertEquals(0, report.rejectedLines(), report.commonestReasons().toString());
        assertEquals(200, report.records());
        assertEquals(expected(0, 200), stored());
        assertEquals(List.of(), StoredRows.of(store(), FlowTables.FLOWS));
    }

    @Test
    void oneRunFillsBothTables() throws IOException {
        for (int i = 0; i < 10; i++) {
            file(records(10 * i, 10 * i + 10));
            file(FlowFormat.DEFAULT + "\n" + vpcRecord(i) + "\n");
        }
        Path both =
                file(
                        DEFAULT
                                + "\n"
                                + records(100, 110)
                                + FlowFormat.DEFAULT
                                + "\n"
                                + vpcRecord(99)
                                + "\n"
                                + DEFAULT
                                + "\n"
                                + records(110, 120));
        IngestReport report = ingest(tree());
        assertEquals(131, report.records());
        assertEquals(0, report.rejectedLines());
        assertEquals(2, report.segments());
        assertEquals(expected(0, 120), stored());
        assertEquals(11, StoredRows.of(store(), FlowTables.FLOWS).size());
        Map<String, Long> ofPath =
                StoredRows.column(store(), FlowTables.TRANSIT_GATEWAY_FLOWS, "$path").stream()
                        .collect(Collectors.groupingBy(path -> path, Collectors.counting()));
        assertEquals(11, ofPath.size());
        assertEquals(20, ofPath.get(both.toString()));
        Map<String, String> ledger = new LinkedHashMap<>();
        StoredRows.of(store(), FlowTables.FILES)
                .forEach(row -> ledger.put(row.get("path"), row.get("records")));
        assertEquals("21", ledger.get(both.toString()));
        assertEquals(0, ingest(tree()).files());
    }

    @Test
    void customFormatsKeepFieldsThatOnlyVpcsHave() throws IOException {
        ingest(
                file(
                        """
                        start tgw-id interface-id bytes tgw-new-thing
                        1700000000 tgw-1 eni-1 - a
                        1700000001 - - 5 -
                        """));
        List<String> names = List.of("start", "tgw_id", "interface_id", "bytes", "tgw_new_thing");
        assertEquals(
                List.of("1700000000 tgw-1 eni-1 NULL a", "1700000001 - - 5 -"),
                StoredRows.sorted(store(), FlowTables.TRANSIT_GATEWAY_FLOWS, names));
    }

    @Test
    void whatIsNoRecordIsRejectedWithItsReason() throws IOException {
        String bad = record(3).replace(" 10.2.0.9 ", " 10.2.0.999 ");
        IngestReport report = ingest(file(records(0, 2) + bad + "\n" + vpcRecord(1) + "\n"));
        assertEquals(2, report.records());
        assertEquals(
                List.of(
                        "14 fields where 36 were expected",
                        "field 18 (dstaddr) is '10.2.0.999': expected an IPv4 or IPv6 address or"
                                + " '-'"),
                StoredRows.column(store(), FlowTables.REJECTED_LINES, "reason").stream()
                        .sorted()
                        .toList());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing = new GZIPOutputStream(out)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private void parquet(int from, int to, String integer) throws IOException {
        String values =
                records(from, to)
                        .lines()
                        .map(line -> "('" + line.replace(" ", "','") + "')")
                        .collect(Collectors.joining(","));
        List<String> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        DEFAULT.fields()
                .forEach(field -> {
                    String name = '"' + field.column().name() + '"';
                    String type = field.kind() == FieldKind.COUNT ? "BIGINT" : integer;
                    names.add(name);
                    columns.add(
                            field.kind().isNumber()
                                    ? "TRY_CAST(%s AS %s) AS %s".formatted(name, type, name)
                                    : name);
                });
        Files.createDirectories(tree());
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "COPY (SELECT %s FROM (VALUES %s) t(%s)) TO '%s' (FORMAT parquet)"
                            .formatted(
                                    String.join(",", columns),
                                    values,
                                    String.join(",", names),
                                    tree().resolve("file" + files++)));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Test
    void everyFormHoldsWhatTheTextHolds() throws IOException {
        file(gzip(DEFAULT + "\n" + records(0, 10)));
        file(
                (DEFAULT + "\n").replace('-', '_').replace(' ', ',')
                        + records(10, 20).replace(' ', ','));
        file(
                records(20, 30)
                        .lines()
                        .map("{\"message\":\"%s\"}\n"::formatted)
                        .collect(Collectors.joining()));
        parquet(30, 40, "INTEGER");
        parquet(40, 50, "BIGINT");
        IngestReport report = ingest(tree());
        assertEquals(List.of(), report.failures());
        assertEquals(0, report.rejectedLines(), report.commonestReasons().toString());
        assertEquals(expected(0, 50), stored());
    }

    @Test
    void anEmptyStoreHasTheTable() throws IOException {
        Files.createDirectories(tree());
        ingest(tree());
        try (Store open = Store.open(store());
                Snapshot snapshot = open.snapshot()) {
            TableSnapshot table = snapshot.table(FlowTables.TRANSIT_GATEWAY_FLOWS);
            assertEquals(0, table == null ? -1 : table.rowCount());
        }
    }

    @Test
    void aStoreFromBeforeThereWasTheTableGetsItWithTheNextRun() throws IOException {
        Path log = file(vpcRecord(1) + "\n");
        ingest(log);
        try (Store open = Store.open(store())) {
            try (var writer = open.writer("a test")) {
                writer.remove(FlowTables.TRANSIT_GATEWAY_FLOWS);
            }
            try (Snapshot snapshot = open.snapshot()) {
                assertNull(snapshot.table(FlowTables.TRANSIT_GATEWAY_FLOWS));
            }
        }
        assertEquals(1, ingest(log).skippedFiles());
        try (Store open = Store.open(store());
                Snapshot snapshot = open.snapshot()) {
            assertTrue(snapshot.tables().containsKey(FlowTables.TRANSIT_GATEWAY_FLOWS));
        }
    }

    @Test
    void bothTablesAreCompactedAndDroppedAndProved() throws IOException {
        for (int i = 0; i < 4; i++) {
            ingest(file(records(100 * i, 100 * i + 100)));
            ingest(file(vpcRecord(i) + "\n"));
        }
        RewriteOptions options = RewriteOptions.of(FlowIngestor.storageHints());
        try (Store open = Store.open(store())) {
            Compaction.run(open, options, Compaction.Listener.NONE);
            try (Snapshot snapshot = open.snapshot()) {
                for (String table : List.of(FlowTables.FLOWS, FlowTables.TRANSIT_GATEWAY_FLOWS)) {
                    assertEquals(1, snapshot.tables().get(table).segments().size(), table);
                }
            }
            assertEquals(expected(0, 400), stored());
            assertTrue(StoreVerifier.verify(store(), 2, (_, _, _) -> {}).isSound());
            // All of the VPC's are older.
            Retention.dropBefore(open, 1_700_000_100, options, false);
        }
        assertEquals(expected(100, 400), stored());
        assertEquals(List.of(), StoredRows.of(store(), FlowTables.FLOWS));
        Path late = file(vpcRecord(1).replace("1600000001 1600000061", "1800000000 1800000060"));
        ingest(late);
        try (Store open = Store.open(store())) {
            long all = Retention.keepBytes(open, List.of(), Long.MAX_VALUE, true).bytesLeft();
            Retention.keepBytes(
                    open,
                    List.of(FlowTables.FLOWS, FlowTables.TRANSIT_GATEWAY_FLOWS),
                    all - 1,
                    false);
        }
        assertEquals(List.of(), stored());
        assertEquals(1, StoredRows.of(store(), FlowTables.FLOWS).size());
    }
}
