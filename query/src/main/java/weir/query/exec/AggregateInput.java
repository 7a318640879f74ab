// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;

/// The rows that an aggregate gets at once.
///
/// @param groups the group of each row; longer than the rows are many
/// @param rowCount how many rows
/// @param firstPosition where the first row of the batch stood
/// @param rows which rows of the batch these are; null when all
/// @param weights how many rows each of these stands for; null where each stands for itself, and
///   never there for aggregates that [SummaryNeed] does not know
record AggregateInput(
        int[] groups,
        int rowCount,
        long firstPosition,
        int @Nullable [] rows,
        long @Nullable [] weights) {

    /// Rows that stand for themselves.
    AggregateInput(int[] groups, int rowCount, long firstPosition, int @Nullable [] rows) {
        this(groups, rowCount, firstPosition, rows, null);
    }

    /// Where row `row` stood.
    long position(int row) {
        return firstPosition + (rows == null ? row : rows[row]);
    }
}
