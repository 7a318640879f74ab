// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan;
import weir.query.type.SqlType;
import weir.query.value.ValueSize;

/// Keeps the first rows of an order in a bounded heap whose top is the last of them. Most rows are
/// turned away by one comparison of their first key. Sinks of several threads are merged into one.
final class TopRowsSink implements Sink {
    private static final int VALUE_BYTES = 16;

    private final RowOrder order;
    private final List<SqlType> types;
    private final int rowsMax;
    private final PriorityQueue<Row> heap;
    private final @Nullable TopBound bound;
    private final QueryContext context;

    private record Row(@Nullable Object[] values, long position) {}

    /// @param bound is told what the first key of rows has to be; null when nobody asks
    TopRowsSink(
            RowOrder order,
            List<SqlType> types,
            int rowsMax,
            @Nullable TopBound bound,
            QueryContext context) {
        this.bound = bound;
        this.order = order;
        this.types = types;
        this.rowsMax = rowsMax;
        this.context = context;
        this.heap = new PriorityQueue<>(Math.clamp(rowsMax, 1, 1024), (a, b) -> compare(b, a));
    }

    private int compare(Row left, Row right) {
        int byKeys = order.compare(left.values(), right.values());
        return byKeys != 0 ? byKeys : Long.compare(left.position(), right.position());
    }

    @Override
    public void accept(VectorBatch batch, long position) {
        if (rowsMax == 0) {
            return;
        }
        LogicalPlan.SortKey first = order.keys().getFirst();
        boolean[] isOut = new boolean[batch.rowCount()];
        Row last = heap.size() < rowsMax ? null : heap.peek();
        if (last != null) {
            markOut(batch.column(first.column()), first, last.values()[first.column()], isOut);
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            if (!isOut[row]) {
                long[] positions = batch.positions();
                offer(batch, row, positions == null ? position + row : positions[row]);
            }
        }
        if (bound != null
                && heap.size() >= rowsMax
                && heap.element().values()[first.column()] instanceof Long worst) {
            bound.close(worst);
        }
    }

    /// Marks rows whose first key, a whole number, comes behind that of the last row kept.
    private static void markOut(
            Vector vector, LogicalPlan.SortKey key, @Nullable Object last, boolean[] isOut) {
        if (!(vector instanceof Vector.Longs longs)
                || (longs.nulls() != null && key.isNullsFirst())
                || !(last instanceof Long bound)) {
            return;
        }
        long limit = bound;
        long[] values = longs.values();
        for (int row = 0; row < isOut.length; row++) {
            isOut[row] = key.isDescending() ? values[row] < limit : values[row] > limit;
        }
        boolean[] nulls = longs.nulls();
        for (int row = 0; nulls != null && row < isOut.length; row++) {
            isOut[row] |= nulls[row];
        }
    }

    private void offer(VectorBatch batch, int row, long position) {
        Row last = heap.size() < rowsMax ? null : heap.peek();
        if (last != null && !comesBefore(batch, row, position, last)) {
            return;
        }
        @Nullable Object[] values = new @Nullable Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = VectorValues.get(batch.column(i), types.get(i), row);
        }
        context.reserve(bytes(values) - (last == null ? 0 : bytes(last.values())));
        if (last != null) {
            heap.poll();
        }
        heap.add(new Row(values, position));
    }

    private static long bytes(@Nullable Object[] values) {
        long total = (long) VALUE_BYTES * values.length;
        for (Object value : values) {
            total += ValueSize.bytes(value);
        }
        return total;
    }

    private boolean comesBefore(VectorBatch batch, int row, long position, Row last) {
        for (LogicalPlan.SortKey key : order.keys()) {
            int column = key.column();
            Object value = VectorValues.get(batch.column(column), types.get(column), row);
            int compared = RowOrder.compare(key, value, last.values()[column]);
            if (compared != 0) {
                return compared < 0;
            }
        }
        return position < last.position();
    }

    void merge(TopRowsSink other) {
        for (Row row : other.heap) {
            heap.add(row);
            if (heap.size() > rowsMax) {
                heap.poll();
            }
        }
    }

    /// The rows kept, in order, from `offset` on.
    VectorBatch rows(int offset) {
        List<Row> rows = new ArrayList<>(heap);
        rows.sort(this::compare);
        List<Row> shown = rows.subList(Math.min(offset, rows.size()), rows.size());
        Vector[] columns = new Vector[types.size()];
        for (int i = 0; i < columns.length; i++) {
            VectorBuilder builder = new VectorBuilder(types.get(i), shown.size());
            for (int row = 0; row < shown.size(); row++) {
                builder.set(row, shown.get(row).values()[i]);
            }
            columns[i] = builder.build();
        }
        return new VectorBatch(shown.size(), columns);
    }
}
