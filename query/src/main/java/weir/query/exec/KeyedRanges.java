// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;

/// Build rows with equal keys whose ranges hold the value: where keys have few rows, their ranges
/// are compared one by one. Safe for many threads.
final class KeyedRanges implements Access {
    private final JoinTable keys;
    private final List<Expr> probeKeys;
    private final RangeTable ranges;
    private final int[][] ofRows;
    private final QueryContext context;

    /// @param probeKeys over the rows of the probe side
    KeyedRanges(
            JoinTable keys,
            List<Expr> probeKeys,
            RangeTable ranges,
            int buildCount,
            QueryContext context) {
        this.keys = keys;
        this.probeKeys = List.copyOf(probeKeys);
        this.ranges = ranges;
        this.ofRows = ranges.rangesOfRows(buildCount);
        this.context = context;
    }

    @Override
    public Matcher matcher() {
        return new InRange();
    }

    @Override
    public List<Expr> filters(LogicalPlan probe) {
        return ranges.filters(probe);
    }

    /// Candidates by key, less those whose range does not hold the value.
    private final class InRange implements Matcher {
        private final Matcher candidates = keys.matcher(probeKeys);
        private final ProbeRanks probe = new ProbeRanks(ranges, context);
        private int[] ranks = {};

        @Override
        public void start(VectorBatch batch) {
            candidates.start(batch);
            ranks = probe.of(batch);
        }

        @Override
        public int next(int[] probeRows, int[] buildRows) {
            int count = candidates.next(probeRows, buildRows);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int row = buildRows[i];
                int rank = ranks[probeRows[i]];
                boolean isIn = rank >= ofRows[0][row] && rank <= ofRows[1][row];
                boolean isInSecond = rank >= ofRows[2][row] && rank <= ofRows[3][row];
                probeRows[kept] = probeRows[i];
                buildRows[kept] = row;
                kept += rank >= 0 && (isIn || isInSecond) ? 1 : 0;
            }
            return kept;
        }

        @Override
        public int row() {
            return candidates.row();
        }
    }
}
