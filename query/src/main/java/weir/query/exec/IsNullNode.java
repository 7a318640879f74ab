// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;

/// IS NULL.
final class IsNullNode extends ExprNode {
    private final ExprNode operand;

    IsNullNode(ExprNode operand) {
        super(BasicType.BOOLEAN);
        this.operand = operand;
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector vector = operand.evaluate(batch);
        long[] values = new long[batch.rowCount()];
        if (vector instanceof Vector.Longs longs) {
            boolean[] nulls = longs.nulls();
            for (int i = 0; i < values.length && nulls != null; i++) {
                values[i] = nulls[i] ? 1 : 0;
            }
            return new Vector.Longs(values, null);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = VectorValues.isNull(vector, operand.type(), i) ? 1 : 0;
        }
        return new Vector.Longs(values, null);
    }

    @Override
    boolean canFail() {
        return operand.canFail();
    }
}
