// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.util.List;

/// What a compaction did.
///
/// @param tables one entry for each table of the store
public record CompactReport(List<Table> tables) {

    /// What became of one table.
    ///
    /// @param name the table
    /// @param segmentsBefore its segments before
    /// @param segmentsAfter its segments now
    /// @param rowsRewritten rows that were written anew
    /// @param bytesBefore bytes of its segments before
    /// @param bytesAfter bytes of its segments now
    public record Table(
            String name,
            int segmentsBefore,
            int segmentsAfter,
            long rowsRewritten,
            long bytesBefore,
            long bytesAfter) {}

    /// Rows that were written anew.
    public long rowsRewritten() {
        return tables.stream().mapToLong(Table::rowsRewritten).sum();
    }
}
