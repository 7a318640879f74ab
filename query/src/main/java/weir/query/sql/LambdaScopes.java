// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.LambdaExpression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.type.SqlType;

/// The parameters of the lambdas around the place that is being bound, the innermost last.
final class LambdaScopes {
    /// Some functions bind a lambda again for other types, and so each lambda inside of it.
    private static final int DEPTH_MAX = 10;

    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();

    private record Parameter(String name, Expr.Variable variable) {}

    /// Makes the parameters of `lambda` known, and gives the slot of the first.
    int open(LambdaExpression lambda, List<SqlType> types) {
        if (starts.size() == DEPTH_MAX) {
            throw Problem.unsupported(lambda, "More than " + DEPTH_MAX + " lambdas in one another");
        }
        int first = parameters.size();
        starts.add(first);
        for (SqlType type : types) {
            int index = parameters.size() - first;
            parameters.add(
                    new Parameter(
                            lambda.getArguments().get(index).getName().getValue(),
                            new Expr.Variable(parameters.size(), type)));
        }
        return first;
    }

    /// Forgets the parameters that were made known last.
    void close() {
        parameters.subList(starts.removeLast(), parameters.size()).clear();
    }

    boolean isOpen() {
        return !starts.isEmpty();
    }

    /// The parameter called `name`, in any case; null when there is none.
    Expr.@Nullable Variable find(Identifier name) {
        for (Parameter parameter : parameters.reversed()) {
            if (parameter.name().equalsIgnoreCase(name.getValue())) {
                return parameter.variable();
            }
        }
        return null;
    }
}
