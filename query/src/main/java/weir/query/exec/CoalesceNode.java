// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.SqlType;

/// COALESCE: each argument is asked for the rows where all before it are NULL.
final class CoalesceNode extends ExprNode {
    private final List<ExprNode> arguments;

    CoalesceNode(List<ExprNode> arguments, SqlType type) {
        super(type);
        this.arguments = List.copyOf(arguments);
    }

    @Override
    boolean canFail() {
        return arguments.stream().anyMatch(ExprNode::canFail);
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        VectorBuilder result = new VectorBuilder(type(), batch.rowCount());
        VectorBatch open = batch;
        int[] openRows = new int[batch.rowCount()];
        for (int row = 0; row < openRows.length; row++) {
            openRows[row] = row;
        }
        for (ExprNode argument : arguments) {
            Vector values = argument.evaluate(open);
            int[] left = new int[open.rowCount()];
            int leftCount = 0;
            for (int row = 0; row < open.rowCount(); row++) {
                Object value = VectorValues.get(values, type(), row);
                if (value == null) {
                    left[leftCount++] = row;
                } else {
                    result.set(openRows[row], value);
                }
            }
            if (leftCount == 0) {
                break;
            }
            for (int i = 0; i < leftCount; i++) {
                openRows[i] = openRows[left[i]];
            }
            open = Selection.gather(open, left, leftCount);
        }
        return result.build();
    }
}
