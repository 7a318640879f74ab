// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.function.Predicate;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;

/// A test of text that never fails: LIKE with a constant pattern, equality with a constant.
final class TextTestNode extends ExprNode {
    private final ExprNode operand;
    private final Predicate<String> test;

    TextTestNode(ExprNode operand, Predicate<String> test) {
        super(BasicType.BOOLEAN);
        this.operand = operand;
        this.test = test;
    }

    @Override
    boolean canFail() {
        return operand.canFail();
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector texts = operand.evaluate(batch);
        int rowCount = batch.rowCount();
        long[] flags = new long[rowCount];
        boolean[] nulls = new boolean[rowCount];
        for (int row = 0; row < rowCount; row++) {
            String text = VectorValues.text(texts, row);
            nulls[row] = text == null;
            flags[row] = text != null && test.test(text) ? 1 : 0;
        }
        return new Vector.Longs(flags, nulls);
    }
}
