// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;

/// What follows from a condition on a CASE without its conditions: that it holds for one of the
/// results. `CASE WHEN turned THEN b ELSE a END = x` needs `b = x OR a = x`, which may be asked of
/// rows before anybody knows what is turned.
final class Weakened {
    /// Longer than this, the weaker condition would cost more than it spares.
    private static final int PARTS_MAX = 200;

    private Weakened() {}

    /// A condition that is true wherever `condition` is; `condition` itself where there is no
    /// weaker one. It cannot fail where that does not.
    static Expr of(Expr condition) {
        return switch (condition) {
            case Expr.And and -> new Expr.And(and.parts().stream().map(Weakened::of).toList());
            case Expr.Or or -> anyOf(or.parts().stream().map(Weakened::of).toList());
            case Expr.In in when in.operand() instanceof Expr.Case choice && isConstant(in) ->
                    anyResult(choice, result -> new Expr.In(result, in.candidates()));
            case Expr.Call call when isComparison(call) -> comparison(call);
            default -> condition;
        };
    }

    private static boolean isConstant(Expr.In in) {
        return in.candidates().stream().allMatch(Expr.Literal.class::isInstance);
    }

    private static boolean isComparison(Expr.Call call) {
        return switch (call.function()) {
            case EQUAL, LESS_THAN, LESS_OR_EQUAL, GREATER_THAN, GREATER_OR_EQUAL -> true;
            default -> false;
        };
    }

    private static Expr comparison(Expr.Call call) {
        Expr left = call.arguments().get(0);
        Expr right = call.arguments().get(1);
        if (left instanceof Expr.Case choice && right instanceof Expr.Literal) {
            return anyResult(choice, result -> with(call, result, right));
        }
        if (right instanceof Expr.Case choice && left instanceof Expr.Literal) {
            return anyResult(choice, result -> with(call, left, result));
        }
        return call;
    }

    private static Expr with(Expr.Call call, Expr left, Expr right) {
        return new Expr.Call(call.function(), List.of(left, right), call.type());
    }

    private static Expr anyResult(Expr.Case choice, Function<Expr, Expr> condition) {
        List<Expr> results = new ArrayList<>();
        choice.whens().forEach(when -> results.add(when.result()));
        results.add(choice.otherwise());
        return anyOf(results.stream().map(condition).map(Weakened::of).toList());
    }

    private static Expr anyOf(List<Expr> conditions) {
        Set<Expr> distinct = new LinkedHashSet<>();
        for (Expr condition : conditions) {
            if (condition instanceof Expr.Or or) {
                distinct.addAll(or.parts());
            } else {
                distinct.add(condition);
            }
        }
        return distinct.size() == 1
                ? distinct.iterator().next()
                : new Expr.Or(List.copyOf(distinct));
    }

    /// The weaker one of each condition that has one, where it is short and its results are columns
    /// or constants, which cannot fail.
    static List<Expr> ofAll(List<Expr> conditions) {
        List<Expr> weaker = new ArrayList<>();
        for (Expr condition : conditions) {
            if (ExprTree.isLarger(condition, PARTS_MAX)) {
                continue;
            }
            Expr weak = of(condition);
            if (!weak.equals(condition) && isSafe(weak)) {
                weaker.add(weak);
            }
        }
        return weaker;
    }

    private static boolean isSafe(Expr expr) {
        return switch (expr) {
            case Expr.Input _, Expr.Literal _ -> true;
            case Expr.And and -> and.parts().stream().allMatch(Weakened::isSafe);
            case Expr.Or or -> or.parts().stream().allMatch(Weakened::isSafe);
            case Expr.In in -> isSafe(in.operand());
            case Expr.Call call ->
                    isComparison(call) && call.arguments().stream().allMatch(Weakened::isSafe);
            default -> false;
        };
    }
}
