// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.expr.WindowCall;
import weir.query.expr.WindowFunction;

/// Finds windows of which a condition such as `row_number() OVER (...) <= 3` asks only the first
/// rows of each partition. The condition stays where it is; the window has fewer rows to keep.
final class TopOfPartitions {
    private TopOfPartitions() {}

    /// The rows of `window` that are asked for where all `conjuncts` are asked of its output.
    static LogicalPlan.Window.@Nullable Top of(LogicalPlan.Window window, List<Expr> conjuncts) {
        LogicalPlan.Window.Top top = window.top();
        if (!window.calls().stream().allMatch(TopOfPartitions::isOfRowsBefore)) {
            return top;
        }
        for (Expr conjunct : conjuncts) {
            LogicalPlan.Window.Top next = of(window, conjunct);
            if (next != null && (top == null || next.rowCount() < top.rowCount())) {
                top = next;
            }
        }
        return top;
    }

    /// Whether the rows behind a row and its peers change nothing for it.
    private static boolean isOfRowsBefore(WindowCall call) {
        return call instanceof WindowCall.Ranking ranking
                && switch (ranking.function()) {
                    case ROW_NUMBER, RANK, DENSE_RANK -> true;
                    default -> false;
                };
    }

    private static LogicalPlan.Window.@Nullable Top of(LogicalPlan.Window window, Expr conjunct) {
        if (!(conjunct instanceof Expr.Call comparison) || comparison.arguments().size() != 2) {
            return null;
        }
        Expr left = comparison.arguments().get(0);
        Expr right = comparison.arguments().get(1);
        if (left instanceof Expr.Literal) {
            ScalarFunction mirrored = comparison.function().mirrored();
            return mirrored == null ? null : top(window, right, mirrored, left);
        }
        return top(window, left, comparison.function(), right);
    }

    private static LogicalPlan.Window.@Nullable Top top(
            LogicalPlan.Window window, Expr ranked, ScalarFunction comparison, Expr bound) {
        int width = window.input().output().size();
        if (!(ranked instanceof Expr.Input column)
                || column.index() < width
                || !(bound instanceof Expr.Literal literal)
                || !(literal.value() instanceof Long number)) {
            return null;
        }
        long rowCount =
                switch (comparison) {
                    case EQUAL, LESS_OR_EQUAL -> number;
                    case LESS_THAN -> number == Long.MIN_VALUE ? number : number - 1;
                    default -> Long.MAX_VALUE;
                };
        WindowCall call = window.calls().get(column.index() - width);
        boolean isBounded =
                call instanceof WindowCall.Ranking ranking
                        && ranking.function() != WindowFunction.DENSE_RANK
                        && rowCount < Long.MAX_VALUE;
        return isBounded
                ? new LogicalPlan.Window.Top(
                        Math.max(rowCount, 0),
                        ((WindowCall.Ranking) call).function() == WindowFunction.RANK)
                : null;
    }
}
