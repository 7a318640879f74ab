// SPDX-License-Identifier: Apache-2.0
package weir.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Randoms;
import weir.engine.SampleTable;
import weir.engine.format.Section;
import weir.engine.format.SegmentFooter;
import weir.engine.format.SegmentFooter.BlockEntry;
import weir.engine.format.SegmentFooter.ColumnEntry;
import weir.engine.format.SegmentFooter.PageIndexEntry;
import weir.engine.format.SegmentSeal;
import weir.engine.index.ZoneMap;
import weir.engine.memory.Slice;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;
import weir.engine.segment.StorageHints;
import weir.engine.segment.Tampered;

class SegmentVerifierTest {
    @TempDir Path directory;

    private record Written(Path file, SegmentSeal seal, byte[] bytes) {}

    private Written written(int rows, StorageHints hints) throws IOException {
        Path file = directory.resolve(rows + ".seg");
        SegmentSeal seal =
                SampleTable.builder(
                                SampleTable.rows(Randoms.of("SegmentVerifierTest"), rows), hints)
                        .write(file, 3);
        return new Written(file, seal, Files.readAllBytes(file));
    }

    private static SegmentVerification verified(Written written) {
        return SegmentVerifier.verify("flows", written.file, written.seal, SampleTable.SCHEMA);
    }

    /// What is found when the file is changed, without a manifest that would know it by its footer.
    private static List<Finding> findings(Written written, byte[] changed) throws IOException {
        Files.write(written.file, changed);
        return SegmentVerifier.verify("flows", written.file, null, null).findings();
    }

    private static Finding only(List<Finding> findings) {
        assertEquals(1, findings.size(), findings::toString);
        return findings.getFirst();
    }

    @Test
    void whatIsWrittenIsSound() throws IOException {
        for (StorageHints hints : List.of(StorageHints.NONE, SampleTable.HINTS)) {
            for (int rows : new int[] {1, 2047, 70_000}) {
                Written written = written(rows, hints);
                SegmentVerification found = verified(written);
                assertEquals(List.of(), found.findings());
                SegmentFooter footer = Tampered.frame(written.bytes).footer();
                assertEquals(rows, found.rows());
                assertEquals(footer.columns().size() * (long) footer.blockCount(), found.blocks());
                assertEquals(written.bytes.length, found.bytes());
            }
        }
    }

    @Test
    void everyFlippedBitIsFound() throws IOException {
        flip(written(300, SampleTable.HINTS), 1 + 8 * 7);
    }

    @Test
    @Tag("slow")
    void manyMoreFlippedBitsAreFound() throws IOException {
        flip(written(300, StorageHints.NONE), 3);
        flip(written(300, SampleTable.HINTS), 3);
        flip(written(70_000, SampleTable.HINTS), 4001);
    }

