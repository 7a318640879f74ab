// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;

/// Computes one function over a window, partition by partition.
interface WindowEvaluator {
    /// Computes the results of the rows of `partition`.
    void evaluate(WindowPartition partition);

    /// The results at places `from` to `from + count` of what was evaluated.
    Vector results(int from, int count);
}
