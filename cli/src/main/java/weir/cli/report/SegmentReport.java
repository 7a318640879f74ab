// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.cli.output.ResultWriter;
import weir.engine.encoding.AddressDictionary;
import weir.engine.encoding.BlockCodec;
import weir.engine.encoding.TextDictionary;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.StoreException;
import weir.engine.fault.UnsupportedFormatException;
import weir.engine.format.Section;
import weir.engine.format.SegmentFooter;
import weir.engine.format.SegmentFooter.BlockEntry;
import weir.engine.format.SegmentFooter.ColumnEntry;
import weir.engine.format.SegmentFooter.DictionaryEntry;
import weir.engine.format.SegmentFooter.PageIndexEntry;
import weir.engine.format.SegmentFrame;
import weir.engine.format.SegmentLayout;
import weir.engine.index.BitmapIndex;
import weir.engine.index.PageIndex;
import weir.engine.index.ZoneMap;
import weir.engine.memory.MappedFile;
import weir.engine.memory.Slice;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.vector.Dictionary;
import weir.query.type.BasicType;

/// The layout of one segment file, as far as it can be read.
public final class SegmentReport {
    private final Slice content;
    private final List<Part> parts = new ArrayList<>();
    private final List<StoreException> damage = new ArrayList<>();

    private SegmentReport(Slice content) {
        this.content = content;
    }

    /// A part of the file.
    ///
    /// @param section where it stands; header and trailer hold their checksums themselves
    /// @param kind what it is
    /// @param name of the column or dictionary it belongs to
    /// @param block the number of the block, with what is said of it
    /// @param isSound whether it is what its checksum says
    /// @param detail what it says
    private record Part(
            Section section,
            String kind,
            @Nullable String name,
            @Nullable NumberedBlock block,
            boolean isSound,
            @Nullable String detail) {}

    private record NumberedBlock(int number, BlockEntry entry) {}

    /// Reads the segment in `path`.
    ///
    /// @throws StoreException when there is no such file
    public static SegmentReport of(Path path) {
        try (MappedFile file = MappedFile.open(path)) {
            SegmentReport report = new SegmentReport(file.content());
            report.read();
            file.checkLength();
            return report;
        }
    }

    /// What is wrong with the file, in the order in which it was read.
    public List<StoreException> damage() {
        return List.copyOf(damage);
    }

    private void read() {
        long trailerAt = content.size() - SegmentLayout.TRAILER_BYTES;
        add(
                new Section(0, (int) Math.min(content.size(), SegmentLayout.HEADER_BYTES), 0),
                "header",
                () ->
                        "segment %d, version %d"
                                .formatted(
                                        SegmentFrame.readHeader(content),
                                        SegmentFrame.version(content)));
        if (trailerAt < SegmentLayout.HEADER_BYTES) {
            return;
        }
        Section[] footer = {null};
        add(
                new Section(trailerAt, SegmentLayout.TRAILER_BYTES, 0),
                "trailer",
                () -> {
                    Section found = SegmentFrame.readTrailer(content);
                    footer[0] = found;
                    return "the footer is at byte " + found.offset();
                });
        Section found = footer[0];
        if (found != null) {
            add(
                    found,
                    "footer",
                    () -> {
                        SegmentFooter read = SegmentFrame.readFooter(content, found);
                        addSections(read);
                        return words(read);
                    });
        }
    }

    private static String words(SegmentFooter footer) {
        String time = footer.timeColumn();
        return "%s, %s, %s%s%s"
                .formatted(
                        Quantity.of(footer.rowCount(), "row"),
                        Quantity.of(footer.columns().size(), "column"),
                        footer.dictionaries().size() == 1
                                ? "1 dictionary"
                                : footer.dictionaries().size() + " dictionaries",
                        time.isEmpty() ? "" : ", time column " + time,
                        switch (footer.summaries().size()) {
                            case 0 -> "";
                            case 1 -> ", 1 summary";
                            default -> ", " + footer.summaries().size() + " summaries";
                        });
    }

    private void addBlocks(ColumnEntry column, String kind) {
        for (int i = 0; i < column.blocks().size(); i++) {
            BlockEntry block = column.blocks().get(i);
            add(
                    block.section(),
                    kind,
                    column.column().name(),
                    new NumberedBlock(i, block),
                    () -> {
                        block.section().checkedIn(content);
                        return words(column);
                    });
        }
    }

