// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.scan.WholeBlocks;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.catalog.Table;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;
import weir.query.type.SqlType;
import weir.query.value.ExprValue;

/// Runs a plan. Nothing is read before the first batch is asked for. The rows and their order do
/// not depend on how many threads work.
public final class PlanExecution {
    /// Above this many rows sorting all is no worse than keeping the first.
    private static final long TOP_ROWS_MAX = 1 << 16;

    /// So many rows of a scan without conditions are a few batches.
    private static final long FEW_ROWS = 4 * Limits.BATCH_ROWS;

    private final QueryContext context;

    private PlanExecution(QueryContext context) {
        this.context = context;
    }

    /// The rows of `plan`, for one reader.
    public static BatchSource open(LogicalPlan plan, QueryContext context) {
        PlanExecution execution = new PlanExecution(context);
        return execution.source(plan, all(plan));
    }

    static SortedSet<Integer> all(LogicalPlan plan) {
        SortedSet<Integer> columns = new TreeSet<>();
        for (int i = 0; i < plan.output().size(); i++) {
            columns.add(i);
        }
        return columns;
    }

    static List<SqlType> types(LogicalPlan plan) {
        return plan.output().stream().map(LogicalPlan.Field::type).toList();
    }

    /// @param used which columns of the output somebody reads
    private BatchSource source(LogicalPlan plan, SortedSet<Integer> used) {
        return switch (plan) {
            case LogicalPlan.Scan _,
                    LogicalPlan.Filter _,
                    LogicalPlan.Project _,
                    LogicalPlan.Join _,
                    LogicalPlan.Union _,
                    LogicalPlan.Repeat _,
                    LogicalPlan.Unnest _ ->
                    later(context, _ -> OrderedExchange.of(stream(plan, used)));
            case LogicalPlan.Values values -> values(values);
            case LogicalPlan.Aggregate aggregate ->
                    later(context, part -> new AggregateRun(this, aggregate, used, part).rows());
            case LogicalPlan.GroupingSets sets ->
                    later(context, part -> groupingSets(sets, used, part));
            case LogicalPlan.Window window ->
                    later(context, part -> new WindowRun(this, window, used, part).rows());
            case LogicalPlan.Sort sort ->
                    later(context, part -> sort(sort.input(), sort.keys(), part));
            case LogicalPlan.Limit limit ->
                    limited(limitable(limit, used), limit.offset(), limit.count());
            case LogicalPlan.TopN top -> later(context, part -> top(top, part));
            case LogicalPlan.SingleRow single ->
                    later(
                            context,
                            _ -> SingleRowSource.of(source(single.input(), used), types(single)));
        };
    }

    /// The rows of `plan`, for threads to share. What has to be there before the first row is
    /// computed at once: the build sides of joins.
    ///
    /// @param used which columns of the output somebody reads
    RowStream stream(LogicalPlan plan, SortedSet<Integer> used) {
        return stream(plan, used, Arrival.IN_ORDER);
    }

    /// The same, in the order that is wanted.
    RowStream stream(LogicalPlan plan, SortedSet<Integer> used, Arrival arrival) {
        return stream(plan, used, new Demand(null, WholeBlocks.NONE, null, arrival));
    }

    /// What somebody does with rows, as far as it can spare work below.
    ///
    /// @param need what is asked of rows that stand for many; null when each has to come
    /// @param wholeBlocks who may want blocks of the scan that a plan is in place of their rows
    /// @param bound what rows have to pass that come late; null when all are wanted
    /// @param arrival in what order they are wanted
    record Demand(
            @Nullable SummaryNeed need,
            WholeBlocks wholeBlocks,
            @Nullable TopBound bound,
            Arrival arrival) {
        Demand with(@Nullable SummaryNeed other) {
            return new Demand(other, WholeBlocks.NONE, bound, arrival);
        }

        /// For the rows that stream by a join.
        Demand ofProbe(LogicalPlan.Join join) {
            SummaryNeed left = need == null ? null : need.left(join);
            return new Demand(left, WholeBlocks.NONE, null, arrival.withoutPositions());
        }

        Demand inOrder() {
            return new Demand(need, WholeBlocks.NONE, null, Arrival.IN_ORDER);
        }
    }

