// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;

/// What one subquery names of the query around it. Each such value stands in the subquery as a
/// symbol until the subquery is joined to the outer rows.
final class Correlation {
    private final Names outer;
    private final Clause clause;
    private final boolean isInAggregate;
    private final List<Expr> values = new ArrayList<>();

    /// @param outer the names of the enclosing query
    /// @param clause where in it the subquery stands
    /// @param isInAggregate whether that is an argument of an aggregate
    Correlation(Names outer, Clause clause, boolean isInAggregate) {
        this.outer = outer;
        this.clause = clause;
        this.isInAggregate = isInAggregate;
    }

    /// The names of the enclosing query.
    Names outer() {
        return outer;
    }

    /// The symbol of what `prefix.name` means in the enclosing query; null where it means nothing.
    @Nullable Expr find(Node node, List<String> prefix, Identifier name) {
        Expr value = outer.find(node, prefix, name, clause, isInAggregate);
        return value == null ? null : symbol(value);
    }

    /// The symbol of a value over the rows of the enclosing query.
    Expr.Symbol symbol(Expr value) {
        int index = values.indexOf(value);
        if (index < 0) {
            index = values.size();
            values.add(value);
        }
        return new Expr.Symbol(this, index, value.type());
    }

    /// Whether the subquery names nothing of the enclosing query.
    boolean isEmpty() {
        return values.isEmpty();
    }

    /// Whether `symbol` is one of these.
    boolean isSource(Expr.Symbol symbol) {
        return symbol.source().equals(this);
    }

    /// `expr` with the values themselves in place of their symbols.
    Expr outside(Expr expr) {
        return ExprTree.mapSymbols(
                expr, symbol -> isSource(symbol) ? values.get(symbol.index()) : symbol);
    }
}
