// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.BlockDecoder;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.format.Section;
import weir.engine.format.SegmentFooter.ColumnEntry;
import weir.engine.index.BitmapIndex;
import weir.engine.index.PageIndex;
import weir.engine.index.ZoneMap;
import weir.engine.memory.Slice;
import weir.engine.schema.Column;
import weir.engine.vector.Dictionary;

/// One column of a segment. Safe for many readers; the decoders it hands out belong to one each.
public final class ColumnReader {
    private final SegmentReader segment;
    private final ColumnEntry entry;
    private final int ordinal;
    private final AtomicIntegerArray isChecked;
    private @Nullable BitmapIndex index;

    ColumnReader(SegmentReader segment, ColumnEntry entry, int ordinal) {
        this.segment = segment;
        this.entry = entry;
        this.ordinal = ordinal;
        this.isChecked = new AtomicIntegerArray(entry.blocks().size());
    }

    /// The column.
    public Column column() {
        return entry.column();
    }

    /// Whether the column only serves to say others, and is none of the table.
    public boolean isPart() {
        return entry.isPart();
    }

    /// The dictionary of a dictionary column.
    public Dictionary dictionary() {
        return segment.dictionary(entry.column());
    }

    /// What is known of block `block` without reading it.
    public ZoneMap zone(int block) {
        return entry.blocks().get(block).zone();
    }

    /// What is known of the whole column without reading it.
    public ZoneMap zone() {
        ZoneMap zone = zone(0);
        for (int block = 1; block < entry.blocks().size(); block++) {
            zone = zone.merge(zone(block));
        }
        return zone;
    }

    /// What is added to a code of block `block` to give the number.
    public long base(int block) {
        return entry.blocks().get(block).base();
    }

    /// Bytes of block `block` in the file.
    public int blockSizeBytes(int block) {
        return entry.blocks().get(block).section().sizeBytes();
    }

    /// The wire id of the encoding of block `block`.
    public int encoding(int block) {
        return entry.blocks().get(block).encoding();
    }

    /// A decoder of the codes of block `block`, whose checksum is compared at first touch.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the block is damaged
    public BlockDecoder decoder(int block) {
        return segment.decoders(_ -> {}).decoder(this, block);
    }

    /// The bytes of block `block`, whose checksum is compared at first touch.
    Slice body(int block) {
        Section section = entry.blocks().get(block).section();
        if (isChecked.get(block) != 0) {
            return section.in(segment.content());
        }
        Slice body = section.checkedIn(segment.content());
        isChecked.set(block, 1);
        return body;
    }

    int ordinal() {
        return ordinal;
    }

    /// The failure of block `block`, which holds `found` where `expected` belongs.
    public CorruptSegmentException corrupt(int block, String expected, String found) {
        return entry.blocks()
                .get(block)
                .section()
                .in(segment.content())
                .corrupt(0, expected, found);
    }

    /// The bitmap index, if the column has one.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when it is damaged
    public synchronized @Nullable BitmapIndex index() {
        Section section = entry.index();
        if (index == null && section != null) {
            index = BitmapIndex.decode(section.checkedIn(segment.content()), segment.rowCount());
        }
        return index;
    }

    /// The page index that covers the column, if one does.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when it is damaged
    public @Nullable PageIndex pageIndex() {
        return segment.pageIndex(ordinal);
    }

    /// Bytes of the bitmap index in the file, 0 without one.
    public int indexSizeBytes() {
        Section section = entry.index();
        return section == null ? 0 : section.sizeBytes();
    }
}
