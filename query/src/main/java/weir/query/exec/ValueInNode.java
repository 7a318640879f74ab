// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Set;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;

/// IN a list of constant texts, addresses or decimals of one scale, however long.
final class ValueInNode extends ExprNode {
    private final ExprNode operand;
    private final Set<Object> candidates;
    private final boolean hasNull;

    /// @param hasNull whether NULL is in the list
    ValueInNode(ExprNode operand, Set<Object> candidates, boolean hasNull) {
        super(BasicType.BOOLEAN);
        this.operand = operand;
        this.candidates = candidates;
        this.hasNull = hasNull;
    }

    @Override
    boolean canFail() {
        return operand.canFail();
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector values = operand.evaluate(batch);
        long[] flags = new long[batch.rowCount()];
        boolean[] nulls = new boolean[batch.rowCount()];
        for (int row = 0; row < flags.length; row++) {
            Object value = VectorValues.get(values, operand.type(), row);
            boolean isIn = value != null && candidates.contains(value);
            flags[row] = isIn ? 1 : 0;
            nulls[row] = value == null || (!isIn && hasNull);
        }
        return new Vector.Longs(flags, nulls);
    }
}
