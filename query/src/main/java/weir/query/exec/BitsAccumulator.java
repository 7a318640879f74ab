// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.expr.AggregateFunction;
import weir.query.type.BasicType;

/// bitwise_and_agg, bitwise_or_agg and bitwise_xor_agg.
final class BitsAccumulator extends GroupwiseAccumulator {
    private final AggregateFunction function;
    private long[] bits = new long[0];
    private boolean[] isKnown = new boolean[0];

    BitsAccumulator(AggregateFunction function, QueryContext context) {
        super(BasicType.BIGINT, context, Long.BYTES + 1);
        this.function = function;
    }

    @Override
    void grow(int from, int to) {
        bits = Arrays.copyOf(bits, to);
        isKnown = Arrays.copyOf(isKnown, to);
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        Vector.Longs longs = LongSumAccumulator.longs(arguments[0]);
        for (int row = 0; row < input.rowCount(); row++) {
            if (!longs.isNull(row)) {
                add(input.groups()[row], longs.values()[row]);
            }
        }
    }

    private void add(int group, long value) {
        bits[group] =
                !isKnown[group]
                        ? value
                        : switch (function) {
                            case BITWISE_AND_AGG -> bits[group] & value;
                            case BITWISE_OR_AGG -> bits[group] | value;
                            default -> bits[group] ^ value;
                        };
        isKnown[group] = true;
    }

    @Override
    void mergeGroup(Accumulator other, int from, int to) {
        BitsAccumulator more = (BitsAccumulator) other;
        if (more.isKnown[from]) {
            add(to, more.bits[from]);
        }
    }

    @Override
    @Nullable Object result(int group) {
        return isKnown[group] ? (Object) bits[group] : null;
    }
}
