// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.VectorBatch;

/// Where the rows of one thread end.
interface Sink {
    /// Takes rows; the first of them stands at `position`, and positions ascend.
    void accept(VectorBatch batch, long position);
}
