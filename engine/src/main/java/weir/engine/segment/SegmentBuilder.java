// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.format.SegmentSeal;
import weir.engine.memory.FileLayer;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;

/// The rows of a segment before it is written. Columns come as they are needed: rows from before a
/// column came are absent in it. Confined to one thread; used for one segment.
public final class SegmentBuilder {
    private final @Nullable String timeColumn;
    private final StorageHints hints;
    private final RowMemory memory;
    private final Map<String, ColumnRows> columns = new LinkedHashMap<>();
    private final Map<String, ValuePool> pools = new LinkedHashMap<>();
    private int rowCount;

    /// An empty segment whose rows have their time, in epoch seconds, in the number column
    /// `timeColumn` (null: rows have no time).
    public SegmentBuilder(@Nullable String timeColumn) {
        this(timeColumn, StorageHints.NONE);
    }

    /// The same, of a table whose columns predict each other as `hints` says.
    public SegmentBuilder(@Nullable String timeColumn, StorageHints hints) {
        this(timeColumn, hints, new RowMemory());
    }

    /// The same with the memory of segments before it, which it leaves to the next one when it was
    /// written.
    public SegmentBuilder(@Nullable String timeColumn, StorageHints hints, RowMemory memory) {
        this.timeColumn = timeColumn;
        this.hints = hints;
        this.memory = memory;
    }

    /// How many rows there are.
    public int rowCount() {
        return rowCount;
    }

    /// The rows of a number column.
    ///
    /// @throws IllegalArgumentException when no segment can have that column, or one more
    public NumberRows numbers(Column column) {
        ColumnRows rows =
                columns.computeIfAbsent(
                        column.name(), _ -> started(new NumberRows(column, memory)));
        checkSame(column, rows.column());
        return (NumberRows) rows;
    }

    /// The rows of a dictionary column.
    ///
    /// @throws IllegalArgumentException when no segment can have that column, or one more
    public CodeRows codes(Column column) {
        ColumnRows rows =
                columns.computeIfAbsent(column.name(), _ -> started(new CodeRows(column, memory)));
        checkSame(column, rows.column());
        return (CodeRows) rows;
    }

    /// A column that comes late is absent in the rows before it.
    private ColumnRows started(ColumnRows rows) {
        Column column = rows.column();
        String absentText = column.absentText();
        checkCount("columns", columns.size());
        checkName("a column's name", column.name());
        checkName("a dictionary's name", column.dictionary());
        checkName("an absent text", absentText == null ? "" : absentText);
        rows.completeTo(rowCount);
        return rows;
    }

    /// What a footer refuses when it is read is refused here, where nothing is lost yet.
    private static void checkCount(String what, int known) {
        if (known >= Limits.COLUMNS_MAX) {
            throw new IllegalArgumentException(
                    "a segment has at most " + Limits.COLUMNS_MAX + " " + what);
        }
    }

    private static void checkName(String what, String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    what
                            + " has at most "
                            + Limits.NAME_BYTES_MAX
                            + " bytes of valid text, and not: "
                            + name.substring(0, Math.min(40, name.length())));
        }
    }

    /// Whether `name` comes back from a footer as it is.
    static boolean isName(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= Limits.NAME_BYTES_MAX
                && new String(bytes, StandardCharsets.UTF_8).equals(name);
    }

    /// The texts of the dictionary of a TEXT column.
    public TextPool texts(Column column) {
        if (column.type() != ColumnType.TEXT) {
            throw new IllegalArgumentException(column + " is not a text column");
        }
        return (TextPool) pools.computeIfAbsent(column.dictionary(), _ -> started(new TextPool()));
    }

    /// The number of `text` among the texts of `column`.
    public int textId(Column column, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return texts(column).idOf(bytes, 0, bytes.length);
    }

    /// Sets the text of row `row` of a TEXT column; null is absent. The rows before it have theirs.
    public void putText(Column column, int row, @Nullable String text) {
        codes(column).set(row, text == null ? 0 : textId(column, text));
    }

    /// The addresses of the dictionary of an ADDRESS column.
    public AddressPool addresses(Column column) {
        if (column.type() != ColumnType.ADDRESS) {
            throw new IllegalArgumentException(column + " is not an address column");
        }
        return (AddressPool)
                pools.computeIfAbsent(column.dictionary(), _ -> started(new AddressPool()));
    }

    private ValuePool started(ValuePool pool) {
        checkCount("dictionaries", pools.size());
        return pool;
    }

    private static void checkSame(Column asked, Column known) {
        if (!asked.equals(known)) {
            throw new IllegalArgumentException("asked for " + asked + " where there is " + known);
        }
    }

    /// Adds `more` rows: what was written for them counts, and the rest is absent.
    public void addRows(int more) {
        int rows = rowCount + more;
        if (more < 0 || rows > Limits.SEGMENT_ROWS_MAX) {
            throw new IllegalArgumentException(
                    "a segment has 0 to " + Limits.SEGMENT_ROWS_MAX + " rows, not " + rows);
        }
        columns.values().forEach(column -> column.completeTo(rows));
        rowCount = rows;
    }

    /// Writes the segment to `file`, which appears whole and forced, or not at all; gives what
    /// tells that file from any other. The builder is empty and done with after that: its memory
    /// serves the writing.
    ///
    /// @throws IllegalStateException when there is no row
    /// @throws weir.engine.fault.StoreException when writing fails
    public SegmentSeal write(Path file, long segmentId) {
        return write(FileLayer.SYSTEM, file, segmentId);
    }

    /// The same through `files`.
    public SegmentSeal write(FileLayer files, Path file, long segmentId) {
        if (rowCount == 0) {
            throw new IllegalStateException("a segment needs a row");
        }
        List<ColumnRows> rows = new ArrayList<>(columns.values());
        rows.forEach(column -> column.completeTo(rowCount));
        String time = timeColumn != null && columns.containsKey(timeColumn) ? timeColumn : "";
        return new SegmentWriter(rowCount, time, rows, pools, fittingHints(), memory)
                .write(files, file, segmentId);
    }

    /// The hints, or none where their parts would not fit a segment beside its columns.
    private StorageHints fittingHints() {
        int parts = PairSplit.PARTS * hints.pairs().size() + hints.tuples().size();
        return columns.size() + parts > Limits.COLUMNS_MAX ? StorageHints.NONE : hints;
    }
}