    RowStream stream(LogicalPlan plan, SortedSet<Integer> used, Demand demand) {
        SummaryNeed need = demand.need();
        return switch (plan) {
            case LogicalPlan.Scan scan -> scan(scan, used, demand);
            case LogicalPlan.Filter filter -> {
                Expr condition = filter.condition();
                if (filter.input() instanceof LogicalPlan.Scan scan) {
                    yield scan(withFilter(scan, condition), used, demand.with(need));
                }
                SortedSet<Integer> read = new TreeSet<>(used);
                read.addAll(ExprInputs.of(condition));
                SummaryNeed below = need == null ? null : need.with(condition);
                yield stream(filter.input(), read, demand.with(below))
                        .then(() -> Stage.filter(condition));
            }
            case LogicalPlan.Project project -> {
                SummaryNeed below = need == null ? null : need.below(project);
                SortedSet<Integer> read = inputs(project.expressions());
                yield stream(project.input(), read, demand.with(below))
                        .then(() -> Stage.project(project.expressions()));
            }
            case LogicalPlan.Join join ->
                    new JoinRun(this, join, used, demand.ofProbe(join), context).stream();
            case LogicalPlan.Aggregate aggregate when demand.arrival() != Arrival.IN_ORDER -> {
                QueryContext part = context.part();
                yield new AggregateRun(this, aggregate, used, part)
                        .stream(demand.arrival()).closing(part::release);
            }
            case LogicalPlan.Union union ->
                    RowStream.concat(
                            union.inputs().stream()
                                    .map(input -> stream(input, used, demand.inOrder()))
                                    .toList(),
                            context);
            case LogicalPlan.Repeat repeat -> {
                SortedSet<Integer> read = new TreeSet<>(used);
                read.addAll(ExprInputs.of(repeat.count()));
                yield stream(repeat.input(), read)
                        .through(() -> new RepeatPipe(repeat.count(), context));
            }
            case LogicalPlan.Unnest unnest -> {
                SortedSet<Integer> read = new TreeSet<>(used);
                read.tailSet(unnest.input().output().size()).clear();
                read.addAll(inputs(unnest.collections()));
                yield stream(unnest.input(), read).through(() -> new UnnestPipe(unnest, context));
            }
            default -> RowStream.of(source(plan, used), context);
        };
    }

    private static LogicalPlan.Scan withFilter(LogicalPlan.Scan scan, Expr condition) {
        Expr known = scan.filter();
        Expr both = known == null ? condition : new Expr.And(List.of(known, condition));
        return new LogicalPlan.Scan(scan.table(), scan.ordinals(), scan.output(), both);
    }

    static SortedSet<Integer> inputs(List<Expr> exprs) {
        SortedSet<Integer> inputs = new TreeSet<>();
        exprs.forEach(expr -> inputs.addAll(ExprInputs.of(expr)));
        return inputs;
    }

    private RowStream scan(LogicalPlan.Scan scan, SortedSet<Integer> used, Demand demand) {
        return switch (scan.table().source()) {
            case Table.Segments segments ->
                    RowStream.of(
                            new SegmentScanPlan(
                                    segments.snapshot(),
                                    scan.ordinals(),
                                    scan.filter(),
                                    used,
                                    demand.wholeBlocks(),
                                    demand.need(),
                                    demand.bound(),
                                    context),
                            context);
            case Table.View _ -> throw new IllegalStateException("a view is bound as its query");
            case Table.Rows rows -> {
                RowStream all = RowStream.of(rows(rows, scan), context);
                Expr filter = scan.filter();
                yield filter == null ? all : all.then(() -> Stage.filter(filter));
            }
        };
    }

    private static BatchSource rows(Table.Rows table, LogicalPlan.Scan scan) {
        List<@Nullable Object[]> picked = new ArrayList<>();
        for (@Nullable Object[] row : table.rows()) {
            @Nullable Object[] values = new @Nullable Object[scan.ordinals().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row[scan.ordinals().get(i)];
            }
            picked.add(values);
        }
        return batches(picked, types(scan));
    }

