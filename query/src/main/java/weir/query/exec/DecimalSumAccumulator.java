// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.fault.QueryException;
import weir.query.type.SqlType;

/// sum and avg of DECIMAL.
final class DecimalSumAccumulator extends GroupwiseAccumulator {
    private final boolean isAverage;
    private @Nullable BigDecimal[] sums = new @Nullable BigDecimal[0];
    private long[] counts = new long[0];

    DecimalSumAccumulator(boolean isAverage, SqlType type, QueryContext context) {
        super(type, context, 64);
        this.isAverage = isAverage;
    }

    @Override
    void grow(int from, int to) {
        sums = Arrays.copyOf(sums, to);
        counts = Arrays.copyOf(counts, to);
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        Vector argument = arguments[0];
        for (int row = 0; row < input.rowCount(); row++) {
            BigDecimal value = (BigDecimal) VectorValues.get(argument, type(), row);
            if (value != null) {
                add(input.groups()[row], value, 1);
            }
        }
    }

    private void add(int group, BigDecimal value, long count) {
        BigDecimal sum = sums[group];
        sums[group] = sum == null ? value : sum.add(value);
        counts[group] += count;
    }

    @Override
    void mergeGroup(Accumulator other, int from, int to) {
        DecimalSumAccumulator more = (DecimalSumAccumulator) other;
        BigDecimal sum = more.sums[from];
        if (sum != null) {
            add(to, sum, more.counts[from]);
        }
    }

    @Override
    @Nullable Object result(int group) {
        BigDecimal sum = sums[group];
        if (sum == null) {
            return null;
        }
        SqlType.Decimal decimal = (SqlType.Decimal) type();
        BigDecimal result =
                isAverage
                        ? sum.divide(
                                BigDecimal.valueOf(counts[group]),
                                decimal.scale(),
                                RoundingMode.HALF_UP)
                        : sum;
        if (result.precision() > decimal.precision()) {
            throw new QueryException(QueryException.Code.INVALID_VALUE, "Decimal overflow");
        }
        return result;
    }
}
