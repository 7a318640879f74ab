// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.JoinCriteria;
import io.trino.sql.tree.JoinOn;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.Unnest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// UNNEST in FROM, alone or joined to the relation on its left, whose columns it may name.
final class UnnestBinder {
    private UnnestBinder() {}

    /// The UNNEST that `relation` is, with its other name or without; null when it is something
    /// else.
    static @Nullable Unnest of(Relation relation) {
        Relation inner =
                relation instanceof AliasedRelation aliased ? aliased.getRelation() : relation;
        return inner instanceof Unnest unnest ? unnest : null;
    }

    /// Whether rows without a place come once, and refuses what cannot be joined.
    static boolean isOuter(Join join) {
        JoinCriteria criteria = join.getCriteria().orElse(null);
        boolean isOnTrue =
                criteria instanceof JoinOn on
                        && on.getExpression() instanceof BooleanLiteral literal
                        && literal.getValue();
        return switch (join.getType()) {
            case CROSS, IMPLICIT -> false;
            case INNER, LEFT -> {
                if (!isOnTrue) {
                    throw Problem.unsupported(
                            join.getRight(),
                            join.getType() + " JOIN of UNNEST with a condition other than ON TRUE");
                }
                yield join.getType() == Join.Type.LEFT;
            }
            case RIGHT, FULL ->
                    throw Problem.unsupported(
                            join.getRight(), join.getType() + " JOIN of UNNEST", "LEFT JOIN is");
        };
    }

    /// The rows of `input` with what `node` makes of them; the scope has only the new columns.
    ///
    /// @param binder binds over the columns of `input`
    static BoundQuery bind(
            Unnest node, LogicalPlan input, ExpressionBinder binder, boolean isOuter) {
        List<Expr> collections = new ArrayList<>();
        List<LogicalPlan.Field> added = new ArrayList<>();
        for (Expression expression : node.getExpressions()) {
            Expr collection = binder.bind(expression);
            addFields(expression, collection.type(), added);
            collections.add(collection);
        }
        if (node.isWithOrdinality()) {
            added.add(new LogicalPlan.Field(name(added), BasicType.BIGINT));
        }
        List<LogicalPlan.Field> output = new ArrayList<>(input.output());
        output.addAll(added);
        List<Scope.Column> columns = new ArrayList<>();
        for (LogicalPlan.Field field : added) {
            Expr value = new Expr.Input(input.output().size() + columns.size(), field.type());
            columns.add(new Scope.Column(List.of(), field.name(), false, value));
        }
        return new BoundQuery(
                new LogicalPlan.Unnest(
                        input,
                        List.copyOf(collections),
                        node.isWithOrdinality(),
                        isOuter,
                        List.copyOf(output)),
                new Scope(columns));
    }

    private static void addFields(Expression node, SqlType type, List<LogicalPlan.Field> fields) {
        switch (type) {
            case SqlType.MapOf map -> {
                fields.add(new LogicalPlan.Field(name(fields), map.key()));
                fields.add(new LogicalPlan.Field(name(fields), map.value()));
            }
            case SqlType.Array array when array.element() instanceof SqlType.Row row -> {
                for (SqlType.Row.Field field : row.fields()) {
                    String name = field.name();
                    fields.add(
                            new LogicalPlan.Field(
                                    name == null ? name(fields) : name, field.type()));
                }
            }
            case SqlType.Array array ->
                    fields.add(new LogicalPlan.Field(name(fields), array.element()));
            default -> throw Problem.mismatch(node, "Cannot unnest type: " + type.displayName());
        }
    }

    private static String name(List<LogicalPlan.Field> before) {
        return "_col" + before.size();
    }
}
