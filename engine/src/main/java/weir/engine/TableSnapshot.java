// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.util.List;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentReader;

/// One table at one moment: its columns and its segments, in order of publication. Safe for many
/// readers; the segments stay open as long as the [Snapshot] they came from.
///
/// @param name the table's name
/// @param schema the columns of all its segments together
/// @param segments the segments; each may lack columns
/// @param skipped segments that are left out as damaged, where that was asked for
public record TableSnapshot(
        String name, Schema schema, List<SegmentReader> segments, List<SkippedSegment> skipped) {

    /// How many rows there are.
    public long rowCount() {
        return segments.stream().mapToLong(SegmentReader::rowCount).sum();
    }
}
