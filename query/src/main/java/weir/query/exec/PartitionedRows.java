// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan;

/// The rows of a window, partition behind partition, each in its order. Partitions come in the
/// order of their first row, so that they need no order of their own: rows are numbered by
/// partition as they are by group, and counted to their places.
final class PartitionedRows {
    /// More rows than this of a partition are sorted in less time than selected.
    private static final long SELECTED_MAX = 64;

    private final BuildRows rows;
    private final int[] sorted;
    private final int[] bounds;
    private final RowSort.@Nullable Order order;

    private PartitionedRows(
            BuildRows rows, int[] sorted, int[] bounds, RowSort.@Nullable Order order) {
        this.rows = rows;
        this.sorted = sorted;
        this.bounds = bounds;
        this.order = order;
    }

    /// @param kept the columns that are read later, those of the order among them
    static PartitionedRows of(
            BuildRows rows,
            List<Integer> partition,
            List<LogicalPlan.SortKey> order,
            SortedSet<Integer> kept,
            QueryContext context) {
        return of(rows, partition, order, Long.MAX_VALUE, kept, context);
    }

    /// The same, where behind the first `wanted` rows of a partition, and their peers, the order is
    /// of no interest.
    static PartitionedRows of(
            BuildRows rows,
            List<Integer> partition,
            List<LogicalPlan.SortKey> order,
            long wanted,
            SortedSet<Integer> kept,
            QueryContext context) {
        context.reserve(8L * rows.rowCount());
        int[] partitions = new int[rows.rowCount()];
        int count = partition.isEmpty() ? 1 : number(rows, partition, partitions, context);
        rows.keep(kept);
        int[] bounds = new int[count + 1];
        int[] sorted = counted(partitions, bounds);
        RowSort.Order compared = order.isEmpty() ? null : ColumnOrder.of(rows, order, context);
        if (compared != null) {
            sort(sorted, bounds, compared, wanted, context);
        }
        return new PartitionedRows(rows, sorted, bounds, compared);
    }

    /// Puts the number of each row's partition into `partitions`; gives how many there are.
    private static int number(
            BuildRows rows, List<Integer> partition, int[] partitions, QueryContext context) {
        List<ValueIds> ids = new ArrayList<>();
        for (int column : partition) {
            ids.add(ValueIds.of(rows.types().get(column), context));
        }
        GroupTable table = new GroupTable(ids, context);
        int[] some = new int[0];
        int at = 0;
        for (VectorBatch batch : rows.batches()) {
            context.check();
            some = some.length < batch.rowCount() ? new int[batch.rowCount()] : some;
            Vector[] keys = new Vector[ids.size()];
            for (int k = 0; k < keys.length; k++) {
                keys[k] = batch.column(partition.get(k));
            }
            table.groupsOf(keys, batch.rowCount(), at, null, some);
            System.arraycopy(some, 0, partitions, at, batch.rowCount());
            at += batch.rowCount();
        }
        return table.groupCount();
    }

    /// The rows by partition; `bounds` gets where each begins, and the end.
    private static int[] counted(int[] partitions, int[] bounds) {
        for (int partition : partitions) {
            bounds[partition + 1]++;
        }
        for (int i = 1; i < bounds.length; i++) {
            bounds[i] += bounds[i - 1];
        }
        int[] next = bounds.clone();
        int[] sorted = new int[partitions.length];
        for (int row = 0; row < partitions.length; row++) {
            sorted[next[partitions[row]]++] = row;
        }
        return sorted;
    }

    private static void sort(
            int[] rows, int[] bounds, RowSort.Order order, long wanted, QueryContext context) {
        for (int i = 0; i + 1 < bounds.length; i++) {
            context.checkAt(i);
            int count = bounds[i + 1] - bounds[i];
            if (count > 1) {
                int[] part = Arrays.copyOfRange(rows, bounds[i], bounds[i + 1]);
                if (wanted > 0 && wanted <= SELECTED_MAX && wanted < count) {
                    part = selected(part, order, (int) wanted, context);
                } else {
                    RowSort.sort(part, order, context);
                }
                System.arraycopy(part, 0, rows, bounds[i], count);
            }
        }
    }

    /// `rows` with the first `wanted` of them by `order` in front, then those equal to the last of
    /// these, then the others. Rows that compare equal keep their order.
    private static int[] selected(
            int[] rows, RowSort.Order order, int wanted, QueryContext context) {
        int[] best = new int[wanted + 1];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            context.checkAt(i);
            if (count == wanted && order.compare(rows[i], best[count - 1]) >= 0) {
                continue;
            }
            int at = count;
            while (at > 0 && order.compare(rows[i], best[at - 1]) < 0) {
                best[at] = best[at - 1];
                at--;
            }
            best[at] = rows[i];
            count = Math.min(wanted, count + 1);
        }
        int last = best[wanted - 1];
        BitSet chosen = new BitSet();
        for (int i = 0; i < wanted; i++) {
            chosen.set(best[i]);
        }
        int[] peers = Arrays.copyOf(best, rows.length);
        int[] others = new int[rows.length];
        int peerCount = wanted;
        int otherCount = 0;
        for (int row : rows) {
            if (!chosen.get(row)) {
                if (order.compare(row, last) == 0) {
                    peers[peerCount++] = row;
                } else {
                    others[otherCount++] = row;
                }
            }
        }
        System.arraycopy(others, 0, peers, peerCount, otherCount);
        return peers;
    }

    int rowCount() {
        return sorted.length;
    }

    /// The numbers of the rows that `top` asks for, and of the first row of each partition, by
    /// which partitions have their order; ascending.
    int[] numbersOf(LogicalPlan.Window.Top top) {
        BitSet wanted = new BitSet(sorted.length);
        for (int i = 0; i < partitionCount(); i++) {
            int from = bounds[i];
            int to = bounds[i + 1];
            int end = from + (int) Math.min(top.rowCount(), to - from);
            while (top.hasPeers() && end > from && end < to && isPeer(end - 1, end)) {
                end++;
            }
            int first = Integer.MAX_VALUE;
            for (int place = from; place < to; place++) {
                first = Math.min(first, sorted[place]);
                if (place < end) {
                    wanted.set(sorted[place]);
                }
            }
            if (to > from) {
                wanted.set(first);
            }
        }
        return wanted.stream().toArray();
    }

    /// How many partitions; one of no rows where there are none.
    int partitionCount() {
        return bounds.length - 1;
    }

    /// Where partition `index` begins; that of `partitionCount` is the end.
    int bound(int index) {
        return bounds[index];
    }

    /// Whether the rows at places `a` and `b` of one partition are peers: all are without an order.
    boolean isPeer(int a, int b) {
        return order == null || order.compare(sorted[a], sorted[b]) == 0;
    }

    /// The values of a kept column at places `from` to `from + count`.
    Vector gather(int column, int from, int count) {
        return rows.gather(column, sorted, from, count);
    }
}
