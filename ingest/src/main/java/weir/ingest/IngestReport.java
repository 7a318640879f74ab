// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.util.List;

/// What collecting did. Immutable.
///
/// @param files files read, those that end early or are damaged among them
/// @param skippedFiles files that were collected before, or whose content was
/// @param hiddenFiles files and directories left out because their name begins with a dot
/// @param outsideFolders folders not looked into: they hold no records of the time asked for
/// @param outsideFiles files that were named and lie in such folders
/// @param failedFiles files and inputs that gave nothing
/// @param failures the first 1,000 of them with the reason
/// @param warnings the first 1,000 files that were read but have something wrong, and what
/// @param records records taken
/// @param rejectedLines lines that are no record
/// @param worstFiles the ten files with the most of them
/// @param commonestReasons the ten commonest kinds of reasons
/// @param bytesIn bytes of the files read
/// @param decodedBytes bytes of their text
/// @param storeBytes bytes of all segments of the store afterwards
/// @param segments segments of records written
/// @param seconds how long it took
public record IngestReport(
        long files,
        long skippedFiles,
        long hiddenFiles,
        long outsideFolders,
        long outsideFiles,
        long failedFiles,
        List<Remark> failures,
        List<Remark> warnings,
        long records,
        long rejectedLines,
        List<Rejects> worstFiles,
        List<Rejects> commonestReasons,
        long bytesIn,
        long decodedBytes,
        long storeBytes,
        long segments,
        double seconds) {

    /// Something to say about a file.
    ///
    /// @param path the file as it was named
    /// @param reason what there is to say; control characters of the input may be in it
    public record Remark(String path, String reason) {}

    /// Rejected lines of a file, or for a kind of reason.
    ///
    /// @param name the file or the reason
    /// @param lines how many
    public record Rejects(String name, long lines) {}
}