    private static void flip(Written written, int step) throws IOException {
        for (long bit = 0; bit < 8L * written.bytes.length; bit += step) {
            byte[] changed = written.bytes.clone();
            changed[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
            assertFalse(findings(written, changed).isEmpty(), "bit " + bit);
        }
    }

    @Test
    void allDamageIsListedWithItsPlaces() throws IOException {
        Written written = written(70_000, StorageHints.NONE);
        SegmentFooter footer = Tampered.frame(written.bytes).footer();
        List<Section> blocks =
                footer.columns().stream()
                        .map(column -> column.blocks().getLast().section())
                        .filter(section -> section.sizeBytes() > 0)
                        .sorted(Comparator.comparingLong(Section::offset))
                        .toList();
        byte[] changed = written.bytes.clone();
        blocks.forEach(block -> changed[(int) block.offset()] ^= 1);
        changed[20] ^= 1; // the header
        List<Finding> found = findings(written, changed);
        List<Long> places = new ArrayList<>(List.of(0L));
        blocks.forEach(block -> places.add(block.offset()));
        assertEquals(places, found.stream().map(Finding::offset).sorted().toList());
        for (Finding finding : found) {
            assertEquals("flows", finding.table());
            assertEquals(written.file, finding.file());
            assertTrue(finding.expected().contains("checksum"), finding.expected());
        }
    }

    @Test
    void paddingIsZero() throws IOException {
        Written written = written(300, StorageHints.NONE);
        List<Section> sections = new ArrayList<>(Tampered.frame(written.bytes).footer().sections());
        Section odd =
                sections.stream().filter(s -> s.sizeBytes() % 8 != 0).findFirst().orElseThrow();
        long at = odd.offset() + odd.sizeBytes();
        byte[] changed = written.bytes.clone();
        changed[(int) at] = 5;
        Finding finding = only(findings(written, changed));
        assertEquals(
                new Finding("flows", written.file, at, "a zero byte between sections", "5"),
                finding);
    }

    private List<Finding> withZone(Written written, String column, UnaryOperator<ZoneMap> change)
            throws IOException {
        return findings(
                written,
                Tampered.withFooter(
                        written.bytes,
                        footer ->
                                Tampered.withColumn(
                                        footer,
                                        column,
                                        entry ->
                                                Tampered.withFirstBlock(
                                                        entry, block -> zoned(block, change)))));
    }

    private static BlockEntry zoned(BlockEntry block, UnaryOperator<ZoneMap> change) {
        return new BlockEntry(
                block.encoding(), block.section(), block.base(), change.apply(block.zone()));
    }

    @Test
    void zonesAreThoseOfTheRows() throws IOException {
        Written written = written(3000, StorageHints.NONE);
        List<UnaryOperator<ZoneMap>> changes =
                List.of(
                        z -> zone(z, z.absentCount() + 1, z.min(), z.max(), z.sum()),
                        z -> zone(z, z.absentCount(), z.min() - 1, z.max(), z.sum()),
                        z -> zone(z, z.absentCount(), z.min(), z.max() - 1, z.sum()),
                        z -> zone(z, z.absentCount(), z.min(), z.max(), z.sum() + 1),
                        z ->
                                new ZoneMap(
                                        z.rowCount(),
                                        z.absentCount(),
                                        z.min(),
                                        z.max(),
                                        z.sum(),
                                        !z.isSumExact()));
        for (String column : List.of("port", "time", "action", "source")) {
            for (UnaryOperator<ZoneMap> change : changes) {
                Finding finding = only(withZone(written, column, change));
                assertTrue(
                        finding.expected().endsWith(" of column " + column + ", block 0"),
                        finding.expected());
                assertTrue(finding.found().startsWith("a zone from "), finding.found());
            }
        }
    }

    private static ZoneMap zone(ZoneMap zone, int absent, long min, long max, long sum) {
        return new ZoneMap(zone.rowCount(), absent, min, max, sum, zone.isSumExact());
    }

    @Test
    void indexesAreThoseOfTheRows() throws IOException {
        Written written = written(3000, StorageHints.NONE);
        SegmentFooter footer = Tampered.frame(written.bytes).footer();
        int tried = 0;
        for (ColumnEntry column : footer.columns()) {
            Section index = column.index();
            if (index == null) {
                continue;
            }
            byte[] bytes = Tampered.bytes(written.bytes, index);
            // Keys are longs from byte 8 on.
            for (int at : new int[] {8, 16}) {
                byte[] changed = bytes.clone();
                changed[at] ^= 64;
                Finding finding =
                        only(
                                findings(
                                        written,
                                        Tampered.withSection(written.bytes, index, changed)));
                assertEquals(index.offset(), finding.offset());
                assertTrue(
                        finding.expected()
                                .endsWith(" in the index of column " + column.column().name()),
                        finding.expected());
                tried++;
            }
        }
        assertTrue(tried > 2, tried + " indexes");
    }

    /// Rows of bitmaps, and not only their keys.
    @Test
    void bitmapsAreThoseOfTheRows() throws IOException {
        Written written = written(3000, StorageHints.NONE);
        SegmentFooter footer = Tampered.frame(written.bytes).footer();
        Section index =
                footer.columns().stream()
                        .filter(column -> column.column().name().equals("action"))
                        .map(ColumnEntry::index)
                        .findFirst()
                        .orElseThrow();
        byte[] bytes = Tampered.bytes(written.bytes, index);
        Random random = Randoms.of("SegmentVerifierTest");
        for (int round = 0; round < 200; round++) {
            byte[] changed = bytes.clone();
            // Behind all headers of Roaring, some bits of which mean nothing.
            changed[bytes.length - 1 - random.nextInt(50)] ^= (byte) (1 << random.nextInt(8));
            List<Finding> found =
                    findings(written, Tampered.withSection(written.bytes, index, changed));
            assertFalse(found.isEmpty(), "round " + round);
        }
    }

    @Test
    void pageIndexesAreThoseOfTheRows() throws IOException {
        Written written = written(70_000, SampleTable.HINTS);
        List<PageIndexEntry> pages = Tampered.frame(written.bytes).footer().pageIndexes();
        assertFalse(pages.isEmpty());
        Random random = Randoms.of("SegmentVerifierTest");
        for (PageIndexEntry entry : pages) {
            byte[] bytes = Tampered.bytes(written.bytes, entry.section());
            int frames = (Slice.of(written.file, bytes).intAt(24) + 127) / 128;
            for (int round = 0; round < 20; round++) {
                byte[] changed = bytes.clone();
                // The first posting of a frame; behind them stand the gaps.
                changed[32 + 8 * random.nextInt(frames)] ^= (byte) (1 << random.nextInt(8));
                List<Finding> found =
                        findings(
                                written,
                                Tampered.withSection(written.bytes, entry.section(), changed));
                Finding finding = only(found);
                long from = entry.section().offset();
                assertTrue(
                        finding.offset() >= from
                                && finding.offset() < from + entry.section().sizeBytes(),
                        finding::toString);
            }
        }
    }

    @Test
    void codesAreOfTheDictionary() throws IOException {
        Written written = written(3000, StorageHints.NONE);
        Finding finding =
                findings(
                                written,
                                Tampered.withFooter(
                                        written.bytes,
                                        footer ->
                                                Tampered.withColumn(
                                                        footer, "action", entry -> renamed(entry))))
                        .getFirst();
        assertTrue(
                finding.expected().startsWith("codes of column action from 0 to 0"),
                finding.expected());
    }

    /// The same rows by way of a dictionary that has no value.
    private static ColumnEntry renamed(ColumnEntry entry) {
        Column column = entry.column();
        return new ColumnEntry(
                new Column(column.name(), column.type(), "nowhere", column.absentText(), false),
                entry.isPart(),
                entry.index(),
                entry.blocks());
    }

    @Test
    void sectionsDoNotOverlapAndLeaveNoGap() throws IOException {
        Written written = written(300, StorageHints.NONE);
        SegmentFooter footer = Tampered.frame(written.bytes).footer();
        ColumnEntry first = footer.columns().getFirst();
        ColumnEntry second = footer.columns().get(1);
        List<Finding> found =
                findings(
                        written,
                        Tampered.withFooter(
                                written.bytes,
                                known ->
                                        Tampered.withColumn(
                                                known,
                                                second.column().name(),
                                                entry ->
                                                        new ColumnEntry(
                                                                entry.column(),
                                                                entry.isPart(),
                                                                entry.index(),
                                                                first.blocks()))));
        Section shared = first.blocks().getFirst().section();
        assertTrue(
                found.stream()
                        .anyMatch(finding ->
                                finding.found()
                                        .equals("one that begins at byte " + shared.offset())),
                found::toString);
        assertTrue(
                found.stream().anyMatch(f -> f.expected().equals("a section within 8 bytes")),
                found::toString);
    }

    @Test
    void theManifestAndTheTableKnowTheSegment() throws IOException {
        Written written = written(300, StorageHints.NONE);
        SegmentSeal seal = written.seal;
        List<SegmentSeal> others =
                List.of(
                        new SegmentSeal(4, 300, seal.sizeBytes(), seal.footerChecksum()),
                        new SegmentSeal(3, 301, seal.sizeBytes(), seal.footerChecksum()),
                        new SegmentSeal(3, 300, seal.sizeBytes() - 1, seal.footerChecksum()),
                        new SegmentSeal(3, 300, seal.sizeBytes(), seal.footerChecksum() + 1));
        for (SegmentSeal other : others) {
            only(
                    SegmentVerifier.verify("flows", written.file, other, SampleTable.SCHEMA)
                            .findings());
        }
        Schema schema =
                Schema.of(
                        IntStream.range(0, SampleTable.COLUMNS.size())
                                .mapToObj(i ->
                                        i == 0
                                                ? Column.number(
                                                        SampleTable.COLUMNS.get(0).name(),
                                                        ColumnType.INT32)
                                                : SampleTable.COLUMNS.get(i))
                                .limit(SampleTable.COLUMNS.size() - 1)
                                .toList());
        List<String> expected =
                SegmentVerifier.verify("flows", written.file, seal, schema).findings().stream()
                        .map(Finding::expected)
                        .toList();
        assertEquals(List.of("column until of INT32", "only columns of the table"), expected);
    }

    @Test
    void whatCannotBeReadIsOneFinding() throws IOException {
        Path missing = directory.resolve("none.seg");
        assertEquals(
                new Finding(
                        "flows", missing, null, "a file that can be read", "the file is missing"),
                only(SegmentVerifier.verify("flows", missing, null, null).findings()));
        Written written = written(300, StorageHints.NONE);
        byte[] newer = written.bytes.clone();
        newer[newer.length - 16] = 99;
        assertEquals(
                new Finding(
                        "flows",
                        written.file,
                        null,
                        "a format version that this build reads",
                        "version 99"),
                only(findings(written, newer)));
        assertEquals(
                "a segment of at least 64 bytes", only(findings(written, new byte[10])).expected());
    }
}
