// SPDX-License-Identifier: Apache-2.0
package weir.engine.vector;

/// Rows side by side: one vector for each column, all of `rowCount` rows.
///
/// @param rowCount how many rows, at least 0
/// @param columns the columns, in the order that was asked for
public record VectorBatch(int rowCount, Vector[] columns) {

    /// The vector of column `index`.
    public Vector column(int index) {
        return columns[index];
    }
}
