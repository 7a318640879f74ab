// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.plan.JoinType;
import weir.query.value.Allowance;

/// Tells of each probe row whether it has a match: as one more column, or by keeping only the rows
/// that have.
final class MarkPipe implements Pipe {
    private final PairFilter pairs;
    private final JoinType type;
    private final Unknown unknown;
    private final QueryContext context;

    /// Where a row without match is not known to have none.
    ///
    /// @param isKey of the probe rows: a NULL in it makes the mark NULL; null when none does
    /// @param isAll whether no row without match is known to have none
    record Unknown(@Nullable ExprNode isKey, boolean isAll) {}

    MarkPipe(PairFilter pairs, JoinType type, Unknown unknown, QueryContext context) {
        this.pairs = pairs;
        this.type = type;
        this.unknown = unknown;
        this.context = context;
    }

    @Override
    public BatchSource over(BatchSource input) {
        return Pipe.of(this::marked, context).over(input);
    }

    private @Nullable VectorBatch marked(VectorBatch batch) {
        boolean[] isMatched = new boolean[batch.rowCount()];
        pairs.start(batch);
        do {
            context.check();
            Allowance.current().take();
            int found = pairs.next();
            for (int i = 0; i < found; i++) {
                isMatched[pairs.probeRow(i)] = true;
            }
        } while (pairs.row() < batch.rowCount());
        return type == JoinType.SEMI ? kept(batch, isMatched) : withMark(batch, isMatched);
    }

    private static @Nullable VectorBatch kept(VectorBatch batch, boolean[] isMatched) {
        int[] rows = new int[isMatched.length];
        int count = 0;
        for (int row = 0; row < isMatched.length; row++) {
            if (isMatched[row]) {
                rows[count++] = row;
            }
        }
        if (count == 0) {
            return null;
        }
        return count == batch.rowCount() ? batch : Selection.gather(batch, rows, count);
    }

    private VectorBatch withMark(VectorBatch batch, boolean[] isMatched) {
        long[] marks = new long[isMatched.length];
        boolean[] nulls = new boolean[isMatched.length];
        ExprNode key = unknown.isKey();
        Vector keys = key == null ? null : key.evaluate(batch);
        for (int row = 0; row < marks.length; row++) {
            marks[row] = isMatched[row] ? 1 : 0;
            boolean isUnknown =
                    unknown.isAll()
                            || (key != null
                                    && keys != null
                                    && VectorValues.isNull(keys, key.type(), row));
            nulls[row] = !isMatched[row] && isUnknown;
        }
        Vector[] columns = Arrays.copyOf(batch.columns(), batch.columns().length + 1);
        columns[columns.length - 1] = new Vector.Longs(marks, nulls);
        return new VectorBatch(batch.rowCount(), columns, batch.weights(), batch.positions());
    }
}
