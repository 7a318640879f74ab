// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.AddressDictionary;
import weir.engine.encoding.TextDictionary;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.format.SegmentFooter;
import weir.engine.format.SegmentFooter.ColumnEntry;
import weir.engine.format.SegmentFooter.DictionaryEntry;
import weir.engine.format.SegmentFooter.PageIndexEntry;
import weir.engine.format.SegmentFrame;
import weir.engine.format.SegmentSeal;
import weir.engine.index.PageIndex;
import weir.engine.memory.MappedFile;
import weir.engine.memory.ShortenedFile;
import weir.engine.memory.Slice;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;
import weir.engine.vector.AddressNumbers;
import weir.engine.vector.Dictionary;

/// One finished segment, mapped. Opening it checks header, trailer and footer; every other part is
/// checked against its checksum when it is first used. Safe for many readers; closed by its owner.
public final class SegmentReader implements AutoCloseable {
    private final Path path;
    private final MappedFile file;
    private final SegmentFrame frame;
    private final SegmentFooter footer;
    private final @Nullable SegmentReader whole;
    private final List<SegmentSummary> summaries;
    private final AddressNumbers addressNumbers;
    private final Schema schema;
    private final List<ColumnReader> columns;
    private final List<Integer> ordinals = new ArrayList<>();
    private final Map<DictionaryKey, Dictionary> dictionaries = new HashMap<>();
    private final Map<Integer, PageIndexEntry> pageIndexOf = new HashMap<>();
    private final Map<PageIndexEntry, PageIndex> pageIndexes = new HashMap<>();

    private record DictionaryKey(String name, ColumnType type, @Nullable String absentText) {}

    /// @param whole the segment that this is a summary of; null when it is none
    private SegmentReader(
            Path path,
            MappedFile file,
            SegmentFrame frame,
            SegmentFooter footer,
            @Nullable SegmentReader whole,
            AddressNumbers addressNumbers) {
        this.path = path;
        this.file = file;
        this.frame = frame;
        this.footer = footer;
        this.whole = whole;
        this.addressNumbers = addressNumbers;
        List<Column> known = new ArrayList<>();
        List<ColumnReader> readers = new ArrayList<>();
        for (ColumnEntry entry : footer.columns()) {
            ColumnReader reader = new ColumnReader(this, entry, readers.size());
            readers.add(reader);
            if (!entry.isPart()) {
                known.add(entry.column());
                ordinals.add(readers.size() - 1);
            }
        }
        for (PageIndexEntry entry : footer.pageIndexes()) {
            entry.columns().forEach(ordinal -> pageIndexOf.put(ordinal, entry));
        }
        String time = footer.timeColumn();
        this.schema = Schema.of(known, time.isEmpty() ? null : time);
        this.columns = List.copyOf(readers);
        this.summaries = footer.summaries().stream().map(this::summary).toList();
    }

    private SegmentSummary summary(SegmentFooter summary) {
        SegmentReader rows = new SegmentReader(path, file, frame, summary, this, addressNumbers);
        List<String> names = rows.schema.columns().stream().map(Column::name).toList();
        int at = names.indexOf(SegmentSummary.ROWS);
        if (at < 0) {
            throw new IllegalArgumentException("a summary without " + SegmentSummary.ROWS);
        }
        for (Column column : rows.schema.columns()) {
            checkSummarized(column, names.indexOf(column.name()) - at);
        }
        return new SegmentSummary(
                rows,
                Set.copyOf(names.subList(0, at)),
                Set.copyOf(names.subList(at + 1, names.size())));
    }

    /// @param place of the column, counted from that of the number of rows
    private void checkSummarized(Column column, int place) {
        boolean isCount = column.name().equals(SegmentSummary.ROWS);
        ColumnReader known = isCount ? null : column(column.name());
        boolean isNumber = !column.type().isDictionary();
        boolean isSame =
                isCount
                        ? isNumber
                        : known != null
                                && (place < 0
                                        ? column.equals(known.column())
                                        : isNumber && !known.column().type().isDictionary());
        if (!isSame) {
            throw new IllegalArgumentException(
                    "a summary with column " + column + " that the segment has otherwise");
        }
    }

    /// Opens the segment in `path`, whatever segment that is.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when it is damaged
    /// @throws weir.engine.fault.UnsupportedFormatException when its version is not readable here
    /// @throws weir.engine.fault.StoreException when it cannot be read
    public static SegmentReader open(Path path) {
        return open(path, null);
    }

    /// Opens the segment in `path`, which has to be the one that `seal` tells (null: any).
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when it is damaged or another one
    /// @throws weir.engine.fault.UnsupportedFormatException when its version is not readable here
    /// @throws weir.engine.fault.StoreException when it cannot be read
    public static SegmentReader open(Path path, @Nullable SegmentSeal seal) {
        return open(path, seal, new AddressNumbers());
    }

