// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.plan.JoinKey;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;

/// The condition of a join that a value of the probe row is in the range of a build row: between
/// two columns of it, or in its block of addresses.
///
/// @param value over the probe rows
/// @param low over the build rows: the lower bound, or the block where `high` is null
/// @param high over the build rows: the upper bound
/// @param isLowStrict whether the value has to be above the lower bound
/// @param isHighStrict whether the value has to be below the upper bound
/// @param rest what else must be true beside equal keys, over pairs
record RangeCondition(
        Expr value,
        Expr low,
        @Nullable Expr high,
        boolean isLowStrict,
        boolean isHighStrict,
        List<Expr> rest) {

    /// What `shape.join()` asks of ranges of the build side; null when nothing.
    static @Nullable RangeCondition of(JoinShape shape) {
        Expr residual = shape.join().residual();
        if (residual == null) {
            return null;
        }
        List<Expr> parts = residual instanceof Expr.And and ? and.parts() : List.of(residual);
        RangeCondition block = block(shape, parts);
        return block != null || !shape.join().keys().isEmpty() ? block : between(shape, parts);
    }

    private static @Nullable RangeCondition block(JoinShape shape, List<Expr> parts) {
        for (Expr part : parts) {
            if (part instanceof Expr.Call call && call.function() == ScalarFunction.CONTAINS) {
                Expr block = side(shape, call.arguments().get(0), true);
                Expr address = side(shape, call.arguments().get(1), false);
                if (block != null
                        && address != null
                        && block.type() == BasicType.VARCHAR
                        && address.type() == BasicType.IPADDRESS) {
                    List<Expr> rest = new ArrayList<>(parts);
                    rest.remove(part);
                    return new RangeCondition(address, block, null, false, false, rest);
                }
            }
        }
        return null;
    }

    /// `expr` over one side, where it reads that side and no other.
    private static @Nullable Expr side(JoinShape shape, Expr expr, boolean isBuild) {
        return ExprInputs.of(expr).isEmpty() ? null : shape.overSide(expr, isBuild);
    }

    /// The keys of a join as conditions on pairs.
    static List<Expr> equalities(LogicalPlan.Join join) {
        int width = join.left().output().size();
        List<Expr> equalities = new ArrayList<>();
        for (JoinKey key : join.keys()) {
            Expr right = ExprInputs.remap(key.right(), i -> width + i);
            List<Expr> both = List.of(key.left(), right);
            equalities.add(
                    key.isNullSafe()
                            ? new Expr.Not(
                                    new Expr.Call(
                                            ScalarFunction.IS_DISTINCT_FROM,
                                            both,
                                            BasicType.BOOLEAN))
                            : new Expr.Call(ScalarFunction.EQUAL, both, BasicType.BOOLEAN));
        }
        return equalities;
    }

    /// One bound of a value of the probe side.
    private record Bound(Expr part, Expr value, Expr bound, boolean isLower, boolean isStrict) {}

    private static @Nullable RangeCondition between(JoinShape shape, List<Expr> parts) {
        List<Bound> bounds = new ArrayList<>();
        for (Expr part : parts) {
            Bound bound = bound(shape, part);
            if (bound != null) {
                bounds.add(bound);
            }
        }
        for (Bound low : bounds) {
            for (Bound high : bounds) {
                boolean isRange =
                        low.isLower() && !high.isLower() && low.value().equals(high.value());
                if (isRange) {
                    List<Expr> rest = new ArrayList<>(parts);
                    rest.remove(low.part());
                    rest.remove(high.part());
                    return new RangeCondition(
                            low.value(),
                            low.bound(),
                            high.bound(),
                            low.isStrict(),
                            high.isStrict(),
                            rest);
                }
            }
        }
        return null;
    }

    private static @Nullable Bound bound(JoinShape shape, Expr part) {
        if (!(part instanceof Expr.Call call) || call.arguments().size() != 2) {
            return null;
        }
        boolean isAbove;
        boolean isStrict;
        switch (call.function()) {
            case GREATER_THAN, GREATER_OR_EQUAL -> {
                isAbove = true;
                isStrict = call.function() == ScalarFunction.GREATER_THAN;
            }
            case LESS_THAN, LESS_OR_EQUAL -> {
                isAbove = false;
                isStrict = call.function() == ScalarFunction.LESS_THAN;
            }
            default -> {
                return null;
            }
        }
        Expr first = call.arguments().get(0);
        Expr second = call.arguments().get(1);
        Expr value = side(shape, first, false);
        Expr bound = side(shape, second, true);
        if (value != null && bound != null) {
            return new Bound(part, value, bound, isAbove, isStrict);
        }
        value = side(shape, second, false);
        bound = side(shape, first, true);
        return value != null && bound != null
                ? new Bound(part, value, bound, !isAbove, isStrict)
                : null;
    }
}
