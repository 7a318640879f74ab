// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import weir.engine.fault.Limits;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan;
import weir.query.type.SqlType;

/// Keeps the rows of one thread of which a window is asked for: whenever several times as many have
/// come together as were left, those that others of their partition stand before are let go.
final class TopOfPartitionsSink implements Sink {
    /// So few rows are kept as they come.
    static final int ROWS_MIN = 1 << 16;

    private static final int GROWTH = 4;

    /// The same where most rows were asked for: then the work should not show.
    private static final int GROWTH_IN_VAIN = 32;

    private final Wanted wanted;
    private final QueryContext context;
    private final int rowsMin;
    private CollectSink kept;
    private long rowCount;
    private long rowsMax;
    private long dictionaryBytes;

    /// Which rows are wanted.
    ///
    /// @param types of the columns
    /// @param partition the columns that make a partition
    /// @param order of the rows in a partition
    record Wanted(
            List<SqlType> types,
            List<Integer> partition,
            List<LogicalPlan.SortKey> order,
            LogicalPlan.Window.Top top) {}

    /// @param rowsMin how many rows are kept as they come
    TopOfPartitionsSink(Wanted wanted, int rowsMin, QueryContext context) {
        this.wanted = wanted;
        this.rowsMin = rowsMin;
        this.rowsMax = rowsMin;
        this.context = context;
        kept = new CollectSink(context);
    }

    @Override
    public void accept(VectorBatch batch, long position) {
        kept.accept(batch, position);
        rowCount += batch.rowCount();
        if (rowCount > rowsMax) {
            long before = rowCount;
            letGo();
            boolean isWorthIt = 2 * rowCount < before;
            rowsMax = Math.max(rowsMin, (isWorthIt ? GROWTH : GROWTH_IN_VAIN) * rowCount);
        }
    }

    /// The rows that are left.
    CollectSink rows() {
        return kept;
    }

    private void letGo() {
        QueryContext work = context.part();
        try {
            List<CollectSink.Placed> placed = List.copyOf(kept.batches());
            BuildRows rows = BuildRows.ofWindow(List.of(kept), wanted.types(), work);
            int[] numbers =
                    PartitionedRows.of(
                                    rows,
                                    wanted.partition(),
                                    wanted.order(),
                                    wanted.top().rowCount(),
                                    new TreeSet<>(
                                            IntStream.range(0, wanted.types().size())
                                                    .boxed()
                                                    .toList()),
                                    work)
                            .numbersOf(wanted.top());
            keep(rows, placed, numbers);
        } finally {
            work.release();
        }
    }

    /// Keeps the rows of these numbers. Batches stay apart where rows of other threads may come
    /// between them.
    private void keep(BuildRows rows, List<CollectSink.Placed> placed, int[] numbers) {
        kept = new CollectSink(context);
        int before = 0;
        int from = 0;
        for (int i = 0; i < placed.size(); ) {
            int last = i;
            int end = before + placed.get(i).batch().rowCount();
            while (last + 1 < placed.size() && isOnePart(placed.get(i), placed.get(last + 1))) {
                last++;
                end += placed.get(last).batch().rowCount();
            }
            int to = from;
            while (to < numbers.length && numbers[to] < end) {
                to++;
            }
            for (int at = from; at < to; at += Limits.BATCH_ROWS) {
                context.check();
                int count = Math.min(Limits.BATCH_ROWS, to - at);
                kept.accept(
                        batch(rows, numbers, at, count),
                        placed.get(i).position() + (numbers[at] - before));
            }
            from = to;
            before = end;
            i = last + 1;
        }
        rowCount = numbers.length;
        long bytes = BatchSize.ofDictionaries(batches());
        context.reserve(bytes - dictionaryBytes);
        dictionaryBytes = bytes;
    }

    private static boolean isOnePart(CollectSink.Placed first, CollectSink.Placed other) {
        return ParallelRun.partOf(first.position()) == ParallelRun.partOf(other.position());
    }

    private VectorBatch batch(BuildRows rows, int[] numbers, int from, int count) {
        Vector[] columns = new Vector[wanted.types().size()];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = rows.gather(column, numbers, from, count);
        }
        return new VectorBatch(count, columns);
    }

    private List<VectorBatch> batches() {
        List<VectorBatch> batches = new ArrayList<>();
        kept.batches().forEach(one -> batches.add(one.batch()));
        return batches;
    }
}
