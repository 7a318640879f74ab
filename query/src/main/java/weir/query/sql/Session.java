// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.DefaultTraversalVisitor;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NodeLocation;
import io.trino.sql.tree.Parameter;
import io.trino.sql.tree.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.function.FunctionLibrary;

/// What a statement is bound with beside the catalog.
///
/// @param nowMillis the time of the query, in milliseconds since 1970-01-01 00:00 UTC
/// @param library the functions that can be named
/// @param parameters the value of each `?`, by its place; null where none may stand
record Session(
        long nowMillis,
        FunctionLibrary library,
        @Nullable Map<NodeLocation, Expr.Literal> parameters) {
    /// @param values for each `?` of `statement`, in the order of the text
    /// @throws QueryException when there are more or fewer values than `?`
    static Session of(
            Statement statement,
            long nowMillis,
            FunctionLibrary library,
            List<Expr.Literal> values) {
        List<Parameter> asked = parameters(statement);
        if (asked.size() > values.size()) {
            throw Problem.mismatch(
                    asked.get(values.size()),
                    "Parameter "
                            + (values.size() + 1)
                            + " (?) has no value; values given with the statement: "
                            + values.size());
        }
        if (asked.size() < values.size()) {
            throw Problem.mismatch(
                    statement,
                    "Parameters (?) in the statement: "
                            + asked.size()
                            + ", values given with it: "
                            + values.size());
        }
        Map<NodeLocation, Expr.Literal> byPlace = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            byPlace.put(place(asked.get(i)), values.get(i));
        }
        return new Session(nowMillis, library, byPlace);
    }

    /// The same for the query of a view, which is kept as text and knows no values.
    Session ofView() {
        return new Session(nowMillis, library, null);
    }

    /// The value of a `?`.
    Expr.Literal parameter(Parameter node) {
        Expr.Literal value = parameters == null ? null : parameters.get(place(node));
        if (value == null) {
            throw Problem.mismatch(
                    node, "A view is kept as text and can hold no parameter (?): write the value");
        }
        return value;
    }

    /// Every `?`, also where nothing is bound, such as in a query of WITH that nobody uses. The
    /// parser numbers them as it likes: LIMIT before WITH.
    private static List<Parameter> parameters(Statement statement) {
        List<Parameter> found = new ArrayList<>();
        new DefaultTraversalVisitor<@Nullable Void>() {
            @Override
            protected @Nullable Void visitParameter(Parameter node, @Nullable Void context) {
                found.add(node);
                return null;
            }
        }.process(statement);
        Comparator<NodeLocation> byLine = Comparator.comparingInt(NodeLocation::getLineNumber);
        found.sort(
                Comparator.comparing(
                        Session::place, byLine.thenComparingInt(NodeLocation::getColumnNumber)));
        return found;
    }

    private static NodeLocation place(Node node) {
        return node.getLocation().orElseThrow();
    }
}
