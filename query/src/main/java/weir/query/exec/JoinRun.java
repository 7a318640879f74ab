// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.plan.JoinKey;
import weir.query.plan.JoinType;
import weir.query.plan.LogicalPlan;
import weir.query.plan.Optimizer;

/// Runs a join: reads the smaller side to its end, then lets the rows of the other side stream by.
/// Their order decides the order of the result; build rows without match come last.
final class JoinRun {
    /// A row found by its key costs little to compare with its range, one found by its range more
    /// to compare its key.
    private static final int KEY_ROWS_MAX = 8;

    private final PlanExecution execution;
    private final PlanExecution.Demand demand;
    private final QueryContext context;

    /// The join as it is asked for, and what is left of it beside the ranges.
    private final JoinShape asked;

    private final JoinShape shape;
    private final List<Expr> buildKeys;
    private final List<Expr> probeKeys;
    private final List<Boolean> isNullSafe;
    private final @Nullable RangeCondition range;

    /// How build rows for a probe row are found.
    private enum Way {
        /// By equal keys, or all of them.
        KEYS,
        /// By ranges; keys are compared for each pair.
        RANGES,
        /// By equal keys, and of those the ones whose ranges hold the value.
        KEYS_AND_RANGES
    }

    /// @param used which columns of the join somebody reads
    /// @param demand what is done with the rows of the side that streams by
    JoinRun(
            PlanExecution execution,
            LogicalPlan.Join join,
            SortedSet<Integer> used,
            PlanExecution.Demand demand,
            QueryContext context) {
        this(execution, shape(join, used), Way.RANGES, demand, context.part());
    }

    private JoinRun(
            PlanExecution execution,
            JoinShape asked,
            Way way,
            PlanExecution.Demand demand,
            QueryContext context) {
        this.execution = execution;
        this.demand = demand;
        this.context = context;
        this.asked = asked;
        // IN tells NULL from false by the keys alone.
        boolean mayRange = way != Way.KEYS && asked.join().type() != JoinType.MARK_IN;
        this.range = mayRange ? RangeCondition.of(asked) : null;
        this.shape = range == null ? asked : withoutRange(asked, range, way);
        List<JoinKey> keys = shape.join().keys();
        List<Expr> ofLeft = keys.stream().map(JoinKey::left).toList();
        List<Expr> ofRight = keys.stream().map(JoinKey::right).toList();
        this.buildKeys = shape.isBuildLeft() ? ofLeft : ofRight;
        this.probeKeys = shape.isBuildLeft() ? ofRight : ofLeft;
        this.isNullSafe = keys.stream().map(JoinKey::isNullSafe).toList();
    }

    /// The smaller side is built, but where ranges of the other one decide.
    private static JoinShape shape(LogicalPlan.Join join, SortedSet<Integer> used) {
        boolean isFree =
                switch (join.type()) {
                    case INNER, LEFT, RIGHT, FULL -> true;
                    case SEMI, MARK, MARK_IN, SINGLE -> false;
                };
        boolean isLeftSmaller =
                isFree && RowEstimate.of(join.left()) < RowEstimate.of(join.right());
        JoinShape shape = new JoinShape(join, isLeftSmaller, used);
        JoinShape other = new JoinShape(join, !isLeftSmaller, used);
        boolean isOther =
                isFree && RangeCondition.of(shape) == null && RangeCondition.of(other) != null;
        return isOther ? other : shape;
    }

    /// The join without what ranges answer. Keys that do not find rows are asked of the pairs.
    private static JoinShape withoutRange(JoinShape shape, RangeCondition range, Way way) {
        LogicalPlan.Join join = shape.join();
        boolean hasKeys = way == Way.KEYS_AND_RANGES;
        List<Expr> rest = new ArrayList<>(range.rest());
        if (!hasKeys) {
            rest.addAll(RangeCondition.equalities(join));
        }
        Expr residual =
                rest.isEmpty()
                        ? null
                        : rest.size() == 1 ? rest.getFirst() : new Expr.And(List.copyOf(rest));
        return new JoinShape(
                new LogicalPlan.Join(
                        join.type(),
                        join.left(),
                        join.right(),
                        hasKeys ? join.keys() : List.of(),
                        residual),
                shape.isBuildLeft(),
                shape.used());
    }

    /// Builds one side and gives the rows of the join, which keep it until they were read.
    RowStream stream() {
        return rows().closing(context::release);
    }

    private RowStream rows() {
        BuildRows build = build();
        if (range == null) {
            return rows(build, access(build));
        }
        RangeTable table = new RangeTable(range, build, context);
        if (!table.isComplete()) {
            JoinRun plain = new JoinRun(execution, asked, Way.KEYS, demand, context);
            return plain.rows(build, plain.access(build));
        }
        if (asked.join().keys().isEmpty()) {
            return rows(build, table);
        }
        JoinRun keyed = new JoinRun(execution, asked, Way.KEYS_AND_RANGES, demand, context);
        JoinTable keys = new JoinTable(keyed.buildKeys, keyed.isNullSafe, build, context);
        return keys.rowsPerKey() > KEY_ROWS_MAX * table.rowsPerRank()
                ? rows(build, table)
                : keyed.rows(
                        build,
                        new KeyedRanges(keys, keyed.probeKeys, table, build.rowCount(), context));
    }

