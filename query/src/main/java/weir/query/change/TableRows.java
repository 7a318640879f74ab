// SPDX-License-Identifier: Apache-2.0
package weir.query.change;

import java.util.List;
import weir.engine.StoreWriter;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.fault.Limits;
import weir.engine.schema.Column;
import weir.engine.schema.IpAddress;
import weir.engine.schema.Schema;
import weir.engine.segment.AddressPool;
import weir.engine.segment.CodeRows;
import weir.engine.segment.NumberRows;
import weir.engine.segment.SegmentBuilder;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.catalog.SavedColumn;
import weir.query.exec.BatchSource;
import weir.query.exec.VectorValues;
import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;
import weir.query.value.ValueText;

/// The rows of a query on their way into segments of a table, in their order. Confined to one
/// thread.
final class TableRows {
    private static final int SEGMENT_ROWS = 1 << 20;

    private final String table;
    private final List<SavedColumn> columns;
    private final StoreWriter writer;
    private final List<WrittenSegment> segments;
    private long rowCount;

    /// @param segments where the segments that are written go
    TableRows(
            String table,
            List<SavedColumn> columns,
            StoreWriter writer,
            List<WrittenSegment> segments) {
        this.table = table;
        this.columns = columns;
        this.writer = writer;
        this.segments = segments;
    }

    /// The columns as the store has them.
    Schema schema() {
        return Schema.of(columns.stream().map(SavedColumn::stored).toList());
    }

    /// How many rows were written.
    long rowCount() {
        return rowCount;
    }

    /// Writes all rows of `source`.
    ///
    /// @throws QueryException when a value cannot be kept
    void write(BatchSource source) {
        SegmentBuilder builder = new SegmentBuilder(null);
        for (VectorBatch batch = source.next(); batch != null; batch = source.next()) {
            for (int i = 0; i < columns.size(); i++) {
                put(builder, columns.get(i), batch.column(i), batch.rowCount());
            }
            builder.addRows(batch.rowCount());
            rowCount += batch.rowCount();
            if (builder.rowCount() >= SEGMENT_ROWS) {
                segments.add(writer.write(table, builder));
                builder = new SegmentBuilder(null);
            }
        }
        if (builder.rowCount() > 0) {
            segments.add(writer.write(table, builder));
        }
    }

    private static void put(SegmentBuilder builder, SavedColumn column, Vector values, int count) {
        switch (column.stored().type()) {
            case INT32, INT64, TIMESTAMP -> putNumbers(builder, column, values, count);
            case TEXT -> putTexts(builder, column, values, count);
            case ADDRESS -> putAddresses(builder, column, values, count);
        }
    }

    private static void putNumbers(
            SegmentBuilder builder, SavedColumn column, Vector values, int count) {
        long[] numbers = new long[count];
        for (int row = 0; row < count; row++) {
            Object value = VectorValues.get(values, column.type(), row);
            if (value != null && (Long) value == Column.ABSENT) {
                throw new QueryException(
                        Code.INVALID_VALUE,
                        "column '"
                                + column.name()
                                + "' cannot keep "
                                + value
                                + ", which means NULL");
            }
            numbers[row] = value == null ? Column.ABSENT : (Long) value;
        }
        NumberRows rows = builder.numbers(column.stored());
        rows.put(builder.rowCount(), numbers, count);
        rows.filledTo(builder.rowCount() + count);
    }

    private static void putTexts(
            SegmentBuilder builder, SavedColumn column, Vector values, int count) {
        int first = builder.rowCount();
        CodeRows rows = builder.codes(column.stored());
        Object last = null;
        int id = 0;
        for (int row = 0; row < count; row++) {
            Object value = VectorValues.get(values, column.type(), row);
            if (value != null && !value.equals(last)) {
                id = builder.textId(column.stored(), text(column, value));
                last = value;
            }
            rows.set(first + row, value == null ? 0 : id);
        }
    }

    private static String text(SavedColumn column, Object value) {
        String text = ValueText.of(value, column.type());
        if (text.length() > Limits.TEXT_BYTES_MAX / 3) { // no character has more than 3 bytes
            throw new QueryException(
                    Code.LIMIT_EXCEEDED,
                    "column '"
                            + column.name()
                            + "' keeps texts of at most "
                            + Limits.TEXT_BYTES_MAX / 3
                            + " characters, and not one of "
                            + text.length());
        }
        return text;
    }

    private static void putAddresses(
            SegmentBuilder builder, SavedColumn column, Vector values, int count) {
        int first = builder.rowCount();
        CodeRows rows = builder.codes(column.stored());
        AddressPool pool = builder.addresses(column.stored());
        for (int row = 0; row < count; row++) {
            IpAddress address = (IpAddress) VectorValues.get(values, column.type(), row);
            rows.set(first + row, address == null ? 0 : pool.idOf(address.high(), address.low()));
        }
    }
}
