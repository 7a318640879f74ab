// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;

/// A step that rows take one batch at a time. Belongs to one thread.
interface Stage {
    /// The rows that come out, null when none does.
    @Nullable VectorBatch apply(VectorBatch batch);

    /// Keeps the rows for which `condition` is true.
    static Stage filter(Expr condition) {
        ExprNode node = ExprCompiler.compile(condition);
        return batch -> {
            int[] rows = new int[batch.rowCount() + 1];
            int count = Selection.ofTrue(node.evaluate(batch), batch.rowCount(), rows);
            if (count == 0) {
                return null;
            }
            return count == batch.rowCount() ? batch : Selection.gather(batch, rows, count);
        };
    }

    /// One column for each expression.
    static Stage project(List<Expr> expressions) {
        List<ExprNode> nodes = ExprCompiler.compile(expressions);
        return batch -> {
            Vector[] columns = new Vector[nodes.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = nodes.get(i).evaluate(batch);
            }
            return new VectorBatch(batch.rowCount(), columns, batch.weights(), batch.positions());
        };
    }

    /// The rows that come out of all stages, one behind the other.
    static @Nullable VectorBatch applyAll(List<Stage> stages, VectorBatch batch) {
        VectorBatch rows = batch;
        for (Stage stage : stages) {
            rows = stage.apply(rows);
            if (rows == null) {
                return null;
            }
        }
        return rows;
    }
}
