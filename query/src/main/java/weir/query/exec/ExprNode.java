// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.SqlType;

/// An expression ready to run: computes a whole batch at a time. Belongs to one thread, since nodes
/// keep buffers and tables.
abstract class ExprNode {
    private final SqlType type;

    ExprNode(SqlType type) {
        this.type = type;
    }

    final SqlType type() {
        return type;
    }

    /// The value for each row of `batch`. The vector may share arrays with the batch and with other
    /// results, so nobody writes into it.
    ///
    /// @throws weir.query.fault.QueryException when some row makes it impossible
    abstract Vector evaluate(VectorBatch batch);

    /// Whether some row could make it impossible: then it is only asked for the rows that need it.
    abstract boolean canFail();
}
