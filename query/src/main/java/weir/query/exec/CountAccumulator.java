// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.index.ZoneMap;
import weir.engine.vector.Vector;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// count(*), count(x) and count_if(x).
final class CountAccumulator extends GroupwiseAccumulator {
    private final @Nullable SqlType argumentType;
    private final boolean countsTrue;
    private final boolean isOfSums;
    private long[] counts = new long[0];

    /// @param argumentType null for count(*)
    /// @param countsTrue whether only true values count
    CountAccumulator(@Nullable SqlType argumentType, boolean countsTrue, QueryContext context) {
        this(argumentType, countsTrue, false, context);
    }

    private CountAccumulator(
            @Nullable SqlType argumentType,
            boolean countsTrue,
            boolean isOfSums,
            QueryContext context) {
        super(BasicType.BIGINT, context, Long.BYTES);
        this.argumentType = argumentType;
        this.countsTrue = countsTrue;
        this.isOfSums = isOfSums;
    }

    /// count_if(x) over rows that stand for many, each with how many of those are true.
    static CountAccumulator ofSums(QueryContext context) {
        return new CountAccumulator(BasicType.BOOLEAN, true, true, context);
    }

    @Override
    void grow(int from, int to) {
        counts = Arrays.copyOf(counts, to);
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        int[] groups = input.groups();
        int rowCount = input.rowCount();
        long[] state = counts;
        if (isOfSums) {
            addTrue(input, (Vector.Longs) arguments[0]);
        } else if (input.weights() != null) {
            addWeighted(input, arguments, input.weights());
        } else if (arguments.length == 0 || argumentType == null) {
            for (int row = 0; row < rowCount; row++) {
                state[groups[row]]++;
            }
        } else if (countsTrue) {
            addTrue(input, (Vector.Longs) arguments[0]);
        } else {
            Vector argument = arguments[0];
            for (int row = 0; row < rowCount; row++) {
                state[groups[row]] += VectorValues.isNull(argument, argumentType, row) ? 0 : 1;
            }
        }
    }

    private void addTrue(AggregateInput input, Vector.Longs counted) {
        int[] groups = input.groups();
        for (int row = 0; row < input.rowCount(); row++) {
            counts[groups[row]] += counted.isNull(row) ? 0 : counted.values()[row];
        }
    }

    private void addWeighted(AggregateInput input, Vector[] arguments, long[] weights) {
        for (int row = 0; row < input.rowCount(); row++) {
            boolean isCounted =
                    arguments.length == 0
                            || argumentType == null
                            || (!VectorValues.isNull(arguments[0], argumentType, row)
                                    && (!countsTrue
                                            || ((Vector.Longs) arguments[0]).values()[row] != 0));
            counts[input.groups()[row]] += isCounted ? weights[row] : 0;
        }
    }

    @Override
    void add(int group, ZoneMap zone) {
        counts[group] += zone.rowCount() - zone.absentCount();
    }

    @Override
    void mergeGroup(Accumulator other, int from, int to) {
        counts[to] += ((CountAccumulator) other).counts[from];
    }

    @Override
    @Nullable Object result(int group) {
        return counts[group];
    }

    @Override
    Vector results(int[] order, int from, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = counts[order[from + i]];
        }
        return new Vector.Longs(values, null);
    }
}
