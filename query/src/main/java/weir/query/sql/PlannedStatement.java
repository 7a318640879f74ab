// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import weir.query.plan.Change;
import weir.query.plan.LogicalPlan;

/// A statement that is ready to run.
public sealed interface PlannedStatement {
    /// A query.
    ///
    /// @param plan optimised; its output is what the result calls its columns
    /// @param isAnalyzed whether, in place of its rows, it is asked what running it took
    record Query(LogicalPlan plan, boolean isAnalyzed) implements PlannedStatement {}

    /// A statement that makes or takes away a view or a table.
    record Definition(Change change) implements PlannedStatement {}
}
