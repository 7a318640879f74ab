// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Compaction;
import weir.engine.Retention;
import weir.engine.RewriteOptions;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// Queries of a process whose store is compacted and shortened while they run.
class ChangingStoreTest {
    private static final Column TIME = Column.number("time", ColumnType.INT64);
    private static final Column NAME = Column.text("name");
    private static final int SEGMENTS = 8;
    private static final int ROWS = 5000;
    private static final RewriteOptions OPTIONS = new RewriteOptions(Map.of(), 1 << 20, 1 << 28, 1);

    @TempDir Path directory;

    private Store filled() {
        Store store = Store.openOrCreate(directory);
        try (StoreWriter writer = store.writer()) {
            List<StoreWriter.WrittenSegment> written = new ArrayList<>();
            for (int segment = 0; segment < SEGMENTS; segment++) {
                written.add(writer.write("flows", rows(segment)));
            }
            writer.commit(Map.of("flows", Schema.of(List.of(TIME, NAME), "time")), written);
        }
        return store;
    }

    private static SegmentBuilder rows(int segment) {
        SegmentBuilder builder = new SegmentBuilder("time");
        for (int row = 0; row < ROWS; row++) {
            byte[] name = name(segment, row).getBytes(StandardCharsets.UTF_8);
            builder.numbers(TIME).set(row, (long) segment * ROWS + row);
            builder.codes(NAME).withRoomFor(ROWS)[row] =
                    builder.texts(NAME).idOf(name, 0, name.length);
        }
        builder.numbers(TIME).filledTo(ROWS);
        builder.codes(NAME).filledTo(ROWS);
        builder.addRows(ROWS);
        return builder;
    }

    private static String name(int segment, int row) {
        return "name " + segment + " " + row % 100;
    }

    /// The mappings of this process whose files are deleted.
    private List<String> deletedMaps() throws IOException {
        return Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.contains(directory.toString()) && line.endsWith("(deleted)"))
                .toList();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aQueryGoesOnWithTheSegmentsItBeganWithAndGivesThemBack() throws IOException {
        try (Store store = filled()) {
            QueryEngine engine = new QueryEngine(store);
            for (int threads : List.of(1, 3)) {
                QueryOptions options = QueryOptions.defaults().withThreads(threads);
                String rest = "SELECT time, name FROM flows WHERE time >= 0";
                try (QueryResult result = engine.execute(rest, options)) {
                    VectorBatch batch = result.nextBatch();
                    assertTrue(batch != null);
                    long rows = check(batch);
                    Compaction.run(store, OPTIONS, Compaction.Listener.NONE);
                    Retention.dropBefore(store, 10L * threads, OPTIONS, false);
                    assertFalse(deletedMaps().isEmpty(), "the query still reads them");
                    for (batch = result.nextBatch(); batch != null; batch = result.nextBatch()) {
                        rows += check(batch);
                    }
                    int dropped = threads == 1 ? 0 : 10;
                    assertEquals(SEGMENTS * ROWS - dropped, rows);
                }
                try (QueryResult result =
                        engine.execute("SELECT count(*), min(time) FROM flows", options)) {
                    VectorBatch batch = result.nextBatch();
                    assertTrue(batch != null);
                    assertEquals(SEGMENTS * ROWS - 10L * threads, number(batch, 0));
                    assertEquals(10L * threads, number(batch, 1));
                }
                assertEquals(List.of(), deletedMaps());
            }
        }
    }

    private static long number(VectorBatch batch, int column) {
        return ((Vector.Longs) batch.column(column)).values()[0];
    }

    private static long check(VectorBatch batch) {
        Vector.Longs times = (Vector.Longs) batch.column(0);
        Vector.Codes names = (Vector.Codes) batch.column(1);
        for (int row = 0; row < batch.rowCount(); row++) {
            int time = (int) times.values()[row];
            assertEquals(
                    name(time / ROWS, time % ROWS), names.dictionary().text(names.codes()[row]));
        }
        return batch.rowCount();
    }
}
