// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weir.cli.output.ResultWriter;
import weir.engine.Snapshot;
import weir.engine.TableSnapshot;
import weir.engine.schema.ColumnType;
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
    private static final SqlType RATIO = new SqlType.Decimal(18, 3);

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

    /// Prints where the bytes of each table are: one row for each column, part, index and
    /// dictionary, one for the rest of the files, and the sum.
    public void printColumns(ResultWriter writer) {
        Rows rows =
                new Rows()
                        .column("table", BasicType.VARCHAR)
                        .column("name", BasicType.VARCHAR)
                        .column("kind", BasicType.VARCHAR)
                        .column("type", BasicType.VARCHAR)
                        .column("bytes", BasicType.BIGINT)
                        .column("bytes_per_row", RATIO)
                        .column("encodings", BasicType.VARCHAR);
        for (TableSnapshot table : tables()) {
            for (TableSizes.Item item : TableSizes.of(table)) {
                ColumnType type = item.type();
                rows.add(
                        table.name(),
                        item.name(),
                        item.kind().word(),
                        type == null ? null : sqlType(type).displayName(),
                        item.sizeBytes(),
                        perRow(item.sizeBytes(), table.rowCount()),
                        item.encodings());
            }
        }
        rows.print(writer);
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
                        .divide(BigDecimal.valueOf(rowCount), 3, RoundingMode.HALF_UP);
    }
}
