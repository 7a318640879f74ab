// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.query.expr.ScalarFunction;
import weir.query.type.SqlType;

/// A function of two operands, which only they can make impossible.
abstract class BinaryNode extends ExprNode {
    final ScalarFunction function;
    final ExprNode left;
    final ExprNode right;

    BinaryNode(ScalarFunction function, ExprNode left, ExprNode right, SqlType type) {
        super(type);
        this.function = function;
        this.left = left;
        this.right = right;
    }

    @Override
    boolean canFail() {
        return left.canFail() || right.canFail();
    }
}
