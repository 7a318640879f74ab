// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.fault.QueryException;
import weir.query.plan.LogicalPlan;
import weir.query.type.SqlType;

/// All rows of a stream in an order; rows that compare equal keep theirs.
final class SortedRows implements BatchSource {
    private final List<VectorBatch> batches = new ArrayList<>();
    private final List<SqlType> types;
    private final QueryContext context;
    private final int[] starts;
    private final int[] rows;
    private int given;

    private SortedRows(
            List<CollectSink.Placed> placed,
            RowOrder order,
            List<SqlType> types,
            QueryContext context) {
        this.types = types;
        this.context = context;
        placed.sort(Comparator.comparingLong(CollectSink.Placed::position));
        starts = new int[placed.size()];
        long total = 0;
        for (CollectSink.Placed one : placed) {
            starts[batches.size()] = (int) total;
            batches.add(one.batch());
            total += one.batch().rowCount();
            if (total > Integer.MAX_VALUE / 2) {
                throw new QueryException(
                        QueryException.Code.LIMIT_EXCEEDED,
                        "ORDER BY sorts at most " + Integer.MAX_VALUE / 2 + " rows; add a LIMIT");
            }
        }
        context.reserve(8 * total + BatchSize.ofDictionaries(batches));
        rows = new int[(int) total];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = row;
        }
        RowSort.sort(rows, compared(order), context);
    }

    /// Sorts the rows that the sinks of a run hold.
    static BatchSource of(
            List<CollectSink> sinks, RowOrder order, List<SqlType> types, QueryContext context) {
        List<CollectSink.Placed> placed = new ArrayList<>();
        sinks.forEach(sink -> placed.addAll(sink.batches()));
        return new SortedRows(placed, order, types, context);
    }

    private RowSort.Order compared(RowOrder order) {
        List<RowSort.Order> keys = new ArrayList<>();
        for (LogicalPlan.SortKey key : order.keys()) {
            keys.add(
                    VectorBuilder.standsAsLongs(types.get(key.column()))
                            ? longKey(key)
                            : objectKey(key));
        }
        if (keys.size() == 1) {
            return keys.getFirst();
        }
        return (a, b) -> {
            for (RowSort.Order key : keys) {
                int compared = key.compare(a, b);
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
    }

    /// The values of a column for all rows side by side.
    private RowSort.Order longKey(LogicalPlan.SortKey key) {
        context.reserve(9L * rows.length);
        long[] values = new long[rows.length];
        boolean[] nulls = new boolean[rows.length];
        int row = 0;
        for (VectorBatch batch : batches) {
            context.check();
            Vector vector = batch.column(key.column());
            for (int i = 0; i < batch.rowCount(); i++, row++) {
                nulls[row] = vector.isNull(i);
                values[row] = nulls[row] ? 0 : ((Vector.Longs) vector).values()[i];
            }
        }
        boolean isDescending = key.isDescending();
        boolean isNullsFirst = key.isNullsFirst();
        return (a, b) -> {
            if (nulls[a] || nulls[b]) {
                return nulls[a] && nulls[b] ? 0 : nulls[a] == isNullsFirst ? -1 : 1;
            }
            return isDescending
                    ? Long.compare(values[b], values[a])
                    : Long.compare(values[a], values[b]);
        };
    }

    private RowSort.Order objectKey(LogicalPlan.SortKey key) {
        context.reserve(8L * rows.length);
        SqlType type = types.get(key.column());
        @Nullable Object[] values = new @Nullable Object[rows.length];
        int row = 0;
        for (VectorBatch batch : batches) {
            context.check();
            for (int i = 0; i < batch.rowCount(); i++, row++) {
                values[row] = VectorValues.get(batch.column(key.column()), type, i);
            }
        }
        return (a, b) -> RowOrder.compare(key, values[a], values[b]);
    }

    @Override
    public @Nullable VectorBatch next() {
        context.check();
        int count = Math.min(Limits.BATCH_ROWS, rows.length - given);
        if (count <= 0) {
            return null;
        }
        Vector[] columns = new Vector[types.size()];
        for (int column = 0; column < columns.length; column++) {
            VectorBuilder builder = new VectorBuilder(types.get(column), count);
            for (int i = 0; i < count; i++) {
                int row = rows[given + i];
                int batch = batchOf(row);
                builder.set(
                        i,
                        VectorValues.get(
                                batches.get(batch).column(column),
                                types.get(column),
                                row - starts[batch]));
            }
            columns[column] = builder.build();
        }
        given += count;
        return new VectorBatch(count, columns);
    }

    private int batchOf(int row) {
        int found = Arrays.binarySearch(starts, row);
        return found >= 0 ? found : -found - 2;
    }
}
