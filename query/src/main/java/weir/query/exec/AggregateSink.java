// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;
import weir.query.type.SqlType;

/// Groups the rows of one thread. Sinks of several threads are merged into the first.
///
/// Where groups become many, rows that come after that are put into partitions, as far as the
/// aggregates allow it: see [GroupPartitions].
final class AggregateSink implements Sink {
    /// So many groups are found faster in one table.
    static final int GROUPS_MAX = 1 << 14;

    private final List<ExprNode> keys;
    private final List<ValueIds> keyIds = new ArrayList<>();
    private final GroupTable table;
    private final QueryContext context;
    private final List<Call> calls = new ArrayList<>();
    private final @Nullable PartitionPlan partitionPlan;
    private final List<ExprNode> values;
    private final List<KeyHashes> hashes;
    private final boolean hasPositions;
    private @Nullable GroupPartitions partitions;
    private int[] groups = new int[Limits.BATCH_ROWS];

    /// One aggregate with the expressions it is over.
    private record Call(
            Accumulator accumulator, List<ExprNode> arguments, @Nullable ExprNode filter) {}

    AggregateSink(LogicalPlan.Aggregate plan, QueryContext context) {
        this(plan, null, true, context);
    }

    /// @param partitionPlan what partitions would keep of rows; null when rows are not to be put
    ///   into them
    /// @param hasPositions whether somebody asks where the first rows of groups in partitions stood
    AggregateSink(
            LogicalPlan.Aggregate plan,
            @Nullable PartitionPlan partitionPlan,
            boolean hasPositions,
            QueryContext context) {
        this.context = context;
        this.partitionPlan = partitionPlan;
        this.hasPositions = hasPositions;
        List<Expr> exprs = new ArrayList<>(plan.keys());
        plan.calls().forEach(call -> exprs.addAll(Accumulators.arguments(call)));
        int valuesFrom = exprs.size();
        if (partitionPlan != null) {
            exprs.addAll(partitionPlan.values());
        }
        List<ExprNode> nodes = ExprCompiler.compile(exprs);
        this.values = nodes.subList(valuesFrom, nodes.size());
        int keyCount = plan.keys().size();
        this.keys = nodes.subList(0, keyCount);
        // Keys of one type share their numbering: two address columns have mostly the same values.
        Map<SqlType, ValueIds> shared = new HashMap<>();
        for (Expr key : plan.keys()) {
            keyIds.add(shared.computeIfAbsent(key.type(), type -> ValueIds.of(type, context)));
        }
        this.table = new GroupTable(keyIds, context);
        this.hashes = hashes(keyIds, context);
        int next = keyCount;
        for (AggregateCall call : plan.calls()) {
            Expr filter = call.filter();
            List<Expr> arguments = Accumulators.arguments(call);
            calls.add(
                    new Call(
                            Accumulators.of(call, arguments, context),
                            nodes.subList(next, next += arguments.size()),
                            filter == null ? null : ExprCompiler.compile(filter)));
        }
    }

    /// Keys that share a numbering share its hashes.
    private static List<KeyHashes> hashes(List<ValueIds> keyIds, QueryContext context) {
        IdentityHashMap<ValueIds, KeyHashes> known = new IdentityHashMap<>();
        return keyIds.stream()
                .map(ids -> known.computeIfAbsent(ids, each -> new KeyHashes(each, context)))
                .toList();
    }

    /// Whether rows were put into partitions.
    boolean isPartitioned() {
        return partitions != null;
    }

    @Override
    public void accept(VectorBatch batch, long position) {
        int rowCount = batch.rowCount();
        if (rowCount > groups.length) {
            groups = new int[rowCount];
        }
        Vector[] keyVectors = new Vector[keys.size()];
        for (int k = 0; k < keyVectors.length; k++) {
            keyVectors[k] = keys.get(k).evaluate(batch);
        }
        if (partitions != null && batch.weights() == null) {
            addTo(partitions, batch, keyVectors, position);
            return;
        }
        table.groupsOf(keyVectors, rowCount, position, batch.positions(), groups);
        addToGroups(batch, position);
        if (partitionPlan != null && partitions == null && table.groupCount() > GROUPS_MAX) {
            partitions = newPartitions(partitionPlan);
        }
    }

    private GroupPartitions newPartitions(PartitionPlan plan) {
        return new GroupPartitions((keys.size() + 1) / 2, plan, hasPositions, context);
    }

    private void addTo(
            GroupPartitions into, VectorBatch batch, Vector[] keyVectors, long position) {
        int[][] ids = table.idsOf(keyVectors, batch.rowCount(), groups);
        Vector.Longs[] longs = new Vector.Longs[values.size()];
        for (int v = 0; v < longs.length; v++) {
            longs[v] = LongSumAccumulator.longs(values.get(v).evaluate(batch));
        }
        into.add(
                ids,
                knownHashes(),
                batch.rowCount(),
                new GroupPartitions.Places(position, batch.positions()),
                longs);
    }

    private int[][] knownHashes() {
        int[][] known = new int[hashes.size()][];
        for (int k = 0; k < known.length; k++) {
            known[k] = hashes.get(k).all();
        }
        return known;
    }

