// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import weir.cli.output.Visible;
import weir.engine.CompactReport;
import weir.engine.Snapshot;

/// What a compaction did.
///
/// @param report the facts
/// @param store the store afterwards
/// @param seconds how long it took
public record CompactSummary(CompactReport report, Snapshot store, double seconds) {

    /// As one JSON object.
    public JsonObject json() {
        StoreSize size = StoreSize.of(store);
        return totals(report.tables())
                .put("store_records", size.records())
                .put("store_bytes", size.sizeBytes())
                .put("seconds", seconds)
                .put("tables", report.tables().stream().map(CompactSummary::json).toList());
    }

    private static JsonObject json(CompactReport.Table table) {
        return put(new JsonObject().put("table", table.name()), List.of(table));
    }

    private static JsonObject totals(List<CompactReport.Table> tables) {
        return put(new JsonObject(), tables);
    }

    private static JsonObject put(JsonObject object, List<CompactReport.Table> tables) {
        long segmentsBefore = 0;
        long segmentsAfter = 0;
        long rows = 0;
        long bytesBefore = 0;
        long bytesAfter = 0;
        for (CompactReport.Table table : tables) {
            segmentsBefore += table.segmentsBefore();
            segmentsAfter += table.segmentsAfter();
            rows += table.rowsRewritten();
            bytesBefore += table.bytesBefore();
            bytesAfter += table.bytesAfter();
        }
        return object.put("segments_before", segmentsBefore)
                .put("segments_after", segmentsAfter)
                .put("rows_rewritten", rows)
                .put("bytes_before", bytesBefore)
                .put("bytes_after", bytesAfter);
    }

    /// As lines for people.
    ///
    /// @param directory the store
    public List<String> lines(Path directory) {
        List<String> lines = new ArrayList<>();
        for (CompactReport.Table table : report.tables()) {
            if (table.rowsRewritten() > 0) {
                lines.add(
                        "%s: %s, now %s; %s, now %s."
                                .formatted(
                                        Visible.text(table.name()),
                                        Quantity.of(table.segmentsBefore(), "segment"),
                                        Quantity.count(table.segmentsAfter()),
                                        Quantity.bytes(table.bytesBefore()),
                                        Quantity.bytes(table.bytesAfter())));
            }
        }
        lines.add(
                lines.isEmpty()
                        ? "Nothing to compact."
                        : "%s written anew in %s."
                                .formatted(
                                        Quantity.of(report.rowsRewritten(), "row"),
                                        Quantity.seconds(seconds)));
        lines.add(StoreSize.of(store).words(directory));
        return lines;
    }
}
