// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.scan.Predicate;
import weir.engine.schema.Column;
import weir.query.catalog.Table;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;

/// What a row has to have in the first column that rows are ordered by, to be among those that are
/// kept: known as soon as one thread has kept as many as are wanted, and closer with every row that
/// takes the place of another. Scans leave out what lies behind it. Safe for many threads.
final class TopBound {
    private final Column column;
    private final boolean isDescending;
    private boolean isKnown;
    private long bound;

    private TopBound(Column column, boolean isDescending) {
        this.column = column;
        this.isDescending = isDescending;
    }

    /// A bound for rows of a scan, perhaps with its columns in another order; null where the first
    /// key is no whole number, or where rows without one come first.
    static @Nullable TopBound of(LogicalPlan.TopN top) {
        LogicalPlan.SortKey key = top.keys().getFirst();
        int index = key.column();
        LogicalPlan plan = top.input();
        if (plan instanceof LogicalPlan.Project project) {
            if (!project.expressions().stream().allMatch(Expr.Input.class::isInstance)) {
                return null;
            }
            index = ((Expr.Input) project.expressions().get(index)).index();
            plan = project.input();
        }
        if (!(plan instanceof LogicalPlan.Scan scan)
                || !(scan.table().source() instanceof Table.Segments segments)
                || !scan.output().get(index).type().isInteger()
                || key.isNullsFirst()) {
            return null;
        }
        Column column = segments.snapshot().schema().column(scan.ordinals().get(index));
        return column.type().isDictionary() ? null : new TopBound(column, key.isDescending());
    }

    /// Says that rows behind `value` are not among those that are kept.
    synchronized void close(long value) {
        if (!isKnown || (isDescending ? value > bound : value < bound)) {
            isKnown = true;
            bound = value;
        }
    }

    /// What a row has to pass, as far as that is known now; null before anything is.
    synchronized @Nullable Predicate predicate() {
        if (!isKnown) {
            return null;
        }
        return isDescending
                ? new Predicate.NumberRange(column, bound, Long.MAX_VALUE)
                : new Predicate.NumberRange(column, Long.MIN_VALUE + 1, bound);
    }
}
