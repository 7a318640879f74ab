// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import weir.query.plan.LogicalPlan;

/// A statement that is ready to run.
///
/// @param plan optimised; its output is what the result calls its columns
/// @param isAnalyzed whether, in place of its rows, it is asked what running it took
public record PlannedQuery(LogicalPlan plan, boolean isAnalyzed) {}
