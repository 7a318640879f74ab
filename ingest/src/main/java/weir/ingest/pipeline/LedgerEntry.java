// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import org.jspecify.annotations.Nullable;

/// What the ledger says of one file.
///
/// @param path the name the file was given
/// @param contentHash hash of its text; null when that was not read to the end
/// @param sizeBytes bytes of the file as it lies there
/// @param decodedBytes bytes of its text
/// @param modifiedMillis when it was last modified, 0 when that has no meaning
/// @param form how it is packed; null when that is not known
/// @param format its field names; null when it is no flow log
/// @param records records taken
/// @param rejectedLines lines rejected
/// @param status what became of it
/// @param reason why, where there is something to say
public record LedgerEntry(
        String path,
        @Nullable String contentHash,
        long sizeBytes,
        long decodedBytes,
        long modifiedMillis,
        @Nullable String form,
        @Nullable String format,
        long records,
        long rejectedLines,
        FileStatus status,
        @Nullable String reason) {

    /// What is the same for files that give the same rows: the hash of the text, and whether the
    /// text is broken, because then a last line without an end is not taken. Null when nothing was
    /// read.
    @Nullable String contentKey() {
        return contentHash == null || !status.isBroken() ? contentHash : contentHash + "-";
    }

    /// This entry of a file whose content is the same as that of `other`.
    LedgerEntry asDuplicateOf(String other) {
        return new LedgerEntry(
                path,
                contentHash,
                sizeBytes,
                decodedBytes,
                modifiedMillis,
                form,
                format,
                0,
                0,
                FileStatus.DUPLICATE,
                other.equals(path) ? "same content as before" : "same content as " + other);
    }
}
