// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.BitSet;
import java.util.List;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;

/// Makes two projections in a row one where nothing is computed twice for it, and drops those that
/// change nothing.
final class MergeProjects {
    private MergeProjects() {}

    static LogicalPlan apply(LogicalPlan plan) {
        return plan instanceof LogicalPlan.Project project
                ? merge(project, apply(project.input()))
                : PlanTree.mapInputs(plan, MergeProjects::apply);
    }

    private static LogicalPlan merge(LogicalPlan.Project project, LogicalPlan input) {
        if (input instanceof LogicalPlan.Project below && isUsedOnce(project, below)) {
            List<Expr> merged =
                    project.expressions().stream()
                            .map(expr ->
                                    ExprTree.mapInputs(
                                            expr,
                                            column -> below.expressions().get(column.index())))
                            .toList();
            return merge(
                    new LogicalPlan.Project(below.input(), merged, project.output()),
                    below.input());
        }
        return isIdentity(project, input)
                ? input
                : new LogicalPlan.Project(input, project.expressions(), project.output());
    }

    /// Whether every computed column of `below` is read at most once above.
    private static boolean isUsedOnce(LogicalPlan.Project project, LogicalPlan.Project below) {
        BitSet read = new BitSet();
        for (Expr expression : project.expressions()) {
            if (!readsOnce(expression, below, read)) {
                return false;
            }
        }
        return true;
    }

    private static boolean readsOnce(Expr expr, LogicalPlan.Project below, BitSet read) {
        if (expr instanceof Expr.Input input) {
            Expr source = below.expressions().get(input.index());
            boolean isCheap = source instanceof Expr.Input || source instanceof Expr.Literal;
            boolean isRead = read.get(input.index());
            read.set(input.index());
            return isCheap || !isRead;
        }
        for (Expr part : ExprTree.children(expr)) {
            if (!readsOnce(part, below, read)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIdentity(LogicalPlan.Project project, LogicalPlan input) {
        List<Expr> expressions = project.expressions();
        if (!project.output().equals(input.output())) {
            return false;
        }
        for (int i = 0; i < expressions.size(); i++) {
            if (!(expressions.get(i) instanceof Expr.Input column) || column.index() != i) {
                return false;
            }
        }
        return true;
    }
}
