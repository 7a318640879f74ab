// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.query.type.SqlType;
import weir.query.value.ValueSize;

/// An accumulator whose groups can be added to one another one by one: what windows over moving
/// frames build on.
abstract class GroupwiseAccumulator extends Accumulator {
    private static final int SMALL_VALUE_BYTES = 64;

    private final QueryContext context;

    GroupwiseAccumulator(SqlType type, QueryContext context, int groupBytes) {
        super(type, context, groupBytes);
        this.context = context;
    }

    /// Counts that a group keeps `value` instead of `known`, as far as it is larger than what every
    /// group was counted for.
    final void count(@Nullable Object value, @Nullable Object known) {
        long more = excess(value) - excess(known);
        if (more != 0) {
            hold(more);
        }
    }

    private static long excess(@Nullable Object value) {
        return Math.max(0, ValueSize.bytes(value) - SMALL_VALUE_BYTES);
    }

    /// Adds what group `from` of `other`, of the same class and perhaps this very one, has seen to
    /// group `to` here.
    abstract void mergeGroup(Accumulator other, int from, int to);

    @Override
    final void merge(Accumulator other, int[] groups) {
        for (int group = 0; group < groups.length; group++) {
            context.checkAt(group);
            mergeGroup(other, group, groups[group]);
        }
    }
}
