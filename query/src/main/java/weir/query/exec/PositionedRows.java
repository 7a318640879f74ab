// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.IntStream;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.SqlType;

/// Rows that came in any order, with where each of them stands, brought into order.
final class PositionedRows {
    private PositionedRows() {}

    /// The rows of `stream`, whose batches tell positions, in the order of those.
    ///
    /// @param used which columns somebody reads; the others stand empty
    static BatchSource inOrder(
            RowStream stream, List<SqlType> types, SortedSet<Integer> used, QueryContext context) {
        List<CollectSink> sinks = ParallelRun.run(stream, () -> new CollectSink(context));
        BuildRows rows = BuildRows.ofWindow(sinks, types, context);
        int[] order = order(rows.batches(), rows.rowCount(), context);
        rows.keep(used);
        return BatchSource.made(
                order.length,
                (from, count) -> {
                    Vector[] columns = new Vector[types.size()];
                    Arrays.fill(columns, VectorValues.NOT_READ);
                    for (int column : used) {
                        columns[column] = rows.gather(column, order, from, count);
                    }
                    return new VectorBatch(count, columns);
                });
    }

    /// The numbers of the rows by position.
    private static int[] order(List<VectorBatch> batches, int rowCount, QueryContext context) {
        context.reserve(20L * rowCount);
        long[] positions = new long[rowCount];
        int at = 0;
        for (VectorBatch batch : batches) {
            long[] some = batch.positions();
            if (some == null) {
                throw new IllegalStateException("rows without positions");
            }
            System.arraycopy(some, 0, positions, at, batch.rowCount());
            at += batch.rowCount();
        }
        int[] order = sorted(positions);
        context.reserve(-16L * rowCount);
        return order;
    }

    /// The indexes of `positions`, which are distinct and not negative, in ascending order.
    static int[] sorted(long[] positions) {
        long parts = Arrays.stream(positions).map(ParallelRun::partOf).max().orElse(0) + 1;
        long rows = Arrays.stream(positions).map(ParallelRun::rowOf).max().orElse(0) + 1;
        int indexBits = 32 - Integer.numberOfLeadingZeros(Math.max(1, positions.length - 1));
        int[] order = new int[positions.length];
        if (bits(parts) + bits(rows) + indexBits > 63) {
            return IntStream.range(0, positions.length)
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> positions[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        long[] keys = new long[positions.length];
        int rowBits = bits(rows);
        for (int i = 0; i < keys.length; i++) {
            long place =
                    ParallelRun.partOf(positions[i]) << rowBits | ParallelRun.rowOf(positions[i]);
            keys[i] = place << indexBits | i;
        }
        Arrays.sort(keys);
        for (int i = 0; i < keys.length; i++) {
            order[i] = (int) (keys[i] & ((1L << indexBits) - 1));
        }
        return order;
    }

    private static int bits(long count) {
        return Long.SIZE - Long.numberOfLeadingZeros(count);
    }
}
