// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import java.util.SortedSet;
import weir.engine.scan.WholeBlocks;
import weir.query.expr.AggregateCall;
import weir.query.plan.LogicalPlan;

/// Runs a grouping: reads its input to the end, then gives the groups.
final class AggregateRun {
    private final PlanExecution execution;
    private final LogicalPlan.Aggregate aggregate;
    private final SortedSet<Integer> used;
    private final QueryContext context;

    /// @param used which columns of the grouping somebody reads
    /// @param context counts what is kept for the groups
    AggregateRun(
            PlanExecution execution,
            LogicalPlan.Aggregate aggregate,
            SortedSet<Integer> used,
            QueryContext context) {
        this.execution = execution;
        this.aggregate = aggregate;
        this.used = used;
        this.context = context;
    }

    /// The groups in the order of their first rows.
    BatchSource rows() {
        RowStream groups = stream(Arrival.POSITIONED);
        return groups.partCount() == 1
                ? OrderedExchange.of(groups)
                : PositionedRows.inOrder(groups, PlanExecution.types(aggregate), used, context);
    }

    /// The groups for threads to share; in one part they are in the order of their first rows.
    RowStream stream(Arrival arrival) {
        ZoneTotals totals = ZoneTotals.of(aggregate, context);
        boolean isAnyOrder =
                (aggregate.keys().isEmpty() || arrival == Arrival.ANY)
                        && aggregate.calls().stream().allMatch(AggregateRun::takesAnyOrder);
        RowStream input =
                execution.grouped(
                        aggregate.input(),
                        aggregate.keys(),
                        aggregate.calls(),
                        totals == null ? WholeBlocks.NONE : totals,
                        isAnyOrder ? Arrival.ANY : Arrival.IN_ORDER);
        PartitionPlan plan = PartitionPlan.of(aggregate);
        List<AggregateSink> sinks =
                ParallelRun.run(input, () ->
                                new AggregateSink(
                                        aggregate, plan, arrival != Arrival.ANY, context));
        AggregateSink first = sinks.getFirst();
        if (plan != null && sinks.stream().anyMatch(AggregateSink::isPartitioned)) {
            return RowStream.of(first.partitioned(aggregate, plan, sinks, used), context);
        }
        for (AggregateSink sink : sinks.subList(1, sinks.size())) {
            context.check();
            first.merge(sink);
        }
        if (totals != null) {
            first.add(totals);
        }
        return RowStream.of(first.results(used), context);
    }

    /// Whether the result of a call does not depend on the order of rows.
    private static boolean takesAnyOrder(AggregateCall call) {
        boolean isInteger =
                !call.arguments().isEmpty() && call.arguments().getFirst().type().isInteger();
        return call.order().isEmpty()
                && switch (call.function()) {
                    case COUNT_ALL, COUNT, COUNT_IF, MIN, MAX, BOOL_AND, BOOL_OR, APPROX_DISTINCT ->
                            true;
                    case SUM, AVG -> isInteger;
                    default -> false;
                };
    }
}
