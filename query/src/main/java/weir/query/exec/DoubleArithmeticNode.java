// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;
import weir.query.value.NumberFunctions;

/// Arithmetic of DOUBLE.
final class DoubleArithmeticNode extends BinaryNode {
    DoubleArithmeticNode(ScalarFunction function, ExprNode left, ExprNode right) {
        super(function, left, right, BasicType.DOUBLE);
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector.Doubles leftDoubles = (Vector.Doubles) left.evaluate(batch);
        Vector.Doubles rightDoubles = (Vector.Doubles) right.evaluate(batch);
        int rowCount = batch.rowCount();
        double[] a = leftDoubles.values();
        double[] b = rightDoubles.values();
        double[] values = new double[rowCount];
        switch (function) {
            case ADD -> {
                for (int i = 0; i < rowCount; i++) {
                    values[i] = a[i] + b[i];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < rowCount; i++) {
                    values[i] = a[i] - b[i];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < rowCount; i++) {
                    values[i] = a[i] * b[i];
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < rowCount; i++) {
                    values[i] = a[i] / b[i];
                }
            }
            default -> {
                for (int i = 0; i < rowCount; i++) {
                    values[i] = NumberFunctions.arithmetic(function, a[i], b[i]);
                }
            }
        }
        return new Vector.Doubles(
                values, VectorValues.nullsOf(leftDoubles.nulls(), rightDoubles.nulls(), rowCount));
    }
}
