// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;

/// Simplifies conditions by the laws of three-valued logic, and folds what has become constant.
///
/// Sound for NULL everywhere: the result is NULL exactly where the condition is. `NOT (a < b)`
/// becomes `a >= b` except for DOUBLE, where a NaN makes both false.
final class Logic {
    static final Expr.Literal TRUE = new Expr.Literal(BasicType.BOOLEAN, 1L);
    static final Expr.Literal FALSE = new Expr.Literal(BasicType.BOOLEAN, 0L);
    static final Expr.Literal NULL = new Expr.Literal(BasicType.BOOLEAN, null);

    private Logic() {}

    /// An expression of the same value, simpler where possible.
    static Expr simplify(Expr expr) {
        Expr changed = ExprTree.mapChildren(expr, Logic::simplify);
        return switch (changed) {
            case Expr.And and -> and(and.parts());
            case Expr.Or or -> or(or.parts());
            case Expr.Not not -> not(not.operand());
            case Expr.Call call -> call(call);
            case Expr.Cast cast -> cast(cast);
            case Expr.In in -> in(in);
            case Expr.IsNull isNull ->
                    isNull.operand() instanceof Expr.Literal literal
                            ? truth(literal.value() == null)
                            : isNull;
            default -> changed;
        };
    }

    private static Expr truth(boolean value) {
        return value ? TRUE : FALSE;
    }

    /// The parts of a condition that all must be true.
    static List<Expr> conjuncts(Expr condition) {
        List<Expr> parts = new ArrayList<>();
        flatten(condition, parts);
        return parts;
    }

    private static void flatten(Expr condition, List<Expr> parts) {
        if (condition instanceof Expr.And and) {
            and.parts().forEach(part -> flatten(part, parts));
        } else {
            parts.add(condition);
        }
    }

    /// The condition that all `parts`, which are simple already, are true.
    static Expr and(List<Expr> parts) {
        List<Expr> all = new ArrayList<>();
        parts.forEach(part -> flatten(part, all));
        List<Expr> distinct = distinct(all, TRUE);
        if (distinct.contains(FALSE)) {
            return FALSE;
        }
        return distinct.isEmpty()
                ? TRUE
                : distinct.size() == 1 ? distinct.getFirst() : new Expr.And(distinct);
    }

    /// Each of `parts` once, and every one that is random; without `neutral`.
    private static List<Expr> distinct(List<Expr> parts, Expr neutral) {
        Set<Expr> seen = new HashSet<>(Set.of(neutral));
        return parts.stream()
                .filter(part -> seen.add(part) || !ExprTree.isDeterministic(part))
                .toList();
    }

    /// The condition that some of `parts`, which are simple already, is true.
    static Expr or(List<Expr> parts) {
        List<Expr> all = new ArrayList<>();
        for (Expr part : parts) {
            if (part instanceof Expr.Or inner) {
                all.addAll(inner.parts());
            } else {
                all.add(part);
            }
        }
        List<Expr> distinct = distinct(all, FALSE);
        if (distinct.contains(TRUE)) {
            return TRUE;
        }
        List<Expr> merged = mergeEqualities(distinct);
        return merged.isEmpty()
                ? FALSE
                : merged.size() == 1 ? merged.getFirst() : new Expr.Or(List.copyOf(merged));
    }

    /// `x = 1 OR x = 2 OR x IN (3)` becomes `x IN (1, 2, 3)`.
    private static List<Expr> mergeEqualities(List<Expr> parts) {
        Map<Expr, List<Expr>> candidates = new LinkedHashMap<>();
        for (Expr part : parts) {
            Expr operand = tested(part);
            if (operand != null) {
                candidates.computeIfAbsent(operand, _ -> new ArrayList<>()).addAll(literals(part));
            }
        }
        List<Expr> merged = new ArrayList<>();
        for (Expr part : parts) {
            Expr operand = tested(part);
            List<Expr> literals = operand == null ? null : candidates.remove(operand);
            if (operand == null) {
                merged.add(part);
            } else if (literals != null) {
                merged.add(in(new Expr.In(operand, List.copyOf(literals))));
            }
        }
        return merged;
    }

