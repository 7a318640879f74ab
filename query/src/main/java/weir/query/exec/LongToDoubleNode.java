// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;

/// INTEGER or BIGINT as DOUBLE, divided by a constant.
final class LongToDoubleNode extends ExprNode {
    private final ExprNode operand;
    private final double divisor;

    LongToDoubleNode(ExprNode operand, double divisor) {
        super(BasicType.DOUBLE);
        this.operand = operand;
        this.divisor = divisor;
    }

    @Override
    boolean canFail() {
        return operand.canFail();
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector.Longs longs = (Vector.Longs) operand.evaluate(batch);
        long[] from = longs.values();
        double[] values = new double[batch.rowCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = from[i] / divisor;
        }
        return new Vector.Doubles(values, longs.nulls());
    }
}
