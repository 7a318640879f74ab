// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
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
final class AggregateSink implements Sink {
    private final List<ExprNode> keys;
    private final List<ValueIds> keyIds = new ArrayList<>();
    private final GroupTable table;
    private final QueryContext context;
    private final List<Call> calls = new ArrayList<>();
    private int[] groups = new int[Limits.BATCH_ROWS];

    /// One aggregate with the expressions it is over.
    private record Call(
            Accumulator accumulator, List<ExprNode> arguments, @Nullable ExprNode filter) {}

    AggregateSink(LogicalPlan.Aggregate plan, QueryContext context) {
        this.context = context;
        this.keys = plan.keys().stream().map(ExprCompiler::compile).toList();
        // Keys of one type share their numbering: two address columns have mostly the same values.
        Map<SqlType, ValueIds> shared = new HashMap<>();
        for (Expr key : plan.keys()) {
            keyIds.add(shared.computeIfAbsent(key.type(), type -> ValueIds.of(type, context)));
        }
        this.table = new GroupTable(keyIds, context);
        for (AggregateCall call : plan.calls()) {
            Expr filter = call.filter();
            List<Expr> arguments = Accumulators.arguments(call);
            calls.add(
                    new Call(
                            Accumulators.of(call, arguments, context),
                            arguments.stream().map(ExprCompiler::compile).toList(),
                            filter == null ? null : ExprCompiler.compile(filter)));
        }
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
        table.groupsOf(keyVectors, rowCount, position, groups);
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
        IdentityHashMap<ValueIds, int[]> known = new IdentityHashMap<>();
        List<int[]> mappings = new ArrayList<>();
        for (int k = 0; k < keyIds.size(); k++) {
            ValueIds mine = keyIds.get(k);
            int index = k;
            mappings.add(
                    known.computeIfAbsent(
                            mine, ids -> ids.merge(other.keyIds.get(index), context)));
        }
        int[] mapping = table.merge(other.table, mappings);
        for (int i = 0; i < calls.size(); i++) {
            context.check();
            calls.get(i).accumulator().ensure(table.groupCount());
            calls.get(i).accumulator().merge(other.calls.get(i).accumulator(), mapping);
        }
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
        if (keys.isEmpty()) {
            table.addOnlyGroup();
        }
        calls.forEach(call -> call.accumulator().ensure(table.groupCount()));
        int[] order = table.inOrder();
        return new BatchSource() {
            private int from;

            @Override
            public @Nullable VectorBatch next() {
                int count = Math.min(Limits.BATCH_ROWS, order.length - from);
                if (count <= 0) {
                    return null;
                }
                Vector[] columns = new Vector[keys.size() + calls.size()];
                Arrays.fill(columns, VectorValues.NOT_READ);
                for (int column : used) {
                    columns[column] =
                            column < keys.size()
                                    ? table.keyValues(column, order, from, count)
                                    : calls.get(column - keys.size())
                                            .accumulator()
                                            .results(order, from, count);
                }
                from += count;
                return new VectorBatch(count, columns);
            }
        };
    }
}
