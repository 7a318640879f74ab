// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// What stands several times in expressions over the same batches: computed once for each batch.
final class SharedNode extends ExprNode {
    private final ExprNode node;
    private @Nullable VectorBatch batch;
    private @Nullable Vector result;

    SharedNode(ExprNode node) {
        super(node.type());
        this.node = node;
    }

    @Override
    boolean canFail() {
        return node.canFail();
    }

    /// Batches are told apart as objects: nobody writes into one that was handed on.
    @Override
    @SuppressWarnings("ReferenceEquality")
    Vector evaluate(VectorBatch rows) {
        Vector known = result;
        if (known == null || batch != rows) {
            known = node.evaluate(rows);
            batch = rows;
            result = known;
        }
        return known;
    }
}
