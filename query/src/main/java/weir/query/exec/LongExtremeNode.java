// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.SqlType;

/// least and greatest of types that stand as whole numbers: NULL where an argument is.
final class LongExtremeNode extends ExprNode {
    private final List<ExprNode> arguments;
    private final boolean isGreatest;

    LongExtremeNode(List<ExprNode> arguments, boolean isGreatest, SqlType type) {
        super(type);
        this.arguments = List.copyOf(arguments);
        this.isGreatest = isGreatest;
    }

    @Override
    boolean canFail() {
        return arguments.stream().anyMatch(ExprNode::canFail);
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        int rowCount = batch.rowCount();
        Vector.Longs result = (Vector.Longs) arguments.getFirst().evaluate(batch);
        for (ExprNode argument : arguments.subList(1, arguments.size())) {
            Vector.Longs next = (Vector.Longs) argument.evaluate(batch);
            long[] values = new long[rowCount];
            if (isGreatest) {
                for (int row = 0; row < rowCount; row++) {
                    values[row] = Math.max(result.values()[row], next.values()[row]);
                }
            } else {
                for (int row = 0; row < rowCount; row++) {
                    values[row] = Math.min(result.values()[row], next.values()[row]);
                }
            }
            result =
                    new Vector.Longs(
                            values, VectorValues.nullsOf(result.nulls(), next.nulls(), rowCount));
        }
        return result;
    }
}
