// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.ScalarFunction;

/// The condition that something of a subquery equals something of the outer row.
///
/// @param inner over the rows of the subquery
/// @param outer of symbols alone
record Equality(Expr inner, Expr outer) {

    /// What `condition` compares; null when it is no such equality.
    static @Nullable Equality of(Expr condition) {
        if (!(condition instanceof Expr.Call call) || call.function() != ScalarFunction.EQUAL) {
            return null;
        }
        Expr first = call.arguments().get(0);
        Expr second = call.arguments().get(1);
        if (isInner(first) && isOuter(second)) {
            return new Equality(first, second);
        }
        return isInner(second) && isOuter(first) ? new Equality(second, first) : null;
    }

    private static boolean isInner(Expr expr) {
        return !ExprTree.hasSymbol(expr) && !ExprTree.inputs(expr).isEmpty();
    }

    private static boolean isOuter(Expr expr) {
        return ExprTree.hasSymbol(expr) && ExprTree.inputs(expr).isEmpty();
    }
}
