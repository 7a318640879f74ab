// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.type.BasicType;
import weir.query.value.Allowance;

/// The rows of a build side by their keys: the values of each key are numbered, each combination of
/// numbers that some row has is a group, and the rows of a group stand side by side in their order.
/// Rows with a NULL that equals nothing are in no group. Immutable; safe for many threads.
final class JoinTable {
    private final List<ValueIds> ids = new ArrayList<>();
    private final List<Boolean> isNullSafe;
    private final GroupTable groups;
    private final int[] starts;
    private final int[] rows;
    private final boolean hasNull;

    /// @param keys over the rows of the build side
    /// @param isNullSafe for each key whether NULL equals NULL
    JoinTable(List<Expr> keys, List<Boolean> isNullSafe, BuildRows build, QueryContext context) {
        this.isNullSafe = isNullSafe;
        keys.forEach(key -> ids.add(ValueIds.of(key.type(), context)));
        groups = new GroupTable(ids, context);
        List<ExprNode> nodes = ExprCompiler.compile(keys);
        context.reserve(8L * build.rowCount());
        int[] groupOfRow = new int[build.rowCount()];
        boolean isNullSeen = false;
        int at = 0;
        for (VectorBatch batch : build.batches()) {
            context.check();
            Allowance.current().take();
            int count = batch.rowCount();
            Vector[] values = new Vector[keys.size()];
            boolean[] isOut = new boolean[count];
            for (int k = 0; k < values.length; k++) {
                values[k] = nodes.get(k).evaluate(batch);
                isNullSeen |= !isNullSafe.get(k) && markNull(values[k], keys.get(k), isOut);
            }
            int[] some = new int[count];
            groups.groupsOf(values, count, at, null, some);
            for (int row = 0; row < count; row++) {
                groupOfRow[at + row] = isOut[row] ? -1 : some[row];
            }
            at += count;
        }
        hasNull = isNullSeen;
        starts = new int[groups.groupCount() + 1];
        rows = placed(groupOfRow, context);
    }

    /// Marks the rows whose value equals nothing, not even itself: NULL and NaN, also inside of
    /// others.
    private static boolean markNull(Vector values, Expr key, boolean[] isOut) {
        if (hasNone(values, key)) {
            return false;
        }
        boolean hasNull = false;
        for (int row = 0; row < isOut.length; row++) {
            if (VectorValues.isNull(values, key.type(), row)) {
                isOut[row] = true;
                hasNull = true;
            } else if (values instanceof Vector.Doubles doubles
                    && Double.isNaN(doubles.values()[row])) {
                isOut[row] = true;
            } else if (key.type().isNested()) {
                isOut[row] |= equalsNothing(VectorValues.get(values, key.type(), row));
            }
        }
        return hasNull;
    }

    /// Whether a look at the vector as a whole tells that nothing in it is NULL.
    private static boolean hasNone(Vector values, Expr key) {
        return switch (values) {
            case Vector.Longs longs -> longs.nulls() == null;
            case Vector.Codes codes ->
                    key.type() == BasicType.VARCHAR
                            && codes.dictionary().isSorted()
                            && !codes.dictionary().isNull(0);
            default -> false;
        };
    }

    private static boolean equalsNothing(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Double number -> number.isNaN();
            case List<?> elements -> elements.stream().anyMatch(JoinTable::equalsNothing);
            case Map<?, ?> entries ->
                    entries.entrySet().stream()
                            .anyMatch(
                                    e -> equalsNothing(e.getKey()) || equalsNothing(e.getValue()));
            default -> false;
        };
    }

    /// The rows by group; sets where each group starts.
    private int[] placed(int[] groupOfRow, QueryContext context) {
        context.reserve(4L * starts.length);
        int[] ends = new int[starts.length];
        for (int group : groupOfRow) {
            if (group >= 0) {
                ends[group]++;
            }
        }
        int total = 0;
        for (int group = 0; group < ends.length; group++) {
            starts[group] = total;
            total += ends[group];
            ends[group] = starts[group];
        }
        int[] placed = new int[total];
        for (int row = 0; row < groupOfRow.length; row++) {
            context.checkAt(row);
            int group = groupOfRow[row];
            if (group >= 0) {
                placed[ends[group]++] = row;
            }
        }
        return placed;
    }

    /// Whether a key that is not null-safe is NULL in some row.
    boolean hasNull() {
        return hasNull;
    }

    /// How many rows a key has on average.
    double rowsPerKey() {
        return (double) rows.length / Math.max(1, starts.length - 1);
    }

    /// The distinct values of key `key`.
    ValueIds values(int key) {
        return ids.get(key);
    }

    /// Finds rows for batches of the probe side, over whose rows `keys` are.
    KeyMatcher matcher(List<Expr> keys) {
        return new KeyMatcher(keys);
    }

    /// Finds the rows with the keys of probe rows.
    final class KeyMatcher implements Matcher {
        private static final int[] NONE = {};

        private final List<ExprNode> nodes;
        private final List<Expr> keys;
        private final List<IdLookup> lookups;
        private int[] found = {};
        private int rowCount;
        private int row;
        private int at;

        private KeyMatcher(List<Expr> keys) {
            this.keys = keys;
            this.nodes = ExprCompiler.compile(keys);
            this.lookups = ids.stream().map(ValueIds::lookup).toList();
        }

        @Override
        public void start(VectorBatch batch) {
            rowCount = batch.rowCount();
            row = 0;
            at = 0;
            found = found.length < rowCount ? new int[rowCount] : found;
            int[][] idsOfRows = new int[nodes.size()][];
            boolean[] isOut = new boolean[rowCount];
            for (int k = 0; k < idsOfRows.length; k++) {
                Vector values = nodes.get(k).evaluate(batch);
                idsOfRows[k] = new int[rowCount];
                lookups.get(k).find(values, rowCount, idsOfRows[k]);
                if (!isNullSafe.get(k)) {
                    markNull(values, keys.get(k), isOut);
                }
            }
            groups.find(idsOfRows, rowCount, found);
            for (int i = 0; i < rowCount; i++) {
                found[i] = isOut[i] ? -1 : found[i];
            }
        }

        @Override
        public int next(int[] probeRows, int[] buildRows) {
            int count = 0;
            while (row < rowCount) {
                int group = found[row];
                if (group >= 0) {
                    int left = starts[group + 1] - starts[group] - at;
                    int taken = Math.min(left, probeRows.length - count);
                    for (int i = 0; i < taken; i++) {
                        probeRows[count] = row;
                        buildRows[count++] = rows[starts[group] + at++];
                    }
                    if (taken < left) {
                        return count;
                    }
                }
                row++;
                at = 0;
            }
            return count;
        }

        /// All build rows that match probe row `probeRow`, in order.
        int[] rowsOf(int probeRow) {
            int group = found[probeRow];
            return group < 0 ? NONE : Arrays.copyOfRange(rows, starts[group], starts[group + 1]);
        }

        @Override
        public int row() {
            return row;
        }
    }
}
