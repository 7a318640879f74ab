// SPDX-License-Identifier: Apache-2.0
package weir.engine.vector;

import org.jspecify.annotations.Nullable;

/// Rows side by side: one vector for each column, all of `rowCount` rows.
///
/// @param rowCount how many rows, at least 0
/// @param columns the columns, in the order that was asked for
/// @param weights how many rows each row stands for, where they come out of a summary: some columns
///   then hold sums over those; null where each stands for itself. May be longer than the batch
/// @param positions where each row stands among all, where batches do not come in that order; null
///   where they do. May be longer than the batch
public record VectorBatch(
        int rowCount, Vector[] columns, long @Nullable [] weights, long @Nullable [] positions) {

    /// Rows that stand for themselves, in order.
    public VectorBatch(int rowCount, Vector[] columns) {
        this(rowCount, columns, null, null);
    }

    /// The vector of column `index`.
    public Vector column(int index) {
        return columns[index];
    }
}
