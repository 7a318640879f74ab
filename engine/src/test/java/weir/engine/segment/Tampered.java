// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import weir.engine.format.Section;
import weir.engine.format.SegmentFooter;
import weir.engine.format.SegmentFooter.BlockEntry;
import weir.engine.format.SegmentFooter.ColumnEntry;
import weir.engine.format.SegmentFooter.DictionaryEntry;
import weir.engine.format.SegmentFooter.PageIndexEntry;
import weir.engine.format.SegmentFrame;
import weir.engine.format.SegmentLayout;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Checksum;
import weir.engine.memory.Slice;

/// Changes segments so that every checksum is right afterwards: what no disk does, but somebody.
public final class Tampered {
    private Tampered() {}

    /// The frame of an undamaged file.
    public static SegmentFrame frame(byte[] file) {
        return SegmentFrame.read(Slice.of(Path.of("whole"), file));
    }

    /// The file with another footer.
    public static byte[] withFooter(byte[] file, UnaryOperator<SegmentFooter> change) {
        SegmentFrame frame = frame(file);
        int footerAt = Math.toIntExact(frame.footerSection().offset());
        ByteSink tail = new ByteSink(1 << 12);
        SegmentFrame.writeFooter(change.apply(frame.footer()), footerAt, tail);
        byte[] changed = Arrays.copyOf(file, footerAt + tail.size());
        System.arraycopy(tail.array(), 0, changed, footerAt, tail.size());
        return changed;
    }

    /// The file with other bytes in a section, as many.
    public static byte[] withSection(byte[] file, Section section, byte[] bytes) {
        if (bytes.length != section.sizeBytes()) {
            throw new IllegalArgumentException(bytes.length + " bytes for " + section);
        }
        Section changed =
                new Section(section.offset(), bytes.length, Checksum.of(bytes, 0, bytes.length));
        byte[] whole = withFooter(file, footer -> withSection(footer, section, changed));
        System.arraycopy(bytes, 0, whole, Math.toIntExact(section.offset()), bytes.length);
        return whole;
    }

    /// The file with other bytes in place of its footer, whatever they are.
    public static byte[] withFooterBytes(byte[] file, byte[] footer) {
        int footerAt = Math.toIntExact(frame(file).footerSection().offset());
        ByteSink tail = new ByteSink(footer.length + SegmentLayout.TRAILER_BYTES);
        tail.putBytes(footer, 0, footer.length);
        tail.putLong(footerAt);
        tail.putInt(footer.length);
        tail.putInt(Checksum.of(footer, 0, footer.length));
        tail.putInt(SegmentLayout.VERSION_CURRENT);
        tail.putInt(tail.checksum(footer.length));
        tail.putLong(SegmentLayout.TRAILER_MAGIC);
        byte[] changed = Arrays.copyOf(file, footerAt + tail.size());
        System.arraycopy(tail.array(), 0, changed, footerAt, tail.size());
        return changed;
    }

    /// The bytes of a section.
    public static byte[] bytes(byte[] file, Section section) {
        int from = Math.toIntExact(section.offset());
        return Arrays.copyOfRange(file, from, from + section.sizeBytes());
    }

    private static SegmentFooter withSection(SegmentFooter footer, Section old, Section changed) {
        UnaryOperator<Section> swap = section -> section.equals(old) ? changed : section;
        List<DictionaryEntry> dictionaries =
                footer.dictionaries().stream()
                        .map(entry ->
                                new DictionaryEntry(
                                        entry.name(), entry.type(), swap.apply(entry.section())))
                        .toList();
        List<ColumnEntry> columns = withSection(footer.columns(), swap);
        List<PageIndexEntry> pageIndexes =
                footer.pageIndexes().stream()
                        .map(entry ->
                                new PageIndexEntry(entry.columns(), swap.apply(entry.section())))
                        .toList();
        return new SegmentFooter(
                footer.rowCount(),
                footer.timeColumn(),
                dictionaries,
                columns,
                pageIndexes,
                footer.summaries().stream()
                        .map(summary ->
                                SegmentFooter.ofSummary(
                                        summary.rowCount(),
                                        summary.timeColumn(),
                                        withSection(summary.columns(), swap)))
                        .toList());
    }

    private static List<ColumnEntry> withSection(
            List<ColumnEntry> columns, UnaryOperator<Section> swap) {
        return columns.stream()
                .map(entry ->
                        new ColumnEntry(
                                entry.column(),
                                entry.isPart(),
                                entry.index() == null ? null : swap.apply(entry.index()),
                                entry.blocks().stream()
                                        .map(block -> withSection(block, swap))
                                        .toList()))
                .toList();
    }

    private static BlockEntry withSection(BlockEntry block, UnaryOperator<Section> swap) {
        return new BlockEntry(
                block.encoding(), swap.apply(block.section()), block.base(), block.zone());
    }

    /// The footer with another entry for column `name`.
    public static SegmentFooter withColumn(
            SegmentFooter footer, String name, UnaryOperator<ColumnEntry> change) {
        List<ColumnEntry> columns =
                footer.columns().stream()
                        .map(entry ->
                                entry.column().name().equals(name) ? change.apply(entry) : entry)
                        .toList();
        return new SegmentFooter(
                footer.rowCount(),
                footer.timeColumn(),
                footer.dictionaries(),
                columns,
                footer.pageIndexes(),
                footer.summaries());
    }

    /// The entry with its first block changed.
    public static ColumnEntry withFirstBlock(ColumnEntry entry, UnaryOperator<BlockEntry> change) {
        List<BlockEntry> blocks = new ArrayList<>(entry.blocks());
        blocks.set(0, change.apply(blocks.getFirst()));
        return new ColumnEntry(entry.column(), entry.isPart(), entry.index(), blocks);
    }
}
