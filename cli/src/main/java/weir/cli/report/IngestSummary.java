// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import weir.cli.output.Visible;
import weir.engine.SkippedSegment;
import weir.engine.Snapshot;
import weir.engine.TableSnapshot;
import weir.ingest.IngestReport;

/// What an ingest did, on one screen.
///
/// @param report the facts
/// @param store the store afterwards
public record IngestSummary(IngestReport report, Snapshot store) {
    /// Files named of each kind; the number of the others follows.
    private static final int NAMED_MAX = 5;

    /// As one JSON object.
    public JsonObject json() {
        return new JsonObject()
                .put("files", report.files())
                .put("skipped_files", report.skippedFiles())
                .put("failed_files", report.failedFiles())
                .put("records", report.records())
                .put("rejected_lines", report.rejectedLines())
                .put("bytes_in", report.bytesIn())
                .put("store_bytes", report.storeBytes())
                .put("seconds", report.seconds())
                .put("text_bytes", report.decodedBytes())
                .put("segments", report.segments())
                .put("store_records", StoreSize.of(store).records())
                .put("hidden_files", report.hiddenFiles())
                .put("outside_folders", report.outsideFolders())
                .put("outside_files", report.outsideFiles())
                .put("failures", remarks(report.failures()))
                .put("warnings", remarks(report.warnings()));
    }

    private static List<JsonObject> remarks(List<IngestReport.Remark> remarks) {
        return remarks.stream()
                .map(remark ->
                        new JsonObject().put("path", remark.path()).put("reason", remark.reason()))
                .toList();
    }

    /// As lines for people.
    ///
    /// @param directory the store
    /// @param storeOption the words that name it on a command line, empty or with a blank behind
    public List<String> lines(Path directory, String storeOption) {
        List<String> lines = new ArrayList<>();
        lines.add(whatWentIn());
        StoreSize size = StoreSize.of(store);
        if (size.records() > 0) {
            lines.add(size.words(directory));
        }
        for (TableSnapshot table : store.tables().values()) {
            for (SkippedSegment damaged : table.skipped()) {
                String reason = String.valueOf(damaged.reason().getMessage());
                lines.add("Not counted, and to be mended: " + Visible.text(reason));
            }
        }
        if (report.skippedFiles() > 0) {
            lines.add(Quantity.of(report.skippedFiles(), "file") + " skipped: collected before.");
        }
        addOutside(lines, report.outsideFolders(), "folder", " left out: of another time.");
        addOutside(lines, report.outsideFiles(), "file", " left out: in folders of another time.");
        addRejected(lines, storeOption);
        String ask =
                "weir query "
                        + storeOption
                        + "\"SELECT path, reason FROM system.files WHERE status <> 'ok'\"";
        addRemarks(lines, report.failedFiles(), " not read:", report.failures(), ask);
        addRemarks(lines, report.warnings().size(), " damaged:", report.warnings(), ask);
        return lines;
    }

    private static void addOutside(List<String> lines, long count, String noun, String words) {
        if (count > 0) {
            lines.add(Quantity.of(count, noun) + words);
        }
    }

    private String whatWentIn() {
        if (report.files() == 0) {
            if (report.skippedFiles() > 0) {
                return "Nothing new.";
            }
            return "Nothing was read"
                    + (report.failedFiles() > 0 ? "." : ": " + Visible.text(noFile()) + ".");
        }
        double seconds = Math.max(report.seconds(), 1e-3);
        String text =
                report.decodedBytes() == report.bytesIn()
                        ? ""
                        : " (" + Quantity.bytes(report.decodedBytes()) + " of text)";
        return "%s from %s, %s%s, in %s: %s records/s, %s/s."
                .formatted(
                        Quantity.of(report.records(), "record"),
                        Quantity.of(report.files(), "file"),
                        Quantity.bytes(report.bytesIn()),
                        text,
                        Quantity.seconds(report.seconds()),
                        Quantity.rate(report.records() / seconds),
                        Quantity.bytes((long) (report.decodedBytes() / seconds)));
    }

    /// That there was no file, in words that may end a sentence.
    public String noFile() {
        long hidden = report.hiddenFiles();
        return "there is no file"
                + (hidden == 0
                        ? ""
                        : " ("
                                + Quantity.of(hidden, "hidden name")
                                + " left out: name them to read"
                                + " them)");
    }

    private void addRejected(List<String> lines, String storeOption) {
        if (report.rejectedLines() == 0) {
            return;
        }
        lines.add(Quantity.of(report.rejectedLines(), "line") + " rejected:");
        for (IngestReport.Rejects reason : first(report.commonestReasons())) {
            lines.add("  " + Quantity.count(reason.lines()) + " x " + Visible.text(reason.name()));
        }
        for (IngestReport.Rejects file : first(report.worstFiles())) {
            lines.add("  " + Quantity.count(file.lines()) + " in " + Visible.text(file.name()));
        }
        lines.add(
                "  See them: weir query "
                        + storeOption
                        + "\"SELECT * FROM system.rejected_lines LIMIT 20\"");
    }

    private static void addRemarks(
            List<String> lines,
            long count,
            String what,
            List<IngestReport.Remark> remarks,
            String ask) {
        if (count == 0) {
            return;
        }
        lines.add(Quantity.of(count, "file") + what);
        for (IngestReport.Remark remark : first(remarks)) {
            lines.add("  " + Visible.text(remark.path() + ": " + remark.reason()));
        }
        if (count > NAMED_MAX) {
            lines.add("  and " + Quantity.count(count - NAMED_MAX) + " more: " + ask);
        }
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(NAMED_MAX, all.size()));
    }

    /// What of the ingest a user of its records should know, in one line; empty when all is well.
    public String problems() {
        List<String> parts = new ArrayList<>();
        if (report.failedFiles() > 0) {
            IngestReport.Remark first = report.failures().getFirst();
            parts.add(
                    Quantity.of(report.failedFiles(), "file")
                            + " not read ("
                            + first.path()
                            + ": "
                            + first.reason()
                            + (report.failedFiles() > 1 ? "; ...)" : ")"));
        }
        if (report.rejectedLines() > 0) {
            parts.add(
                    Quantity.of(report.rejectedLines(), "line")
                            + " rejected (see system.rejected_lines)");
        }
        if (!report.warnings().isEmpty()) {
            IngestReport.Remark first = report.warnings().getFirst();
            parts.add(
                    Quantity.of(report.warnings().size(), "file")
                            + " damaged ("
                            + first.path()
                            + ": "
                            + first.reason()
                            + (report.warnings().size() > 1 ? "; ...)" : ")"));
        }
        return Visible.text(String.join(", ", parts));
    }
}
