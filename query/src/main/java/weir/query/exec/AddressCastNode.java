// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.type.BasicType;
import weir.query.value.ExprValue;

/// CAST of VARCHAR to IPADDRESS. Codes of a dictionary of addresses are addresses already.
final class AddressCastNode extends ExprNode {
    private final ExprNode operand;
    private final Expr.Cast cast;
    private final boolean isOfAddresses;

    /// @param isOfAddresses whether the operand is known to hold nothing but addresses
    AddressCastNode(ExprNode operand, Expr.Cast cast, boolean isOfAddresses) {
        super(BasicType.IPADDRESS);
        this.isOfAddresses = isOfAddresses;
        this.operand = operand;
        this.cast = cast;
    }

    @Override
    boolean canFail() {
        return operand.canFail() || (!isOfAddresses && !cast.isTry());
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector texts = operand.evaluate(batch);
        if (texts instanceof Vector.Codes codes && codes.dictionary().isAddresses()) {
            return codes;
        }
        @Nullable Object[] addresses = new @Nullable Object[batch.rowCount()];
        for (int row = 0; row < addresses.length; row++) {
            String text = VectorValues.text(texts, row);
            addresses[row] = text == null ? null : ExprValue.convert(text, cast);
        }
        return new Vector.Objects(addresses);
    }
}
