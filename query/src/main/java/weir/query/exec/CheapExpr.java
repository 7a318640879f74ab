// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Expressions that cost less for all rows than picking the rows that need them: columns,
/// constants, what is looked up by the code of one column or of a choice of columns, and
/// comparisons of whole numbers and of texts, which mostly are of one dictionary.
final class CheapExpr {
    private CheapExpr() {}

    /// Whether `expr` is one.
    static boolean is(Expr expr) {
        return switch (expr) {
            case Expr.Literal _, Expr.Input _ -> true;
            case Expr.And _, Expr.Or _, Expr.Not _, Expr.IsNull _, Expr.Coalesce _, Expr.Case _ ->
                    isLookup(expr) || ExprTree.children(expr).stream().allMatch(CheapExpr::is);
            case Expr.Call call ->
                    isLookup(expr)
                            || (isComparison(call)
                                    && call.arguments().stream().allMatch(CheapExpr::is));
            default -> isLookup(expr);
        };
    }

    private static boolean isLookup(Expr expr) {
        List<Expr.Input> columns = ExprInputs.columns(expr);
        boolean isOfColumn = columns.size() == 1 && isCoded(columns.getFirst().type());
        return ExprTree.isDeterministic(expr)
                && (isOfColumn || ExprCompiler.chosenText(expr) != null);
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
