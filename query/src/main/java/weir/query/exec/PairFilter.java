// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;

/// Pairs of a matcher for which the residual of the join is true. Belongs to one thread.
final class PairFilter {
    /// Pairs that are looked for at once.
    private static final int PAIRS = 2048;

    private final JoinShape shape;
    private final BuildRows build;
    private final Matcher matcher;
    private final @Nullable ExprNode residual;
    private final SortedSet<Integer> tested;
    private final int[] probeRows = new int[PAIRS];
    private final int[] buildRows = new int[PAIRS];
    private final int[] passing = new int[PAIRS + 1];
    private VectorBatch batch = new VectorBatch(0, new Vector[0]);

    PairFilter(JoinShape shape, BuildRows build, Matcher matcher) {
        this.shape = shape;
        this.build = build;
        this.matcher = matcher;
        Expr condition = shape.join().residual();
        this.residual = condition == null ? null : ExprCompiler.compile(condition);
        this.tested = condition == null ? new TreeSet<>() : ExprInputs.of(condition);
    }

    /// Begins with the rows of `rows`.
    void start(VectorBatch rows) {
        batch = rows;
        matcher.start(rows);
    }

    /// Looks for the next pairs and gives how many there are: at the end 0, and maybe before.
    int next() {
        int count = matcher.next(probeRows, buildRows);
        if (residual == null || count == 0) {
            return count;
        }
        JoinShape.Pairs pairs = new JoinShape.Pairs(probeRows, buildRows, 0, count);
        VectorBatch rows = shape.pairs(batch, build, pairs, tested);
        int passed = Selection.ofTrue(residual.evaluate(rows), count, passing);
        for (int i = 0; i < passed; i++) {
            probeRows[i] = probeRows[passing[i]];
            buildRows[i] = buildRows[passing[i]];
        }
        return passed;
    }

    int probeRow(int pair) {
        return probeRows[pair];
    }

    int buildRow(int pair) {
        return buildRows[pair];
    }

    /// The first probe row of which not all pairs were given; the batch's row count at the end.
    int row() {
        return matcher.row();
    }
}
