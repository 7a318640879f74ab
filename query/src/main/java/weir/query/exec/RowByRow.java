// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.value.ExprValue;

/// An expression computed the slow and exact way: for each row what that row needs, and no more.
final class RowByRow {
    private RowByRow() {}

    /// The value of `expr` for each row of `batch`.
    ///
    /// @throws weir.query.fault.QueryException when some row makes it impossible
    static Vector evaluate(Expr expr, VectorBatch batch) {
        Expr.Input[] inputs = new Expr.Input[batch.columns().length];
        collect(expr, inputs);
        @Nullable Object[] row = new @Nullable Object[inputs.length];
        VectorBuilder result = new VectorBuilder(expr.type(), batch.rowCount());
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
