// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.fault.QueryException;

/// An expression whose batch failed is asked again row by row, where an argument behind a NULL is
/// not computed: only a row that needs the impossible value fails, as in Trino.
final class FailureCheckedNode extends ExprNode {
    private final Expr expr;
    private final ExprNode node;

    FailureCheckedNode(Expr expr, ExprNode node) {
        super(node.type());
        this.expr = expr;
        this.node = node;
    }

    @Override
    boolean canFail() {
        return node.canFail();
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        try {
            return node.evaluate(batch);
        } catch (QueryException failure) {
            if (failure.code() != QueryException.Code.INVALID_VALUE) {
                throw failure;
            }
            return RowByRow.evaluate(expr, batch);
        }
    }
}
