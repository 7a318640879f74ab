// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.TableSnapshot;
import weir.engine.schema.Column;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.ingest.StoredRows;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;
import weir.ingest.source.ContentHash;
import weir.ingest.source.InputFinder;

/// A packed file is known by its bytes too, since broken ones give another text where something
/// else unpacks them.
class PackedTwinTest {
    private static final String LINE =
            "2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010"
                    + " 1418530070 ACCEPT OK\n";

    @TempDir Path directory;

    private byte[] whole = {};

    /// Cut before its checksum.
    private byte[] broken = {};

    @BeforeEach
    void pack() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((LINE + LINE).getBytes(StandardCharsets.UTF_8));
        }
        whole = bytes.toByteArray();
        broken = Arrays.copyOf(whole, whole.length - 6);
    }

    private Path store() {
        return directory.resolve("store");
    }

    private static String hash(byte[] bytes) {
        ContentHash hash = new ContentHash();
        hash.update(bytes, 0, bytes.length);
        return hash.pieces().toHex();
    }

    private RunSummary collect(Path... files) {
        try (Store store = Store.openOrCreate(store())) {
            return IngestRun.run(
                    store,
                    InputFinder.find(Arrays.stream(files).map(Path::toString).toList()),
                    RunOptions.of(FlowFormat.DEFAULT, 2),
                    (_, _, _, _) -> {});
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private List<String> ledger(String... columns) {
        return StoredRows.sorted(store(), FlowTables.FILES, List.of(columns));
    }

    private long flows() {
        try (Store store = Store.open(store());
                Snapshot snapshot = store.snapshot()) {
            TableSnapshot flows = snapshot.table(FlowTables.FLOWS);
            return flows == null
                    ? 0
                    : flows.segments().stream().mapToLong(segment -> segment.rowCount()).sum();
        }
    }

    /// What a run that unpacked the same bytes to another text would have said.
    private void enter(String path, byte[] bytes) {
        try (Store store = Store.openOrCreate(store());
                StoreWriter writer = store.writer()) {
            PendingCommit pending = new PendingCommit(writer);
            pending.addEntry(
                    new LedgerEntry(
                            path,
                            "0".repeat(32),
                            hash(bytes),
                            bytes.length,
                            7,
                            1,
                            "gzip",
                            FlowFormat.DEFAULT.toString(),
                            1,
                            0,
                            FileStatus.DAMAGED,
                            "noticed elsewhere"),
                    List.of());
            pending.commit(1);
        }
    }

    @Test
    void bytesThatWereUnpackedToAnotherTextAreTheSameFile() throws IOException {
        enter("elsewhere.gz", broken);
        collect(write("here.gz", broken));
        assertEquals(0, flows());
        assertEquals(
                List.of("0 same content as elsewhere.gz duplicate", "1 noticed elsewhere damaged"),
                ledger("records", "reason", "status"));
    }

    @Test
    void aTouchedFileIsNotChangedBecauseItIsUnpackedToAnotherText() throws IOException {
        Path file = write("x.gz", broken);
        enter(file.toString(), broken);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        RunSummary summary = collect(file);
        assertEquals(0, flows());
        assertEquals(0, summary.records());
        assertEquals(
                List.of("0 same content as before duplicate", "1 noticed elsewhere damaged"),
                ledger("records", "reason", "status"));
    }

    @Test
    void otherBytesAreAnotherFile() throws IOException {
        enter("elsewhere.gz", whole);
        collect(write("here.gz", broken));
        assertEquals(2, flows());
    }

    /// Stores had no column for it once.
    @Test
    void aStoreWithoutTheColumnIsReadAndGoesOnWithIt() throws IOException {
        String text = hash((LINE + LINE).getBytes(StandardCharsets.UTF_8));
        writeOld("old.gz", text);
        Path same = write("same.gz", whole);
        Path other = write("other.gz", broken);
        collect(same, other);
        assertEquals(2, flows()); // those of the broken one
        try (Store store = Store.open(store());
                Snapshot snapshot = store.snapshot()) {
            TableSnapshot files = snapshot.table(FlowTables.FILES);
            assertNotNull(files);
            assertEquals(FlowTables.FILE_PACKED_HASH, files.schema().columns().getLast());
        }
        List<String> hashes =
                List.of("old.gz NULL", same + " " + hash(whole), other + " " + hash(broken));
        assertEquals(hashes.stream().sorted().toList(), ledger("path", "packed_hash"));
        collect(same, other);
        assertEquals(2, flows());
    }

    private void writeOld(String path, String contentHash) {
        List<Column> columns =
                FlowTables.FILES_SCHEMA.columns().stream()
                        .filter(column -> !column.equals(FlowTables.FILE_PACKED_HASH))
                        .toList();
        SegmentBuilder builder = new SegmentBuilder(null);
        put(builder, FlowTables.FILE_PATH, path);
        put(builder, FlowTables.FILE_CONTENT_HASH, contentHash);
        put(builder, FlowTables.FILE_STATUS, "ok");
        builder.numbers(FlowTables.FILE_RECORDS).set(0, 2);
        builder.numbers(FlowTables.FILE_RECORDS).filledTo(1);
        builder.addRows(1);
        try (Store store = Store.openOrCreate(store());
                StoreWriter writer = store.writer()) {
            writer.commit(
                    Map.of(FlowTables.FILES, Schema.of(columns)),
                    List.of(writer.write(FlowTables.FILES, builder)));
        }
    }

    private static void put(SegmentBuilder builder, Column column, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        builder.codes(column).withRoomFor(1)[0] =
                builder.texts(column).idOf(bytes, 0, bytes.length);
        builder.codes(column).filledTo(1);
    }
}
