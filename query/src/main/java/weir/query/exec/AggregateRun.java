// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import java.util.SortedSet;
import weir.engine.scan.WholeBlocks;
import weir.engine.vector.VectorBatch;
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
                ? OrderedExchange.of(groups.then(() -> AggregateRun::withoutPositions))
                : PositionedRows.inOrder(groups, PlanExecution.types(aggregate), used, context);
    }

    private static VectorBatch withoutPositions(VectorBatch batch) {
        return new VectorBatch(batch.rowCount(), batch.columns());
    }

    /// The groups for threads to share; in one part they are in the order of their first rows.
    RowStream stream(Arrival arrival) {
        SessionsAsGroups sessions = SessionsAsGroups.of(aggregate);
        if (sessions != null) {
            return stream(sessions, arrival);
        }
        LogicalPlan.Aggregate split = DistinctAsGroups.of(aggregate);
        if (split.equals(aggregate) || !(split.input() instanceof LogicalPlan.Aggregate parts)) {
            return stream(aggregate, used, aggregate.keys().size(), arrival);
        }
        // All parts of a group are in one partition, which makes the whole of them.
        RowStream stream =
                stream(
                        parts,
                        PlanExecution.all(parts),
                        aggregate.keys().size(),
                        arrival == Arrival.ANY ? Arrival.ANY : Arrival.POSITIONED);
        return stream.through(() ->
                rows ->
                        PlanExecution.later(
                                context, own -> wholes(split, rows, arrival != Arrival.ANY, own)));
    }

    /// All slots of a partition are in one part, which makes its sessions.
    private RowStream stream(SessionsAsGroups sessions, Arrival arrival) {
        LogicalPlan.Aggregate slots = sessions.slots();
        RowStream stream =
                stream(
                        slots,
                        PlanExecution.all(slots),
                        sessions.partitionKeys(),
                        arrival == Arrival.ANY ? Arrival.ANY : Arrival.POSITIONED);
        boolean mayReorder = stream.partCount() > 1 || arrival == Arrival.ANY;
        return stream.through(() ->
                rows ->
                        PlanExecution.later(
                                context,
                                own ->
                                        new SessionRows(sessions, used, arrival != Arrival.ANY, own)
                                                .of(rows, mayReorder)));
    }

    private BatchSource wholes(
            LogicalPlan.Aggregate split,
            BatchSource parts,
            boolean isPositioned,
            QueryContext own) {
        AggregateSink sink = new AggregateSink(split, own);
        long position = 0;
        for (VectorBatch batch = parts.next(); batch != null; batch = parts.next()) {
            sink.accept(batch, position);
            position += batch.rowCount();
        }
        return sink.results(used, isPositioned);
    }

    /// @param deciding how many of the first keys decide about the part that a group is in
    private RowStream stream(
            LogicalPlan.Aggregate aggregate,
            SortedSet<Integer> used,
            int deciding,
            Arrival arrival) {
        ZoneTotals totals = ZoneTotals.of(aggregate, context);
        RowStream input =
                execution.grouped(
                        aggregate.input(),
                        aggregate.keys(),
                        aggregate.calls(),
                        totals == null ? WholeBlocks.NONE : totals,
                        inputArrival(aggregate, arrival));
        PartitionPlan plan = PartitionPlan.of(aggregate, deciding);
        boolean hasPositions = arrival != Arrival.ANY;
        List<AggregateSink> sinks =
                ParallelRun.run(
                        input, () -> new AggregateSink(aggregate, plan, hasPositions, context));
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
        return RowStream.of(first.results(used, hasPositions), context);
    }

    /// Groups know where their first rows stood.
    private static Arrival inputArrival(LogicalPlan.Aggregate aggregate, Arrival arrival) {
        if (!aggregate.calls().stream().allMatch(AggregateRun::takesAnyOrder)) {
            return Arrival.IN_ORDER;
        }
        boolean isOrderLost = aggregate.keys().isEmpty() || arrival == Arrival.ANY;
        return isOrderLost ? Arrival.ANY : Arrival.POSITIONED;
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
