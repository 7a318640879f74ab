// SPDX-License-Identifier: Apache-2.0
package weir.query.catalog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.Snapshot;
import weir.engine.TableSnapshot;
import weir.engine.index.ZoneMap;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentReader;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// `system.segments`: one row for each segment of a snapshot, from footers alone.
final class SegmentsTable {
    private SegmentsTable() {}

    static Table of(Snapshot snapshot) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSnapshot table : snapshot.tables().values()) {
            for (SegmentReader segment : table.segments()) {
                rows.add(row(table, segment));
            }
        }
        List<TableColumn> columns = new ArrayList<>();
        add(columns, "table_name", BasicType.VARCHAR);
        add(columns, "segment_id", BasicType.BIGINT);
        add(columns, "file", BasicType.VARCHAR);
        add(columns, "rows", BasicType.BIGINT);
        add(columns, "bytes", BasicType.BIGINT);
        add(columns, "blocks", BasicType.BIGINT);
        add(columns, "first_time", BasicType.BIGINT);
        add(columns, "last_time", BasicType.BIGINT);
        add(columns, "columns", BasicType.BIGINT);
        return new Table(
                Catalog.SYSTEM_SCHEMA + ".segments",
                List.copyOf(columns),
                new Table.Rows(List.copyOf(rows)));
    }

    private static void add(List<TableColumn> columns, String name, SqlType type) {
        columns.add(new TableColumn(name, type, false, new TableColumn.Stored(columns.size())));
    }

    private static @Nullable Object[] row(TableSnapshot table, SegmentReader segment) {
        ZoneMap time = timeZone(segment);
        return new @Nullable Object[] {
            table.name(),
            segment.segmentId(),
            String.valueOf(segment.path().getFileName()),
            (long) segment.rowCount(),
            segment.sizeBytes(),
            (long) segment.blockCount(),
            time == null ? null : (Long) time.min(),
            time == null ? null : (Long) time.max(),
            (long) segment.schema().size()
        };
    }

    /// What the segment knows of its time column; null when there is no value in it.
    private static @Nullable ZoneMap timeZone(SegmentReader segment) {
        String name = segment.schema().timeColumn();
        ColumnReader column = name == null ? null : segment.column(name);
        if (column == null || segment.rowCount() == 0) {
            return null;
        }
        ZoneMap zone = column.zone();
        return zone.isAllAbsent() ? null : zone;
    }
}
