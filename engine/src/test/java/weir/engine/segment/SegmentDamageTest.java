// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.ChildJvm;
import weir.engine.Randoms;
import weir.engine.SampleTable;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.StoreException;
import weir.engine.fault.UnsupportedFormatException;
import weir.engine.format.Section;
import weir.engine.format.SegmentFooter.BlockEntry;
import weir.engine.format.SegmentFrame;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.testkit.faulty.FaultyFiles;

/// Damaged segments: always a clear failure, never other rows.
class SegmentDamageTest {
    @TempDir Path directory;
    private Path file = Path.of("unset");
    private byte[] good = {};

    @BeforeEach
    void writeSegment() throws IOException {
        file = directory.resolve("a.seg");
        SampleTable.builder(SampleTable.rows(Randoms.of("SegmentDamageTest"), 70_000))
                .write(file, 3);
        good = Files.readAllBytes(file);
    }

    private static List<String> readAll(Path file) {
        try (SegmentReader reader = SegmentReader.open(file)) {
            return readAll(reader);
        }
    }

    private static List<String> readAll(SegmentReader reader) {
        List<String> found = new ArrayList<>();
        ScanRequest all = ScanRequest.of(SampleTable.COLUMNS, null);
        SegmentScan scan = SegmentScan.of(reader, all, new ScanMetrics());
        for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                found.add(text(batch, row));
            }
        }
        for (var column : SampleTable.COLUMNS) {
            ColumnReader columnReader = reader.column(column.name());
            if (columnReader != null) {
                columnReader.index();
            }
        }
        return found;
    }

    private static String text(VectorBatch batch, int row) {
        StringBuilder text = new StringBuilder();
        for (Vector column : batch.columns()) {
            text.append(
                    switch (column) {
                        case Vector.Codes codes -> codes.dictionary().text(codes.codes()[row]);
                        case Vector.Longs longs ->
                                longs.isNull(row) ? "?" : longs.values()[row] + "";
                        default -> throw new AssertionError("no such column here");
                    });
            text.append(' ');
        }
        return text.toString();
    }

    @Test
    void anyOtherLengthIsNoticed() throws IOException {
        Random random = Randoms.of("SegmentDamageTest");
        for (int round = 0; round < 50; round++) {
            int size = round < 10 ? round * 7 : random.nextInt(good.length);
            Files.write(file, Arrays.copyOf(good, size));
            assertThrows(CorruptSegmentException.class, () -> readAll(file), "size " + size);
        }
        Files.write(file, Arrays.copyOf(good, good.length + 4096));
        assertThrows(CorruptSegmentException.class, () -> readAll(file));
    }

    @Test
    void aCutAtAnyBorderIsNoticed() throws IOException {
        SegmentFrame frame = Tampered.frame(good);
        Set<Long> borders = new TreeSet<>(List.of(0L, 32L, frame.footerSection().offset()));
        for (Section section : frame.footer().sections()) {
            borders.add(section.offset());
            borders.add(section.offset() + section.sizeBytes());
        }
        borders.add(good.length - 32L);
        assertTrue(borders.size() > 30, borders.size() + " borders");
        for (long border : borders) {
            Files.write(file, Arrays.copyOf(good, (int) border));
            CorruptSegmentException cut =
                    assertThrows(
                            CorruptSegmentException.class,
                            () -> SegmentReader.open(file),
                            "cut at " + border);
            assertEquals(file, cut.path());
        }
    }

    @Test
    void zerosBehindTheEndAreNoticed() throws IOException {
        for (int more : new int[] {1, 32, 512, 4096, 1 << 17}) {
            Files.write(file, Arrays.copyOf(good, good.length + more));
            CorruptSegmentException longer =
                    assertThrows(CorruptSegmentException.class, () -> SegmentReader.open(file));
            assertTrue(longer.expected().startsWith("the segment magic"), longer.getMessage());
        }
    }

    /// What a disk does that writes a block to the place of its neighbour.
    @Test
    void aBlockOfTheDiskOverItsNeighbourIsNoticed() throws IOException {
        for (int blockBytes : new int[] {512, 4096, 1 << 17}) {
            int blocks = good.length / blockBytes;
            assertTrue(blocks >= 2, good.length + " bytes are too few");
            int step = Math.max(1, blocks / 20);
            for (int block = 1; block < blocks; block += step) {
                byte[] bytes = good.clone();
                int at = block * blockBytes;
                System.arraycopy(good, at - blockBytes, bytes, at, blockBytes);
                if (Arrays.equals(good, bytes)) {
                    continue; // the padding of planes is zeros over zeros
                }
                Files.write(file, bytes);
                String place = "block " + block + " of " + blockBytes + " bytes";
                assertThrows(CorruptSegmentException.class, () -> SegmentProbe.of(file), place);
            }
        }
    }

    @Test
    void aFooterOfAnotherVersionIsRefusedByNumber() throws IOException {
        byte[] bytes = good.clone();
        bytes[bytes.length - 16] = 9;
        Files.write(file, bytes);
        UnsupportedFormatException failure =
                assertThrows(UnsupportedFormatException.class, () -> SegmentReader.open(file));
        assertEquals(9, failure.version());
        assertTrue(failure.getMessage().contains("format version 9 is not readable here"));
    }

    @Test
    void sectionsOutsideTheFileAreRefused() throws IOException {
        long footerAt = Tampered.frame(good).footerSection().offset();
        for (Section outside :
                List.of(
                        new Section(-8, 8, 0),
                        new Section(0, 40, 0),
                        new Section(40, -1, 0),
                        new Section(footerAt, 1, 0),
                        new Section(footerAt - 8, 9, 0),
                        new Section(Long.MAX_VALUE - 3, 8, 0),
                        new Section(Long.MIN_VALUE, Integer.MAX_VALUE, 0))) {
            Files.write(
                    file,
                    Tampered.withFooter(
                            good,
                            footer ->
                                    Tampered.withColumn(
                                            footer,
                                            "port",
                                            entry ->
                                                    Tampered.withFirstBlock(
                                                            entry,
                                                            block ->
                                                                    new BlockEntry(
                                                                            block.encoding(),
                                                                            outside,
                                                                            block.base(),
                                                                            block.zone())))));
            CorruptSegmentException failure =
                    assertThrows(CorruptSegmentException.class, () -> SegmentReader.open(file));
            assertEquals(footerAt, failure.offset());
            assertEquals(
                    "sections from multiples of 8 between header and footer (bytes 32 to "
                            + footerAt
                            + ")",
                    failure.expected());
            assertEquals(
                    outside.sizeBytes() + " bytes at byte " + outside.offset(), failure.found());
        }
    }

    @Test
    void bytesBehindTheFooterAreRefused() throws IOException {
        byte[] footer = Tampered.bytes(good, Tampered.frame(good).footerSection());
        Files.write(file, Tampered.withFooterBytes(good, Arrays.copyOf(footer, footer.length + 3)));
        CorruptSegmentException failure =
                assertThrows(CorruptSegmentException.class, () -> SegmentReader.open(file));
        assertEquals("the end of the footer", failure.expected());
        assertEquals("3 more bytes", failure.found());
    }

    /// Opens a segment, perhaps reads it often enough to be compiled, cuts it, and reads it.
    static final class CutMain {
        private CutMain() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            int warmUps = Integer.parseInt(arguments[1]);
            for (int i = 0; i < warmUps; i++) {
                scan(file, -1);
            }
            for (long size : new long[] {4096, 0}) {
                byte[] whole = Files.readAllBytes(file);
                try {
                    scan(file, size);
                    System.out.println("read all");
                } catch (CorruptSegmentException e) {
                    System.out.println(e.found());
                }
                Files.write(file, whole);
            }
            System.out.println("alive");
        }

        private static void scan(Path file, long cutTo) throws IOException {
            ScanRequest all = ScanRequest.of(SampleTable.COLUMNS, null);
            try (SegmentReader reader = SegmentReader.open(file)) {
                SegmentScan scan = SegmentScan.of(reader, all, new ScanMetrics());
                for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
                    if (cutTo >= 0) {
                        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                            channel.truncate(cutTo);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aFileCutWhileItIsReadIsAFailureAndNotTheEndOfTheProcess() throws Exception {
        String shorter = "the file became shorter while it was read";
        for (String warmUps : List.of("0", "60")) {
            assertEquals(
                    List.of(shorter, shorter, "alive"),
                    ChildJvm.run(CutMain.class, file.toString(), warmUps).lines().toList());
        }
    }

    /// The zeros behind a cut within a page are valid bytes of a block, and its checksum was
    /// compared before.
    @Test
    void aFileCutWithinAPageIsNoticedAtTheEndOfTheBlock() throws IOException {
        Column number = Column.number("number", ColumnType.INT64);
        SegmentBuilder builder = new SegmentBuilder(null);
        long[] values = new long[2000];
        Arrays.setAll(values, i -> i * 7L % 97);
        builder.numbers(number).put(0, values, values.length);
        builder.numbers(number).filledTo(2000);
        builder.addRows(2000);
        Path small = directory.resolve("small.seg");
        builder.write(small, 1);
        assertTrue(Files.size(small) < 4096, "one page holds it all");
        ScanRequest all = ScanRequest.of(List.of(number), null);
        try (SegmentReader reader = SegmentReader.open(small)) {
            SegmentScan before = SegmentScan.of(reader, all, new ScanMetrics());
            assertNotNull(before.next());
            FaultyFiles.truncate(small, 64);
            CorruptSegmentException cut = assertThrows(CorruptSegmentException.class, before::next);
            assertEquals(64, cut.offset());
            assertEquals("the file became shorter while it was read", cut.found());
            SegmentScan after = SegmentScan.of(reader, all, new ScanMetrics());
            assertThrows(CorruptSegmentException.class, after::next);
        }
    }

    /// What replaces a file leaves the mapping of the old one as it was.
    @Test
    void aFileReplacedOrDeletedWhileItIsReadIsReadToItsEnd() throws IOException {
        List<String> expected = readAll(file);
        try (SegmentReader reader = SegmentReader.open(file)) {
            Path other = Files.write(directory.resolve("other"), new byte[] {1});
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            assertEquals(expected, readAll(reader));
            Files.delete(file);
            assertEquals(expected, readAll(reader));
        }
    }

    @Test
    void aNewerVersionIsRefusedByNumber() throws IOException {
        byte[] bytes = good.clone();
        bytes[8] = 9;
        Files.write(file, bytes);
        UnsupportedFormatException failure =
                assertThrows(UnsupportedFormatException.class, () -> SegmentReader.open(file));
        assertEquals(9, failure.version());
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = directory.resolve("none.seg");
        StoreException failure =
                assertThrows(StoreException.class, () -> SegmentReader.open(missing));
        assertEquals(missing + ": the file is missing", failure.getMessage());
    }

    @Test
    void anotherFileIsNoSegment() throws IOException {
        Files.writeString(
                file, "PAR1 and much more than sixty-four bytes of something else entirely");
        CorruptSegmentException failure =
                assertThrows(CorruptSegmentException.class, () -> SegmentReader.open(file));
        assertTrue(failure.expected().startsWith("the segment magic"), failure.getMessage());
    }

    @Test
    void nothingIsLeftOfASegmentThatCouldNotBeWritten() {
        Path target = directory.resolve("gone").resolve("b.seg");
        SegmentBuilder builder = SampleTable.builder(SampleTable.rows(new Random(1), 10));
        assertThrows(StoreException.class, () -> builder.write(target, 1));
        assertFalse(Files.exists(target));
        IllegalStateException empty =
                assertThrows(
                        IllegalStateException.class,
                        () -> new SegmentBuilder(null).write(directory.resolve("c.seg"), 1));
        assertEquals("a segment needs a row", empty.getMessage());
    }
}
