// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
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
    private final PlanExecution execution;
    private final QueryContext context;
    private final JoinShape shape;
    private final List<Expr> buildKeys;
    private final List<Expr> probeKeys;
    private final List<Boolean> isNullSafe;

    /// @param used which columns of the join somebody reads
    JoinRun(
            PlanExecution execution,
            LogicalPlan.Join join,
            SortedSet<Integer> used,
            QueryContext context) {
        this.execution = execution;
        this.context = context;
        this.shape = new JoinShape(join, isLeftSmaller(join), used);
        List<Expr> left = join.keys().stream().map(JoinKey::left).toList();
        List<Expr> right = join.keys().stream().map(JoinKey::right).toList();
        this.buildKeys = shape.isBuildLeft() ? left : right;
        this.probeKeys = shape.isBuildLeft() ? right : left;
        this.isNullSafe = join.keys().stream().map(JoinKey::isNullSafe).toList();
    }

    private static boolean isLeftSmaller(LogicalPlan.Join join) {
        return switch (join.type()) {
            case INNER, LEFT, RIGHT, FULL ->
                    RowEstimate.of(join.left()) < RowEstimate.of(join.right());
            case SEMI, MARK, MARK_IN, SINGLE -> false;
        };
    }

    /// Builds one side and gives the rows of the join.
    RowStream stream() {
        BuildRows build = build();
        JoinTable table =
                buildKeys.isEmpty() ? null : new JoinTable(buildKeys, isNullSafe, build, context);
        build.keep(shape.ofBuild());
        if (build.rowCount() == 0 && !shape.keepsProbe()) {
            return RowStream.of(() -> null, context);
        }
        Supplier<Matcher> matcher =
                table == null
                        ? () -> new AllMatcher(build.rowCount())
                        : () -> table.matcher(probeKeys);
        RowStream probe = execution.stream(probe(build, table), probeColumns());
        if (!shape.join().type().hasRight()) {
            return probe.through(() -> mark(build, table, matcher.get()));
        }
        if (!shape.keepsBuild()) {
            return probe.through(() -> new ProbePipe(shape, build, matcher.get(), null, context));
        }
        boolean[] isMatched = new boolean[build.rowCount()];
        context.reserve(isMatched.length);
        BatchSource matched =
                OrderedExchange.of(
                        probe.through(() ->
                                new ProbePipe(shape, build, matcher.get(), isMatched, context)));
        return RowStream.of(withUnmatched(matched, build, isMatched), context);
    }

    private BuildRows build() {
        SortedSet<Integer> read = new TreeSet<>(shape.ofBuild());
        read.addAll(PlanExecution.inputs(buildKeys));
        RowStream rows = execution.stream(shape.build(), read);
        return BuildRows.ofJoin(
                ParallelRun.run(rows, () -> new CollectSink(context)),
                PlanExecution.types(shape.build()),
                context);
    }

    private SortedSet<Integer> probeColumns() {
        SortedSet<Integer> read = new TreeSet<>(shape.ofProbe());
        read.addAll(PlanExecution.inputs(probeKeys));
        return read;
    }

    /// The probe side without rows that are known to match nothing, where those are of no use.
    private LogicalPlan probe(BuildRows build, @Nullable JoinTable table) {
        LogicalPlan probe = shape.probe();
        if (shape.keepsProbe()) {
            return probe;
        }
        List<Expr> conditions = new ArrayList<>();
        if (table != null) {
            conditions.addAll(KeyFilter.of(probeKeys, isNullSafe, table, probe));
        }
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

    private MarkPipe mark(BuildRows build, @Nullable JoinTable table, Matcher matcher) {
        JoinType type = shape.join().type();
        boolean isUnsure = type == JoinType.MARK_IN && build.rowCount() > 0;
        MarkPipe.Unknown unknown =
                new MarkPipe.Unknown(
                        isUnsure ? ExprCompiler.compile(probeKeys.getFirst()) : null,
                        isUnsure && table != null && table.hasNull());
        return new MarkPipe(new PairFilter(shape, build, matcher), type, unknown, context);
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
