// SPDX-License-Identifier: Apache-2.0
package weir.engine.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.Limits;
import weir.engine.fault.UnsupportedFormatException;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;
import weir.engine.memory.SliceCursor;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;

/// Which segments are which table, at one moment: immutable.
///
/// ```text
///  0  magic       8  "WEIRMAN" 0
///  8  version     4
/// 12  checksum    4  CRC32C of everything behind it
/// 16  generation  8
/// 24  next id     8
///     tables      int, then for each: name text, time column text (empty: none),
///                 columns int, then for each: name text, type byte, dictionary text,
///                   flags byte (1 hidden, 2 absent text follows), absent text
///                 segments int, then for each: id long, file text, rows int, bytes long,
///                   checksum int
///     marks       int, then for each: name text, value long; only from version 3 on
/// ```
///
/// @param generation how many times the store was changed
/// @param nextSegmentId the id the next segment gets
/// @param tables the tables by name, in order of creation
/// @param marks numbers that a writer keeps with what it commits, by name: such as how far a
///   journal was read
public record Manifest(
        long generation, long nextSegmentId, Map<String, Table> tables, Map<String, Long> marks) {
    private static final long MAGIC = 0x004e_414d_5249_4557L;

    /// Version 2 brought the checksums of the segments' footers.
    private static final int VERSION_MIN = 2;

    /// Version 3 brought marks; a manifest without any is written as version 2.
    private static final int VERSION_MAX = 3;

    private static final int MARKS_MAX = 64;

    private static final int CHECKED_FROM = 16;
    private static final int NAME_BYTES_MAX = 4096;
    private static final int IS_HIDDEN = 1;
    private static final int HAS_ABSENT_TEXT = 2;

    /// One table.
    ///
    /// @param schema its columns, the union of those of its segments
    /// @param segments its segments, in order of publication
    public record Table(Schema schema, List<Entry> segments) {}

    /// One segment.
    ///
    /// @param segmentId its number
    /// @param file name of its file in the store's segment directory
    /// @param rowCount its rows
    /// @param sizeBytes bytes of its file
    /// @param footerChecksum CRC32C of its footer, which has the checksums of all the rest
    public record Entry(
            long segmentId, String file, int rowCount, long sizeBytes, int footerChecksum) {}

    /// A store without tables.
    public static Manifest empty() {
        return new Manifest(0, 1, Map.of(), Map.of());
    }

    /// The table called `name`, or null.
    public @Nullable Table table(String name) {
        return tables.get(name);
    }

    byte[] toBytes() {
        ByteSink sink = new ByteSink(4096);
        sink.putLong(MAGIC);
        sink.putInt(marks.isEmpty() ? VERSION_MIN : VERSION_MAX);
        sink.putInt(0);
        sink.putLong(generation);
        sink.putLong(nextSegmentId);
        sink.putInt(tables.size());
        tables.forEach((name, table) -> write(name, table, sink));
        if (!marks.isEmpty()) {
            sink.putInt(marks.size());
            marks.forEach((name, value) -> {
                sink.putText(name);
                sink.putLong(value);
            });
        }
        sink.setInt(12, sink.checksum(CHECKED_FROM));
        return sink.toByteArray();
    }

    private static void write(String name, Table table, ByteSink sink) {
        sink.putText(name);
        String time = table.schema.timeColumn();
        sink.putText(time == null ? "" : time);
        sink.putInt(table.schema.size());
        for (Column column : table.schema.columns()) {
            String absentText = column.absentText();
            sink.putText(column.name());
            sink.putByte(column.type().wireId());
            sink.putText(column.dictionary());
            sink.putByte(
                    (column.isHidden() ? IS_HIDDEN : 0)
                            | (absentText != null ? HAS_ABSENT_TEXT : 0));
            if (absentText != null) {
                sink.putText(absentText);
            }
        }
        sink.putInt(table.segments.size());
        for (Entry entry : table.segments) {
            sink.putLong(entry.segmentId);
            sink.putText(entry.file);
            sink.putInt(entry.rowCount);
            sink.putLong(entry.sizeBytes);
            sink.putInt(entry.footerChecksum);
        }
    }

    /// Reads what [#toBytes] wrote.
    ///
    /// @throws CorruptSegmentException when the bytes are no undamaged manifest
    /// @throws UnsupportedFormatException when the version is not readable here
    static Manifest read(Path path, byte[] bytes) {
        Slice slice = Slice.of(path, bytes);
        if (slice.size() < CHECKED_FROM || slice.longAt(0) != MAGIC) {
            throw slice.corrupt(0, "the magic of a manifest", "something else");
        }
        int version = slice.intAt(8);
        if (version < VERSION_MIN || version > VERSION_MAX) {
            throw new UnsupportedFormatException(path, version, VERSION_MIN, VERSION_MAX);
        }
        Slice checked = slice.slice(CHECKED_FROM, slice.size() - CHECKED_FROM);
        int checksum = checked.checksum();
        if (checksum != slice.intAt(12)) {
            throw slice.corrupt(
                    12,
                    "checksum " + Integer.toHexString(slice.intAt(12)),
                    Integer.toHexString(checksum));
        }
        try {
            return read(new SliceCursor(checked), version);
        } catch (IllegalArgumentException e) {
            throw slice.corrupt(CHECKED_FROM, "a valid schema", String.valueOf(e.getMessage()));
        }
    }

    private static Manifest read(SliceCursor cursor, int version) {
        long generation = cursor.nextLong();
        long nextSegmentId = cursor.nextLong();
        int tableCount = cursor.nextCount(Limits.COLUMNS_MAX, "tables");
        Map<String, Table> tables = new LinkedHashMap<>();
        Set<String> files = new HashSet<>();
        for (int i = 0; i < tableCount; i++) {
            String name = cursor.nextText(NAME_BYTES_MAX);
            if (tables.put(name, readTable(cursor, files)) != null) {
                throw cursor.corrupt("tables of different names", "'" + name + "' twice");
            }
        }
        Map<String, Long> marks = version < VERSION_MAX ? Map.of() : readMarks(cursor);
        if (cursor.remaining() > 0) {
            throw cursor.corrupt("the end of the manifest", cursor.remaining() + " more bytes");
        }
        for (Table table : tables.values()) {
            for (Entry entry : table.segments()) {
                // A writer would give the number again, and write over the file.
                if (entry.segmentId() < 0 || entry.segmentId() >= nextSegmentId) {
                    throw cursor.corrupt(
                            "ids of segments below the next id " + nextSegmentId,
                            "id " + entry.segmentId());
                }
            }
        }
        return new Manifest(generation, nextSegmentId, tables, marks);
    }

    private static Map<String, Long> readMarks(SliceCursor cursor) {
        int count = cursor.nextCount(MARKS_MAX, "marks");
        Map<String, Long> marks = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String name = cursor.nextText(NAME_BYTES_MAX);
            if (marks.put(name, cursor.nextLong()) != null) {
                throw cursor.corrupt("marks of different names", "'" + name + "' twice");
            }
        }
        return marks;
    }

    /// @param files the segment files named so far: rows of one named twice would count twice
    private static Table readTable(SliceCursor cursor, Set<String> files) {
        String time = cursor.nextText(NAME_BYTES_MAX);
        int columnCount = cursor.nextCount(Limits.COLUMNS_MAX, "columns");
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < columnCount; i++) {
            String name = cursor.nextText(NAME_BYTES_MAX);
            ColumnType type = ColumnType.ofWireId(cursor.nextByte());
            String dictionary = cursor.nextText(NAME_BYTES_MAX);
            int flags = cursor.nextByte();
            if ((flags & ~(IS_HIDDEN | HAS_ABSENT_TEXT)) != 0) {
                throw cursor.corrupt("flags of a column up to 3", Integer.toString(flags));
            }
            String absent = (flags & HAS_ABSENT_TEXT) != 0 ? cursor.nextText(NAME_BYTES_MAX) : null;
            boolean isHidden = (flags & IS_HIDDEN) != 0;
            columns.add(new Column(name, type, dictionary, absent, isHidden));
        }
        int segmentCount = cursor.nextCount(Limits.MANIFEST_BYTES_MAX, "segments");
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < segmentCount; i++) {
            entries.add(
                    new Entry(
                            cursor.nextLong(),
                            readFileName(cursor, files),
                            cursor.nextCount(Limits.SEGMENT_ROWS_MAX, "rows"),
                            cursor.nextLong(),
                            cursor.nextInt()));
        }
        return new Table(Schema.of(columns, time.isEmpty() ? null : time), List.copyOf(entries));
    }

    private static String readFileName(SliceCursor cursor, Set<String> files) {
        String name = cursor.nextText(NAME_BYTES_MAX);
        if (!name.matches("[a-z0-9-]+\\.seg")) {
            throw cursor.corrupt("the name of a segment file", "'" + name + "'");
        }
        if (!files.add(name)) {
            throw cursor.corrupt("every segment once", "'" + name + "' twice");
        }
        return name;
    }
}
