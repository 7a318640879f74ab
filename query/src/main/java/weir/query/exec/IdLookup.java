// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;

/// Finds the ids of values in a numbering that nobody adds to any more. Belongs to one thread; many
/// may look up in one numbering.
@FunctionalInterface
interface IdLookup {
    /// The id of a value that the numbering does not have.
    int MISSING = -1;

    /// Puts the id of each row into `ids`: 0 for NULL, [#MISSING] for what is not there.
    void find(Vector vector, int rowCount, int[] ids);
}
