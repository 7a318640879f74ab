// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.plan.LogicalPlan;

/// The build rows of a condition that is an OR of equalities, such as `src = ip OR dst = ip`: each
/// part has a table of its own, and a row that several parts find counts once. The whole condition
/// is asked of the pairs all the same.
final class AnyKeys implements Access {
    private final List<Part> parts;

    /// One part of the OR.
    private record Part(JoinTable table, List<Expr> keys, List<Boolean> isNullSafe) {}

    private AnyKeys(List<Part> parts) {
        this.parts = parts;
    }

    /// Tables for an OR in the residual of `shape.join()`; null when none is of equalities alone.
    static @Nullable AnyKeys of(JoinShape shape, BuildRows build, QueryContext context) {
        Expr residual = shape.join().residual();
        List<Expr> conjuncts =
                residual instanceof Expr.And and
                        ? and.parts()
                        : residual == null ? List.of() : List.of(residual);
        for (Expr conjunct : conjuncts) {
            if (conjunct instanceof Expr.Or or) {
                AnyKeys found = of(or, shape, build, context);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable AnyKeys of(
            Expr.Or or, JoinShape shape, BuildRows build, QueryContext context) {
        List<List<Expr[]>> keys = new ArrayList<>();
        for (Expr part : or.parts()) {
            List<Expr[]> equalities = equalities(part, shape);
            if (equalities.isEmpty()) {
                return null;
            }
            keys.add(equalities);
        }
        List<Part> parts = new ArrayList<>();
        for (List<Expr[]> equalities : keys) {
            List<Expr> ofBuild = equalities.stream().map(both -> both[0]).toList();
            List<Expr> ofProbe = equalities.stream().map(both -> both[1]).toList();
            List<Boolean> isNullSafe = equalities.stream().map(_ -> false).toList();
            JoinTable table = new JoinTable(ofBuild, isNullSafe, build, context);
            parts.add(new Part(table, ofProbe, isNullSafe));
        }
        return new AnyKeys(parts);
    }

    /// The equalities of the two sides in a part: what the build side has, then the probe side.
    private static List<Expr[]> equalities(Expr part, JoinShape shape) {
        List<Expr[]> found = new ArrayList<>();
        for (Expr one : part instanceof Expr.And and ? and.parts() : List.of(part)) {
            if (one instanceof Expr.Call call && call.function() == ScalarFunction.EQUAL) {
                Expr first = call.arguments().get(0);
                Expr second = call.arguments().get(1);
                if (!addSides(first, second, shape, found)) {
                    addSides(second, first, shape, found);
                }
            }
        }
        return found;
    }

    private static boolean addSides(Expr build, Expr probe, JoinShape shape, List<Expr[]> found) {
        if (ExprInputs.of(build).isEmpty() || ExprInputs.of(probe).isEmpty()) {
            return false;
        }
        Expr ofBuild = shape.overSide(build, true);
        Expr ofProbe = shape.overSide(probe, false);
        if (ofBuild == null || ofProbe == null) {
            return false;
        }
        found.add(new Expr[] {ofBuild, ofProbe});
        return true;
    }

    @Override
    public Matcher matcher() {
        return new UnionMatcher(
                parts.stream().map(part -> part.table().matcher(part.keys())).toList());
    }

    @Override
    public List<Expr> filters(LogicalPlan probe) {
        List<Expr> any = new ArrayList<>();
        for (Part part : parts) {
            List<Expr> all = KeyFilter.of(part.keys(), part.isNullSafe(), part.table(), probe);
            if (all.isEmpty()) {
                return List.of();
            }
            any.add(all.size() == 1 ? all.getFirst() : new Expr.And(all));
        }
        return List.of(any.size() == 1 ? any.getFirst() : new Expr.Or(any));
    }

    /// The build rows that some matcher finds, each once.
    private static final class UnionMatcher implements Matcher {
        private static final int[] NONE = {};

        private final List<JoinTable.KeyMatcher> matchers;
        private int rowCount;
        private int row;
        private int at;
        private int[] found = NONE;
        private boolean isLooked;

        UnionMatcher(List<JoinTable.KeyMatcher> matchers) {
            this.matchers = matchers;
        }

        @Override
        public void start(VectorBatch batch) {
            matchers.forEach(matcher -> matcher.start(batch));
            rowCount = batch.rowCount();
            row = 0;
            at = 0;
            isLooked = false;
        }

        @Override
        public int next(int[] probeRows, int[] buildRows) {
            int count = 0;
            while (row < rowCount) {
                if (!isLooked) {
                    found = look();
                    isLooked = true;
                }
                while (at < found.length) {
                    if (count == probeRows.length) {
                        return count;
                    }
                    probeRows[count] = row;
                    buildRows[count++] = found[at++];
                }
                row++;
                at = 0;
                isLooked = false;
            }
            return count;
        }

        private int[] look() {
            int[] one = NONE;
            int finders = 0;
            for (JoinTable.KeyMatcher matcher : matchers) {
                int[] rows = matcher.rowsOf(row);
                if (rows.length > 0) {
                    one = finders++ == 0 ? rows : merged(one, rows);
                }
            }
            return one;
        }

        private static int[] merged(int[] a, int[] b) {
            return IntStream.concat(IntStream.of(a), IntStream.of(b)).sorted().distinct().toArray();
        }

        @Override
        public int row() {
            return row;
        }
    }
}
