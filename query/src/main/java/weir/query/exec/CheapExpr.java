// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Expressions that cost less for all rows than picking the rows that need them: columns,
/// constants, what is looked up by the code of one column or of a choice of columns, and
/// comparisons of whole numbers and of texts, which mostly are of one dictionary.
final class CheapExpr {
    /// Larger expressions are not searched for a choice of columns.
    private static final int CHOICE_PARTS_MAX = 100;

    private CheapExpr() {}

    /// Whether `expr` is one.
    static boolean is(Expr expr) {
        return is(expr, true);
    }

    /// @param hasChoices whether what is looked up by a choice of columns counts. A choice that
    ///   stands in the condition of another does not, or asking would double at each level
    private static boolean is(Expr expr, boolean hasChoices) {
        return switch (expr) {
            case Expr.Literal _, Expr.Input _ -> true;
            case Expr.And _, Expr.Or _, Expr.Not _, Expr.IsNull _, Expr.Coalesce _, Expr.Case _ ->
                    isLookup(expr, hasChoices) || arePartsCheap(expr, hasChoices);
            case Expr.Call call ->
                    isLookup(expr, hasChoices)
                            || (isComparison(call) && arePartsCheap(expr, hasChoices));
            default -> isLookup(expr, hasChoices);
        };
    }

    private static boolean arePartsCheap(Expr expr, boolean hasChoices) {
        return ExprTree.children(expr).stream().allMatch(part -> is(part, hasChoices));
    }

    private static boolean isLookup(Expr expr, boolean hasChoices) {
        List<Expr.Input> columns = ExprInputs.columns(expr);
        boolean isOfColumn = columns.size() == 1 && isCoded(columns.getFirst().type());
        return ExprTree.isDeterministic(expr)
                && (isOfColumn || (hasChoices && chosenText(expr) != null));
    }

    /// The choice among columns of text through which alone `expr` reads columns; null where there
    /// is none. Where they have one dictionary it gives codes of that.
    static @Nullable Expr chosenText(Expr expr) {
        return ExprTree.isLarger(expr, CHOICE_PARTS_MAX) ? null : choiceIn(expr);
    }

    private static @Nullable Expr choiceIn(Expr expr) {
        Expr only = null;
        for (Expr part : ExprTree.children(expr)) {
            boolean isConstant = ExprTree.inputs(part).isEmpty();
            if (part instanceof Expr.Lambda
                    || (!isConstant && only != null && !part.equals(only))) {
                return null;
            }
            only = isConstant ? only : part;
        }
        if (only == null) {
            return null;
        }
        return only instanceof Expr.Case choice && isOfColumns(choice) ? choice : choiceIn(only);
    }

    private static boolean isOfColumns(Expr.Case choice) {
        return choice.type() == BasicType.VARCHAR
                && choice.whens().getFirst().result() instanceof Expr.Input
                && isColumn(choice.otherwise())
                && choice.whens().stream()
                        .allMatch(when -> isColumn(when.result()) && is(when.condition(), false));
    }

    private static boolean isColumn(Expr expr) {
        return expr instanceof Expr.Input || expr instanceof Expr.Literal;
    }

    private static boolean isCoded(SqlType type) {
        return type == BasicType.VARCHAR || type == BasicType.IPADDRESS;
    }

    private static boolean isComparison(Expr.Call call) {
        return switch (call.function()) {
            case EQUAL, NOT_EQUAL, LESS_THAN, LESS_OR_EQUAL, GREATER_THAN, GREATER_OR_EQUAL ->
                    VectorBuilder.standsAsLongs(call.arguments().getFirst().type())
                            || call.arguments().getFirst().type() == BasicType.VARCHAR;
            default -> false;
        };
    }
}
