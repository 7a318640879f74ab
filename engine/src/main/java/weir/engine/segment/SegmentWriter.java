// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.BlockCodec;
import weir.engine.fault.Limits;
import weir.engine.format.Section;
import weir.engine.format.SegmentFooter;
import weir.engine.format.SegmentFooter.BlockEntry;
import weir.engine.format.SegmentFooter.ColumnEntry;
import weir.engine.format.SegmentFooter.DictionaryEntry;
import weir.engine.format.SegmentFrame;
import weir.engine.format.SegmentLayout;
import weir.engine.index.BitmapIndex;
import weir.engine.index.ZoneMap;
import weir.engine.memory.AtomicFile;
import weir.engine.memory.ByteSink;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;

/// Writes the rows of a [SegmentBuilder] as a file: dictionaries, then column by column its blocks
/// and its index, then the footer.
final class SegmentWriter {
    private final int rowCount;
    private final String timeColumn;
    private final List<ColumnRows> columns;
    private final Map<String, ValuePool> pools;
    private final ByteSink sink = new ByteSink(1 << 20);
    private final long[] blockCodes = new long[Limits.BLOCK_ROWS];

    SegmentWriter(
            int rowCount, String timeColumn, List<ColumnRows> columns, Map<String, ValuePool> pools) {
        this.rowCount = rowCount;
        this.timeColumn = timeColumn;
        this.columns = columns;
        this.pools = pools;
    }

    void write(Path target, long segmentId) {
        try (AtomicFile file = AtomicFile.create(target)) {
            SegmentFrame.writeHeader(segmentId, sink);
            flush(file);
            Map<String, int[]> codesOfIds = new LinkedHashMap<>();
            List<DictionaryEntry> dictionaries = writeDictionaries(file, codesOfIds);
            List<ColumnEntry> entries = new ArrayList<>();
            for (ColumnRows rows : columns) {
                entries.add(
                        switch (rows) {
                            case NumberRows numbers -> writeNumbers(numbers, file);
                            case CodeRows codes -> writeCodes(codes, codesOfIds, file);
                        });
            }
            SegmentFooter footer = new SegmentFooter(rowCount, timeColumn, dictionaries, entries);
            SegmentFrame.writeFooter(footer, file.sizeBytes(), sink);
            flush(file);
            file.publish();
        }
    }

    private List<DictionaryEntry> writeDictionaries(
            AtomicFile file, Map<String, int[]> codesOfIds) {
        List<DictionaryEntry> entries = new ArrayList<>();
        pools.forEach(
                (name, pool) -> {
                    codesOfIds.put(name, pool.encodeSorted(sink));
                    ColumnType type =
                            pool instanceof TextPool ? ColumnType.TEXT : ColumnType.ADDRESS;
                    entries.add(new DictionaryEntry(name, type, flushSection(file)));
                });
        return entries;
    }

    private ColumnEntry writeNumbers(NumberRows rows, AtomicFile file) {
        long[] values = rows.values();
        List<BlockEntry> blocks = new ArrayList<>();
        for (int from = 0; from < rowCount; from += Limits.BLOCK_ROWS) {
            int to = Math.min(rowCount, from + Limits.BLOCK_ROWS);
            ZoneMap zone = ZoneMap.ofNumbers(values, from, to);
            // Code 0 is absent where a row is; the least value has code 1 then, and 0 otherwise.
            long base = zone.isAllAbsent() ? 0 : zone.min() - (zone.hasAbsent() ? 1 : 0);
            for (int row = from; row < to; row++) {
                long value = values[row];
                blockCodes[row - from] = value == Column.ABSENT ? 0 : value - base;
            }
            blocks.add(writeBlock(to - from, base, zone, file));
        }
        Section index = writeIndex(values, file);
        return new ColumnEntry(rows.column(), index, blocks);
    }

    private ColumnEntry writeCodes(CodeRows rows, Map<String, int[]> codesOfIds, AtomicFile file) {
        int[] ids = rows.ids();
        // A column whose pool was never asked for has no value in any row.
        int[] codeOfId = codesOfIds.get(rows.column().dictionary());
        long[] keys = new long[rowCount];
        int[] codes = new int[rowCount];
        for (int row = 0; row < rowCount; row++) {
            int code = codeOfId == null ? 0 : codeOfId[ids[row]];
            codes[row] = code;
            keys[row] = code;
        }
        List<BlockEntry> blocks = new ArrayList<>();
        for (int from = 0; from < rowCount; from += Limits.BLOCK_ROWS) {
            int to = Math.min(rowCount, from + Limits.BLOCK_ROWS);
            System.arraycopy(keys, from, blockCodes, 0, to - from);
            blocks.add(writeBlock(to - from, 0, ZoneMap.ofCodes(codes, from, to), file));
        }
        return new ColumnEntry(rows.column(), writeIndex(keys, file), blocks);
    }

    private BlockEntry writeBlock(int rows, long base, ZoneMap zone, AtomicFile file) {
        int encoding = BlockCodec.encode(blockCodes, rows, sink);
        return new BlockEntry(encoding, flushSection(file), base, zone);
    }

    private @Nullable Section writeIndex(long[] keys, AtomicFile file) {
        return BitmapIndex.encode(keys, rowCount, sink) ? flushSection(file) : null;
    }

    /// Writes what is in the sink as a section, padded for the next one.
    private Section flushSection(AtomicFile file) {
        Section section = new Section(file.sizeBytes(), sink.size(), sink.checksum(0));
        sink.align(SegmentLayout.SECTION_ALIGNMENT);
        flush(file);
        return section;
    }

    private void flush(AtomicFile file) {
        file.write(sink);
        sink.clear();
    }
}
