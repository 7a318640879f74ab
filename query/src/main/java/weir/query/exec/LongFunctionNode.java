// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.function.LongUnaryOperator;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.SqlType;

/// A function from one whole number to another that never fails: parts of times and the like.
final class LongFunctionNode extends ExprNode {
    private final ExprNode operand;
    private final LongUnaryOperator function;

    LongFunctionNode(ExprNode operand, LongUnaryOperator function, SqlType type) {
        super(type);
        this.operand = operand;
        this.function = function;
    }

    @Override
    boolean canFail() {
        return operand.canFail();
    }

    /// NULL rows hold any number, which is why the function must not fail.
    @Override
    Vector evaluate(VectorBatch batch) {
        Vector.Longs longs = (Vector.Longs) operand.evaluate(batch);
        long[] from = longs.values();
        long[] values = new long[batch.rowCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = function.applyAsLong(from[i]);
        }
        return new Vector.Longs(values, longs.nulls());
    }
}
