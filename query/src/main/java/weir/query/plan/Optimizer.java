// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

/// Improves plans.
public final class Optimizer {
    private Optimizer() {}

    /// A plan that gives the rows of `plan`.
    public static LogicalPlan optimize(LogicalPlan plan) {
        return plan;
    }
}
