// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.type.BasicType;
import weir.query.type.Binary;
import weir.query.type.SqlType;
import weir.query.value.ValueHash;
import weir.query.value.XxHash64;

/// checksum: a sum over the hashes of all values, NULL among them, so that the order of the rows
/// does not show. The eight bytes are Trino's.
final class ChecksumAccumulator extends GroupwiseAccumulator {
    /// What a hash is multiplied by, and what a NULL adds.
    private static final long PRIME = XxHash64.PRIME_1;

    private final SqlType argumentType;
    private long[] sums = new long[0];
    private boolean[] isSeen = new boolean[0];

    ChecksumAccumulator(SqlType argumentType, QueryContext context) {
        super(BasicType.VARBINARY, context, Long.BYTES + 1);
        this.argumentType = argumentType;
    }

    @Override
    void grow(int from, int to) {
        sums = Arrays.copyOf(sums, to);
        isSeen = Arrays.copyOf(isSeen, to);
    }

    @Override
    void add(AggregateInput input, Vector[] arguments) {
        for (int row = 0; row < input.rowCount(); row++) {
            Object value = VectorValues.get(arguments[0], argumentType, row);
            int group = input.groups()[row];
            sums[group] += value == null ? PRIME : PRIME * ValueHash.of(value, argumentType);
            isSeen[group] = true;
        }
    }

    @Override
    void mergeGroup(Accumulator other, int from, int to) {
        ChecksumAccumulator more = (ChecksumAccumulator) other;
        sums[to] += more.sums[from];
        isSeen[to] |= more.isSeen[from];
    }

    @Override
    @Nullable Object result(int group) {
        return isSeen[group]
                ? new Binary(
                        ByteBuffer.allocate(Long.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putLong(sums[group])
                                .array())
                : null;
    }
}
