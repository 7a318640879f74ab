// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.expr.AggregateFunction;
import weir.query.fault.QueryException;

/// count, count_if, sum and avg of whole numbers over any frames: differences of sums from the
/// first row on, which are exact with a second word for what 64 bits do not hold.
final class WindowSum implements WindowEvaluator {
    private final AggregateFunction function;
    private final FrameRows frames;
    private final QueryContext context;

    /// Sums of the values before each place, modulo 2^64, and their upper words.
    private final long[] lows;

    private final long[] highs;

    /// How many values there are before each place; empty where every row counts.
    private final int[] counts;

    private final long[] sums;
    private final double[] averages;
    private final boolean[] isNull;

    private WindowSum(
            AggregateFunction function,
            @Nullable Vector argument,
            FrameRows frames,
            int rowCount,
            QueryContext context) {
        this.function = function;
        this.frames = frames;
        this.context = context;
        boolean isCount =
                function == AggregateFunction.COUNT || function == AggregateFunction.COUNT_ALL;
        context.reserve(33L * rowCount);
        lows = new long[isCount ? 0 : rowCount + 1];
        highs = new long[isCount ? 0 : rowCount + 1];
        counts = new int[argument == null ? 0 : rowCount + 1];
        boolean isAverage = function == AggregateFunction.AVG;
        sums = new long[isAverage ? 0 : rowCount];
        averages = new double[isAverage ? rowCount : 0];
        isNull = new boolean[rowCount];
        if (argument != null) {
            count(argument, rowCount);
        }
        if (!isCount && argument instanceof Vector.Longs longs) {
            sum(longs, rowCount);
        }
    }

    /// The evaluator of an aggregate, or null when it is none of those.
    ///
    /// @param argument the values by place; null of count(*)
    static @Nullable WindowSum of(
            AggregateFunction function,
            @Nullable WindowValues argument,
            FrameRows frames,
            int rowCount,
            QueryContext context) {
        Vector vector = argument == null ? null : argument.vector();
        boolean isFitting =
                switch (function) {
                    case COUNT_ALL -> true;
                    case COUNT -> vector != null && !(vector instanceof Vector.Codes);
                    case COUNT_IF, SUM -> vector instanceof Vector.Longs;
                    case AVG -> argument != null && argument.type().isInteger();
                    default -> false;
                };
        return isFitting ? new WindowSum(function, vector, frames, rowCount, context) : null;
    }

    private void count(Vector argument, int rowCount) {
        for (int place = 0; place < rowCount; place++) {
            counts[place + 1] = counts[place] + (argument.isNull(place) ? 0 : 1);
        }
    }

    private void sum(Vector.Longs values, int rowCount) {
        for (int place = 0; place < rowCount; place++) {
            long value = values.isNull(place) ? 0 : values.values()[place];
            long low = lows[place] + value;
            int carry = Long.compareUnsigned(low, value) < 0 ? 1 : 0;
            lows[place + 1] = low;
            highs[place + 1] = highs[place] + (value >> (Long.SIZE - 1)) + carry;
        }
    }

    @Override
    public void evaluate(WindowPartition partition) {
        frames.goTo(partition, context);
        for (int i = 0; i < partition.size(); i++) {
            context.checkAt(i);
            int place = partition.from() + i;
            int start = frames.start(i);
            int end = frames.end(i);
            long count = counts.length == 0 ? end - start : counts[end] - counts[start];
            switch (function) {
                case COUNT, COUNT_ALL -> sums[place] = count;
                case COUNT_IF -> sums[place] = lows[end] - lows[start];
                default -> put(place, start, end, count);
            }
        }
    }

    private void put(int place, int start, int end, long count) {
        if (count == 0) {
            isNull[place] = true;
            return;
        }
        long low = lows[end] - lows[start];
        long borrow = Long.compareUnsigned(lows[end], lows[start]) < 0 ? 1 : 0;
        long high = highs[end] - highs[start] - borrow;
        boolean isWrapped = high != low >> (Long.SIZE - 1);
        if (function == AggregateFunction.AVG) {
            double sum = isWrapped ? exact(high, low).doubleValue() : low;
            averages[place] = sum / count;
        } else if (isWrapped) {
            throw new QueryException(
                    QueryException.Code.INVALID_VALUE,
                    "bigint addition overflow: sum() is " + exact(high, low));
        } else {
            sums[place] = low;
        }
    }

    private static BigInteger exact(long high, long low) {
        BigInteger unsigned =
                low >= 0
                        ? BigInteger.valueOf(low)
                        : BigInteger.valueOf(low).add(BigInteger.ONE.shiftLeft(Long.SIZE));
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(unsigned);
    }

    @Override
    public Vector results(int from, int count) {
        boolean[] nulls = Arrays.copyOfRange(isNull, from, from + count);
        return function == AggregateFunction.AVG
                ? new Vector.Doubles(Arrays.copyOfRange(averages, from, from + count), nulls)
                : new Vector.Longs(Arrays.copyOfRange(sums, from, from + count), nulls);
    }
}
