// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.format.Section;
import weir.engine.format.SegmentFooter;
import weir.engine.format.SegmentFooter.BlockEntry;
import weir.engine.format.SegmentFooter.ColumnEntry;
import weir.engine.format.SegmentFooter.DictionaryEntry;
import weir.engine.format.SegmentFooter.PageIndexEntry;
import weir.engine.format.SegmentFrame;
import weir.engine.format.SegmentLayout;
import weir.engine.format.SegmentSeal;
import weir.engine.index.BitmapIndexBuilder;
import weir.engine.index.KeyColumn;
import weir.engine.index.PageIndexBuilder;
import weir.engine.index.ZoneMap;
import weir.engine.memory.AtomicFile;
import weir.engine.memory.ByteSink;
import weir.engine.memory.FileLayer;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;

/// Writes the rows of a [SegmentBuilder] as a file: dictionaries, then column by column its blocks
/// and its bitmaps, then the page indexes, then the footer.
final class SegmentWriter {
    private final int rowCount;
    private final String timeColumn;
    private final List<ColumnRows> columns;
    private final Map<String, ValuePool> pools;
    private final StorageHints hints;
    private final RowMemory memory;
    private final ByteSink sink = new ByteSink(1 << 20);

    SegmentWriter(
            int rowCount,
            String timeColumn,
            List<ColumnRows> columns,
            Map<String, ValuePool> pools,
            StorageHints hints,
            RowMemory memory) {
        this.rowCount = rowCount;
        this.timeColumn = timeColumn;
        this.columns = columns;
        this.pools = pools;
        this.hints = hints;
        this.memory = memory;
    }

    SegmentSeal write(FileLayer files, Path target, long segmentId) {
        try (AtomicFile file = AtomicFile.create(files, target)) {
            SegmentFrame.writeHeader(segmentId, sink);
            flush(file);
            Map<String, int[]> codesOfIds = new LinkedHashMap<>();
            List<DictionaryEntry> dictionaries = writeDictionaries(file, codesOfIds);
            ColumnPlan plan = ColumnPlan.of(stage(codesOfIds), rowCount, timeColumn, hints, memory);
            List<ColumnEntry> entries = new ArrayList<>();
            for (StagedColumn column : plan.columns()) {
                entries.add(writeColumn(column, plan, file));
            }
            List<PageIndexEntry> pageIndexes = writePageIndexes(plan, codesOfIds, file);
            List<SegmentFooter> summaries = writeSummaries(plan, file);
            plan.release();
            memory.endSegment();
            SegmentFooter footer =
                    new SegmentFooter(
                            rowCount, timeColumn, dictionaries, entries, pageIndexes, summaries);
            int footerChecksum = SegmentFrame.writeFooter(footer, file.sizeBytes(), sink);
            flush(file);
            file.finish();
            file.publish();
            return new SegmentSeal(segmentId, rowCount, file.sizeBytes(), footerChecksum);
        }
    }

    private List<DictionaryEntry> writeDictionaries(
            AtomicFile file, Map<String, int[]> codesOfIds) {
        List<DictionaryEntry> entries = new ArrayList<>();
        pools.forEach((name, pool) -> {
            codesOfIds.put(name, pool.encodeSorted(sink));
            ColumnType type = pool instanceof TextPool ? ColumnType.TEXT : ColumnType.ADDRESS;
            entries.add(new DictionaryEntry(name, type, flushSection(file)));
        });
        return entries;
    }

    private List<StagedColumn> stage(Map<String, int[]> codesOfIds) {
        List<StagedColumn> staged = new ArrayList<>();
        for (ColumnRows rows : columns) {
            staged.add(
                    switch (rows) {
                        case NumberRows numbers -> numbers.stage(rowCount);
                        case CodeRows codes ->
                                StagedColumn.ofCodes(
                                        rows.column(),
                                        codes.take(
                                                rowCount,
                                                codesOfIds.get(rows.column().dictionary())));
                    });
        }
        return staged;
    }

    private ColumnEntry writeColumn(StagedColumn column, ColumnPlan plan, AtomicFile file) {
        List<BlockEntry> blocks = writeBlocks(column, plan, file);
        return new ColumnEntry(
                column.column, column.isPart, writeIndex(column, plan, file), blocks);
    }

