// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;

/// How the build rows that may match a probe row are found. Safe for many threads.
interface Access {
    /// Finds rows for the batches of one thread.
    Matcher matcher();

    /// Conditions that every probe row with a match fulfils, and that a scan in `probe` can use;
    /// maybe none.
    List<Expr> filters(LogicalPlan probe);

    /// Whether a key that equals nothing is NULL in some build row.
    default boolean hasNull() {
        return false;
    }

    /// Every build row for every probe row.
    static Access ofAll(int buildCount) {
        return new Access() {
            @Override
            public Matcher matcher() {
                return new AllMatcher(buildCount);
            }

            @Override
            public List<Expr> filters(LogicalPlan probe) {
                return List.of();
            }
        };
    }

    /// The rows of `table` with equal keys.
    ///
    /// @param keys over the rows of the probe side
    static Access ofKeys(JoinTable table, List<Expr> keys, List<Boolean> isNullSafe) {
        return new Access() {
            @Override
            public Matcher matcher() {
                return table.matcher(keys);
            }

            @Override
            public List<Expr> filters(LogicalPlan probe) {
                return KeyFilter.of(keys, isNullSafe, table, probe);
            }

            @Override
            public boolean hasNull() {
                return table.hasNull();
            }
        };
    }
}
