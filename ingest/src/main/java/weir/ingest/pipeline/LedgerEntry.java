// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the ledger says of one file.
///
/// @param path the name the file was given
/// @param contentHash hash of its text; null when that was not read to the end
/// @param packedHash hash of the bytes of a packed file; null for plain text and when it was not
///   read to the end
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
        @Nullable String packedHash,
        long sizeBytes,
        long decodedBytes,
        long modifiedMillis,
        @Nullable String form,
        @Nullable String format,
        long records,
        long rejectedLines,
        FileStatus status,
        @Nullable String reason) {

    /// Each is the same for files of which the rows are to be taken once; none when nothing was
    /// read. One is the hash of the text, and whether the text is broken, because then a last line
    /// without an end is not taken. Another, of packed files, is the hash of their bytes: what text
    /// broken bytes give depends on what unpacks them.
    List<String> contentKeys() {
        List<String> keys = new ArrayList<>(2);
        if (contentHash != null) {
            keys.add(status.isBroken() ? contentHash + "-" : contentHash);
        }
        if (packedHash != null) {
            keys.add(packedKey(packedHash));
        }
        return keys;
    }

    /// The key of files with this [#packedHash].
    static String packedKey(String packedHash) {
        return "packed " + packedHash;
    }

    /// This entry of a file whose content is the same as that of `other`.
    LedgerEntry asDuplicateOf(String other) {
        return new LedgerEntry(
                path,
                contentHash,
                packedHash,
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
