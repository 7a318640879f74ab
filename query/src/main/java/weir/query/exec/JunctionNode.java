// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;

/// AND or OR. A part that can fail is only asked for the rows that the parts before it leave open.
final class JunctionNode extends ExprNode {
    private final List<ExprNode> parts;

    /// The value that settles a row: 0 for AND, 1 for OR.
    private final long deciding;

    JunctionNode(List<ExprNode> parts, boolean isAnd) {
        super(BasicType.BOOLEAN);
        this.parts = List.copyOf(parts);
        this.deciding = isAnd ? 0 : 1;
    }

    @Override
    boolean canFail() {
        return parts.stream().anyMatch(ExprNode::canFail);
    }

    @Override
    Vector evaluate(VectorBatch batch) {
        int rowCount = batch.rowCount();
        long[] values = new long[rowCount];
        java.util.Arrays.fill(values, 1 - deciding);
        boolean[] nulls = null;
        boolean isFirst = true;
        for (ExprNode part : parts) {
            if (!isFirst && !isOpen(values, nulls)) {
                break;
            }
            if (part.canFail() && !isFirst) {
                nulls = evaluateOpen(part, batch, values, nulls);
            } else {
                nulls = combine((Vector.Longs) part.evaluate(batch), values, nulls, rowCount);
            }
            isFirst = false;
        }
        return new Vector.Longs(values, nulls);
    }

    /// Whether some row waits for another part.
    private boolean isOpen(long[] values, boolean @Nullable [] nulls) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != deciding || (nulls != null && nulls[i])) {
                return true;
            }
        }
        return false;
    }

    /// Bits and no branches, which would be guessed wrong.
    @SuppressWarnings("ShortCircuitBoolean")
    private boolean @Nullable [] combine(
            Vector.Longs part, long[] values, boolean @Nullable [] nulls, int rowCount) {
        long[] more = part.values();
        boolean[] moreNulls = part.nulls();
        if (nulls == null && moreNulls == null) {
            if (deciding == 0) {
                for (int i = 0; i < rowCount; i++) {
                    values[i] &= more[i];
                }
            } else {
                for (int i = 0; i < rowCount; i++) {
                    values[i] |= more[i];
                }
            }
            return null;
        }
        boolean[] combined = nulls == null ? new boolean[rowCount] : nulls;
        for (int i = 0; i < rowCount; i++) {
            boolean isMoreNull = moreNulls != null && moreNulls[i];
            boolean isSettled = !combined[i] & values[i] == deciding;
            boolean isSettledNow = isSettled | (!isMoreNull & more[i] == deciding);
            combined[i] = (combined[i] | isMoreNull) & !isSettledNow;
            values[i] = isSettledNow ? deciding : 1 - deciding;
        }
        return combined;
    }

    private void merge(long[] values, boolean[] nulls, int row, long more, boolean isMoreNull) {
        boolean isSettled = !nulls[row] && values[row] == deciding;
        if (isSettled) {
            return;
        }
        if (isMoreNull) {
            nulls[row] = true;
        } else if (more == deciding) {
            values[row] = deciding;
            nulls[row] = false;
        }
    }

    private boolean @Nullable [] evaluateOpen(
            ExprNode part, VectorBatch batch, long[] values, boolean @Nullable [] nulls) {
        int[] open = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            if (values[row] != deciding || (nulls != null && nulls[row])) {
                open[count++] = row;
            }
        }
        if (count == 0) {
            return nulls;
        }
        if (count == batch.rowCount()) {
            return combine((Vector.Longs) part.evaluate(batch), values, nulls, count);
        }
        VectorBatch rows = Selection.gather(batch, open, count);
        Vector.Longs more = (Vector.Longs) part.evaluate(rows);
        boolean[] combined = nulls == null ? new boolean[batch.rowCount()] : nulls;
        for (int i = 0; i < count; i++) {
            merge(values, combined, open[i], more.values()[i], more.isNull(i));
        }
        return combined;
    }
}