    /// The expression that `part` compares with literals for equality, or null: also where it is
    /// random, so that two of them are two.
    private static @Nullable Expr tested(Expr part) {
        Expr operand = compared(part);
        return operand == null || ExprTree.isDeterministic(operand) ? operand : null;
    }

    private static @Nullable Expr compared(Expr part) {
        if (part instanceof Expr.In in
                && in.candidates().stream().allMatch(Expr.Literal.class::isInstance)) {
            return in.operand();
        }
        return part instanceof Expr.Call call
                        && call.function() == ScalarFunction.EQUAL
                        && call.arguments().get(1) instanceof Expr.Literal
                ? call.arguments().get(0)
                : null;
    }

    private static List<Expr> literals(Expr part) {
        return switch (part) {
            case Expr.In in -> in.candidates();
            case Expr.Call call -> List.of(call.arguments().get(1));
            default -> List.of();
        };
    }

    private static Expr in(Expr.In in) {
        List<Expr> distinct = List.copyOf(new LinkedHashSet<>(in.candidates()));
        if (distinct.size() == 1) {
            return call(comparison(ScalarFunction.EQUAL, in.operand(), distinct.getFirst()));
        }
        return distinct.size() == in.candidates().size() ? in : new Expr.In(in.operand(), distinct);
    }

    /// The condition that `operand`, which is simple already, is false.
    static Expr not(Expr operand) {
        return switch (operand) {
            case Expr.Literal literal ->
                    literal.value() == null ? NULL : truth(literal.value().equals(0L));
            case Expr.Not inner -> inner.operand();
            case Expr.And and -> or(and.parts().stream().map(Logic::not).toList());
            case Expr.Or or -> and(or.parts().stream().map(Logic::not).toList());
            case Expr.Call call -> {
                ScalarFunction opposite = opposite(call);
                yield opposite == null
                        ? new Expr.Not(call)
                        : new Expr.Call(opposite, call.arguments(), BasicType.BOOLEAN);
            }
            default -> new Expr.Not(operand);
        };
    }

    private static @Nullable ScalarFunction opposite(Expr.Call call) {
        ScalarFunction function = call.function();
        if (function == ScalarFunction.EQUAL) {
            return ScalarFunction.NOT_EQUAL;
        }
        if (function == ScalarFunction.NOT_EQUAL) {
            return ScalarFunction.EQUAL;
        }
        if (call.arguments().getFirst().type().isFloating()) {
            return null;
        }
        return switch (function) {
            case LESS_THAN -> ScalarFunction.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> ScalarFunction.GREATER_THAN;
            case GREATER_THAN -> ScalarFunction.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> ScalarFunction.LESS_THAN;
            default -> null;
        };
    }

    static Expr.Call comparison(ScalarFunction function, Expr left, Expr right) {
        return new Expr.Call(function, List.of(left, right), BasicType.BOOLEAN);
    }

    /// A call with a compared literal on its right side, folded where both sides are literals.
    private static Expr call(Expr.Call call) {
        ScalarFunction flipped = call.function().mirrored();
        if (flipped == null) {
            return ConstantFolding.fold(call);
        }
        Expr left = call.arguments().get(0);
        Expr right = call.arguments().get(1);
        if (!(left instanceof Expr.Literal a)) {
            return call;
        }
        if (!(right instanceof Expr.Literal b)) {
            return comparison(flipped, /* left= */ right, /* right= */ left);
        }
        return a.value() instanceof Long x && b.value() instanceof Long y
                ? truth(compares(call.function(), Long.compare(x, y)))
                : call;
    }

    private static boolean compares(ScalarFunction function, int order) {
        return switch (function) {
            case EQUAL -> order == 0;
            case LESS_THAN -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER_THAN -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> order != 0;
        };
    }

    /// A conversion, folded; the day of an instant of epoch seconds is asked of the seconds.
    private static Expr cast(Expr.Cast cast) {
        if (cast.type() == BasicType.DATE
                && cast.operand() instanceof Expr.Call call
                && call.function() == ScalarFunction.FROM_UNIXTIME
                && call.arguments().getFirst().type() == BasicType.BIGINT) {
            return new Expr.Call(ScalarFunction.UTC_DATE, call.arguments(), BasicType.DATE);
        }
        return ConstantFolding.cast(cast.operand(), cast.type(), cast.isTry());
    }
}
