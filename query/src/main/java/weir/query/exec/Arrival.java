// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

/// In what order somebody wants rows.
enum Arrival {
    /// In the order that the query gives them.
    IN_ORDER,
    /// Or in any order, if batches tell where each row stands in that order.
    POSITIONED,
    /// In any order.
    ANY;

    /// What is asked of what rows are made of, where their order is that of what they are made of
    /// and nobody tells positions any more.
    Arrival withoutPositions() {
        return this == ANY ? ANY : IN_ORDER;
    }
}
