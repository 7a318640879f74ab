// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.expr.WindowCall;
import weir.query.expr.WindowFrame;
import weir.query.expr.WindowFunction;
import weir.query.plan.LogicalPlan;
import weir.query.type.SqlType;

/// Runs the functions of one [LogicalPlan.Window]: threads evaluate the arguments and collect the
/// rows, one puts them in partitions and computes the functions. Used once.
final class WindowRun {
    private final PlanExecution execution;
    private final LogicalPlan.Window plan;
    private final SortedSet<Integer> used;
    private final QueryContext context;

    /// What is collected of each row: columns that are read, then computed arguments.
    private final List<Expr> collected = new ArrayList<>();

    private final Map<WindowFrame, FrameRows> frames = new HashMap<>();

    /// @param used which columns of the output somebody reads
    WindowRun(
            PlanExecution execution,
            LogicalPlan.Window plan,
            SortedSet<Integer> used,
            QueryContext context) {
        this.execution = execution;
        this.plan = plan;
        this.used = used;
        this.context = context;
    }

    /// Computes everything; what it gives is read as often as somebody asks for a batch.
    BatchSource rows() {
        for (int column : inputColumns()) {
            position(input(column));
        }
        for (int i = 0; i < plan.calls().size(); i++) {
            if (used.contains(width() + i)) {
                collect(plan.calls().get(i));
            }
        }
        PartitionedRows rows = partitioned();
        List<@Nullable WindowEvaluator> evaluators = new ArrayList<>();
        for (int i = 0; i < plan.calls().size(); i++) {
            evaluators.add(
                    used.contains(width() + i) ? evaluator(plan.calls().get(i), rows) : null);
        }
        WindowPartition partition = new WindowPartition(rows);
        while (partition.next()) {
            context.checkAt(partition.index());
            for (WindowEvaluator evaluator : evaluators) {
                if (evaluator != null) {
                    evaluator.evaluate(partition);
                }
            }
        }
        return results(rows, evaluators);
    }

    /// Has what `call` reads collected: no constants, but those that an accumulator adds.
    private void collect(WindowCall call) {
        List<Expr> read = new ArrayList<>(call.frame().expressions());
        if (call instanceof WindowCall.Ranking ranking) {
            read.addAll(ranking.arguments());
        }
        read.removeIf(Expr.Literal.class::isInstance);
        if (call instanceof WindowCall.Aggregate aggregate) {
            read.addAll(Accumulators.arguments(aggregate.call()));
        }
        read.forEach(this::position);
    }

    private int width() {
        return plan.input().output().size();
    }

    private Expr input(int column) {
        return new Expr.Input(column, plan.input().output().get(column).type());
    }

    /// The columns of the input that are given on or make partitions and order.
    private SortedSet<Integer> inputColumns() {
        SortedSet<Integer> columns = new TreeSet<>(used.headSet(width()));
        columns.addAll(plan.partition());
        plan.order().forEach(key -> columns.add(key.column()));
        return columns;
    }

    /// Which column of the collected rows `expr` is.
    private int position(Expr expr) {
        int known = collected.indexOf(expr);
        if (known < 0) {
            known = collected.size();
            collected.add(expr);
        }
        return known;
    }

    private PartitionedRows partitioned() {
        RowStream stream =
                execution.stream(plan.input(), PlanExecution.inputs(collected))
                        .then(() -> Stage.project(collected));
        List<SqlType> types = collected.stream().map(Expr::type).toList();
        List<Integer> partition =
                plan.partition().stream().map(column -> position(input(column))).toList();
        List<LogicalPlan.SortKey> order =
                plan.order().stream()
                        .map(key ->
                                new LogicalPlan.SortKey(
                                        position(input(key.column())),
                                        key.isDescending(),
                                        key.isNullsFirst()))
                        .toList();
        LogicalPlan.Window.Top top = plan.top();
        List<CollectSink> sinks;
        if (top == null) {
            sinks = ParallelRun.run(stream, () -> new CollectSink(context));
        } else {
            TopOfPartitionsSink.Wanted wanted =
                    new TopOfPartitionsSink.Wanted(types, partition, order, top);
            sinks =
                    ParallelRun.run(
                                    stream,
                                    () ->
                                            new TopOfPartitionsSink(
                                                    wanted, TopOfPartitionsSink.ROWS_MIN, context))
                            .stream()
                            .map(TopOfPartitionsSink::rows)
                            .toList();
        }
        return PartitionedRows.of(
                BuildRows.ofWindow(sinks, types, context),
                partition,
                order,
                new TreeSet<>(IntStream.range(0, collected.size()).boxed().toList()),
                context);
    }

    private WindowValues values(Expr expr, PartitionedRows rows) {
        if (expr instanceof Expr.Literal literal) {
            return new WindowValues(literal.type(), null, literal.value());
        }
        return new WindowValues(expr.type(), vector(expr, rows), null);
    }

    private Vector vector(Expr expr, PartitionedRows rows) {
        context.reserve(9L * rows.rowCount());
        return rows.gather(position(expr), 0, rows.rowCount());
    }

    private FrameRows frame(WindowFrame frame, PartitionedRows rows) {
        FrameRows known = frames.get(frame);
        if (known == null) {
            LogicalPlan.SortKey key = plan.order().isEmpty() ? null : plan.order().getFirst();
            known =
                    new FrameRows(
                            frame.unit(),
                            bound(frame.start(), rows),
                            bound(frame.end(), rows),
                            key != null && key.isDescending());
            frames.put(frame, known);
        }
        return known;
    }

