// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.engine.TableSnapshot;
import weir.engine.encoding.BlockCodec;
import weir.engine.format.Section;
import weir.engine.format.SegmentFooter;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.segment.SegmentReader;

/// Where the bytes of one table are: every byte of its segments counted once.
final class TableSizes {
    /// What bytes are for.
    enum Kind {
        /// Values of a column.
        COLUMN,
        /// Values by which columns are said.
        PART,
        /// What finds rows by value.
        INDEX,
        /// The distinct values of one or more columns.
        DICTIONARY,
        /// Rows grouped beforehand.
        SUMMARY,
        /// Headers, footers with the zones, and filling between sections.
        FOOTER,
        /// All of them.
        TOTAL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Some bytes.
    ///
    /// @param type of the values, where there are any that SQL can ask for
    /// @param encodings names and numbers of blocks, for values
    record Item(
            String name,
            Kind kind,
            @Nullable ColumnType type,
            long sizeBytes,
            @Nullable String encodings) {}

    /// Values of one column or part in all segments.
    private static final class Values {
        private long sizeBytes;
        private final Map<String, Integer> blocksByEncoding = new TreeMap<>();

        void add(List<SegmentFooter.BlockEntry> blocks) {
            for (SegmentFooter.BlockEntry block : blocks) {
                sizeBytes += block.section().sizeBytes();
                blocksByEncoding.merge(BlockCodec.nameOf(block.encoding()), 1, Integer::sum);
            }
        }

        String encodings() {
            Comparator<Map.Entry<String, Integer>> mostFirst =
                    Map.Entry.comparingByValue(Comparator.reverseOrder());
            return blocksByEncoding.entrySet().stream()
                    .sorted(mostFirst)
                    .map(each -> each.getKey() + " " + each.getValue())
                    .collect(Collectors.joining(", "));
        }
    }

    private final Map<String, Values> columns = new TreeMap<>();
    private final Map<String, Values> parts = new TreeMap<>();
    private final Map<String, Long> indexes = new TreeMap<>();
    private final Map<String, Long> dictionaries = new TreeMap<>();
    private final Map<String, Long> summaries = new TreeMap<>();
    private long totalBytes;

    private TableSizes() {}

    /// Columns in the order of the table, then everything else by name, the total last. What no
    /// segment has is left out.
    static List<Item> of(TableSnapshot table) {
        TableSizes sizes = new TableSizes();
        table.segments().forEach(sizes::add);
        return sizes.items(table);
    }

    private void add(SegmentReader segment) {
        totalBytes += segment.sizeBytes();
        SegmentFooter footer = segment.footer();
        for (SegmentFooter.ColumnEntry entry : footer.columns()) {
            String name = entry.column().name();
            (entry.isPart() ? parts : columns)
                    .computeIfAbsent(name, _ -> new Values())
                    .add(entry.blocks());
            addIndex(shown(name), "bitmap", entry.index());
        }
        for (SegmentFooter.PageIndexEntry entry : footer.pageIndexes()) {
            String names =
                    entry.columns().stream()
                            .map(ordinal -> footer.columns().get(ordinal).column().name())
                            .map(TableSizes::shown)
                            .collect(Collectors.joining("+"));
            addIndex(names, "pages", entry.section());
        }
        for (SegmentFooter summary : footer.summaries()) {
            long size = summary.sections().stream().mapToLong(Section::sizeBytes).sum();
            summaries.merge(dimensions(summary), size, Long::sum);
        }
        for (SegmentFooter.DictionaryEntry entry : footer.dictionaries()) {
            dictionaries.merge(entry.name(), (long) entry.section().sizeBytes(), Long::sum);
        }
    }

    /// The first of the columns by which a summary is grouped: they tell summaries apart.
    private static String dimensions(SegmentFooter summary) {
        return "by " + shown(summary.columns().getFirst().column().name()) + " and others";
    }

    private void addIndex(String columns, String form, @Nullable Section section) {
        if (section != null) {
            indexes.merge(
                    shown(columns) + " (" + form + ")", (long) section.sizeBytes(), Long::sum);
        }
    }

    private List<Item> items(TableSnapshot table) {
        List<Item> items = new ArrayList<>();
        for (Column column : table.schema().columns()) {
            Values values = columns.get(column.name());
            if (values != null) {
                items.add(item(column.name(), Kind.COLUMN, column.type(), values));
            }
        }
        parts.forEach((name, values) -> items.add(item(shown(name), Kind.PART, null, values)));
        indexes.forEach((name, size) -> items.add(new Item(name, Kind.INDEX, null, size, null)));
        dictionaries.forEach(
                (name, size) -> items.add(new Item(name, Kind.DICTIONARY, null, size, null)));
        summaries.forEach(
                (name, size) -> items.add(new Item(name, Kind.SUMMARY, null, size, null)));
        long known = items.stream().mapToLong(Item::sizeBytes).sum();
        if (totalBytes > known) {
            items.add(new Item("(footers)", Kind.FOOTER, null, totalBytes - known, null));
        }
        items.add(new Item("(total)", Kind.TOTAL, null, totalBytes, null));
        return items;
    }

    private static Item item(String name, Kind kind, @Nullable ColumnType type, Values values) {
        return new Item(name, kind, type, values.sizeBytes, values.encodings());
    }

    /// A part's name as people see it: the mark that keeps it apart from columns is left out.
    private static String shown(String name) {
        return name.startsWith("~") ? name.substring(1) : name;
    }
}
