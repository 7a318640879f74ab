// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.fault.QueryException;

/// TRY: a batch that fails is asked again row by row, and the rows that fail are NULL.
final class TryNode extends ExprNode {
    private final Expr.Try expr;
    private final ExprNode operand;

    TryNode(Expr.Try expr, ExprNode operand) {
        super(expr.type());
        this.expr = expr;
        this.operand = operand;
    }

    @Override
    boolean canFail() {
        return false;
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        try {
            return operand.evaluate(batch);
        } catch (QueryException failure) {
            if (failure.code() != QueryException.Code.INVALID_VALUE) {
                throw failure;
            }
            return RowByRow.evaluate(expr, batch);
        }
    }
}
