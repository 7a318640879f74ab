// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;

/// The rows that an aggregate gets at once.
///
/// @param groups the group of each row; longer than the rows are many
/// @param rowCount how many rows
/// @param firstPosition where the first row of the batch stood
/// @param rows which rows of the batch these are; null when all
record AggregateInput(int[] groups, int rowCount, long firstPosition, int @Nullable [] rows) {

    /// Where row `row` stood.
    long position(int row) {
        return firstPosition + (rows == null ? row : rows[row]);
    }
}
