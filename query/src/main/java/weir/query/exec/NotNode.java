// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;

/// NOT: NULL stays NULL.
final class NotNode extends ExprNode {
    private final ExprNode operand;

    NotNode(ExprNode operand) {
        super(BasicType.BOOLEAN);
        this.operand = operand;
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector.Longs flags = (Vector.Longs) operand.evaluate(batch);
        long[] values = new long[batch.rowCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 - flags.values()[i];
        }
        return new Vector.Longs(values, flags.nulls());
    }

    @Override
    boolean canFail() {
        return operand.canFail();
    }
}
