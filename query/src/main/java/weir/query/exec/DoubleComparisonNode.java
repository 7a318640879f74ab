// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;

/// Comparison of DOUBLE: NaN equals nothing and is neither less nor greater.
final class DoubleComparisonNode extends BinaryNode {
    DoubleComparisonNode(ScalarFunction function, ExprNode left, ExprNode right) {
        super(function, left, right, BasicType.BOOLEAN);
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector.Doubles leftDoubles = (Vector.Doubles) left.evaluate(batch);
        Vector.Doubles rightDoubles = (Vector.Doubles) right.evaluate(batch);
        int rowCount = batch.rowCount();
        double[] a = leftDoubles.values();
        double[] b = rightDoubles.values();
        long[] flags = new long[rowCount];
        for (int i = 0; i < rowCount; i++) {
            flags[i] = holds(a[i], b[i]) ? 1 : 0;
        }
        return new Vector.Longs(
                flags, VectorValues.nullsOf(leftDoubles.nulls(), rightDoubles.nulls(), rowCount));
    }

    private boolean holds(double a, double b) {
        return switch (function) {
            case EQUAL -> a == b;
            case NOT_EQUAL -> a != b;
            case LESS_THAN -> a < b;
            case LESS_OR_EQUAL -> a <= b;
            case GREATER_THAN -> a > b;
            case GREATER_OR_EQUAL -> a >= b;
            default -> throw new IllegalArgumentException(function + " is no comparison");
        };
    }
}
