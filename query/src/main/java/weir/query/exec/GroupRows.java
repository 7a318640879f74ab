// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// Groups as rows: their keys, then what was computed of each.
///
/// @param table the groups
/// @param keyCount how many keys they have
/// @param accumulators what was computed, by call
/// @param used which columns somebody reads; the others stand empty
/// @param isPositioned whether to tell where the first rows of groups stood
record GroupRows(
        GroupTable table,
        int keyCount,
        List<Accumulator> accumulators,
        SortedSet<Integer> used,
        boolean isPositioned) {

    /// The groups in this order.
    BatchSource inOrder(int[] order) {
        accumulators.forEach(accumulator -> accumulator.ensure(table.groupCount()));
        return BatchSource.made(order.length, (from, count) -> batch(order, from, count));
    }

    private VectorBatch batch(int[] order, int from, int count) {
        Vector[] columns = new Vector[keyCount + accumulators.size()];
        Arrays.fill(columns, VectorValues.NOT_READ);
        for (int column : used) {
            columns[column] =
                    column < keyCount
                            ? table.keyValues(column, order, from, count)
                            : accumulators.get(column - keyCount).results(order, from, count);
        }
        long[] positions = isPositioned ? table.firstPositions(order, from, count) : null;
        return new VectorBatch(count, columns, null, positions);
    }
}