    /// The same of a store whose addresses `addressNumbers` numbers.
    public static SegmentReader open(
            Path path, @Nullable SegmentSeal seal, AddressNumbers addressNumbers) {
        MappedFile file = MappedFile.open(path);
        try {
            checkSize(file.content(), seal);
            SegmentReader reader = of(file, readFrame(file), addressNumbers);
            reader.checkSeal(seal);
            return reader;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static SegmentFrame readFrame(MappedFile file) {
        try {
            return SegmentFrame.read(file.content());
        } catch (InternalError e) {
            throw ShortenedFile.failure(e, file.content().path(), 0);
        }
    }

    /// The segment that `file` holds by what `frame` says; it is closed with the reader.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the frame contradicts itself
    public static SegmentReader of(MappedFile file, SegmentFrame frame) {
        return of(file, frame, new AddressNumbers());
    }

    private static SegmentReader of(
            MappedFile file, SegmentFrame frame, AddressNumbers addressNumbers) {
        try {
            return new SegmentReader(
                    file.content().path(), file, frame, frame.footer(), null, addressNumbers);
        } catch (IllegalArgumentException e) {
            throw file.content()
                    .corrupt(
                            frame.footerSection().offset(),
                            "distinct columns",
                            String.valueOf(e.getMessage()));
        }
    }

    /// The length is the first thing asked: a file that was cut or extended has no trailer.
    private static void checkSize(Slice content, @Nullable SegmentSeal seal) {
        if (seal != null && content.size() != seal.sizeBytes()) {
            throw content.corrupt(
                    Math.min(content.size(), seal.sizeBytes()),
                    "a file of " + seal.sizeBytes() + " bytes, as the manifest says",
                    "one of " + content.size() + " bytes");
        }
    }

    private void checkSeal(@Nullable SegmentSeal seal) {
        SegmentSeal found = seal();
        if (seal == null || seal.equals(found)) {
            return;
        }
        if (seal.segmentId() != found.segmentId() || seal.rowCount() != found.rowCount()) {
            throw content()
                    .corrupt(
                            0,
                            "segment " + seal.segmentId() + " of " + seal.rowCount() + " rows",
                            "segment " + found.segmentId() + " of " + found.rowCount() + " rows");
        }
        throw content()
                .corrupt(
                        frame.footerSection().offset(),
                        "the footer that the manifest knows, with checksum "
                                + Integer.toHexString(seal.footerChecksum()),
                        Integer.toHexString(found.footerChecksum()));
    }

    /// What tells this segment from any other.
    public SegmentSeal seal() {
        return new SegmentSeal(
                segmentId(), rowCount(), sizeBytes(), frame.footerSection().checksum());
    }

    /// The failure to throw in place of `error`, which reading this segment ended with.
    ///
    /// @throws InternalError `error` itself, unless it says that the file became shorter
    public CorruptSegmentException shortened(InternalError error) {
        return ShortenedFile.failure(error, path, 0);
    }

    /// Asked when rows were read, before they are believed: fails when the file became shorter
    /// since it was opened. What was cut off within a page reads as zeros, and parts that were
    /// checked before are not checked again.
    ///
    /// @throws CorruptSegmentException when it is shorter
    public void checkLength() {
        file.checkLength();
    }

    /// The file.
    public Path path() {
        return path;
    }

    /// The number the store gave the segment.
    public long segmentId() {
        return frame.segmentId();
    }

    /// Bytes of the file.
    public long sizeBytes() {
        return file.content().size();
    }

    /// How many rows there are.
    public int rowCount() {
        return footer.rowCount();
    }

    /// How many blocks every column has.
    public int blockCount() {
        return footer.blockCount();
    }

    /// Rows of block `block`.
    public int blockRows(int block) {
        return footer.blockRows(block);
    }

    /// The columns this segment has.
    public Schema schema() {
        return schema;
    }

    /// What the segment holds and where: every byte that is no dictionary, block or index of it is
    /// header, footer, trailer or filling.
    public SegmentFooter footer() {
        return footer;
    }

    /// Its rows grouped beforehand.
    public List<SegmentSummary> summaries() {
        return summaries;
    }

    /// The reader of the column called `name`, or null when the segment lacks it.
    public @Nullable ColumnReader column(String name) {
        int index = schema.indexOf(name);
        return index < 0 ? null : columns.get(ordinals.get(index));
    }

    /// All columns as they are stored, those among them that only serve to say others too.
    public List<ColumnReader> storedColumns() {
        return columns;
    }

    /// Decoders of its blocks that share what they read, for one thread.
    ///
    /// @param touched is told the bytes of every block that is begun
    public BlockDecoders decoders(IntConsumer touched) {
        return new BlockDecoders(this, touched);
    }

    /// The dictionary of a column that the segment lacks: only the absent value.
    public static Dictionary absentDictionary(Column column) {
        return new AbsentDictionary(column.absentText(), column.type() == ColumnType.ADDRESS);
    }

    Slice content() {
        return file.content();
    }

    /// The dictionary of a column, read on first use and shared by the columns that name it and
    /// whose absent values read alike.
    synchronized Dictionary dictionary(Column column) {
        if (whole != null) {
            return whole.dictionary(column);
        }
        DictionaryKey key =
                new DictionaryKey(column.dictionary(), column.type(), column.absentText());
        Dictionary known = dictionaries.get(key);
        if (known == null) {
            known = readDictionary(column);
            dictionaries.put(key, known);
        }
        return known;
    }

    /// The page index that covers the column at `ordinal`, read on first use and shared by the
    /// columns it covers; null when none does.
    synchronized @Nullable PageIndex pageIndex(int ordinal) {
        PageIndexEntry entry = pageIndexOf.get(ordinal);
        if (entry == null) {
            return null;
        }
        PageIndex known = pageIndexes.get(entry);
        if (known == null) {
            known = PageIndex.decode(entry.section().checkedIn(file.content()), rowCount());
            pageIndexes.put(entry, known);
        }
        return known;
    }

    private Dictionary readDictionary(Column column) {
        for (DictionaryEntry entry : footer.dictionaries()) {
            if (entry.name().equals(column.dictionary()) && entry.type() == column.type()) {
                Slice body = entry.section().checkedIn(file.content());
                return column.type() == ColumnType.ADDRESS
                        ? AddressDictionary.decode(body, column.absentText(), addressNumbers)
                        : TextDictionary.decode(body, column.absentText());
            }
        }
        return absentDictionary(column);
    }

    @Override
    public void close() {
        file.close();
    }
}
