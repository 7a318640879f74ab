// SPDX-License-Identifier: Apache-2.0
package weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.fault.StoreException;
import weir.ingest.FlowAppender;
import weir.ingest.IngestOptions;
import weir.ingest.IngestReport;
import weir.ingest.ProgressListener;
import weir.ingest.live.LiveListener;
import weir.ingest.live.LiveOptions;
import weir.query.QueryOptions;
import weir.query.ask.AskException;
import weir.query.fault.QueryException;

class FlowStoreTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "AWSLogs");

    @TempDir Path directory;

    private static String line(int i) {
        return "2 123456789010 eni-%d 10.0.0.%d 10.1.0.1 %d 443 6 1 %d 1700000000 1700000060 ACCEPT OK\n"
                .formatted(i % 7, i % 250, i % 60_000, i);
    }

    private static String lines(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(line(i));
        }
        return text.toString();
    }

    private FlowStore open() {
        return FlowStore.open(directory.resolve("store"));
    }

    private static IngestReport ingest(FlowStore store, String name, byte[] bytes)
            throws Exception {
        return store.ingest(
                name,
                new ByteArrayInputStream(bytes),
                IngestOptions.defaults(),
                ProgressListener.NONE);
    }

    private static long count(FlowStore store) {
        try (FlowResult result = store.query("SELECT count(*) AS n FROM vpc_flow_logs")) {
            return result.rows().getFirst().number("n");
        }
    }

    @Test
    void pathsStreamsAndBuffersAreCollectedOnce() throws Exception {
        Path log = Files.writeString(directory.resolve("a.log"), lines(0, 10));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(lines(10, 30).getBytes(UTF_8));
        }
        List<Long> heard = new ArrayList<>();
        try (FlowStore store = open()) {
            IngestReport first =
                    store.ingest(
                            List.of(log.toString()),
                            IngestOptions.defaults(),
                            (_, _, records, _) -> heard.add(records));
            assertEquals(10, first.records());
            assertEquals(10, heard.getLast());
            assertEquals(20, ingest(store, "s3://bucket/b.gz", packed.toByteArray()).records());
            ByteBuffer bytes = ByteBuffer.wrap(lines(30, 35).getBytes(UTF_8));
            assertEquals(
                    5,
                    store.ingest("buffer", bytes, IngestOptions.defaults(), ProgressListener.NONE)
                            .records());
            assertFalse(bytes.hasRemaining());
            assertEquals(35, count(store));
            IngestReport again = ingest(store, "s3://bucket/copy", lines(10, 30).getBytes(UTF_8));
            assertEquals(0, again.records(), "the same content");
            IngestReport changed = ingest(store, "buffer", lines(40, 45).getBytes(UTF_8));
            assertEquals(1, changed.failedFiles(), "other content of the same name");
            assertEquals(35, count(store));
            try (FlowResult paths =
                    store.query("SELECT DISTINCT \"$path\" FROM vpc_flow_logs ORDER BY 1 DESC")) {
                assertEquals("s3://bucket/b.gz", paths.rows().getFirst().values().getFirst());
            }
        }
    }

    @Test
    void rowsHaveJavasValuesAndParametersAreNoSql() {
        try (FlowStore store = open()) {
            String sql =
                    """
                    SELECT ? AS text, 1 AS i, BIGINT '2' AS l, 1.5 AS d, 2e0 AS f, true AS b,
                      DATE '2026-11-01' AS day, from_unixtime(0) AS t, ARRAY[1, NULL] AS a,
                      MAP(ARRAY['x'], ARRAY[1]) AS m, CAST(ROW(1, 'y') AS ROW(p INTEGER, q VARCHAR)) AS r,
                      NULL AS n, INTERVAL '2' HOUR AS h
                    """;
            FlowRow row;
            try (FlowResult result = store.query(sql, "it's; --")) {
                row = result.rows().getFirst();
            }
            assertEquals("it's; --", row.text("text"));
            assertEquals(1, row.get("i"));
            assertEquals(2L, row.get("l"));
            assertEquals(new BigDecimal("1.5"), row.get("d"));
            assertEquals(2.0, row.get("f"));
            assertEquals(true, row.get("b"));
            assertEquals(LocalDate.of(2026, 11, 1), row.get("day"));
            assertEquals(Instant.EPOCH, row.get("t"));
            assertEquals("[1, null]", row.text("a"));
            assertEquals(Map.of("x", 1), row.get("m"));
            assertEquals(Map.of("p", 1, "q", "y"), row.get("r"));
            assertEquals(Duration.ofHours(2), row.get("h"));
            assertThrows(IllegalArgumentException.class, () -> row.number("n"));
            IllegalArgumentException none =
                    assertThrows(IllegalArgumentException.class, () -> row.get("other"));
            assertTrue(none.getMessage().startsWith("no column is called other"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// The answer as Arrow batches, decoded, equals the answer as rows; and so does the IPC stream
    /// that Arrow's own writer makes of the reader.
    @Test
    void arrowBatchesAreDictionaryEncodedAndSayTheSame() throws Exception {
        String sql =
                """
                SELECT srcaddr, action, bytes, interface_id, upper(action) AS loud FROM vpc_flow_logs
                WHERE bytes > 100
                """;
        try (FlowStore store = open();
                BufferAllocator allocator = new RootAllocator()) {
            store.ingest(
                    List.of(EXAMPLES.toString()), IngestOptions.defaults(), ProgressListener.NONE);
            List<String> wanted = new ArrayList<>();
            try (FlowResult result = store.query(sql)) {
                result.forEach(row -> wanted.add(row.values().toString()));
            }
            List<String> found = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            try (ArrowReader reader = store.query(sql).arrow(allocator)) {
                VectorSchemaRoot root = reader.getVectorSchemaRoot();
                assertNotNull(root.getSchema().findField("srcaddr").getDictionary());
                assertInstanceOf(IntVector.class, root.getVector("action"));
                assertInstanceOf(BigIntVector.class, root.getVector("bytes"));
                try (ArrowStreamWriter writer =
                        new ArrowStreamWriter(root, reader, Channels.newChannel(stream))) {
                    while (reader.loadNextBatch()) {
                        addRows(reader, found);
                        writer.writeBatch();
                    }
                }
            }
            assertTrue(wanted.size() > 5000, "several batches");
            wanted.sort(null);
            found.sort(null);
            assertEquals(wanted, found);
            List<String> streamed = new ArrayList<>();
            try (ArrowStreamReader reader =
                    new ArrowStreamReader(
                            new ByteArrayInputStream(stream.toByteArray()), allocator)) {
                while (reader.loadNextBatch()) {
                    addRows(reader, streamed);
                }
            }
            streamed.sort(null);
            assertEquals(wanted, streamed);
        }
    }

    private static void addRows(ArrowReader reader, List<String> rows) throws Exception {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        for (int row = 0; row < root.getRowCount(); row++) {
            List<Object> values = new ArrayList<>();
            for (var vector : root.getFieldVectors()) {
                var encoding = vector.getField().getDictionary();
                if (encoding == null) {
                    Object value = vector.getObject(row);
                    values.add(value == null ? null : value.toString());
                } else {
                    var dictionary = reader.getDictionaryVectors().get(encoding.getId());
                    values.add(
                            dictionary
                                    .getVector()
                                    .getObject(((IntVector) vector).get(row))
                                    .toString());
                }
            }
            rows.add(values.toString());
        }
    }

    @Test
    void theSameProcessSeesWhatWasAppendedAtOnce() throws Exception {
        LiveOptions rarely = LiveOptions.defaults().withFreshness(Duration.ofHours(1));
        try (FlowStore store = open()) {
            try (FlowAppender appender = store.appender(rarely, LiveListener.NONE)) {
                for (int i = 0; i < 20; i++) {
                    appender.append(line(i).getBytes(UTF_8));
                    assertEquals(i + 1, count(store));
                }
                assertThrows(StoreException.class, () -> store.appender(rarely, LiveListener.NONE));
                assertEquals(20, appender.sync());
                appender.append(ByteBuffer.wrap(lines(20, 25).getBytes(UTF_8)));
            }
            assertEquals(25, count(store));
            try (FlowAppender _ = store.appender(rarely, LiveListener.NONE)) {
                assertEquals(25, count(store));
            }
        }
        try (FlowStore store = open()) {
            assertEquals(25, count(store));
        }
    }

    @Test
    void questionsAreAskedByName() throws Exception {
        try (FlowStore store = open()) {
            store.ingest(
                    List.of(EXAMPLES.toString()), IngestOptions.defaults(), ProgressListener.NONE);
            String name = store.questions().getFirst().name();
            try (FlowResult result = store.ask(name, Map.of("limit", "3"))) {
                assertEquals(3, result.rows().size());
            }
            assertThrows(AskException.class, () -> store.ask(name, Map.of("no", "1")));
            assertThrows(AskException.class, () -> store.ask("no-such-question", Map.of()));
        }
    }

    @Test
    void statementsEndByLimitsAndCancelling() throws Exception {
        try (FlowStore store = open()) {
            ingest(store, "a", lines(0, 5000).getBytes(UTF_8));
            QueryOptions soon = QueryOptions.defaults().withTimeout(Duration.ofNanos(1));
            String slow = "SELECT count(*) FROM vpc_flow_logs a CROSS JOIN vpc_flow_logs b";
            assertThrows(
                    QueryException.class,
                    () -> {
                        try (FlowResult result = store.query(slow, List.of(), soon)) {
                            result.rows();
                        }
                    });
            try (FlowResult result = store.query("SELECT bytes FROM vpc_flow_logs")) {
                var rows = result.iterator();
                assertTrue(rows.hasNext());
                result.cancel();
                assertThrows(QueryException.class, () -> rows.forEachRemaining(_ -> {}));
                assertThrows(IllegalStateException.class, result::rows);
            }
            QueryException wrong =
                    assertThrows(QueryException.class, () -> store.query("SELECT nothing"));
            assertNotNull(wrong.getMessage());
        }
    }

    @Test
    void statisticsAndManyStores() throws Exception {
        try (FlowStore one = open();
                FlowStore other = FlowStore.open(directory.resolve("other"))) {
            ingest(one, "a", lines(0, 10).getBytes(UTF_8));
            ingest(other, "a", lines(0, 20).getBytes(UTF_8));
            assertEquals(10, count(one));
            assertEquals(20, count(other));
            FlowStore.TableStatistics flows =
                    one.statistics().stream()
                            .filter(t -> t.table().equals("vpc_flow_logs"))
                            .findFirst()
                            .orElseThrow();
            assertEquals(10, flows.records());
            assertEquals(1, flows.segments());
            assertTrue(flows.sizeBytes() > 100);
            ingest(one, "b", lines(10, 20).getBytes(UTF_8));
            one.compact();
            assertEquals(20, count(one));
        }
    }
}
