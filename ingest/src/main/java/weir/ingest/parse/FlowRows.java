// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.segment.CodeRows;
import weir.engine.segment.NumberRows;
import weir.engine.segment.RowMemory;
import weir.engine.segment.SegmentBuilder;
import weir.ingest.record.FieldKind;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;
import weir.ingest.record.FormatField;
import weir.ingest.record.RecordTable;

/// The records of a segment under construction, all for one table, and where each field of a format
/// goes in it. Confined to one thread; used for one segment.
public final class FlowRows {
    /// Formats that one segment may mix.
    private static final int FORMATS_MAX = 64;

    private final RecordTable table;
    private final SegmentBuilder builder;
    private final long bytesMax;
    private final int rowsExpected;
    private int linesMax;

    /// Bytes of a row in all columns so far.
    private long rowBytes = 8;

    private final Map<String, TokenTable> tables = new HashMap<>();
    private final CodeRows paths;
    private final Set<String> columns = new HashSet<>();
    private final List<Binding> bindings = new ArrayList<>();
    private int pathId;
    private int seenLines;

    /// An empty segment of records of VPCs.
    public FlowRows(int rowsMax, int rowsExpected, long bytesMax, RowMemory memory) {
        this(RecordTable.VPC, rowsMax, rowsExpected, bytesMax, memory);
    }

    /// An empty segment of at most `rowsMax` rows for `table`, probably `rowsExpected`.
    ///
    /// @param bytesMax bytes that the rows may take, so that a format of many fields gets shorter
    ///   segments; and the values in dictionaries, so that texts which are all different do not
    ///   fill the memory
    /// @param memory of segments before it, which it leaves to the next one
    public FlowRows(
            RecordTable table, int rowsMax, int rowsExpected, long bytesMax, RowMemory memory) {
        this.table = table;
        this.builder = new SegmentBuilder(FlowTables.TIME_COLUMN, FlowHints.of(table), memory);
        this.paths = builder.codes(FlowTables.PATH);
        this.bytesMax = bytesMax;
        this.linesMax = rowsMax;
        this.rowsExpected = Math.min(rowsMax, rowsExpected);
    }

    /// Where the fields of one format go.
    static final class Binding {
        final FlowFormat format;
        final @Nullable NumberRows[] numbers;
        final @Nullable CodeRows[] codes;
        final @Nullable TokenTable[] tables;

        /// For each field the one that mostly says what it is, or -1.
        final int[] guides;

        /// For each field with a guide of another dictionary, what went with its values.
        final @Nullable TokenMemo[] memos;

        Binding(FlowFormat format) {
            this.format = format;
            this.numbers = new @Nullable NumberRows[format.size()];
            this.codes = new @Nullable CodeRows[format.size()];
            this.tables = new @Nullable TokenTable[format.size()];
            this.guides = new int[format.size()];
            this.memos = new @Nullable TokenMemo[format.size()];
        }
    }

    /// The table that the records are for.
    public RecordTable table() {
        return table;
    }

    /// Where the fields of `format` go; its columns come into being with it.
    ///
    /// @throws IllegalArgumentException when its records are for another table
    Binding bind(FlowFormat format) {
        for (Binding known : bindings) {
            if (known.format.equals(format)) {
                return known;
            }
        }
        if (format.table() != table) {
            throw new IllegalArgumentException(
                    "records of " + format.table().table() + " among those of " + table.table());
        }
        for (FormatField field : format.fields()) {
            if (field.kind() != FieldKind.STAMP && columns.add(field.column().name())) {
                rowBytes += 4;
            }
        }
        linesMax = Math.clamp(bytesMax / rowBytes, 1, linesMax);
        // Nobody knows how many rows a second format will have: its columns grow with them.
        int reserved = bindings.isEmpty() ? Math.min(rowsExpected, linesMax) : builder.rowCount();
        Binding binding = new Binding(format);
        for (int i = 0; i < format.size(); i++) {
            bind(format.field(i), i, binding, reserved);
        }
        for (int i = 0; i < format.size(); i++) {
            int guide = FlowHints.guide(format, i);
            binding.guides[i] = guide;
            boolean isTwin = guide >= 0 && binding.tables[guide] == binding.tables[i];
            binding.memos[i] = guide < 0 || isTwin ? null : new TokenMemo();
        }
        bindings.add(binding);
        return binding;
    }

    private void bind(FormatField field, int index, Binding binding, int reserved) {
        if (field.kind() == FieldKind.STAMP) {
            return;
        }
        if (field.kind().isNumber()) {
            NumberRows rows = builder.numbers(field.column());
            rows.reserve(reserved);
            binding.numbers[index] = rows;
        } else {
            CodeRows rows = builder.codes(field.column());
            rows.withRoomFor(reserved);
            binding.codes[index] = rows;
            binding.tables[index] =
                    tables.computeIfAbsent(
                            field.column().dictionary(),
                            _ ->
                                    field.kind() == FieldKind.ADDRESS
                                            ? new AddressTokens(builder.addresses(field.column()))
                                            : new TextTokens(
                                                    builder.texts(field.column()), field.kind()));
        }
    }

    /// Says which file the rows from now on come from.
    public void startFile(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        pathId = builder.texts(FlowTables.PATH).idOf(bytes, 0, bytes.length);
    }

    /// How many rows there are.
    public int rowCount() {
        return builder.rowCount();
    }

    /// How many more lines may be added.
    int room() {
        long held = 0;
        for (TokenTable table : tables.values()) {
            held += table.heldBytes();
        }
        boolean isCrowded = held > bytesMax || bindings.size() > FORMATS_MAX;
        return isCrowded ? 0 : Math.max(0, linesMax - seenLines);
    }

    /// Whether the segment must be written before more is added.
    public boolean isFull() {
        return room() == 0;
    }

    /// Adds `rows` rows, whose fields stand in the columns of `binding`, that came from `lines`
    /// lines.
    void add(Binding binding, int rows, int lines) {
        int first = builder.rowCount();
        int end = first + rows;
        for (NumberRows column : binding.numbers) {
            if (column != null) {
                column.filledTo(end);
            }
        }
        for (CodeRows column : binding.codes) {
            if (column != null) {
                column.filledTo(end);
            }
        }
        Arrays.fill(paths.withRoomFor(end), first, end, pathId);
        paths.filledTo(end);
        builder.addRows(rows);
        // Lines that were rejected may have left values in dictionaries: they count too.
        seenLines += lines;
    }

    /// The segment.
    public SegmentBuilder builder() {
        return builder;
    }
}