    /// Adds rows whose groups are known to the aggregates.
    private void addToGroups(VectorBatch batch, long position) {
        int rowCount = batch.rowCount();
        for (Call call : calls) {
            call.accumulator().ensure(table.groupCount());
            ExprNode filter = call.filter();
            if (filter == null) {
                add(
                        call,
                        batch,
                        new AggregateInput(groups, rowCount, position, null, batch.weights()));
            } else {
                int[] rows = new int[rowCount + 1];
                int count = Selection.ofTrue(filter.evaluate(batch), rowCount, rows);
                int[] picked = new int[count];
                for (int i = 0; i < count; i++) {
                    picked[i] = groups[rows[i]];
                }
                add(
                        call,
                        call.arguments().isEmpty() ? batch : Selection.gather(batch, rows, count),
                        new AggregateInput(
                                picked,
                                count,
                                position,
                                rows,
                                Selection.gather(batch.weights(), rows, count)));
            }
        }
    }

    private static void add(Call call, VectorBatch rows, AggregateInput input) {
        if (input.rowCount() == 0) {
            return;
        }
        Vector[] arguments = new Vector[call.arguments().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = call.arguments().get(i).evaluate(rows);
        }
        call.accumulator().add(input, arguments);
    }

    /// Adds what another thread's sink has seen.
    void merge(AggregateSink other) {
        int[] mapping = table.merge(other.table, mappings(other));
        for (int i = 0; i < calls.size(); i++) {
            context.check();
            calls.get(i).accumulator().ensure(table.groupCount());
            calls.get(i).accumulator().merge(other.calls.get(i).accumulator(), mapping);
        }
    }

    /// For each key: by the id of `other` the id here.
    private List<int[]> mappings(AggregateSink other) {
        IdentityHashMap<ValueIds, int[]> known = new IdentityHashMap<>();
        List<int[]> mappings = new ArrayList<>();
        for (int k = 0; k < keyIds.size(); k++) {
            ValueIds mine = keyIds.get(k);
            int index = k;
            mappings.add(
                    known.computeIfAbsent(
                            mine, ids -> ids.merge(other.keyIds.get(index), context)));
        }
        return mappings;
    }

    /// What one thread brings to the groups of each partition: rows, and the groups of its table.
    ///
    /// @param mappings for each key its ids by the ids of the thread; null where they are the same
    /// @param order the groups of the table, those of one partition together
    /// @param starts where the groups of each partition begin in `order`
    record Partitioned(
            AggregateSink sink,
            GroupPartitions rows,
            @Nullable List<int[]> mappings,
            int[] order,
            int[] starts) {

        int groupCount(int part) {
            return starts[part + 1] - starts[part];
        }

        /// Adds the groups of the thread's table.
        void mergeGroups(int part, GroupTable into, List<Accumulator> accumulators) {
            for (int i = starts[part]; i < starts[part + 1]; i++) {
                int group = into.add(sink.table, order[i], mappings);
                for (int c = 0; c < accumulators.size(); c++) {
                    accumulators.get(c).ensure(into.groupCount());
                    GroupwiseAccumulator state = (GroupwiseAccumulator) accumulators.get(c);
                    state.mergeGroup(sink.calls.get(c).accumulator(), order[i], group);
                }
            }
        }
    }

    /// The groups of all sinks, of which some put rows into partitions.
    ///
    /// @param aggregate the grouping
    /// @param plan of its partitions
    /// @param used which columns somebody reads
    PartitionedGroups partitioned(
            LogicalPlan.Aggregate aggregate,
            PartitionPlan plan,
            List<AggregateSink> sinks,
            SortedSet<Integer> used) {
        List<Partitioned> inputs = new ArrayList<>();
        for (AggregateSink sink : sinks) {
            context.check();
            inputs.add(sink.partitioned(plan, sink.equals(this) ? null : mappings(sink)));
        }
        return new PartitionedGroups(aggregate, plan, inputs, keyIds, used, context);
    }

    private Partitioned partitioned(PartitionPlan plan, @Nullable List<int[]> mappings) {
        int[][] known = knownHashes();
        int[] parts = new int[table.groupCount()];
        int[] starts = new int[GroupPartitions.COUNT + 1];
        for (int group = 0; group < parts.length; group++) {
            parts[group] = GroupPartitions.partOf(table.hashOf(group, plan.deciding(), known));
            starts[parts[group] + 1]++;
        }
        for (int part = 0; part < GroupPartitions.COUNT; part++) {
            starts[part + 1] += starts[part];
        }
        int[] next = starts.clone();
        int[] order = new int[parts.length];
        for (int group = 0; group < parts.length; group++) {
            order[next[parts[group]]++] = group;
        }
        GroupPartitions rows = partitions == null ? newPartitions(plan) : partitions;
        return new Partitioned(this, rows, mappings, order, starts);
    }

    /// Adds blocks that were not read to the one group of a grouping without keys.
    void add(ZoneTotals totals) {
        table.addOnlyGroup();
        calls.forEach(call -> call.accumulator().ensure(table.groupCount()));
        totals.forEach((zone, call) -> calls.get(call).accumulator().add(0, zone));
    }

    /// The groups, in order of their first rows. A grouping without keys has one even of no rows.
    ///
    /// @param used which columns somebody reads; the others stand empty
    BatchSource results(SortedSet<Integer> used) {
        return results(used, false);
    }

    /// The same.
    ///
    /// @param isPositioned whether to tell where the first rows of groups stood
    BatchSource results(SortedSet<Integer> used, boolean isPositioned) {
        if (keys.isEmpty()) {
            table.addOnlyGroup();
        }
        List<Accumulator> accumulators = calls.stream().map(Call::accumulator).toList();
        return new GroupRows(table, keys.size(), accumulators, used, isPositioned)
                .inOrder(table.inOrder());
    }
}
