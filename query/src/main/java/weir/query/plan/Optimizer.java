// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.List;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.WindowCall;
import weir.query.fault.QueryException;

/// Improves plans by rules that each give the same rows, in the same order, under the same names.
/// The order matters and is this one; each rule runs once, so that planning is linear in the plan.
public final class Optimizer {
    /// More parts of expressions than this are not looked at.
    private static final int PARTS_MAX = 1_000_000;

    private Optimizer() {}

    /// Joins in joins deeper than this would take too much of a thread's stack.
    private static final int JOINS_MAX = 256;

    /// A plan that gives the rows of `plan` with less work.
    ///
    /// @throws QueryException LIMIT_EXCEEDED when its expressions are too long
    public static LogicalPlan optimize(LogicalPlan plan) {
        count(plan, 0);
        requireFlat(plan, 0);
        LogicalPlan better = PushFilters.apply(plan);
        better = ConnectJoins.apply(better);
        better = SimplifyConditions.apply(better);
        better = PushLimits.apply(better);
        better = MergeProjects.apply(better);
        better = PruneColumns.apply(better);
        return MergeProjects.apply(better);
    }

    /// The rows of `plan`, which is optimised, for which `condition` is true as well: moved to the
    /// scans.
    public static LogicalPlan filtered(LogicalPlan plan, Expr condition) {
        return SimplifyConditions.apply(PushFilters.apply(new LogicalPlan.Filter(plan, condition)));
    }

    private static void requireFlat(LogicalPlan plan, int joins) {
        if (joins > JOINS_MAX) {
            throw new QueryException(
                    QueryException.Code.LIMIT_EXCEEDED,
                    "The statement joins more than "
                            + JOINS_MAX
                            + " tables and subqueries in a row; group or filter some first");
        }
        int own = plan instanceof LogicalPlan.Join ? joins + 1 : joins;
        PlanTree.mapInputs(
                plan,
                input -> {
                    requireFlat(input, own);
                    return input;
                });
    }

    /// `known` and how many parts the expressions of `plan` have.
    private static int count(LogicalPlan plan, int known) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> {
                Expr filter = scan.filter();
                yield filter == null ? known : count(filter, known);
            }
            case LogicalPlan.Values values -> {
                int parts = known;
                for (List<Expr> row : values.rows()) {
                    parts = count(row, parts);
                }
                yield parts;
            }
            case LogicalPlan.Filter filter ->
                    count(filter.input(), count(filter.condition(), known));
            case LogicalPlan.Project project ->
                    count(project.input(), count(project.expressions(), known));
            case LogicalPlan.Aggregate aggregate -> {
                int parts = count(aggregate.keys(), known);
                for (AggregateCall call : aggregate.calls()) {
                    parts = count(call.arguments(), parts);
                    Expr filter = call.filter();
                    parts = filter == null ? parts : count(filter, parts);
                }
                yield count(aggregate.input(), parts);
            }
            case LogicalPlan.GroupingSets sets -> {
                int parts = count(sets.keys(), known);
                for (AggregateCall call : sets.calls()) {
                    parts = count(call.expressions(), parts);
                }
                yield count(sets.input(), parts);
            }
            case LogicalPlan.Window window -> {
                int parts = known;
                for (WindowCall call : window.calls()) {
                    parts = count(call.expressions(), parts);
                }
                yield count(window.input(), parts);
            }
            case LogicalPlan.Sort sort -> count(sort.input(), known);
            case LogicalPlan.Limit limit -> count(limit.input(), known);
            case LogicalPlan.TopN top -> count(top.input(), known);
            case LogicalPlan.Join join -> {
                int parts = count(join.right(), count(join.left(), known));
                for (JoinKey key : join.keys()) {
                    parts = count(key.right(), count(key.left(), parts));
                }
                Expr residual = join.residual();
                yield residual == null ? parts : count(residual, parts);
            }
            case LogicalPlan.Union union -> {
                int parts = known;
                for (LogicalPlan input : union.inputs()) {
                    parts = count(input, parts);
                }
                yield parts;
            }
            case LogicalPlan.Repeat repeat -> count(repeat.input(), count(repeat.count(), known));
            case LogicalPlan.Unnest unnest ->
                    count(unnest.input(), count(unnest.collections(), known));
            case LogicalPlan.SingleRow single -> count(single.input(), known);
        };
    }

    private static int count(List<Expr> exprs, int known) {
        int parts = known;
        for (Expr expr : exprs) {
            parts = count(expr, parts);
        }
        return parts;
    }

    private static int count(Expr expr, int known) {
        if (known >= PARTS_MAX) {
            throw new QueryException(
                    QueryException.Code.LIMIT_EXCEEDED,
                    "The statement has expressions of more than "
                            + PARTS_MAX
                            + " parts; repeat less of them, or split the query");
        }
        if (expr instanceof Expr.Symbol) {
            throw new QueryException(
                    QueryException.Code.UNSUPPORTED,
                    "Given correlated subquery is not supported: it names columns of an enclosing"
                            + " query where that is not possible yet");
        }
        return count(ExprTree.children(expr), known + 1);
    }
}
