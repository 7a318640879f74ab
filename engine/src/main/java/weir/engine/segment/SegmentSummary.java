// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Set;

/// The rows of a segment grouped by some of its columns: a row stands for all rows that have its
/// values there. Safe for many readers.
///
/// Of every number that is summed, the rows of a group have all a value or none. Rows come in the
/// order of the first rows that they stand for.
///
/// @param rows its rows as a segment of their own, with the dictionaries of the segment: the
///   dimensions, [#ROWS], and the sums under the names of what they are sums of. Open as long as
///   the segment
/// @param dimensions names of the columns by which rows are grouped
/// @param sums names of the columns that are summed
public record SegmentSummary(SegmentReader rows, Set<String> dimensions, Set<String> sums) {
    /// The column that says how many rows of the segment a row stands for.
    public static final String ROWS = "$rows";
}
