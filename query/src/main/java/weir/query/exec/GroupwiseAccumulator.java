// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.query.type.SqlType;

/// An accumulator whose groups can be added to one another one by one: what windows over moving
/// frames build on.
abstract class GroupwiseAccumulator extends Accumulator {
    private final QueryContext context;

    GroupwiseAccumulator(SqlType type, QueryContext context, int groupBytes) {
        super(type, context, groupBytes);
        this.context = context;
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
