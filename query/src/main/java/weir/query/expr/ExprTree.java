// SPDX-License-Identifier: Apache-2.0
package weir.query.expr;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Walking and rewriting expressions. A rewrite that changes nothing gives the very same objects.
public final class ExprTree {
    private ExprTree() {}

    /// The direct parts of `expr`, in order.
    public static List<Expr> children(Expr expr) {
        return switch (expr) {
            case Expr.Literal _, Expr.Input _, Expr.Symbol _, Expr.Variable _ -> List.of();
            case Expr.Lambda lambda -> List.of(lambda.body());
            case Expr.Call call -> call.arguments();
            case Expr.Apply apply -> apply.arguments();
            case Expr.Try attempt -> List.of(attempt.operand());
            case Expr.Cast cast -> List.of(cast.operand());
            case Expr.Case choice -> {
                List<Expr> parts = new ArrayList<>();
                for (Expr.When when : choice.whens()) {
                    parts.add(when.condition());
                    parts.add(when.result());
                }
                parts.add(choice.otherwise());
                yield parts;
            }
            case Expr.And and -> and.parts();
            case Expr.Or or -> or.parts();
            case Expr.Not not -> List.of(not.operand());
            case Expr.IsNull isNull -> List.of(isNull.operand());
            case Expr.In in -> {
                List<Expr> parts = new ArrayList<>();
                parts.add(in.operand());
                parts.addAll(in.candidates());
                yield parts;
            }
            case Expr.Coalesce coalesce -> coalesce.arguments();
        };
    }

    /// Whether `expr` has more than `most` parts, itself among them.
    public static boolean isLarger(Expr expr, int most) {
        return left(expr, most) < 0;
    }

    /// How many parts `expr` leaves of `most`; negative when it has more.
    public static int left(Expr expr, int most) {
        int left = most - 1;
        for (Expr part : children(expr)) {
            if (left < 0) {
                return left;
            }
            left = left(part, left);
        }
        return left;
    }

    /// `expr` with each direct part replaced by what `change` makes of it.
    @SuppressWarnings("ReferenceEquality") // equality would walk both trees at every level
    public static Expr mapChildren(Expr expr, UnaryOperator<Expr> change) {
        List<Expr> parts = children(expr);
        if (parts.isEmpty()) {
            return expr;
        }
        List<Expr> changed = new ArrayList<>(parts.size());
        boolean isSame = true;
        for (Expr part : parts) {
            Expr next = change.apply(part);
            isSame &= next == part;
            changed.add(next);
        }
        return isSame ? expr : withChildren(expr, List.copyOf(changed));
    }

    private static Expr withChildren(Expr expr, List<Expr> parts) {
        return switch (expr) {
            case Expr.Literal _, Expr.Input _, Expr.Symbol _, Expr.Variable _ -> expr;
            case Expr.Lambda lambda ->
                    new Expr.Lambda(lambda.firstSlot(), lambda.parameterCount(), parts.getFirst());
            case Expr.Call call -> new Expr.Call(call.function(), parts, call.type());
            case Expr.Apply apply -> new Expr.Apply(apply.function(), parts);
            case Expr.Try _ -> new Expr.Try(parts.getFirst());
            case Expr.Cast cast -> new Expr.Cast(parts.getFirst(), cast.type(), cast.isTry());
            case Expr.Case choice -> {
                List<Expr.When> whens = new ArrayList<>();
                for (int i = 0; i < choice.whens().size(); i++) {
                    whens.add(new Expr.When(parts.get(2 * i), parts.get(2 * i + 1)));
                }
                yield new Expr.Case(List.copyOf(whens), parts.getLast(), choice.type());
            }
            case Expr.And _ -> new Expr.And(parts);
            case Expr.Or _ -> new Expr.Or(parts);
            case Expr.Not _ -> new Expr.Not(parts.getFirst());
            case Expr.IsNull _ -> new Expr.IsNull(parts.getFirst());
            case Expr.In _ -> new Expr.In(parts.getFirst(), parts.subList(1, parts.size()));
            case Expr.Coalesce coalesce -> new Expr.Coalesce(parts, coalesce.type());
        };
    }

    /// `expr` with each input column replaced.
    public static Expr mapInputs(Expr expr, Function<Expr.Input, Expr> change) {
        return expr instanceof Expr.Input input
                ? change.apply(input)
                : mapChildren(expr, part -> mapInputs(part, change));
    }

    /// `expr` with each symbol replaced.
    public static Expr mapSymbols(Expr expr, Function<Expr.Symbol, Expr> change) {
        return expr instanceof Expr.Symbol symbol
                ? change.apply(symbol)
                : mapChildren(expr, part -> mapSymbols(part, change));
    }

    /// Whether a symbol stands in `expr`.
    public static boolean hasSymbol(Expr expr) {
        return expr instanceof Expr.Symbol || children(expr).stream().anyMatch(ExprTree::hasSymbol);
    }

    /// Sets the bit of each input column that `expr` reads.
    public static void collectInputs(Expr expr, BitSet inputs) {
        if (expr instanceof Expr.Input input) {
            inputs.set(input.index());
            return;
        }
        for (Expr part : children(expr)) {
            collectInputs(part, inputs);
        }
    }

    /// Whether equal rows always give equal values: no part is random.
    public static boolean isDeterministic(Expr expr) {
        boolean isRandom =
                switch (expr) {
                    case Expr.Apply apply -> !apply.function().isDeterministic();
                    case Expr.Call call -> call.function() == ScalarFunction.SHUFFLE;
                    default -> false;
                };
        return !isRandom && children(expr).stream().allMatch(ExprTree::isDeterministic);
    }

    /// The input columns that `expr` reads.
    public static BitSet inputs(Expr expr) {
        BitSet inputs = new BitSet();
        collectInputs(expr, inputs);
        return inputs;
    }
}
