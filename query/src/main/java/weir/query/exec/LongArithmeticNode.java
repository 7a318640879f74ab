// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.value.NumberFunctions;

/// Arithmetic of whole numbers. The loops run over all rows, NULL or not, and note whether any
/// result went out of range; only then are the rows looked at one by one.
final class LongArithmeticNode extends BinaryNode {
    LongArithmeticNode(ScalarFunction function, ExprNode left, ExprNode right, SqlType type) {
        super(function, left, right, type);
    }

    @Override
    boolean canFail() {
        return true;
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector.Longs leftLongs = (Vector.Longs) left.evaluate(batch);
        Vector.Longs rightLongs = (Vector.Longs) right.evaluate(batch);
        int rowCount = batch.rowCount();
        boolean[] nulls = VectorValues.nullsOf(leftLongs.nulls(), rightLongs.nulls(), rowCount);
        long[] values = new long[rowCount];
        long[] a = leftLongs.values();
        long[] b = rightLongs.values();
        boolean isExact =
                switch (function) {
                    case ADD -> add(a, b, values, rowCount);
                    case SUBTRACT -> subtract(a, b, values, rowCount);
                    case MULTIPLY -> multiply(a, b, values, rowCount);
                    default -> false;
                };
        if (!isExact || !fits(values, rowCount)) {
            checkEach(a, b, nulls, values, rowCount);
        }
        return new Vector.Longs(values, nulls);
    }

    private static boolean add(long[] a, long[] b, long[] values, int rowCount) {
        long overflow = 0;
        for (int i = 0; i < rowCount; i++) {
            long sum = a[i] + b[i];
            overflow |= (a[i] ^ sum) & (b[i] ^ sum);
            values[i] = sum;
        }
        return overflow >= 0;
    }

    private static boolean subtract(long[] a, long[] b, long[] values, int rowCount) {
        long overflow = 0;
        for (int i = 0; i < rowCount; i++) {
            long difference = a[i] - b[i];
            overflow |= (a[i] ^ b[i]) & (a[i] ^ difference);
            values[i] = difference;
        }
        return overflow >= 0;
    }

    private static boolean multiply(long[] a, long[] b, long[] values, int rowCount) {
        long overflow = 0;
        for (int i = 0; i < rowCount; i++) {
            long product = a[i] * b[i];
            // The upper half repeats the sign of the lower exactly when nothing was lost.
            overflow |= Math.multiplyHigh(a[i], b[i]) ^ (product >> 63);
            values[i] = product;
        }
        return overflow == 0;
    }

    private boolean fits(long[] values, int rowCount) {
        int unused = 64 - ((BasicType) type()).bits();
        if (unused == 0) {
            return true;
        }
        long outside = 0;
        for (int i = 0; i < rowCount; i++) {
            outside |= values[i] ^ (values[i] << unused >> unused);
        }
        return outside == 0;
    }

    private void checkEach(
            long[] a, long[] b, boolean @Nullable [] nulls, long[] values, int rowCount) {
        for (int i = 0; i < rowCount; i++) {
            if (nulls == null || !nulls[i]) {
                values[i] = NumberFunctions.arithmetic(function, a[i], b[i], type());
            }
        }
    }
}
