// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.SqlType;

/// A column of the batch.
final class InputNode extends ExprNode {
    private final int index;

    InputNode(int index, SqlType type) {
        super(type);
        this.index = index;
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        return batch.column(index);
    }

    @Override
    boolean canFail() {
        return false;
    }
}
