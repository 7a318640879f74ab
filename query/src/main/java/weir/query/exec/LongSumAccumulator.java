// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.index.ZoneMap;
import weir.engine.vector.Vector;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// sum and avg of whole numbers. Sums are exact: how often the 64 bits wrapped is counted apart, so
/// the order of the rows cannot matter and overflow is judged by the whole sum.
final class LongSumAccumulator extends GroupwiseAccumulator {
    private final boolean isAverage;
    private final boolean isSum;
    private long[] sums = new long[0];
    private long[] counts = new long[0];

    /// How often each sum wrapped, counted upwards; null while none has.
    private int @Nullable [] wraps;

    /// @param isSum whether the argument of a row that stands for many is the sum over those
    LongSumAccumulator(boolean isAverage, boolean isSum, SqlType type, QueryContext context) {
        super(type, context, 2 * Long.BYTES);
        this.isAverage = isAverage;
        this.isSum = isSum;
    }

    @Override
    void grow(int from, int to) {
        sums = Arrays.copyOf(sums, to);
        counts = Arrays.copyOf(counts, to);
        wraps = wraps == null ? null : Arrays.copyOf(wraps, to);
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        Vector.Longs longs = longs(arguments[0]);
        int[] groups = input.groups();
        long[] values = longs.values();
        boolean[] nulls = longs.nulls();
        long[] weights = input.weights();
        if (weights != null) {
            addWeighted(input, longs, weights);
            return;
        }
        for (int row = 0; row < input.rowCount(); row++) {
            if (nulls == null || !nulls[row]) {
                add(groups[row], values[row], 1);
            }
        }
    }

    private void addWeighted(AggregateInput input, Vector.Longs longs, long[] weights) {
        for (int row = 0; row < input.rowCount(); row++) {
            if (longs.isNull(row)) {
                continue;
            }
            int group = input.groups()[row];
            long value = longs.values()[row];
            long weight = weights[row];
            if (isSum) {
                add(group, value, weight);
            } else {
                long product = value * weight;
                add(group, product, weight);
                long wrapped = Math.multiplyHigh(value, weight) - (product >> 63);
                if (wrapped != 0) {
                    wrap(group, Math.toIntExact(wrapped));
                }
            }
        }
    }

    static Vector.Longs longs(Vector argument) {
        if (argument instanceof Vector.Longs longs) {
            return longs;
        }
        throw new IllegalArgumentException("an aggregate of whole numbers got " + argument);
    }

    private void add(int group, long value, long count) {
        long old = sums[group];
        long sum = old + value;
        sums[group] = sum;
        counts[group] += count;
        if (((old ^ sum) & (value ^ sum)) < 0) {
            wrap(group, value < 0 ? -1 : 1);
        }
    }

    private void wrap(int group, int times) {
        int[] known = wraps == null ? new int[sums.length] : wraps;
        known[group] += times;
        wraps = known;
    }

    @Override
    void add(int group, ZoneMap zone) {
        add(group, zone.sum(), zone.rowCount() - zone.absentCount());
    }

    @Override
    void mergeGroup(Accumulator other, int from, int to) {
        LongSumAccumulator more = (LongSumAccumulator) other;
        add(to, more.sums[from], more.counts[from]);
        if (more.wraps != null && more.wraps[from] != 0) {
            wrap(to, more.wraps[from]);
        }
    }

    @Override
    @Nullable Object result(int group) {
        if (counts[group] == 0) {
            return null;
        }
        boolean isWrapped = wraps != null && wraps[group] != 0;
        if (isAverage) {
            double sum = isWrapped ? exact(group).doubleValue() : sums[group];
            double average = sum / counts[group];
            return type().isInterval() ? (Object) Math.round(average) : (Object) average;
        }
        if (isWrapped) {
            throw new QueryException(
                    QueryException.Code.INVALID_VALUE,
                    type().displayName() + " addition overflow: sum() is " + exact(group));
        }
        return sums[group];
    }

    private BigInteger exact(int group) {
        int times = wraps == null ? 0 : wraps[group];
        return BigInteger.valueOf(sums[group]).add(BigInteger.valueOf(times).shiftLeft(64));
    }

    @Override
    Vector results(int[] order, int from, int count) {
        if (isAverage || wraps != null || type() != BasicType.BIGINT) {
            return super.results(order, from, count);
        }
        long[] values = new long[count];
        boolean[] nulls = null;
        for (int i = 0; i < count; i++) {
            int group = order[from + i];
            values[i] = sums[group];
            if (counts[group] == 0) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            }
        }
        return new Vector.Longs(values, nulls);
    }
}
