// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.SqlType;

/// date_trunc of timestamps to a unit of fixed length.
final class TruncateNode extends ExprNode {
    private final ExprNode operand;
    private final long unitMillis;

    TruncateNode(ExprNode operand, long unitMillis, SqlType type) {
        super(type);
        this.operand = operand;
        this.unitMillis = unitMillis;
    }

    @Override
    boolean canFail() {
        return operand.canFail();
    }

    /// Rows stand in order of time more often than not: the unit of the row before is tried first.
    @Override
    Vector evaluate(VectorBatch batch) {
        Vector.Longs longs = (Vector.Longs) operand.evaluate(batch);
        long[] from = longs.values();
        long[] values = new long[batch.rowCount()];
        long unit = unitMillis;
        long start = 0;
        for (int i = 0; i < values.length; i++) {
            long offset = from[i] - start;
            if (offset < 0 || offset >= unit) {
                start = from[i] - Math.floorMod(from[i], unit);
            }
            values[i] = start;
        }
        return new Vector.Longs(values, longs.nulls());
    }
}
