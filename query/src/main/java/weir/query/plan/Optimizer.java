// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

/// Improves plans by rules that each give the same rows, in the same order, under the same names.
/// The order matters and is this one; each rule runs once, so that planning is linear in the plan.
public final class Optimizer {
    private Optimizer() {}

    /// A plan that gives the rows of `plan` with less work.
    public static LogicalPlan optimize(LogicalPlan plan) {
        LogicalPlan better = PushFilters.apply(plan);
        better = SimplifyConditions.apply(better);
        better = PushLimits.apply(better);
        better = MergeProjects.apply(better);
        better = PruneColumns.apply(better);
        return MergeProjects.apply(better);
    }
}