    private static BatchSource values(LogicalPlan.Values values) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (List<Expr> exprs : values.rows()) {
            @Nullable Object[] row = new @Nullable Object[exprs.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = ExprValue.ofConstant(exprs.get(i));
            }
            rows.add(row);
        }
        return batches(rows, types(values));
    }

    private static BatchSource batches(List<@Nullable Object[]> rows, List<SqlType> types) {
        return new BatchSource() {
            private int from;

            @Override
            public @Nullable VectorBatch next() {
                int count = Math.min(Limits.BATCH_ROWS, rows.size() - from);
                if (count <= 0) {
                    return null;
                }
                Vector[] columns = new Vector[types.size()];
                for (int i = 0; i < columns.length; i++) {
                    VectorBuilder builder = new VectorBuilder(types.get(i), count);
                    for (int row = 0; row < count; row++) {
                        builder.set(row, rows.get(from + row)[i]);
                    }
                    columns[i] = builder.build();
                }
                from += count;
                return new VectorBatch(count, columns);
            }
        };
    }

    /// Rows that are computed when the first is asked for. What is kept for them is given back as
    /// soon as they were read or nobody wants more.
    ///
    /// @param computation counts what it keeps with the context that it gets
    static BatchSource later(
            QueryContext context, Function<QueryContext, BatchSource> computation) {
        return new BatchSource() {
            private final QueryContext part = context.part();
            private @Nullable BatchSource computed;
            private boolean isDone;

            @Override
            public @Nullable VectorBatch next() {
                if (isDone) {
                    return null;
                }
                BatchSource rows = computed == null ? computation.apply(part) : computed;
                computed = rows;
                VectorBatch batch = rows.next();
                if (batch == null) {
                    close();
                }
                return batch;
            }

            @Override
            public void close() {
                isDone = true;
                BatchSource rows = computed;
                computed = null;
                if (rows != null) {
                    rows.close();
                }
                part.release();
            }
        };
    }

    /// Rows for a grouping by `keys`, which may come together with others that are alike.
    RowStream grouped(
            LogicalPlan input,
            List<Expr> keys,
            List<AggregateCall> calls,
            WholeBlocks wholeBlocks,
            Arrival arrival) {
        SortedSet<Integer> read = inputs(keys);
        calls.forEach(call -> read.addAll(inputs(call.expressions())));
        SummaryNeed need = SummaryNeed.of(keys, calls);
        return stream(input, read, new Demand(need, wholeBlocks, null, arrival));
    }

    private BatchSource groupingSets(
            LogicalPlan.GroupingSets sets, SortedSet<Integer> used, QueryContext part) {
        RowStream stream =
                grouped(
                        sets.input(),
                        sets.keys(),
                        sets.calls(),
                        WholeBlocks.NONE,
                        Arrival.IN_ORDER);
        List<GroupingSetsSink> sinks =
                ParallelRun.run(stream, () -> new GroupingSetsSink(sets, part));
        GroupingSetsSink first = sinks.getFirst();
        sinks.subList(1, sinks.size()).forEach(first::merge);
        return first.results(used);
    }

    private BatchSource sort(LogicalPlan input, List<LogicalPlan.SortKey> keys, QueryContext part) {
        List<CollectSink> sinks =
                ParallelRun.run(stream(input, all(input)), () -> new CollectSink(part));
        return SortedRows.of(sinks, new RowOrder(keys), types(input), part);
    }

    private BatchSource top(LogicalPlan.TopN top, QueryContext part) {
        long wanted = top.offset() + top.count();
        if (wanted > TOP_ROWS_MAX || wanted < 0 || top.keys().isEmpty()) {
            return limited(sort(top.input(), top.keys(), part), top.offset(), top.count());
        }
        RowOrder order = new RowOrder(top.keys());
        List<SqlType> types = types(top.input());
        TopBound bound = TopBound.of(top);
        RowStream input =
                stream(
                        top.input(),
                        all(top.input()),
                        new Demand(
                                null,
                                WholeBlocks.NONE,
                                bound,
                                isTotal(top) ? Arrival.ANY : Arrival.POSITIONED));
        List<TopRowsSink> sinks =
                ParallelRun.run(
                        input, () -> new TopRowsSink(order, types, (int) wanted, bound, part));
        TopRowsSink first = sinks.getFirst();
        sinks.subList(1, sinks.size()).forEach(first::merge);
        VectorBatch rows = first.rows((int) top.offset());
        return sliced(rows.rowCount() == 0 ? List.of() : List.of(rows));
    }

    /// Whether no two rows are equal in all that they are ordered by: the keys of a grouping.
    private static boolean isTotal(LogicalPlan.TopN top) {
        SortedSet<Integer> columns = new TreeSet<>();
        top.keys().forEach(key -> columns.add(key.column()));
        LogicalPlan plan = top.input();
        while (true) {
            switch (plan) {
                case LogicalPlan.Filter filter -> plan = filter.input();
                case LogicalPlan.Project project -> {
                    SortedSet<Integer> below = new TreeSet<>();
                    for (int column : columns) {
                        if (project.expressions().get(column) instanceof Expr.Input input) {
                            below.add(input.index());
                        }
                    }
                    columns.clear();
                    columns.addAll(below);
                    plan = project.input();
                }
                case LogicalPlan.Aggregate aggregate -> {
                    return columns.headSet(aggregate.keys().size()).size()
                            == aggregate.keys().size();
                }
                default -> {
                    return false;
                }
            }
        }
    }

    /// Batches of at most the usual size.
    private static BatchSource sliced(List<VectorBatch> batches) {
        return new BatchSource() {
            private int at;
            private int from;

            @Override
            public @Nullable VectorBatch next() {
                if (at == batches.size()) {
                    return null;
                }
                VectorBatch batch = batches.get(at);
                int count = Math.min(Limits.BATCH_ROWS, batch.rowCount() - from);
                VectorBatch part = slice(batch, from, count);
                from += count;
                if (from == batch.rowCount()) {
                    at++;
                    from = 0;
                }
                return part;
            }
        };
    }

    static VectorBatch slice(VectorBatch batch, int from, int count) {
        if (from == 0 && count == batch.rowCount()) {
            return batch;
        }
        Vector[] columns = new Vector[batch.columns().length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = VectorValues.slice(batch.column(i), from, count);
        }
        return new VectorBatch(count, columns);
    }

    /// A few rows as they come are read before a second thread would have started.
    private BatchSource limitable(LogicalPlan.Limit limit, SortedSet<Integer> used) {
        LogicalPlan input = limit.input();
        LogicalPlan rows = input instanceof LogicalPlan.Project project ? project.input() : input;
        long wanted = limit.offset() + limit.count();
        boolean isAtHand =
                rows instanceof LogicalPlan.Scan scan
                        && scan.filter() == null
                        && limit.count() >= 0
                        && wanted >= 0
                        && wanted <= FEW_ROWS;
        return isAtHand
                ? later(context, _ -> OrderedExchange.inTurn(stream(input, used)))
                : source(input, used);
    }

    /// Rows `offset` to `offset + count`; the input is stopped as soon as they are there.
    private static BatchSource limited(BatchSource input, long offset, long count) {
        return new BatchSource() {
            private long toSkip = offset;
            private long left = count < 0 ? Long.MAX_VALUE : count;

            @Override
            public @Nullable VectorBatch next() {
                while (left > 0) {
                    VectorBatch batch = input.next();
                    if (batch == null) {
                        left = 0;
                        break;
                    }
                    int skipped = (int) Math.min(toSkip, batch.rowCount());
                    toSkip -= skipped;
                    int taken = (int) Math.min(left, batch.rowCount() - skipped);
                    left -= taken;
                    if (left == 0) {
                        input.close();
                    }
                    if (taken > 0) {
                        return slice(batch, skipped, taken);
                    }
                }
                input.close();
                return null;
            }

            @Override
            public void close() {
                left = 0;
                input.close();
            }
        };
    }
}
