// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.vector.VectorBatch;
import weir.query.fault.QueryException;
import weir.query.value.Allowance;

/// Joins the rows of the probe side with those of the build side: each probe row with its matches
/// in the order of the build rows, or with NULL where it has none and is kept.
final class ProbePipe implements Pipe {
    private final JoinShape shape;
    private final BuildRows build;
    private final PairFilter pairs;
    private final boolean @Nullable [] isMatched;
    private final QueryContext context;
    private final SortedSet<Integer> shown;

    /// @param isMatched where build rows that match are marked; threads share it and all write the
    ///   same. Null when nobody asks
    ProbePipe(
            JoinShape shape,
            BuildRows build,
            Matcher matcher,
            boolean @Nullable [] isMatched,
            QueryContext context) {
        this.shape = shape;
        this.build = build;
        this.pairs = new PairFilter(shape, build, matcher);
        this.isMatched = isMatched;
        this.context = context;
        this.shown = shape.shown();
    }

    @Override
    public BatchSource over(BatchSource input) {
        return new Joined(input);
    }

    private final class Joined implements BatchSource {
        private final BatchSource input;
        private final boolean keepsProbe = shape.keepsProbe();
        private @Nullable VectorBatch batch;
        private int[] probeRows = new int[2 * Limits.BATCH_ROWS];
        private int[] buildRows = new int[2 * Limits.BATCH_ROWS];
        private int count;
        private int given;

        /// The first probe row that may still get a match, and whether it had one.
        private int open;

        private boolean hasMatch;

        Joined(BatchSource input) {
            this.input = input;
        }

        @Override
        public @Nullable VectorBatch next() {
            while (true) {
                context.check();
                Allowance.current().take();
                VectorBatch rows = batch;
                if (rows != null && given < count) {
                    return take(rows);
                }
                if (rows == null || pairs.row() == rows.rowCount()) {
                    rows = input.next();
                    batch = rows;
                    if (rows == null) {
                        return null;
                    }
                    pairs.start(rows);
                    open = 0;
                    hasMatch = false;
                }
                count = 0;
                given = 0;
                look();
            }
        }

        private VectorBatch take(VectorBatch rows) {
            int taken = Math.min(Limits.BATCH_ROWS, count - given);
            JoinShape.Pairs some = new JoinShape.Pairs(probeRows, buildRows, given, taken);
            given += taken;
            return shape.pairs(rows, build, some, shown);
        }

        private void look() {
            int found = pairs.next();
            for (int i = 0; i < found; i++) {
                int row = pairs.probeRow(i);
                if (keepsProbe) {
                    settleTo(row);
                    if (hasMatch && shape.isSingle()) {
                        throw new QueryException(
                                QueryException.Code.INVALID_VALUE,
                                "Scalar sub-query has returned multiple rows");
                    }
                    hasMatch = true;
                }
                int match = pairs.buildRow(i);
                if (isMatched != null) {
                    isMatched[match] = true;
                }
                add(row, match);
            }
            if (keepsProbe) {
                settleTo(pairs.row());
            }
        }

        /// Gives the probe rows before `row` that have no match.
        private void settleTo(int row) {
            while (open < row) {
                if (!hasMatch) {
                    add(open, -1);
                }
                hasMatch = false;
                open++;
            }
        }

        private void add(int probeRow, int buildRow) {
            if (count == probeRows.length) {
                probeRows = Arrays.copyOf(probeRows, 2 * count);
                buildRows = Arrays.copyOf(buildRows, 2 * count);
            }
            probeRows[count] = probeRow;
            buildRows[count++] = buildRow;
        }

        @Override
        public void close() {
            input.close();
        }
    }
}
