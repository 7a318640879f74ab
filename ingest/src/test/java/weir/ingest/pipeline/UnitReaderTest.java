// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.StoreWriter.WrittenSegment;
import weir.ingest.record.FlowFormat;
import weir.ingest.source.InputFile;

class UnitReaderTest {
    private static final String LINE =
            "2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010"
                    + " 1418530070 ACCEPT OK\n";

    @TempDir Path directory;

    private InputFile write(String name, String text) throws IOException {
        Path path = Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
        return new InputFile(name, path, text.length(), 0);
    }

    private static List<FileStatus> statuses(UnitResult result) {
        return result.files().stream().map(file -> file.entry().status()).toList();
    }

    private static long rows(UnitResult result) {
        return result.segments().stream().mapToLong(WrittenSegment::rowCount).sum();
    }

    private interface Change {
        void apply() throws IOException;
    }

    /// Reads twins, makes a change, and reads again with what was known of the second of them.
    private void readTwice(Change change, List<FileStatus> statuses, long rows) throws IOException {
        List<InputFile> files = List.of(write("a", LINE + LINE), write("b", LINE + LINE));
        try (Store store = Store.openOrCreate(directory.resolve("store"));
                StoreWriter writer = store.writer()) {
            UnknownColumns columns = UnknownColumns.of(store.snapshot());
            UnitReader reader =
                    new UnitReader(
                            writer,
                            RunOptions.of(FlowFormat.DEFAULT, 1),
                            Ledger.load(store.snapshot()),
                            new RunState(),
                            Runnable::run);
            UnitResult first = reader.readFiles(files, Map.of(), columns, true);
            assertEquals(List.of(FileStatus.OK, FileStatus.DUPLICATE), statuses(first));
            assertEquals(2, rows(first));
            writer.discard(first.segments());
            change.apply();
            Map<InputFile, FileResult> settled = Map.of(files.get(1), first.files().get(1));
            UnitResult second = reader.readFiles(files, settled, columns, true);
            assertEquals(statuses, statuses(second));
            assertEquals(rows, rows(second));
        }
    }

    /// How many segments of `file` were written by another thread than the one that reads.
    private int writtenBehind(InputFile file, boolean hasSpareThreads) throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (Store store = Store.openOrCreate(directory.resolve("store"));
                StoreWriter writer = store.writer()) {
            UnitReader reader =
                    new UnitReader(
                            writer,
                            RunOptions.of(FlowFormat.DEFAULT, 1).withSizes(1_000, 10_000, 1_000),
                            Ledger.load(store.snapshot()),
                            new RunState(),
                            task -> {
                                count.incrementAndGet();
                                task.run();
                            });
            UnknownColumns columns = UnknownColumns.of(store.snapshot());
            UnitResult result = reader.readFiles(List.of(file), Map.of(), columns, hasSpareThreads);
            assertEquals(3_000, rows(result));
            writer.discard(result.segments());
        }
        return count.get();
    }

    private InputFile writePacked(String name, String text) throws IOException {
        byte[] packed = gzip(text);
        return new InputFile(name, Files.write(directory.resolve(name), packed), packed.length, 0);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void segmentsAreWrittenMeanwhileByTheFormOfAFileAndNotByItsName() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            text.append(LINE.replace("eni-1", "eni-" + random.nextInt(1_000_000)));
        }
        InputFile packed = writePacked("x.log", text.toString());
        assertTrue(writtenBehind(packed, true) > 0);
        assertEquals(0, writtenBehind(packed, false));
        assertEquals(0, writtenBehind(write("x.gz", text.toString()), true));
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(gzip(text.toString())));
            assertTrue(writtenBehind(InputFile.standardInput(), true) > 0);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aDuplicateStaysOneWhileItsTwinHasTheRows() throws IOException {
        readTwice(() -> {}, List.of(FileStatus.OK, FileStatus.DUPLICATE), 2);
    }

    @Test
    void aDuplicateIsReadWhenItsTwinVanished() throws IOException {
        readTwice(
                () -> Files.delete(directory.resolve("a")),
                List.of(FileStatus.FAILED, FileStatus.OK),
                2);
    }

    @Test
    void aDuplicateIsReadWhenItsTwinChanged() throws IOException {
        readTwice(() -> write("a", LINE), List.of(FileStatus.OK, FileStatus.OK), 3);
    }
}
