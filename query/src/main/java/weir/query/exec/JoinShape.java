// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.plan.JoinType;
import weir.query.plan.LogicalPlan;

/// Which side of a join is built, and which columns of pairs somebody reads. The columns of a pair
/// are those of the left row, then those of the right one, whichever is built. Immutable.
///
/// @param join what is joined
/// @param isBuildLeft whether the left side is built and the right one probes it
/// @param used the columns of the output that somebody reads
record JoinShape(LogicalPlan.Join join, boolean isBuildLeft, SortedSet<Integer> used) {

    private int width() {
        return join.left().output().size();
    }

    private int pairWidth() {
        return width() + join.right().output().size();
    }

    LogicalPlan build() {
        return isBuildLeft ? join.left() : join.right();
    }

    LogicalPlan probe() {
        return isBuildLeft ? join.right() : join.left();
    }

    /// Whether a probe row without match is part of the rows.
    boolean keepsProbe() {
        return isBuildLeft ? join.type().keepsRight() : join.type().keepsLeft();
    }

    /// Whether a build row without match is part of the rows.
    boolean keepsBuild() {
        return isBuildLeft ? join.type().keepsLeft() : join.type().keepsRight();
    }

    boolean isSingle() {
        return join.type() == JoinType.SINGLE;
    }

    private boolean isOfBuild(int pairColumn) {
        return (pairColumn < width()) == isBuildLeft;
    }

    private int columnOfSide(int pairColumn) {
        return pairColumn < width() ? pairColumn : pairColumn - width();
    }

    /// The pair columns that stand in the output and are read.
    SortedSet<Integer> shown() {
        SortedSet<Integer> shown = new TreeSet<>(used);
        if (!join.type().hasRight()) {
            shown.removeIf(column -> column >= width());
        }
        return shown;
    }

    private SortedSet<Integer> tested() {
        Expr residual = join.residual();
        return residual == null ? new TreeSet<>() : ExprInputs.of(residual);
    }

    /// The columns of the build side that stand in pairs.
    SortedSet<Integer> ofBuild() {
        return ofSide(true);
    }

    /// The columns of the probe side that stand in pairs.
    SortedSet<Integer> ofProbe() {
        return ofSide(false);
    }

    private SortedSet<Integer> ofSide(boolean isBuild) {
        SortedSet<Integer> columns = new TreeSet<>();
        for (int column : shown()) {
            if (isOfBuild(column) == isBuild) {
                columns.add(columnOfSide(column));
            }
        }
        for (int column : tested()) {
            if (isOfBuild(column) == isBuild) {
                columns.add(columnOfSide(column));
            }
        }
        return columns;
    }

    /// `expr` over pairs as an expression over one side; null when it reads the other.
    @Nullable Expr overSide(Expr expr, boolean isBuild) {
        for (int column : ExprInputs.of(expr)) {
            if (isOfBuild(column) != isBuild) {
                return null;
            }
        }
        return ExprInputs.remap(expr, this::columnOfSide);
    }

    /// `expr` over pairs as an expression over the probe side, with the values of the only build
    /// row in it.
    Expr withBuildRow(Expr expr, BuildRows build) {
        return ExprTree.mapInputs(
                expr,
                input -> {
                    int own = columnOfSide(input.index());
                    if (!isOfBuild(input.index())) {
                        return new Expr.Input(own, input.type());
                    }
                    Vector value = build.gather(own, new int[] {0}, 0, 1);
                    return new Expr.Literal(input.type(), VectorValues.get(value, input.type(), 0));
                });
    }

    /// Pairs as rows: `probeRows[from..]` of `batch` with `buildRows[from..]`, of which a negative
    /// one is NULL in every column. Columns that are not among `columns` stand empty.
    VectorBatch pairs(VectorBatch batch, BuildRows build, Pairs pairs, SortedSet<Integer> columns) {
        Vector[] values = new Vector[pairWidth()];
        Arrays.fill(values, VectorValues.NOT_READ);
        int count = pairs.count();
        boolean isSame = pairs.isEveryRow(batch.rowCount());
        int[] picked = isSame ? pairs.probeRows() : pairs.probePart();
        for (int column : columns) {
            int own = columnOfSide(column);
            if (isOfBuild(column)) {
                values[column] = build.gather(own, pairs.buildRows(), pairs.from(), count);
            } else {
                Vector vector = batch.column(own);
                values[column] = isSame ? vector : VectorValues.gather(vector, picked, count);
            }
        }
        return new VectorBatch(count, values);
    }

    /// Rows of the build side that matched nothing, with NULL for the probe side.
    VectorBatch unmatched(BuildRows build, int[] rows, int count) {
        Vector[] values = new Vector[pairWidth()];
        Arrays.fill(values, VectorValues.NOT_READ);
        for (int column : shown()) {
            values[column] =
                    isOfBuild(column)
                            ? build.gather(columnOfSide(column), rows, 0, count)
                            : new VectorBuilder(join.output().get(column).type(), count).build();
        }
        return new VectorBatch(count, values);
    }

    /// Some pairs of rows.
    ///
    /// @param probeRows rows of the probe batch
    /// @param buildRows rows of the build side
    /// @param from the first pair that is meant
    /// @param count how many are meant
    record Pairs(int[] probeRows, int[] buildRows, int from, int count) {

        /// Whether these are all rows of a batch of `rowCount` rows, each once and in order.
        private boolean isEveryRow(int rowCount) {
            if (count != rowCount) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                if (probeRows[from + i] != i) {
                    return false;
                }
            }
            return true;
        }

        private int[] probePart() {
            return from == 0 ? probeRows : Arrays.copyOfRange(probeRows, from, from + count);
        }
    }
}
