// SPDX-License-Identifier: Apache-2.0
package weir.query.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.Snapshot;
import weir.engine.TableSnapshot;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// `system.views`: the views of a store, a row each with the name and the query. A table like
/// others, so that views change with a commit and are verified with the rest.
public final class ViewsTable {
    /// Its name in the store.
    public static final String NAME = Catalog.SYSTEM_SCHEMA + ".views";

    /// The name of a view, in lower case.
    public static final Column VIEW_NAME = Column.text("view_name");

    /// The text of its query.
    public static final Column VIEW_SQL = Column.text("sql");

    /// Its columns.
    public static final Schema SCHEMA = Schema.of(List.of(VIEW_NAME, VIEW_SQL));

    private ViewsTable() {}

    /// The queries of the views of `snapshot` by name, in order of creation.
    ///
    /// @throws weir.engine.fault.StoreException when they cannot be read
    public static Map<String, String> read(Snapshot snapshot) {
        Map<String, String> views = new LinkedHashMap<>();
        TableSnapshot table = snapshot.table(NAME);
        if (table != null) {
            table.segments().forEach(segment -> read(segment, views));
        }
        return views;
    }

    private static void read(SegmentReader segment, Map<String, String> views) {
        SegmentScan scan =
                SegmentScan.of(segment, ScanRequest.of(SCHEMA.columns(), null), new ScanMetrics());
        for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                String name = text(batch, 0, row);
                String sql = text(batch, 1, row);
                views.put(
                        Objects.requireNonNullElse(name, ""), Objects.requireNonNullElse(sql, ""));
            }
        }
    }

    private static @Nullable String text(VectorBatch batch, int column, int row) {
        return ((Vector.Codes) batch.column(column)).text(row);
    }
}
