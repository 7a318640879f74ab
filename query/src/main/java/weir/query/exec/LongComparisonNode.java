// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;

/// Comparison of values that stand as whole numbers.
final class LongComparisonNode extends BinaryNode {
    LongComparisonNode(ScalarFunction function, ExprNode left, ExprNode right) {
        super(function, left, right, BasicType.BOOLEAN);
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector.Longs leftLongs = (Vector.Longs) left.evaluate(batch);
        Vector.Longs rightLongs = (Vector.Longs) right.evaluate(batch);
        int rowCount = batch.rowCount();
        long[] a = leftLongs.values();
        long[] b = rightLongs.values();
        long[] flags = new long[rowCount];
        switch (function) {
            case EQUAL -> equal(a, b, flags, 1);
            case NOT_EQUAL -> equal(a, b, flags, 0);
            case LESS_THAN -> less(a, b, flags, 1);
            case GREATER_OR_EQUAL -> less(a, b, flags, 0);
            case GREATER_THAN -> less(b, a, flags, 1);
            case LESS_OR_EQUAL -> less(b, a, flags, 0);
            default -> throw new IllegalArgumentException(function + " is no comparison");
        }
        return new Vector.Longs(
                flags, VectorValues.nullsOf(leftLongs.nulls(), rightLongs.nulls(), rowCount));
    }

    /// `outcome` where equal; bits and no comparison, which would become a branch.
    private static void equal(long[] a, long[] b, long[] flags, long outcome) {
        for (int i = 0; i < flags.length; i++) {
            long difference = a[i] ^ b[i];
            flags[i] = ((difference | -difference) >>> 63) ^ outcome;
        }
    }

    /// `outcome` where `a` is less. Differences may overflow, hence the sign by Hacker's Delight
    /// 2-12.
    private static void less(long[] a, long[] b, long[] flags, long outcome) {
        long flip = 1 - outcome;
        for (int i = 0; i < flags.length; i++) {
            long x = a[i];
            long y = b[i];
            flags[i] = (((x & ~y) | (~(x ^ y) & (x - y))) >>> 63) ^ flip;
        }
    }
}
