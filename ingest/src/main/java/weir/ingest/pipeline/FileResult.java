// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import weir.ingest.parse.RejectedLine;
import weir.ingest.parse.RejectedLines;
import weir.ingest.source.InputFile;

/// What reading one file gave, but for its rows.
///
/// @param entry what the ledger will say
/// @param rejected the rejected lines that are kept
/// @param rejectedByCategory how many lines were rejected for which kind of reason
/// @param twinKeys of a duplicate, the keys of the content of which one must be there; else none
record FileResult(
        LedgerEntry entry,
        List<RejectedLine> rejected,
        Map<String, Long> rejectedByCategory,
        List<String> twinKeys) {

    FileResult(
            LedgerEntry entry, List<RejectedLine> rejected, Map<String, Long> rejectedByCategory) {
        this(entry, rejected, rejectedByCategory, List.of());
    }

    /// A file of which nothing was taken.
    static FileResult nothingFrom(InputFile file, FileStatus status, String reason) {
        return new FileResult(
                new LedgerEntry(
                        file.name(),
                        null,
                        null,
                        file.sizeBytes(),
                        0,
                        file.modifiedMillis(),
                        null,
                        null,
                        0,
                        0,
                        status,
                        reason),
                List.of(),
                Map.of());
    }

    FileResult asDuplicateOf(String other) {
        List<String> keys = twinKeys.isEmpty() ? entry.contentKeys() : twinKeys;
        return new FileResult(entry.asDuplicateOf(other), List.of(), Map.of(), keys);
    }

    /// The kept ones of `rejected`; the last says how many are missing.
    static List<RejectedLine> kept(RejectedLines rejected) {
        return kept(rejected.kept(), rejected.count());
    }

    /// `lines`; when they are fewer than `count`, the last says how many are missing.
    static List<RejectedLine> kept(List<RejectedLine> lines, long count) {
        if (lines.isEmpty() || lines.size() == count) {
            return List.copyOf(lines);
        }
        List<RejectedLine> kept = new ArrayList<>(lines);
        RejectedLine last = kept.removeLast();
        kept.add(
                new RejectedLine(
                        last.line(),
                        last.offsetBytes(),
                        "%s; %d more rejected lines of this file are not listed"
                                .formatted(last.reason(), count - lines.size()),
                        last.text()));
        return kept;
    }
}
