// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;
import weir.query.expr.WindowFunction;
import weir.query.fault.QueryException;

/// The functions of places and peers alone: row_number, rank, dense_rank, ntile, percent_rank and
/// cume_dist.
final class RankEvaluator implements WindowEvaluator {
    private final WindowFunction function;
    private final WindowValues buckets;
    private final QueryContext context;
    private final long[] whole;
    private final double[] shares;
    private final boolean[] isNull;

    /// @param buckets the argument of ntile; any value for the others
    RankEvaluator(
            WindowFunction function, WindowValues buckets, int rowCount, QueryContext context) {
        this.function = function;
        this.buckets = buckets;
        this.context = context;
        boolean isShare =
                function == WindowFunction.PERCENT_RANK || function == WindowFunction.CUME_DIST;
        context.reserve(9L * rowCount);
        whole = new long[isShare ? 0 : rowCount];
        shares = new double[isShare ? rowCount : 0];
        isNull = new boolean[function == WindowFunction.NTILE ? rowCount : 0];
    }

    @Override
    public void evaluate(WindowPartition partition) {
        int from = partition.from();
        int size = partition.size();
        for (int place = from; place < partition.to(); place++) {
            context.checkAt(place);
            int group = partition.groupOf(place);
            int before = partition.groupStart(group) - from;
            switch (function) {
                case ROW_NUMBER -> whole[place] = place - from + 1L;
                case RANK -> whole[place] = before + 1L;
                case DENSE_RANK -> whole[place] = group + 1L;
                case PERCENT_RANK -> shares[place] = size == 1 ? 0 : (double) before / (size - 1);
                case CUME_DIST ->
                        shares[place] = (double) (partition.groupStart(group + 1) - from) / size;
                case NTILE -> bucket(place, place - from, size);
                default -> throw new IllegalStateException(function + " is no rank");
            }
        }
    }

    private void bucket(int place, int row, int size) {
        if (!(buckets.get(place) instanceof Long count)) {
            isNull[place] = true;
            return;
        }
        if (count <= 0) {
            throw new QueryException(
                    QueryException.Code.INVALID_VALUE, "Buckets must be greater than 0");
        }
        long perBucket = size / count;
        long longer = size % count;
        long inLonger = (perBucket + 1) * longer;
        whole[place] = 1 + (row < inLonger ? row / (perBucket + 1) : (row - longer) / perBucket);
    }

    @Override
    public Vector results(int from, int count) {
        Vector all =
                shares.length > 0
                        ? new Vector.Doubles(shares, null)
                        : new Vector.Longs(whole, isNull.length > 0 ? isNull : null);
        return VectorValues.slice(all, from, count);
    }
}
