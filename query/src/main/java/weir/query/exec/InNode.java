// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;
import weir.query.value.ValueOrder;

/// IN a list of any expressions. Candidates that can fail are only asked for rows that still look
/// for their equal.
final class InNode extends ExprNode {
    private final ExprNode operand;
    private final List<ExprNode> candidates;

    InNode(ExprNode operand, List<ExprNode> candidates) {
        super(BasicType.BOOLEAN);
        this.operand = operand;
        this.candidates = List.copyOf(candidates);
    }

    @Override
    boolean canFail() {
        return operand.canFail() || candidates.stream().anyMatch(ExprNode::canFail);
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector value = operand.evaluate(batch);
        int rowCount = batch.rowCount();
        long[] flags = new long[rowCount];
        boolean[] nulls = new boolean[rowCount];
        int[] open = new int[rowCount];
        int openCount = 0;
        for (int row = 0; row < rowCount; row++) {
            nulls[row] = VectorValues.isNull(value, operand.type(), row);
            if (!nulls[row]) {
                open[openCount++] = row;
            }
        }
        for (ExprNode candidate : candidates) {
            if (openCount == 0) {
                break;
            }
            openCount = look(candidate, batch, value, open, openCount, flags, nulls);
        }
        return new Vector.Longs(flags, nulls);
    }

    /// Settles the open rows that equal the candidate and gives how many stay open.
    private int look(
            ExprNode candidate,
            VectorBatch batch,
            Vector value,
            int[] open,
            int openCount,
            long[] flags,
            boolean[] nulls) {
        boolean isWhole = !candidate.canFail();
        Vector other =
                candidate.evaluate(isWhole ? batch : Selection.gather(batch, open, openCount));
        int left = 0;
        for (int i = 0; i < openCount; i++) {
            int row = open[i];
            Object mine = VectorValues.get(value, operand.type(), row);
            Object its = VectorValues.get(other, candidate.type(), isWhole ? row : i);
            Boolean isEqual = (mine == null || its == null) ? null : ValueOrder.equal(mine, its);
            if (Boolean.TRUE.equals(isEqual)) {
                flags[row] = 1;
                nulls[row] = false;
            } else {
                nulls[row] |= isEqual == null;
                open[left++] = row;
            }
        }
        return left;
    }
}