    private List<BlockEntry> writeBlocks(StagedColumn column, ColumnPlan plan, AtomicFile file) {
        List<BlockEntry> blocks = new ArrayList<>();
        for (int block = 0; block < plan.blockCount(); block++) {
            ZoneMap zone = plan.zone(column, block);
            long base = plan.base(column, block);
            int encoding = plan.encode(column, block, sink);
            blocks.add(new BlockEntry(encoding, flushSection(file), base, zone));
        }
        return blocks;
    }

    /// Summaries are segments within the segment, whose columns stand for themselves.
    private List<SegmentFooter> writeSummaries(ColumnPlan plan, AtomicFile file) {
        List<SegmentFooter> summaries = new ArrayList<>();
        for (StorageHints.Summary hint : hints.summaries()) {
            SummaryRows rows = SummaryRows.of(plan, rowCount, hint, memory);
            if (rows == null) {
                continue;
            }
            boolean hasTime =
                    rows.columns().stream()
                            .anyMatch(column -> column.column.name().equals(timeColumn));
            String time = hasTime ? timeColumn : "";
            ColumnPlan summary =
                    ColumnPlan.of(rows.columns(), rows.rowCount(), time, StorageHints.NONE, memory);
            List<ColumnEntry> entries = new ArrayList<>();
            for (StagedColumn column : summary.columns()) {
                List<BlockEntry> blocks = writeBlocks(column, summary, file);
                entries.add(new ColumnEntry(column.column, false, null, blocks));
            }
            summary.release();
            summaries.add(SegmentFooter.ofSummary(rows.rowCount(), time, entries));
        }
        return summaries;
    }

    private @Nullable Section writeIndex(StagedColumn column, ColumnPlan plan, AtomicFile file) {
        if (column.isPart || column.isWide()) {
            return null;
        }
        int first = Math.min(rowCount, Limits.BLOCK_ROWS);
        boolean isIndexed =
                BitmapIndexBuilder.haveFewKeys(plan.firstCodes(column), first)
                        && BitmapIndexBuilder.encode(
                                plan.stagedCodes(column),
                                rowCount,
                                code -> key(column, code),
                                sink);
        return isIndexed ? flushSection(file) : null;
    }

    private static long key(StagedColumn column, int code) {
        if (column.isDictionary()) {
            return code;
        }
        return code == 0 ? Column.ABSENT : column.base + code;
    }

    /// A page index for each dictionary, of all columns that use it, and one for each list of
    /// numbers that are looked up.
    private List<PageIndexEntry> writePageIndexes(
            ColumnPlan plan, Map<String, int[]> codesOfIds, AtomicFile file) {
        List<PageIndexEntry> entries = new ArrayList<>();
        codesOfIds.forEach((dictionary, codeOfId) -> {
            List<StagedColumn> users =
                    plan.columns().stream()
                            .filter(column -> !column.isPart)
                            .filter(column -> column.column.dictionary().equals(dictionary))
                            .toList();
            if (!users.isEmpty()
                    && PageIndexBuilder.encodeCodes(
                            keys(users, plan), rowCount, codeOfId.length, sink)) {
                entries.add(new PageIndexEntry(ordinals(users, plan), flushSection(file)));
            }
        });
        for (List<String> names : hints.lookups()) {
            List<StagedColumn> numbers =
                    plan.columns().stream()
                            .filter(column -> !column.isPart && !column.isDictionary())
                            .filter(column -> names.contains(column.column.name()))
                            .toList();
            if (!numbers.isEmpty()
                    && numbers.stream().noneMatch(StagedColumn::isWide)
                    && PageIndexBuilder.encodeNumbers(keys(numbers, plan), rowCount, sink)) {
                entries.add(new PageIndexEntry(ordinals(numbers, plan), flushSection(file)));
            }
        }
        return entries;
    }

    private static List<KeyColumn> keys(List<StagedColumn> columns, ColumnPlan plan) {
        return plan.holders(columns).stream()
                .map(column -> new KeyColumn(plan.stagedCodes(column), column.base))
                .toList();
    }

    private static List<Integer> ordinals(List<StagedColumn> columns, ColumnPlan plan) {
        return columns.stream().map(plan.columns()::indexOf).toList();
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
