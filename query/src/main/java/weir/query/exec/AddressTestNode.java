// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.schema.IpAddress;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;
import weir.query.value.Cidr;

/// contains(cidr, address) with a constant block.
final class AddressTestNode extends ExprNode {
    private final ExprNode operand;
    private final Cidr block;

    AddressTestNode(ExprNode operand, Cidr block) {
        super(BasicType.BOOLEAN);
        this.operand = operand;
        this.block = block;
    }

    @Override
    boolean canFail() {
        return operand.canFail();
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector addresses = operand.evaluate(batch);
        int rowCount = batch.rowCount();
        long[] flags = new long[rowCount];
        boolean[] nulls = new boolean[rowCount];
        for (int row = 0; row < rowCount; row++) {
            IpAddress address = VectorValues.address(addresses, row);
            nulls[row] = address == null;
            flags[row] = address != null && block.contains(address) ? 1 : 0;
        }
        return new Vector.Longs(flags, nulls);
    }
}