    private void addSections(SegmentFooter footer) {
        for (DictionaryEntry entry : footer.dictionaries()) {
            add(entry.section(), "dictionary", entry.name(), null, () -> words(entry));
        }
        for (ColumnEntry column : footer.columns()) {
            String name = column.column().name();
            addBlocks(column, "block");
            Section index = column.index();
            if (index != null) {
                add(
                        index,
                        "bitmaps",
                        name,
                        null,
                        () -> {
                            Slice body = index.checkedIn(content);
                            int keys = BitmapIndex.decode(body, footer.rowCount()).keys().length;
                            return Quantity.of(keys, "key");
                        });
            }
        }
        for (SegmentFooter summary : footer.summaries()) {
            summary.columns().forEach(column -> addBlocks(column, "summary"));
        }
        for (PageIndexEntry entry : footer.pageIndexes()) {
            add(
                    entry.section(),
                    "pages",
                    null,
                    null,
                    () -> {
                        PageIndex.decode(entry.section().checkedIn(content), footer.rowCount());
                        return "of "
                                + entry.columns().stream()
                                        .map(ordinal ->
                                                footer.columns().get(ordinal).column().name())
                                        .collect(Collectors.joining(", "));
                    });
        }
    }

    private String words(DictionaryEntry entry) {
        Slice body = entry.section().checkedIn(content);
        Dictionary dictionary =
                entry.type() == ColumnType.ADDRESS
                        ? AddressDictionary.decode(body, null)
                        : TextDictionary.decode(body, null);
        return Quantity.of(dictionary.size() - 1, "value") + " of " + entry.type();
    }

    private static String words(ColumnEntry entry) {
        Column column = entry.column();
        return (entry.isPart() ? "part, " : "")
                + (column.type().isDictionary()
                        ? "codes of dictionary " + column.dictionary()
                        : column.type().toString());
    }

    private void add(Section section, String kind, Supplier<String> detail) {
        add(section, kind, null, null, detail);
    }

    /// Adds a part; what `detail` fails with is damage.
    private void add(
            Section section,
            String kind,
            @Nullable String name,
            @Nullable NumberedBlock block,
            Supplier<String> detail) {
        String words = null;
        try {
            words = detail.get();
        } catch (CorruptSegmentException | UnsupportedFormatException e) {
            damage.add(e);
        }
        parts.add(new Part(section, kind, name, block, words != null, words));
    }

    /// Prints one row for each part of the file, in the order of the file.
    public void print(ResultWriter writer) {
        Rows rows =
                new Rows()
                        .column("offset", BasicType.BIGINT)
                        .column("bytes", BasicType.BIGINT)
                        .column("part", BasicType.VARCHAR)
                        .column("name", BasicType.VARCHAR)
                        .column("block", BasicType.BIGINT)
                        .column("encoding", BasicType.VARCHAR)
                        .column("rows", BasicType.BIGINT)
                        .column("absent", BasicType.BIGINT)
                        .column("min", BasicType.BIGINT)
                        .column("max", BasicType.BIGINT)
                        .column("sum", BasicType.BIGINT)
                        .column("checksum", BasicType.VARCHAR)
                        .column("state", BasicType.VARCHAR)
                        .column("detail", BasicType.VARCHAR);
        parts.sort(Comparator.comparingLong(part -> part.section.offset()));
        parts.forEach(part -> add(rows, part));
        rows.print(writer);
    }

    private static void add(Rows rows, Part part) {
        boolean isFrame = part.kind.equals("header") || part.kind.equals("trailer");
        NumberedBlock block = part.block;
        ZoneMap zone = block == null ? null : block.entry.zone();
        ZoneMap values = zone == null || zone.isAllAbsent() ? null : zone;
        rows.add(
                part.section.offset(),
                (long) part.section.sizeBytes(),
                part.kind,
                part.name,
                block == null ? null : (Long) (long) block.number,
                block == null ? null : BlockCodec.nameOf(block.entry.encoding()),
                zone == null ? null : (Long) (long) zone.rowCount(),
                zone == null ? null : (Long) (long) zone.absentCount(),
                values == null ? null : (Long) values.min(),
                values == null ? null : (Long) values.max(),
                values == null || !values.isSumExact() ? null : (Long) values.sum(),
                isFrame ? null : "%08x".formatted(part.section.checksum()),
                part.isSound ? "ok" : "damaged",
                part.detail);
    }
}