    private RowStream rows(BuildRows build, Access access) {
        build.keep(shape.ofBuild());
        if (build.rowCount() == 0 && !shape.keepsProbe()) {
            return RowStream.of(() -> null, context);
        }
        RowStream probe = execution.stream(probe(build, access), probeColumns(), demand);
        if (!shape.join().type().hasRight()) {
            return probe.through(() -> mark(build, access));
        }
        if (!shape.keepsBuild()) {
            return probe.through(
                    () -> new ProbePipe(shape, build, access.matcher(), null, context));
        }
        boolean[] isMatched = new boolean[build.rowCount()];
        context.reserve(isMatched.length);
        BatchSource matched =
                OrderedExchange.of(
                        probe.through(() ->
                                new ProbePipe(shape, build, access.matcher(), isMatched, context)));
        return RowStream.of(withUnmatched(matched, build, isMatched), context);
    }

    private Access access(BuildRows build) {
        if (!buildKeys.isEmpty()) {
            JoinTable table = new JoinTable(buildKeys, isNullSafe, build, context);
            return Access.ofKeys(table, probeKeys, isNullSafe);
        }
        AnyKeys any = AnyKeys.of(shape, build, context);
        return any == null ? Access.ofAll(build.rowCount()) : any;
    }

    private BuildRows build() {
        SortedSet<Integer> read = new TreeSet<>(shape.ofBuild());
        read.addAll(PlanExecution.inputs(buildKeys));
        if (range != null) {
            Expr high = range.high();
            read.addAll(ExprInputs.of(range.low()));
            read.addAll(high == null ? new TreeSet<>() : ExprInputs.of(high));
        }
        RowStream rows = execution.stream(shape.build(), read, demand.arrival());
        return BuildRows.ofJoin(
                ParallelRun.run(rows, () -> new CollectSink(context)),
                PlanExecution.types(shape.build()),
                context);
    }

    private SortedSet<Integer> probeColumns() {
        SortedSet<Integer> read = new TreeSet<>(shape.ofProbe());
        read.addAll(PlanExecution.inputs(probeKeys));
        if (range != null) {
            read.addAll(ExprInputs.of(range.value()));
        }
        return read;
    }

    /// The probe side without rows that are known to match nothing, where those are of no use.
    private LogicalPlan probe(BuildRows build, Access access) {
        LogicalPlan probe = shape.probe();
        if (shape.keepsProbe()) {
            return probe;
        }
        List<Expr> conditions = new ArrayList<>(access.filters(probe));
        if (build.rowCount() == 1) {
            conditions.addAll(ofOnlyRow(build, probe));
        }
        return conditions.isEmpty()
                ? probe
                : Optimizer.filtered(probe, new Expr.And(List.copyOf(conditions)));
    }

    /// The parts of the residual with the values of the only build row in them, as of a scalar
    /// subquery.
    private List<Expr> ofOnlyRow(BuildRows build, LogicalPlan probe) {
        Expr residual = shape.join().residual();
        List<Expr> parts =
                residual == null
                        ? List.of()
                        : residual instanceof Expr.And and ? and.parts() : List.of(residual);
        List<Expr> conditions = new ArrayList<>();
        for (Expr part : parts) {
            Expr own = shape.withBuildRow(part, build);
            if (KeyFilter.reachesSegments(own, probe)) {
                conditions.add(own);
            }
        }
        return conditions;
    }

    private MarkPipe mark(BuildRows build, Access access) {
        JoinType type = shape.join().type();
        boolean isUnsure = type == JoinType.MARK_IN && build.rowCount() > 0;
        MarkPipe.Unknown unknown =
                new MarkPipe.Unknown(
                        isUnsure ? ExprCompiler.compile(probeKeys.getFirst()) : null,
                        isUnsure && access.hasNull());
        PairFilter pairs = new PairFilter(shape, build, access.matcher());
        return new MarkPipe(pairs, type, unknown, context);
    }

    /// The rows of `matched`, then the build rows that none of them has.
    private BatchSource withUnmatched(BatchSource matched, BuildRows build, boolean[] isMatched) {
        return new BatchSource() {
            private boolean isProbed;
            private int from;

            @Override
            public @Nullable VectorBatch next() {
                if (!isProbed) {
                    VectorBatch batch = matched.next();
                    if (batch != null) {
                        return batch;
                    }
                    isProbed = true;
                }
                int[] rows = new int[Limits.BATCH_ROWS];
                int count = 0;
                while (from < isMatched.length && count < rows.length) {
                    context.checkAt(from);
                    if (!isMatched[from]) {
                        rows[count++] = from;
                    }
                    from++;
                }
                return count == 0 ? null : shape.unmatched(build, rows, count);
            }

            @Override
            public void close() {
                matched.close();
            }
        };
    }
}
