// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;
import weir.engine.segment.SegmentReader;
import weir.engine.segment.SegmentSummary;

/// Which summary of a segment has all that a grouping needs of its rows. Safe for many threads.
///
/// @param values names of the columns whose values are needed
/// @param sums names of those whose sums are
/// @param presences names of those of which only is whether they have a value
record SummaryChoice(Set<String> values, Set<String> sums, Set<String> presences) {

    /// The choice for `need`, which is of these columns.
    static SummaryChoice of(SummaryNeed need, List<Column> columns) {
        return new SummaryChoice(
                names(need.values(), columns),
                names(need.sums(), columns),
                names(need.presences(), columns));
    }

    static Set<String> names(Collection<Integer> ordinals, List<Column> columns) {
        Set<String> names = new HashSet<>();
        ordinals.forEach(ordinal -> names.add(columns.get(ordinal).name()));
        return names;
    }

    /// The summary of fewest rows that has everything; null when none has. What the segment lacks
    /// is absent in all of its rows, and so in summaries.
    ///
    /// @param tested columns whose values are asked for besides
    @Nullable SegmentSummary of(SegmentReader segment, Set<String> tested) {
        SegmentSummary best = null;
        for (SegmentSummary summary : segment.summaries()) {
            boolean isLess = best == null || summary.rows().rowCount() < best.rows().rowCount();
            if (isLess && hasAll(summary, segment) && has(tested, summary.dimensions(), segment)) {
                best = summary;
            }
        }
        return best;
    }

    private boolean hasAll(SegmentSummary summary, SegmentReader segment) {
        Set<String> present = new HashSet<>(summary.dimensions());
        present.addAll(summary.sums());
        return has(values, summary.dimensions(), segment)
                && has(sums, summary.sums(), segment)
                && has(presences, present, segment);
    }

    private static boolean has(Set<String> wanted, Set<String> found, SegmentReader segment) {
        return wanted.stream()
                .allMatch(name -> found.contains(name) || segment.column(name) == null);
    }
}
