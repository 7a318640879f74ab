// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.expr.AggregateFunction;
import weir.query.type.BasicType;

/// Standard deviation and variance of whole numbers, from exact sums of the numbers and of their
/// squares: nothing is rounded before the result, so the order of the rows cannot matter.
final class LongSpreadAccumulator extends GroupwiseAccumulator {
    private static final BigInteger LOW_MASK =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);
    private static final BigInteger DOUBLE_MASK =
            BigInteger.ONE.shiftLeft(2 * Long.SIZE).subtract(BigInteger.ONE);

    private final AggregateFunction function;
    private long[] counts = new long[0];

    /// Each sum as a number of 128 bits in two words.
    private long[] sumLows = new long[0];

    private long[] sumHighs = new long[0];

    /// Each sum of squares in three words: a few great squares need more than 128 bits.
    private long[] squareLows = new long[0];

    private long[] squareHighs = new long[0];
    private int[] squareTops = new int[0];

    LongSpreadAccumulator(AggregateFunction function, QueryContext context) {
        super(BasicType.DOUBLE, context, 5 * Long.BYTES + Integer.BYTES);
        this.function = function;
    }

    @Override
    void grow(int from, int to) {
        counts = Arrays.copyOf(counts, to);
        sumLows = Arrays.copyOf(sumLows, to);
        sumHighs = Arrays.copyOf(sumHighs, to);
        squareLows = Arrays.copyOf(squareLows, to);
        squareHighs = Arrays.copyOf(squareHighs, to);
        squareTops = Arrays.copyOf(squareTops, to);
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        Vector.Longs longs = LongSumAccumulator.longs(arguments[0]);
        long[] values = longs.values();
        for (int row = 0; row < input.rowCount(); row++) {
            if (!longs.isNull(row)) {
                long value = values[row];
                int group = input.groups()[row];
                counts[group]++;
                addSum(group, value, value >> (Long.SIZE - 1));
                addSquares(group, value * value, Math.multiplyHigh(value, value), 0);
            }
        }
    }

    private void addSum(int group, long low, long high) {
        long sum = sumLows[group] + low;
        sumLows[group] = sum;
        sumHighs[group] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    }

    private void addSquares(int group, long low, long high, int top) {
        long sum = squareLows[group] + low;
        squareLows[group] = sum;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        // A square's upper word is below 2^62, but a sum's may be all ones.
        long carried = high + carry;
        long upper = squareHighs[group] + carried;
        squareHighs[group] = upper;
        boolean isWrapped =
                (carried == 0 && carry == 1) || Long.compareUnsigned(upper, carried) < 0;
        squareTops[group] += top + (isWrapped ? 1 : 0);
    }

    @Override
    void mergeGroup(Accumulator other, int from, int to) {
        LongSpreadAccumulator more = (LongSpreadAccumulator) other;
        counts[to] += more.counts[from];
        addSum(to, more.sumLows[from], more.sumHighs[from]);
        addSquares(to, more.squareLows[from], more.squareHighs[from], more.squareTops[from]);
    }

    @Override
    @Nullable Object result(int group) {
        long count = counts[group];
        boolean isSample =
                function == AggregateFunction.STDDEV_SAMP || function == AggregateFunction.VAR_SAMP;
        if (count == 0 || (isSample && count == 1)) {
            return null;
        }
        BigInteger sum = words(sumHighs[group], sumLows[group]);
        BigInteger squares =
                BigInteger.valueOf(squareTops[group])
                        .shiftLeft(2 * Long.SIZE)
                        .add(words(squareHighs[group], squareLows[group]).and(DOUBLE_MASK));
        double spread =
                squares.multiply(BigInteger.valueOf(count)).subtract(sum.pow(2)).doubleValue();
        double variance = spread / ((double) count * (isSample ? count - 1 : count));
        boolean isRoot =
                function == AggregateFunction.STDDEV_SAMP
                        || function == AggregateFunction.STDDEV_POP;
        return isRoot ? Math.sqrt(variance) : variance;
    }

    private static BigInteger words(long high, long low) {
        return BigInteger.valueOf(high)
                .shiftLeft(Long.SIZE)
                .add(BigInteger.valueOf(low).and(LOW_MASK));
    }
}
