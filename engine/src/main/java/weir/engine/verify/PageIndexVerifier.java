// SPDX-License-Identifier: Apache-2.0
package weir.engine.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.format.SegmentFooter;
import weir.engine.format.SegmentFooter.PageIndexEntry;
import weir.engine.index.IndexDifference;
import weir.engine.index.PageIndex;
import weir.engine.index.PageIndexProof;
import weir.engine.segment.SegmentReader;

/// Proves the page indexes of a segment, each of which covers several columns. Belongs to one
/// thread.
final class PageIndexVerifier {
    private final SegmentReader segment;
    private final Findings findings;
    private final Map<Integer, PageIndexEntry> entries = new HashMap<>();
    private final Map<PageIndexEntry, PageIndexProof> proofs = new HashMap<>();

    /// Indexes of which nothing can be said: they, or a column of theirs, cannot be read.
    private final Set<PageIndexEntry> unknown = new HashSet<>();

    PageIndexVerifier(SegmentReader segment, SegmentFooter footer, Findings findings) {
        this.segment = segment;
        this.findings = findings;
        for (PageIndexEntry entry : footer.pageIndexes()) {
            entry.columns().forEach(ordinal -> entries.put(ordinal, entry));
        }
    }

    /// Adds the column at `ordinal`.
    ///
    /// @param values its rows as indexes know them
    /// @param keyCount how many codes its dictionary has; 0 of a number column
    /// @param isWhole whether all rows could be read
    void add(int ordinal, long[] values, long keyCount, boolean isWhole) {
        PageIndexEntry entry = entries.get(ordinal);
        if (entry == null || unknown.contains(entry)) {
            return;
        }
        boolean isAdded =
                isWhole
                        && findings.complete(() -> {
                            PageIndexProof proof = proofs.get(entry);
                            if (proof == null) {
                                proof = proof(ordinal, keyCount);
                                proofs.put(entry, proof);
                            }
                            proof.add(values);
                        });
        if (!isAdded) {
            unknown.add(entry);
        }
    }

    private PageIndexProof proof(int ordinal, long keyCount) {
        PageIndex index = segment.storedColumns().get(ordinal).pageIndex();
        if (index == null) {
            throw new IllegalStateException("no page index of column " + ordinal);
        }
        return new PageIndexProof(index, Math.max(keyCount, Limits.PAGES_NUMBERS_MAX));
    }

    /// Compares, when all columns were added.
    void finish() {
        proofs.forEach((entry, proof) -> {
            if (!unknown.contains(entry)) {
                findings.complete(() -> report(entry, proof.difference()));
            }
        });
    }

    private void report(PageIndexEntry entry, @Nullable IndexDifference difference) {
        if (difference != null) {
            String name = segment.storedColumns().get(entry.columns().getFirst()).column().name();
            findings.add(
                    entry.section().offset(),
                    difference.expected() + " in the page index of column " + name,
                    difference.found());
        }
    }
}
