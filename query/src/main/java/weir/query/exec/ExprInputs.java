// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import weir.query.expr.Expr;

/// Which columns an expression reads, and the same expression over other columns.
final class ExprInputs {
    private ExprInputs() {}

    /// The indexes of the columns that `expr` reads.
    static SortedSet<Integer> of(Expr expr) {
        SortedSet<Integer> inputs = new TreeSet<>();
        collect(expr, inputs);
        return inputs;
    }

    private static void collect(Expr expr, SortedSet<Integer> inputs) {
        if (expr instanceof Expr.Input input) {
            inputs.add(input.index());
        }
        for (Expr child : children(expr)) {
            collect(child, inputs);
        }
    }

    static List<Expr> children(Expr expr) {
        return switch (expr) {
            case Expr.Literal _, Expr.Input _ -> List.of();
            case Expr.Call call -> call.arguments();
            case Expr.Cast cast -> List.of(cast.operand());
            case Expr.Case cases -> {
                List<Expr> parts = new ArrayList<>();
                for (Expr.When when : cases.whens()) {
                    parts.add(when.condition());
                    parts.add(when.result());
                }
                parts.add(cases.otherwise());
                yield parts;
            }
            case Expr.And and -> and.parts();
            case Expr.Or or -> or.parts();
            case Expr.Not not -> List.of(not.operand());
            case Expr.IsNull isNull -> List.of(isNull.operand());
            case Expr.In in -> {
                List<Expr> parts = new ArrayList<>(in.candidates());
                parts.add(in.operand());
                yield parts;
            }
            case Expr.Coalesce coalesce -> coalesce.arguments();
        };
    }

    /// `expr` with column `i` read as column `mapping(i)`.
    static Expr remap(Expr expr, IntUnaryOperator mapping) {
        return switch (expr) {
            case Expr.Literal literal -> literal;
            case Expr.Input input ->
                    new Expr.Input(mapping.applyAsInt(input.index()), input.type());
            case Expr.Call call ->
                    new Expr.Call(
                            call.function(), remapAll(call.arguments(), mapping), call.type());
            case Expr.Cast cast ->
                    new Expr.Cast(remap(cast.operand(), mapping), cast.type(), cast.isTry());
            case Expr.Case cases ->
                    new Expr.Case(
                            cases.whens().stream()
                                    .map(when ->
                                            new Expr.When(
                                                    remap(when.condition(), mapping),
                                                    remap(when.result(), mapping)))
                                    .toList(),
                            remap(cases.otherwise(), mapping),
                            cases.type());
            case Expr.And and -> new Expr.And(remapAll(and.parts(), mapping));
            case Expr.Or or -> new Expr.Or(remapAll(or.parts(), mapping));
            case Expr.Not not -> new Expr.Not(remap(not.operand(), mapping));
            case Expr.IsNull isNull -> new Expr.IsNull(remap(isNull.operand(), mapping));
            case Expr.In in ->
                    new Expr.In(remap(in.operand(), mapping), remapAll(in.candidates(), mapping));
            case Expr.Coalesce coalesce ->
                    new Expr.Coalesce(remapAll(coalesce.arguments(), mapping), coalesce.type());
        };
    }

    private static List<Expr> remapAll(List<Expr> exprs, IntUnaryOperator mapping) {
        return exprs.stream().map(expr -> remap(expr, mapping)).toList();
    }
}
