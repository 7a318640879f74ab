// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;
import weir.query.value.TimeFunctions;

/// from_unixtime of DOUBLE seconds.
final class FromUnixTimeNode extends ExprNode {
    private final ExprNode operand;

    FromUnixTimeNode(ExprNode operand) {
        super(BasicType.TIMESTAMP_TZ);
        this.operand = operand;
    }

    @Override
    boolean canFail() {
        return operand.canFail();
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector.Doubles doubles = (Vector.Doubles) operand.evaluate(batch);
        double[] from = doubles.values();
        long[] values = new long[batch.rowCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = TimeFunctions.fromUnixTime(from[i]);
        }
        return new Vector.Longs(values, doubles.nulls());
    }
}
