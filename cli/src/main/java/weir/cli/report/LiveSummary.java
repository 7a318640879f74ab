// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.nio.file.Path;
import java.util.List;
import weir.engine.Snapshot;

/// What a live collection did.
///
/// @param files files, and a stream that had a line
/// @param failedFiles files that could not be read
/// @param records records
/// @param rejectedLines lines that are none
/// @param bytesIn bytes of files and of the stream
/// @param seconds from its start to its end
/// @param store the store behind it
public record LiveSummary(
        long files,
        long failedFiles,
        long records,
        long rejectedLines,
        long bytesIn,
        double seconds,
        Snapshot store) {

    /// As one JSON object, with the names that `weir ingest` without `--live` uses.
    public JsonObject json() {
        StoreSize size = StoreSize.of(store);
        return new JsonObject()
                .put("files", files)
                .put("skipped_files", 0)
                .put("failed_files", failedFiles)
                .put("records", records)
                .put("rejected_lines", rejectedLines)
                .put("bytes_in", bytesIn)
                .put("store_bytes", size.sizeBytes())
                .put("seconds", seconds)
                .put("store_records", size.records());
    }

    /// As lines for people.
    ///
    /// @param directory where the store lies
    public List<String> lines(Path directory) {
        String rejected =
                rejectedLines == 0
                        ? ""
                        : ", "
                                + Quantity.of(rejectedLines, "line")
                                + " rejected (see system.rejected_lines)";
        return List.of(
                "%s in %s%s."
                        .formatted(
                                Quantity.of(records, "record"),
                                Quantity.seconds(seconds),
                                rejected),
                StoreSize.of(store).words(directory));
    }
}
