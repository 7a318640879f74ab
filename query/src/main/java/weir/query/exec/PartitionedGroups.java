// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.vector.Vector;
import weir.query.plan.LogicalPlan;

/// The groups of a grouping whose rows were put into partitions, made partition by partition by any
/// number of threads when they are asked for. Batches tell where the first row of each group stood.
final class PartitionedGroups implements RowStream.Origin {
    private final LogicalPlan.Aggregate aggregate;
    private final PartitionPlan plan;
    private final List<AggregateSink.Partitioned> inputs;
    private final List<ValueIds> keyIds;
    private final SortedSet<Integer> used;
    private final QueryContext context;

    /// @param inputs what the threads have; ids of their keys are those of `keyIds` by their
    ///   mappings
    /// @param used which columns of the grouping somebody reads
    PartitionedGroups(
            LogicalPlan.Aggregate aggregate,
            PartitionPlan plan,
            List<AggregateSink.Partitioned> inputs,
            List<ValueIds> keyIds,
            SortedSet<Integer> used,
            QueryContext context) {
        this.aggregate = aggregate;
        this.plan = plan;
        this.inputs = inputs;
        this.keyIds = keyIds;
        this.used = used;
        this.context = context;
    }

    @Override
    public int partCount() {
        return GroupPartitions.COUNT;
    }

    @Override
    public RowStream.Reader reader() {
        return part -> PlanExecution.later(context, own -> groups(part, own));
    }

    @Override
    public void close() {}

    private BatchSource groups(int part, QueryContext own) {
        GroupTable table = new GroupTable(keyIds, own);
        List<Accumulator> accumulators =
                aggregate.calls().stream()
                        .map(call -> Accumulators.ofSums(call, Accumulators.arguments(call), own))
                        .toList();
        int rowCount = 0;
        for (AggregateSink.Partitioned input : inputs) {
            rowCount += input.groupCount(part) + input.rows().rowCount(part);
        }
        table.expect(rowCount);
        int[] groups = new int[Limits.BATCH_ROWS];
        for (AggregateSink.Partitioned input : inputs) {
            input.mergeGroups(part, table, accumulators);
            input.rows()
                    .forEach(
                            part,
                            rows -> {
                                context.check();
                                for (int k = 0;
                                        input.mappings() != null && k < keyIds.size();
                                        k++) {
                                    rows.map(k, input.mappings().get(k));
                                }
                                table.groupsOf(rows, groups);
                                add(rows, groups, table.groupCount(), accumulators);
                            });
            input.rows().release(part);
        }
        int[] order = new int[table.groupCount()];
        Arrays.setAll(order, group -> group);
        return new GroupRows(table, keyIds.size(), accumulators, used, true).inOrder(order);
    }

    private void add(
            GroupPartitions.Rows rows, int[] groups, int groupCount, List<Accumulator> into) {
        if (into.isEmpty()) {
            return;
        }
        long[] weights = new long[rows.count()];
        rows.weights(weights);
        AggregateInput input = new AggregateInput(groups, rows.count(), 0, null, weights);
        @Nullable Vector[] values = new @Nullable Vector[plan.values().size()];
        for (int call = 0; call < into.size(); call++) {
            int value = plan.valueOf().get(call);
            Vector[] arguments = {};
            if (value >= 0) {
                Vector known = values[value];
                Vector vector = known == null ? rows.values(value) : known;
                values[value] = vector;
                arguments = new Vector[] {vector};
            }
            into.get(call).ensure(groupCount);
            into.get(call).add(input, arguments);
        }
    }
}
