// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.plan.ConstantFolding;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// One call of a function in a statement.
///
/// @param node the call
/// @param arguments what it is called with
/// @param nowMillis the time of the query
record FunctionCallSite(Node node, List<Expr> arguments, long nowMillis) {

    int count() {
        return arguments.size();
    }

    Expr argument(int index) {
        return arguments.get(index);
    }

    SqlType type(int index) {
        return arguments.get(index).type();
    }

    /// Whether the arguments become these types without a CAST.
    boolean fits(List<SqlType> parameters) {
        if (parameters.size() != arguments.size()) {
            return false;
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (!TypeCoercion.isCoercible(type(i), parameters.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// The call of `function` with the arguments as `parameters`, or null when they do not fit.
    @Nullable Expr call(ScalarFunction function, SqlType result, List<SqlType> parameters) {
        if (!fits(parameters)) {
            return null;
        }
        List<Expr> coerced = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            coerced.add(TimeFunctions.argument(function, argument(i), parameters.get(i)));
        }
        return of(function, result, coerced);
    }

    /// The type that all arguments become without a CAST, or null.
    @Nullable SqlType commonType() {
        SqlType common = BasicType.UNKNOWN;
        for (Expr argument : arguments) {
            SqlType next = TypeCoercion.common(common, argument.type());
            if (next == null) {
                return null;
            }
            common = next;
        }
        return common;
    }

    /// The text of a VARCHAR literal argument, or null when it is another expression.
    @Nullable String text(int index) {
        return argument(index) instanceof Expr.Literal literal
                        && literal.value() instanceof String text
                ? text
                : null;
    }

    static Expr of(ScalarFunction function, SqlType result, List<Expr> arguments) {
        return ConstantFolding.fold(new Expr.Call(function, List.copyOf(arguments), result));
    }

    static Expr of(ScalarFunction function, SqlType result, Expr... arguments) {
        return of(function, result, List.of(arguments));
    }
}
