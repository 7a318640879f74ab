// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.vector.TextList;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// The same value in every row: one vector, made once.
final class ConstantNode extends ExprNode {
    private final @Nullable Object value;
    private Vector vector;
    private int rowCount = Limits.BATCH_ROWS;

    ConstantNode(@Nullable Object value, SqlType type) {
        super(type);
        this.value = value;
        this.vector = fill(value, type, rowCount);
    }

    @Nullable Object value() {
        return value;
    }

    private static Vector fill(@Nullable Object value, SqlType type, int rowCount) {
        if (type == BasicType.VARCHAR) {
            return new Vector.Codes(
                    new int[rowCount], new TextList(new @Nullable String[] {(String) value}));
        }
        if (value instanceof Long number) {
            long[] values = new long[rowCount];
            Arrays.fill(values, number);
            return new Vector.Longs(values, null);
        }
        if (value instanceof Double number) {
            double[] values = new double[rowCount];
            Arrays.fill(values, number);
            return new Vector.Doubles(values, null);
        }
        VectorBuilder builder = new VectorBuilder(type, rowCount);
        for (int row = 0; row < rowCount; row++) {
            builder.set(row, value);
        }
        return builder.build();
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        if (batch.rowCount() > rowCount) {
            rowCount = batch.rowCount();
            vector = fill(value, type(), rowCount);
        }
        return vector;
    }

    @Override
    boolean canFail() {
        return false;
    }
}
