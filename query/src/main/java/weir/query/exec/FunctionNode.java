// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.RowFunction;
import weir.query.type.SqlType;
import weir.query.value.Allowance;

/// Any function, row by row on values: for what no faster node exists.
final class FunctionNode extends ExprNode {
    private final List<ExprNode> arguments;
    private final RowFunction function;
    private final boolean takesNulls;
    private final boolean canFail;

    /// @param takesNulls whether the function is asked even where an argument is NULL
    /// @param canFail whether values can make the function itself fail
    FunctionNode(
            List<ExprNode> arguments,
            RowFunction function,
            SqlType type,
            boolean takesNulls,
            boolean canFail) {
        super(type);
        this.arguments = List.copyOf(arguments);
        this.function = function;
        this.takesNulls = takesNulls;
        this.canFail = canFail || arguments.stream().anyMatch(ExprNode::canFail);
    }

    @Override
    boolean canFail() {
        return canFail;
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        int argumentCount = arguments.size();
        Vector[] vectors = new Vector[argumentCount];
        for (int i = 0; i < argumentCount; i++) {
            vectors[i] = arguments.get(i).evaluate(batch);
        }
        VectorBuilder result = new VectorBuilder(type(), batch.rowCount());
        @Nullable Object[] values = new @Nullable Object[argumentCount];
        Allowance allowance = Allowance.current();
        for (int row = 0; row < batch.rowCount(); row++) {
            boolean hasNull = false;
            for (int i = 0; i < argumentCount; i++) {
                Object value = VectorValues.get(vectors[i], arguments.get(i).type(), row);
                values[i] = value;
                hasNull |= value == null;
            }
            if (!hasNull || takesNulls) {
                result.set(row, allowance.made(function.apply(values)));
            }
        }
        return result.build();
    }
}
