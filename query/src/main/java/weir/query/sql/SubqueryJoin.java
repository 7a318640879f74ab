// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.plan.JoinKey;
import weir.query.plan.JoinType;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;

/// A subquery, made independent of the query around it and ready to be joined to its rows. Its
/// columns (or the mark) stand in expressions as symbols with this as their source, so that
/// equality is identity. Immutable.
final class SubqueryJoin {
    private final Node node;
    private final JoinType type;
    private final LogicalPlan plan;
    private final List<JoinKey> keys;
    private final @Nullable Expr residual;

    /// @param node where the subquery stands
    /// @param plan its rows
    /// @param keys left over the rows of the enclosing FROM, right over `plan`
    /// @param residual over `plan`, with symbols of the correlation; null when the keys decide
    SubqueryJoin(
            Node node,
            JoinType type,
            LogicalPlan plan,
            List<JoinKey> keys,
            @Nullable Expr residual) {
        this.node = node;
        this.type = type;
        this.plan = plan;
        this.keys = List.copyOf(keys);
        this.residual = residual;
    }

    Node node() {
        return node;
    }

    JoinType type() {
        return type;
    }

    LogicalPlan plan() {
        return plan;
    }

    List<JoinKey> keys() {
        return keys;
    }

    @Nullable Expr residual() {
        return residual;
    }

    /// What stands for column `column` of the joined rows: of the plan, or the mark.
    Expr.Symbol column(int column) {
        return new Expr.Symbol(
                this,
                column,
                type.hasMark() ? BasicType.BOOLEAN : plan.output().get(column).type());
    }
}
