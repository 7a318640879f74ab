// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;
import weir.query.value.TimeFunctions;

/// from_unixtime of whole seconds or of DOUBLE. NULL rows hold any number and are not asked.
final class FromUnixTimeNode extends ExprNode {
    private final ExprNode operand;

    FromUnixTimeNode(ExprNode operand) {
        super(BasicType.TIMESTAMP_TZ);
        this.operand = operand;
    }

    @Override
    boolean canFail() {
        return true;
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector seconds = operand.evaluate(batch);
        long[] values = new long[batch.rowCount()];
        if (seconds instanceof Vector.Longs longs) {
            for (int i = 0; i < values.length; i++) {
                values[i] = longs.isNull(i) ? 0 : TimeFunctions.fromUnixTime(longs.values()[i]);
            }
            return new Vector.Longs(values, longs.nulls());
        }
        Vector.Doubles doubles = (Vector.Doubles) seconds;
        for (int i = 0; i < values.length; i++) {
            values[i] = doubles.isNull(i) ? 0 : TimeFunctions.fromUnixTime(doubles.values()[i]);
        }
        return new Vector.Longs(values, doubles.nulls());
    }
}
