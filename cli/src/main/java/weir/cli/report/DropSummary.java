// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.nio.file.Path;
import java.util.List;
import weir.engine.DropReport;
import weir.engine.Snapshot;

/// What a drop did, or would do.
///
/// @param report the facts
/// @param store the store afterwards
/// @param isDryRun whether nothing was done
/// @param seconds how long it took
public record DropSummary(DropReport report, Snapshot store, boolean isDryRun, double seconds) {

    /// As one JSON object.
    public JsonObject json() {
        StoreSize size = StoreSize.of(store);
        return new JsonObject()
                .put("dry_run", isDryRun)
                .put("segments_removed", report.segmentsRemoved())
                .put("segments_rewritten", report.segmentsRewritten())
                .put("records_removed", report.rowsRemoved())
                .put("bytes_freed", report.bytesFreed())
                .put("store_records", size.records())
                .put("store_bytes", size.sizeBytes())
                .put("seconds", seconds);
    }

    /// As lines for people.
    ///
    /// @param directory the store
    public List<String> lines(Path directory) {
        return List.of(what(), StoreSize.of(store).words(directory));
    }

    private String what() {
        if (report.rowsRemoved() == 0) {
            return isDryRun ? "Nothing would be dropped." : "Nothing to drop.";
        }
        StringBuilder words = new StringBuilder(Quantity.of(report.rowsRemoved(), "record"));
        words.append(isDryRun ? " would be dropped: " : " dropped: ");
        words.append(Quantity.of(report.segmentsRemoved(), "segment")).append(" removed, ");
        words.append(Quantity.count(report.segmentsRewritten())).append(" written anew");
        if (report.bytesFreed() > 0) {
            // How small a segment becomes shows only when it is written.
            words.append(isDryRun && report.segmentsRewritten() > 0 ? ", at least " : ", ");
            words.append(Quantity.bytes(report.bytesFreed())).append(" freed");
        }
        return words.append('.').toString();
    }
}