    private FrameRows.Bound bound(WindowFrame.Bound bound, PartitionedRows rows) {
        WindowFrame.Range range = bound.range();
        Expr offset = bound.offset();
        return new FrameRows.Bound(
                bound.kind(),
                offset == null ? null : values(offset, rows),
                range == null ? null : values(range.key(), rows),
                range == null ? null : values(range.limit(), rows));
    }

    private WindowEvaluator evaluator(WindowCall call, PartitionedRows rows) {
        return switch (call) {
            case WindowCall.Ranking ranking -> ranking(ranking, rows);
            case WindowCall.Aggregate aggregate ->
                    aggregate(aggregate.call(), frame(aggregate.frame(), rows), rows);
        };
    }

    private WindowEvaluator ranking(WindowCall.Ranking call, PartitionedRows rows) {
        List<WindowValues> arguments =
                call.arguments().stream().map(argument -> values(argument, rows)).toList();
        WindowFunction function = call.function();
        if (function == WindowFunction.SESSION_NUMBER) {
            return new SessionEvaluator(
                    arguments.get(0), arguments.get(1), arguments.get(2), rows.rowCount(), context);
        }
        if (!function.hasNullTreatment()) {
            WindowValues buckets =
                    arguments.isEmpty()
                            ? new WindowValues(call.type(), null, 1L)
                            : arguments.getFirst();
            return new RankEvaluator(function, buckets, rows.rowCount(), context);
        }
        return new PlaceEvaluator(
                function,
                call.ignoresNulls(),
                new PlaceEvaluator.Arguments(
                        arguments.getFirst(),
                        arguments.size() < 2 ? null : arguments.get(1),
                        arguments.size() < 3 ? null : arguments.get(2)),
                frame(call.frame(), rows),
                rows.rowCount(),
                context);
    }

    private WindowEvaluator aggregate(AggregateCall call, FrameRows frame, PartitionedRows rows) {
        int count = rows.rowCount();
        List<Expr> arguments = Accumulators.arguments(call);
        WindowValues first =
                arguments.isEmpty()
                        ? null
                        : new WindowValues(
                                arguments.getFirst().type(),
                                vector(arguments.getFirst(), rows),
                                null);
        AggregateFunction function = call.function();
        if (!call.isDistinct()) {
            WindowEvaluator sum = WindowSum.of(function, first, frame, count, context);
            if (sum != null) {
                return sum;
            }
        }
        if (first != null && arguments.size() == 1) {
            switch (function) {
                case MIN, BOOL_AND -> {
                    return new WindowExtreme(false, first, frame, count, context);
                }
                case MAX, BOOL_OR -> {
                    return new WindowExtreme(true, first, frame, count, context);
                }
                case ANY_VALUE -> {
                    return new PlaceEvaluator(
                            WindowFunction.FIRST_VALUE,
                            true,
                            new PlaceEvaluator.Arguments(first, null, null),
                            frame,
                            count,
                            context);
                }
                default -> {}
            }
        }
        return general(call, frame, rows);
    }

    private WindowEvaluator general(AggregateCall call, FrameRows frame, PartitionedRows rows) {
        AggregateCall plain =
                new AggregateCall(
                        call.function(), call.arguments(), false, null, call.order(), call.type());
        List<Expr> arguments = Accumulators.arguments(plain);
        Vector[] vectors = new Vector[arguments.size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = vector(arguments.get(i), rows);
        }
        return new WindowAggregate(
                () -> Accumulators.of(plain, arguments, context),
                vectors,
                call.isDistinct() ? firstOfTheirKind(arguments, vectors, rows) : null,
                frame,
                rows.rowCount(),
                context);
    }

    /// Which rows are the first of their partition with their arguments.
    private boolean[] firstOfTheirKind(
            List<Expr> arguments, Vector[] vectors, PartitionedRows rows) {
        int count = rows.rowCount();
        context.reserve(13L * count);
        int[] ids = new int[count];
        ArgumentIds numbering =
                new ArgumentIds(arguments.stream().map(Expr::type).toList(), context);
        numbering.idsOf(vectors, count, ids);
        // Each id is at most the count of rows.
        int[] lastPartition = new int[count + 1];
        boolean[] isFirst = new boolean[count];
        for (int partition = 0; partition < rows.partitionCount(); partition++) {
            for (int i = rows.bound(partition); i < rows.bound(partition + 1); i++) {
                context.checkAt(i);
                isFirst[i] = lastPartition[ids[i]] != partition + 1;
                lastPartition[ids[i]] = partition + 1;
            }
        }
        return isFirst;
    }

    private BatchSource results(PartitionedRows rows, List<@Nullable WindowEvaluator> evaluators) {
        List<SqlType> types = PlanExecution.types(plan);
        return new BatchSource() {
            private int from;

            @Override
            public @Nullable VectorBatch next() {
                context.check();
                int count = Math.min(Limits.BATCH_ROWS, rows.rowCount() - from);
                if (count <= 0) {
                    return null;
                }
                Vector[] columns = new Vector[types.size()];
                for (int i = 0; i < columns.length; i++) {
                    columns[i] = column(i, count);
                }
                from += count;
                return new VectorBatch(count, columns);
            }

            private Vector column(int column, int count) {
                if (!used.contains(column)) {
                    return VectorValues.NOT_READ;
                }
                if (column < width()) {
                    return rows.gather(position(input(column)), from, count);
                }
                WindowEvaluator evaluator = evaluators.get(column - width());
                return evaluator == null ? VectorValues.NOT_READ : evaluator.results(from, count);
            }
        };
    }
}
