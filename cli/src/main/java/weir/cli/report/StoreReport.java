// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weir.cli.output.ResultWriter;
import weir.engine.Snapshot;
import weir.engine.TableSnapshot;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentReader;
import weir.query.catalog.Catalog;
import weir.query.catalog.Table;
import weir.query.catalog.TableColumn;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// What a store holds: its columns and its sizes.
///
/// @param snapshot the moment described
public record StoreReport(Snapshot snapshot) {
    private static final SqlType RATIO = new SqlType.Decimal(18, 2);

    /// Prints each column that SQL can name, with its type and whether `SELECT *` leaves it out.
    public void printSchema(ResultWriter writer) {
        Rows rows =
                new Rows()
                        .column("table", BasicType.VARCHAR)
                        .column("column", BasicType.VARCHAR)
                        .column("type", BasicType.VARCHAR)
                        .column("hidden", BasicType.BOOLEAN);
        Map<String, Table> byName = new TreeMap<>();
        Catalog.of(snapshot).tables().forEach(table -> byName.put(table.name(), table));
        for (Table table : byName.values()) {
            for (TableColumn column : table.columns()) {
                rows.add(
                        table.name(),
                        column.name(),
                        column.type().displayName(),
                        column.isHidden() ? 1L : 0L);
            }
        }
        rows.print(writer);
    }

    /// What SQL calls a stored type. Addresses are VARCHAR, as in Athena's tables.
    private static SqlType sqlType(ColumnType type) {
        return switch (type) {
            case INT32 -> BasicType.INTEGER;
            case INT64 -> BasicType.BIGINT;
            case TIMESTAMP -> BasicType.TIMESTAMP;
            case TEXT, ADDRESS -> BasicType.VARCHAR;
        };
    }

    /// Prints the segments, rows and bytes of each table.
    public void printTables(ResultWriter writer) {
        Rows rows =
                new Rows()
                        .column("table", BasicType.VARCHAR)
                        .column("segments", BasicType.BIGINT)
                        .column("rows", BasicType.BIGINT)
                        .column("bytes", BasicType.BIGINT)
                        .column("bytes_per_row", RATIO);
        for (TableSnapshot table : tables()) {
            long sizeBytes = sizeBytes(table);
            rows.add(
                    table.name(),
                    (long) table.segments().size(),
                    table.rowCount(),
                    sizeBytes,
                    perRow(sizeBytes, table.rowCount()));
        }
        rows.print(writer);
    }

    /// Prints the bytes of each column: its blocks and its bitmaps. Columns that are said by way of
    /// others are followed by those parts, which have no type. What belongs to no one column
    /// (dictionaries, which columns may share, and the footers) is the last row of a table.
    public void printColumns(ResultWriter writer) {
        Rows rows =
                new Rows()
                        .column("table", BasicType.VARCHAR)
                        .column("column", BasicType.VARCHAR)
                        .column("type", BasicType.VARCHAR)
                        .column("bytes", BasicType.BIGINT)
                        .column("index_bytes", BasicType.BIGINT)
                        .column("bytes_per_row", RATIO);
        for (TableSnapshot table : tables()) {
            addColumns(rows, table);
        }
        rows.print(writer);
    }

    private static void addColumns(Rows rows, TableSnapshot table) {
        Map<String, StoredBytes> columns = new HashMap<>();
        Map<String, StoredBytes> parts = new TreeMap<>();
        for (SegmentReader segment : table.segments()) {
            for (ColumnReader reader : segment.storedColumns()) {
                (reader.isPart() ? parts : columns)
                        .merge(
                                reader.column().name(),
                                StoredBytes.of(segment, reader),
                                StoredBytes::plus);
            }
        }
        long rest = sizeBytes(table);
        for (Column column : table.schema().columns()) {
            StoredBytes stored = columns.getOrDefault(column.name(), StoredBytes.NONE);
            String type = sqlType(column.type()).displayName();
            rest -= add(rows, table, column.name(), type, stored);
        }
        for (Map.Entry<String, StoredBytes> each : parts.entrySet()) {
            rest -= add(rows, table, partName(each.getKey()), null, each.getValue());
        }
        add(rows, table, "(dictionaries and footers)", null, new StoredBytes(rest, 0));
    }

    /// A part's name as people see it: the mark that keeps it apart from columns is left out.
    private static String partName(String name) {
        return name.startsWith("~") ? name.substring(1) : name;
    }

    /// Adds a row.
    ///
    /// @return all bytes in it
    private static long add(
            Rows rows,
            TableSnapshot table,
            String column,
            @Nullable String type,
            StoredBytes stored) {
        rows.add(
                table.name(),
                column,
                type,
                stored.blockBytes,
                stored.indexBytes,
                perRow(stored.total(), table.rowCount()));
        return stored.total();
    }

    /// Bytes of a column in some segments.
    ///
    /// @param blockBytes its values
    /// @param indexBytes its bitmaps
    private record StoredBytes(long blockBytes, long indexBytes) {
        static final StoredBytes NONE = new StoredBytes(0, 0);

        static StoredBytes of(SegmentReader segment, ColumnReader column) {
            long sizeBytes = 0;
            for (int block = 0; block < segment.blockCount(); block++) {
                sizeBytes += column.blockSizeBytes(block);
            }
            return new StoredBytes(sizeBytes, column.indexSizeBytes());
        }

        StoredBytes plus(StoredBytes other) {
            return new StoredBytes(blockBytes + other.blockBytes, indexBytes + other.indexBytes);
        }

        long total() {
            return blockBytes + indexBytes;
        }
    }

    private Collection<TableSnapshot> tables() {
        Map<String, TableSnapshot> byName = new TreeMap<>(snapshot.tables());
        return byName.values();
    }

    private static long sizeBytes(TableSnapshot table) {
        return table.segments().stream().mapToLong(SegmentReader::sizeBytes).sum();
    }

    private static @Nullable BigDecimal perRow(long sizeBytes, long rowCount) {
        return rowCount == 0
                ? null
                : BigDecimal.valueOf(sizeBytes)
                        .divide(BigDecimal.valueOf(rowCount), 2, RoundingMode.HALF_UP);
    }
}
