// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.util.ArrayList;
import java.util.List;
import weir.query.exec.Analysis;
import weir.query.exec.TableScan;
import weir.query.plan.PlanPrinter;

/// What a statement did, as JSON.
public final class AnalysisJson {
    private AnalysisJson() {}

    /// Puts `analysis` into `json`.
    public static void put(Analysis analysis, JsonObject json) {
        List<JsonObject> scans = new ArrayList<>();
        analysis.scans().forEach(scan -> scans.add(of(scan)));
        json.put("plan", PlanPrinter.print(analysis.plan()))
                .put("scans", scans)
                .put("result_rows", analysis.rowCount())
                .put("running_ms", analysis.running().toNanos() / 1e6)
                .put("planning_ms", analysis.planning().toNanos() / 1e6)
                .put("peak_memory_bytes", analysis.peakMemoryBytes());
    }

    private static JsonObject of(TableScan scan) {
        List<JsonObject> leftOut = new ArrayList<>();
        scan.leftOut()
                .forEach(segment ->
                        leftOut.add(
                                new JsonObject()
                                        .put("file", segment.file())
                                        .put("rows", segment.rowCount())));
        return new JsonObject()
                .put("table", scan.table())
                .put("segments", of(scan.segments()))
                .put("blocks", of(scan.blocks()))
                .put("rows", of(scan.rows()))
                .put("rows_passed", scan.metrics().rowsPassed.sum())
                .put("segments_summarized", scan.metrics().segmentsSummarized.sum())
                .put("summary_rows", scan.metrics().summaryRows.sum())
                .put("bytes_touched", scan.metrics().bytesRead.sum())
                .put("bytes_stored", scan.storedBytes())
                .put("left_out", leftOut);
    }

    private static JsonObject of(TableScan.Share share) {
        return new JsonObject()
                .put("in_all", share.inAll())
                .put("skipped_by_time", share.skippedByTime())
                .put("skipped_by_zone", share.skippedByZone())
                .put("skipped_by_index", share.skippedByIndex())
                .put("not_needed", share.notNeeded())
                .put("read", share.read());
    }
}
