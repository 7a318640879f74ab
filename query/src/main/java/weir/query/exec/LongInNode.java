// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;

/// IN a list of constants, for values that stand as whole numbers.
final class LongInNode extends ExprNode {
    private final ExprNode operand;
    private final long[] candidates;
    private final boolean hasNull;

    /// @param candidates the constants, in any order
    /// @param hasNull whether NULL is among them: then nothing is ever known to be outside
    LongInNode(ExprNode operand, long[] candidates, boolean hasNull) {
        super(BasicType.BOOLEAN);
        this.operand = operand;
        this.candidates = candidates.clone();
        this.hasNull = hasNull;
        Arrays.sort(this.candidates);
    }

    @Override
    boolean canFail() {
        return operand.canFail();
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector.Longs longs = (Vector.Longs) operand.evaluate(batch);
        int rowCount = batch.rowCount();
        long[] flags = new long[rowCount];
        for (int i = 0; i < rowCount; i++) {
            flags[i] = Arrays.binarySearch(candidates, longs.values()[i]) >= 0 ? 1 : 0;
        }
        if (!hasNull) {
            return new Vector.Longs(flags, longs.nulls());
        }
        boolean[] nulls = new boolean[rowCount];
        for (int i = 0; i < rowCount; i++) {
            nulls[i] = longs.isNull(i) || flags[i] == 0;
        }
        return new Vector.Longs(flags, nulls);
    }
}
