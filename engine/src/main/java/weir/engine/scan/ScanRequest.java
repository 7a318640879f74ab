// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;

/// What a scan gives: the values of `columns`, in that order, of the rows that pass `predicate`.
///
/// @param columns of the table; a segment may lack some, which read as absent
/// @param predicate null when every row passes
/// @param useIndexes whether bitmap indexes may be asked; never changes the answer
/// @param useZones whether zone maps may be asked, of blocks and of rows; never changes the answer
public record ScanRequest(
        List<Column> columns, @Nullable Predicate predicate, boolean useIndexes, boolean useZones) {

    /// A request that prunes in every way.
    public static ScanRequest of(List<Column> columns, @Nullable Predicate predicate) {
        return new ScanRequest(columns, predicate, true, true);
    }
}
