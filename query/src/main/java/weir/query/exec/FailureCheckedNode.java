// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.fault.QueryException;
import weir.query.value.ExprValue;

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
            return rowByRow(batch);
        }
    }

    private Vector rowByRow(VectorBatch batch) {
        Expr.Input[] inputs = new Expr.Input[batch.columns().length];
        collect(expr, inputs);
        @Nullable Object[] row = new @Nullable Object[inputs.length];
        VectorBuilder result = new VectorBuilder(type(), batch.rowCount());
        for (int i = 0; i < batch.rowCount(); i++) {
            for (Expr.Input input : inputs) {
                if (input != null) {
                    Vector column = batch.column(input.index());
                    row[input.index()] = VectorValues.get(column, input.type(), i);
                }
            }
            Object value = ExprValue.of(expr, row);
            if (value != null) {
                result.set(i, value);
            }
        }
        return result.build();
    }

    private static void collect(Expr expr, Expr.Input[] inputs) {
        if (expr instanceof Expr.Input input) {
            inputs[input.index()] = input;
        }
        ExprTree.children(expr).forEach(part -> collect(part, inputs));
    }
}
