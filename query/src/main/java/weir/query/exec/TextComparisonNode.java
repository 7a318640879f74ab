// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;
import weir.query.value.ValueOrder;

/// A comparison of two texts. Codes of one dictionary are compared without their texts, as far as
/// the dictionary knows the order of those.
final class TextComparisonNode extends BinaryNode {
    TextComparisonNode(ScalarFunction function, ExprNode left, ExprNode right) {
        super(function, left, right, BasicType.BOOLEAN);
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        Vector lefts = left.evaluate(batch);
        Vector rights = right.evaluate(batch);
        int rowCount = batch.rowCount();
        if (lefts instanceof Vector.Codes one
                && rights instanceof Vector.Codes other
                && one.dictionary().equals(other.dictionary())) {
            int[] ranks = one.dictionary().textRanks();
            if (ranks != null) {
                return byRank(one.codes(), other.codes(), one.dictionary(), ranks, rowCount);
            }
        }
        long[] values = new long[rowCount];
        boolean[] nulls = null;
        for (int row = 0; row < rowCount; row++) {
            String one = (String) VectorValues.get(lefts, BasicType.VARCHAR, row);
            String other = (String) VectorValues.get(rights, BasicType.VARCHAR, row);
            if (one == null || other == null) {
                nulls = nulls == null ? new boolean[rowCount] : nulls;
                nulls[row] = true;
            } else {
                values[row] = holds(function, ValueOrder.compareText(one, other)) ? 1 : 0;
            }
        }
        return new Vector.Longs(values, nulls);
    }

    private Vector byRank(
            int[] lefts, int[] rights, Dictionary dictionary, int[] ranks, int rowCount) {
        long[] values = new long[rowCount];
        boolean[] nulls = dictionary.isNull(0) ? nulls(lefts, rights, rowCount) : null;
        int below = holds(function, -1) ? 1 : 0;
        int same = holds(function, 0) ? 1 : 0;
        int above = holds(function, 1) ? 1 : 0;
        for (int row = 0; row < rowCount; row++) {
            int compared = ranks[lefts[row]] - ranks[rights[row]];
            // Without a branch: which of two addresses comes first is as good as random.
            int isBelow = compared >>> 31;
            int isAbove = -compared >>> 31;
            int result = isBelow * below + isAbove * above + (1 - isBelow - isAbove) * same;
            values[row] = result;
        }
        return new Vector.Longs(values, nulls);
    }

    /// Only code 0 can be NULL.
    private static boolean @Nullable [] nulls(int[] lefts, int[] rights, int rowCount) {
        boolean[] nulls = new boolean[rowCount];
        boolean some = false;
        for (int row = 0; row < rowCount; row++) {
            nulls[row] = lefts[row] == 0 || rights[row] == 0;
            some |= nulls[row];
        }
        return some ? nulls : null;
    }

    /// Whether `function` holds of two values of which the first compares so with the second.
    static boolean holds(ScalarFunction function, int compared) {
        return switch (function) {
            case EQUAL -> compared == 0;
            case NOT_EQUAL -> compared != 0;
            case LESS_THAN -> compared < 0;
            case LESS_OR_EQUAL -> compared <= 0;
            case GREATER_THAN -> compared > 0;
            default -> compared >= 0;
        };
    }
}
