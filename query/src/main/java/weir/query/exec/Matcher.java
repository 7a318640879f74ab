// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.VectorBatch;

/// Finds the build rows that may match the rows of a probe batch. Belongs to one thread.
interface Matcher {
    /// Begins with the rows of `batch`.
    void start(VectorBatch batch);

    /// Puts the next pairs into the arrays, which are of one length, and gives how many: ascending
    /// by probe row, and for each in the order of the build rows.
    int next(int[] probeRows, int[] buildRows);

    /// The first probe row of which not all pairs were given; the batch's row count at the end.
    int row();
}
