// SPDX-License-Identifier: Apache-2.0
package weir.engine.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.index.ZoneMap;
import weir.engine.memory.ByteSink;
import weir.engine.memory.SliceCursor;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;

/// What a segment holds and where: dictionaries, and for each column its blocks, zones and index.
///
/// ```text
/// rows             int
/// time column      text, empty when there is none
/// dictionaries     int, then for each: name text, type byte, section
/// columns          int, then for each:
///   name text, type byte, dictionary text, flags byte (1 hidden, 2 absent text follows, 4 index,
///     8 part)
///   absent text    if flagged
///   index section  if flagged
///   blocks         ceil(rows / 65,536) of them, for each:
///     encoding byte, section, base long, zone: absent int, min, max, sum long, exact byte
/// page indexes     int, then for each: columns int, then for each an ordinal int; section
/// summaries        int, then for each: rows int, time column, columns, as above; from version 4
/// section          offset long, size int, checksum int
/// text             size int, then UTF-8 bytes
/// ```
///
/// @param rowCount rows of the segment
/// @param timeColumn the column that holds a row's time, or empty
/// @param dictionaries the dictionaries, distinct by name
/// @param columns the columns
/// @param pageIndexes the page indexes; a column is in at most one of them
/// @param summaries the rows grouped beforehand, each as a segment without dictionaries, indexes
///   and summaries of its own: dimensions, a count of rows, sums. It has those of the segment's
///   columns that it names, and the same dictionaries
public record SegmentFooter(
        int rowCount,
        String timeColumn,
        List<DictionaryEntry> dictionaries,
        List<ColumnEntry> columns,
        List<PageIndexEntry> pageIndexes,
        List<SegmentFooter> summaries) {
    private static final int IS_HIDDEN = 1;
    private static final int HAS_ABSENT_TEXT = 2;
    private static final int HAS_INDEX = 4;
    private static final int IS_PART = 8;
    private static final int FLAGS = IS_HIDDEN | HAS_ABSENT_TEXT | HAS_INDEX | IS_PART;

    /// A summary of `rowCount` rows.
    public static SegmentFooter ofSummary(
            int rowCount, String timeColumn, List<ColumnEntry> columns) {
        return new SegmentFooter(
                rowCount, timeColumn, List.of(), List.copyOf(columns), List.of(), List.of());
    }

    /// One dictionary of the segment.
    ///
    /// @param name what columns call it
    /// @param type TEXT or ADDRESS
    /// @param section where it stands
    public record DictionaryEntry(String name, ColumnType type, Section section) {}

    /// One column of the segment.
    ///
    /// @param column its name and type
    /// @param isPart whether it only serves to say the columns behind it, and is none of the table
    /// @param index its bitmap index, if it has one
    /// @param blocks its blocks in row order
    public record ColumnEntry(
            Column column, boolean isPart, @Nullable Section index, List<BlockEntry> blocks) {}

    /// One block of a column.
    ///
    /// @param encoding wire id of its encoding
    /// @param section where it stands
    /// @param base what is added to a code to give the number (0 for dictionary columns)
    /// @param zone what is known of its values
    public record BlockEntry(int encoding, Section section, long base, ZoneMap zone) {}

    /// One page index of the segment.
    ///
    /// @param columns ordinals of the columns it covers together
    /// @param section where it stands
    public record PageIndexEntry(List<Integer> columns, Section section) {}

    /// How many blocks every column has.
    public int blockCount() {
        return (rowCount + Limits.BLOCK_ROWS - 1) / Limits.BLOCK_ROWS;
    }

    /// Rows of block `block`.
    public int blockRows(int block) {
        return Math.min(Limits.BLOCK_ROWS, rowCount - block * Limits.BLOCK_ROWS);
    }

    /// Every section that the footer names.
    public List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        dictionaries.forEach(dictionary -> sections.add(dictionary.section));
        for (ColumnEntry column : columns) {
            column.blocks.forEach(block -> sections.add(block.section));
            if (column.index != null) {
                sections.add(column.index);
            }
        }
        pageIndexes.forEach(index -> sections.add(index.section));
        summaries.forEach(summary -> sections.addAll(summary.sections()));
        return sections;
    }

    /// Appends the footer to `sink`.
    public void write(ByteSink sink) {
        sink.putInt(rowCount);
        sink.putText(timeColumn);
        sink.putInt(dictionaries.size());
        for (DictionaryEntry dictionary : dictionaries) {
            sink.putText(dictionary.name);
            sink.putByte(dictionary.type.wireId());
            dictionary.section.write(sink);
        }
        writeColumns(sink);
        sink.putInt(pageIndexes.size());
        for (PageIndexEntry entry : pageIndexes) {
            sink.putInt(entry.columns.size());
            entry.columns.forEach(sink::putInt);
            entry.section.write(sink);
        }
        sink.putInt(summaries.size());
        for (SegmentFooter summary : summaries) {
            sink.putInt(summary.rowCount);
            sink.putText(summary.timeColumn);
            summary.writeColumns(sink);
        }
    }

    private void writeColumns(ByteSink sink) {
        sink.putInt(columns.size());
        columns.forEach(entry -> write(entry, sink));
    }

    private static void write(ColumnEntry entry, ByteSink sink) {
        Column column = entry.column;
        String absentText = column.absentText();
        sink.putText(column.name());
        sink.putByte(column.type().wireId());
        sink.putText(column.dictionary());
        sink.putByte(
                (column.isHidden() ? IS_HIDDEN : 0)
                        | (absentText != null ? HAS_ABSENT_TEXT : 0)
                        | (entry.index != null ? HAS_INDEX : 0)
                        | (entry.isPart ? IS_PART : 0));
        if (absentText != null) {
            sink.putText(absentText);
        }
        if (entry.index != null) {
            entry.index.write(sink);
        }
        for (BlockEntry block : entry.blocks) {
            sink.putByte(block.encoding);
            block.section.write(sink);
            sink.putLong(block.base);
            sink.putInt(block.zone.absentCount());
            sink.putLong(block.zone.min());
            sink.putLong(block.zone.max());
            sink.putLong(block.zone.sum());
            sink.putByte(block.zone.isSumExact() ? 1 : 0);
        }
    }

    /// Reads what [#write] of a build that wrote version `version` appended.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the bytes are no footer
    public static SegmentFooter read(SliceCursor cursor, int version) {
        int rowCount = readRowCount(cursor, Limits.SEGMENT_ROWS_MAX);
        String timeColumn = cursor.nextText(Limits.NAME_BYTES_MAX);
        int dictionaryCount = cursor.nextCount(Limits.COLUMNS_MAX, "dictionaries");
        List<DictionaryEntry> dictionaries = new ArrayList<>();
        for (int i = 0; i < dictionaryCount; i++) {
            String name = cursor.nextText(Limits.NAME_BYTES_MAX);
            ColumnType type = readType(cursor);
            if (!type.isDictionary()
                    || dictionaries.stream().anyMatch(other -> other.name.equals(name))) {
                throw cursor.corrupt(
                        "dictionaries of texts or addresses, each with a name of its own",
                        "'" + name + "' of " + type);
            }
            dictionaries.add(new DictionaryEntry(name, type, Section.read(cursor)));
        }
        List<ColumnEntry> columns = readColumns(cursor, rowCount);
        List<PageIndexEntry> pageIndexes = readPageIndexes(cursor, columns.size());
        return new SegmentFooter(
                rowCount,
                timeColumn,
                List.copyOf(dictionaries),
                columns,
                pageIndexes,
                version < SegmentLayout.VERSION_OF_SUMMARIES
                        ? List.of()
                        : readSummaries(cursor, rowCount));
    }

    private static int readRowCount(SliceCursor cursor, int most) {
        int rowCount = cursor.nextCount(most, "rows");
        if (rowCount == 0) {
            throw cursor.corrupt("a segment of at least one row", "none");
        }
        return rowCount;
    }

    private static List<ColumnEntry> readColumns(SliceCursor cursor, int rowCount) {
        int columnCount = cursor.nextCount(Limits.COLUMNS_MAX, "columns");
        List<ColumnEntry> columns = new ArrayList<>();
        for (int i = 0; i < columnCount; i++) {
            columns.add(readColumn(cursor, rowCount));
        }
        return List.copyOf(columns);
    }

    private static List<SegmentFooter> readSummaries(SliceCursor cursor, int rowCount) {
        int count = cursor.nextCount(Limits.COLUMNS_MAX, "summaries");
        List<SegmentFooter> summaries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int rows = readRowCount(cursor, rowCount);
            String timeColumn = cursor.nextText(Limits.NAME_BYTES_MAX);
            List<ColumnEntry> columns = readColumns(cursor, rows);
            if (columns.stream().anyMatch(entry -> entry.isPart || entry.index != null)) {
                throw cursor.corrupt(
                        "a summary whose columns stand for themselves", "a part or an index");
            }
            summaries.add(ofSummary(rows, timeColumn, columns));
        }
        return List.copyOf(summaries);
    }

    private static List<PageIndexEntry> readPageIndexes(SliceCursor cursor, int columnCount) {
        int count = cursor.nextCount(columnCount, "page indexes");
        boolean[] isCovered = new boolean[columnCount];
        List<PageIndexEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int size = cursor.nextCount(columnCount, "columns of a page index");
            if (size == 0) {
                throw cursor.corrupt("a page index of some column", "one of none");
            }
            List<Integer> ordinals = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                int ordinal = cursor.nextCount(columnCount - 1, "as a column");
                if (isCovered[ordinal]) {
                    throw cursor.corrupt("a column with one page index", "column " + ordinal);
                }
                isCovered[ordinal] = true;
                ordinals.add(ordinal);
            }
            entries.add(new PageIndexEntry(List.copyOf(ordinals), Section.read(cursor)));
        }
        return List.copyOf(entries);
    }

    private static ColumnEntry readColumn(SliceCursor cursor, int rowCount) {
        String name = cursor.nextText(Limits.NAME_BYTES_MAX);
        ColumnType type = readType(cursor);
        String dictionary = cursor.nextText(Limits.NAME_BYTES_MAX);
        int flags = cursor.nextByte();
        if ((flags & ~FLAGS) != 0) {
            throw cursor.corrupt("flags of a column up to " + FLAGS, Integer.toString(flags));
        }
        String absentText =
                (flags & HAS_ABSENT_TEXT) != 0 ? cursor.nextText(Limits.NAME_BYTES_MAX) : null;
        Section index = (flags & HAS_INDEX) != 0 ? Section.read(cursor) : null;
        if (name.isEmpty() || type.isDictionary() == dictionary.isEmpty()) {
            throw cursor.corrupt(
                    "a named column whose type and dictionary agree",
                    "'" + name + "' of " + type + " with dictionary '" + dictionary + "'");
        }
        List<BlockEntry> blocks = new ArrayList<>();
        for (int row = 0; row < rowCount; row += Limits.BLOCK_ROWS) {
            blocks.add(readBlock(cursor, Math.min(Limits.BLOCK_ROWS, rowCount - row)));
        }
        return new ColumnEntry(
                new Column(name, type, dictionary, absentText, (flags & IS_HIDDEN) != 0),
                (flags & IS_PART) != 0,
                index,
                List.copyOf(blocks));
    }

    private static BlockEntry readBlock(SliceCursor cursor, int rows) {
        int encoding = cursor.nextByte();
        Section section = Section.read(cursor);
        long base = cursor.nextLong();
        int absentCount = cursor.nextCount(rows, "absent rows");
        long min = cursor.nextLong();
        long max = cursor.nextLong();
        long sum = cursor.nextLong();
        int exact = cursor.nextByte();
        if (exact > 1) {
            throw cursor.corrupt("0 or 1", Integer.toString(exact));
        }
        ZoneMap zone = new ZoneMap(rows, absentCount, min, max, sum, exact == 1);
        return new BlockEntry(encoding, section, base, zone);
    }

    private static ColumnType readType(SliceCursor cursor) {
        int wireId = cursor.nextByte();
        try {
            return ColumnType.ofWireId(wireId);
        } catch (IllegalArgumentException e) {
            throw cursor.corrupt("a column type from 1 to 5", Integer.toString(wireId));
        }
    }
}
