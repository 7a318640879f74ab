// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.JoinCriteria;
import io.trino.sql.tree.JoinOn;
import io.trino.sql.tree.Lateral;
import io.trino.sql.tree.Relation;
import java.util.ArrayList;
import java.util.List;
import weir.query.expr.Expr;
import weir.query.plan.JoinType;
import weir.query.plan.LogicalPlan;

/// `FROM t CROSS JOIN LATERAL (query)`: each row of the left side with the rows of a query that may
/// name its columns, as a correlated subquery does.
final class LateralBinder {
    private final Join node;
    private final BoundQuery left;
    private final BoundQuery right;
    private final Correlation correlation;

    /// @param right the query, with symbols of `correlation` for columns of `left`
    LateralBinder(Join node, BoundQuery left, BoundQuery right, Correlation correlation) {
        this.node = node;
        this.left = left;
        this.right = right;
        this.correlation = correlation;
    }

    /// Whether a relation may name columns of what stands before it.
    static boolean isLateral(Relation relation) {
        return relation instanceof Lateral
                || (relation instanceof AliasedRelation aliased
                        && aliased.getRelation() instanceof Lateral);
    }

    BoundQuery bind() {
        JoinType type = type();
        Subquery query = new Subquery(node.getRight(), right.plan(), correlation);
        List<Expr> added = query.rows(type);
        Subqueries.Attached attached = Subqueries.attach(left.plan(), added);
        List<Expr> values = new ArrayList<>();
        List<LogicalPlan.Field> fields = new ArrayList<>(left.plan().output());
        fields.forEach(field -> values.add(new Expr.Input(values.size(), field.type())));
        values.addAll(attached.resolve(added));
        fields.addAll(right.plan().output());
        int width = left.plan().output().size();
        List<Scope.Column> columns = new ArrayList<>(left.scope().columns());
        columns.addAll(right.scope().shifted(width).columns());
        return new BoundQuery(
                new LogicalPlan.Project(attached.plan(), List.copyOf(values), List.copyOf(fields)),
                new Scope(columns));
    }

    private JoinType type() {
        JoinCriteria criteria = node.getCriteria().orElse(null);
        boolean isTrue =
                criteria == null
                        || (criteria instanceof JoinOn on
                                && on.getExpression() instanceof BooleanLiteral literal
                                && literal.getValue());
        if (!isTrue) {
            throw Problem.unsupported(
                    node.getRight(), "LATERAL with a condition other than ON TRUE");
        }
        return switch (node.getType()) {
            case CROSS, INNER, IMPLICIT -> JoinType.INNER;
            case LEFT -> JoinType.LEFT;
            case RIGHT, FULL ->
                    throw Problem.unsupported(node.getRight(), "LATERAL behind RIGHT or FULL JOIN");
        };
    }
}
