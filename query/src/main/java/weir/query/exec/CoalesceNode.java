// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.SqlType;

/// COALESCE: each argument is asked for the rows where all before it are NULL.
final class CoalesceNode extends ExprNode {
    private final List<ExprNode> arguments;
    private final boolean isCheap;

    /// @param isCheap whether arguments cost less for all rows than picking the rows that need them
    CoalesceNode(List<ExprNode> arguments, boolean isCheap, SqlType type) {
        super(type);
        this.arguments = List.copyOf(arguments);
        this.isCheap = isCheap && VectorBuilder.standsAsLongs(type) && !canFail();
    }

    @Override
    boolean canFail() {
        return arguments.stream().anyMatch(ExprNode::canFail);
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        return isCheap ? ofAllRows(batch) : ofOpenRows(batch);
    }

    private Vector ofAllRows(VectorBatch batch) {
        Vector.Longs result = (Vector.Longs) arguments.getFirst().evaluate(batch);
        for (int i = 1; i < arguments.size() && result.nulls() != null; i++) {
            result = filled(result, (Vector.Longs) arguments.get(i).evaluate(batch));
        }
        return result;
    }

    private static Vector.Longs filled(Vector.Longs first, Vector.Longs second) {
        boolean[] nulls = first.nulls();
        if (nulls == null) {
            return first;
        }
        long[] values = new long[first.values().length];
        for (int row = 0; row < values.length; row++) {
            values[row] = nulls[row] ? second.values()[row] : first.values()[row];
        }
        boolean[] others = second.nulls();
        if (others == null) {
            return new Vector.Longs(values, null);
        }
        boolean[] left = new boolean[values.length];
        for (int row = 0; row < values.length; row++) {
            left[row] = nulls[row] && others[row];
        }
        return new Vector.Longs(values, left);
    }

    private Vector ofOpenRows(VectorBatch batch) {
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
