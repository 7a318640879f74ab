// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.value.ExprValue;

/// An expression value by value: calls that take lambdas, whose bodies are asked an unknown number
/// of times.
final class RowwiseNode extends ExprNode {
    private final Expr expr;
    private final Expr.Input[] inputs;
    private final int width;

    RowwiseNode(Expr expr) {
        super(expr.type());
        this.expr = expr;
        NavigableSet<Integer> read = ExprInputs.of(expr);
        this.inputs = ExprInputs.columns(expr).toArray(Expr.Input[]::new);
        this.width = read.isEmpty() ? 0 : read.last() + 1;
    }

    @Override
    boolean canFail() {
        return true;
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        @Nullable Object[] row = new @Nullable Object[width];
        VectorBuilder result = new VectorBuilder(type(), batch.rowCount());
        for (int i = 0; i < batch.rowCount(); i++) {
            for (Expr.Input input : inputs) {
                row[input.index()] = VectorValues.get(batch.column(input.index()), input.type(), i);
            }
            result.set(i, ExprValue.of(expr, row));
        }
        return result.build();
    }
}
