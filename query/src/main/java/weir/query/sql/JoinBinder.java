// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.JoinCriteria;
import io.trino.sql.tree.JoinOn;
import io.trino.sql.tree.JoinUsing;
import io.trino.sql.tree.NaturalJoin;
import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.plan.JoinType;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// One join of two relations that are bound already: what its columns are called, and its
/// condition, which stays whole; the optimizer finds the keys in it.
final class JoinBinder {
    private final Join node;
    private final BoundQuery left;
    private final BoundQuery right;
    private final JoinType type;
    private final List<Scope.Column> leftColumns;
    private final List<Scope.Column> rightColumns;

    JoinBinder(Join node, BoundQuery left, BoundQuery right) {
        this.node = node;
        this.left = left;
        this.right = right;
        this.type =
                switch (node.getType()) {
                    case CROSS, INNER, IMPLICIT -> JoinType.INNER;
                    case LEFT -> JoinType.LEFT;
                    case RIGHT -> JoinType.RIGHT;
                    case FULL -> JoinType.FULL;
                };
        this.leftColumns = left.scope().columns();
        this.rightColumns = right.scope().shifted(left.plan().output().size()).columns();
    }

    /// Binds the join.
    ///
    /// @param condition binds what stands behind ON over the columns of both sides
    BoundQuery bind(BiFunction<Scope, JoinOn, Expr> condition) {
        JoinCriteria criteria = node.getCriteria().orElse(null);
        return switch (criteria) {
            case null -> new BoundQuery(plan(null), both());
            case JoinOn on -> {
                Scope scope = both();
                yield new BoundQuery(on(on, condition.apply(scope, on)), scope);
            }
            case JoinUsing using -> {
                List<Shared> shared = new ArrayList<>();
                using.getColumns().forEach(column -> shared.add(shared(column)));
                yield using(shared);
            }
            case NaturalJoin _ -> using(commonColumns());
            default -> throw Problem.unsupported(node.getRight(), "This kind of JOIN");
        };
    }

    private LogicalPlan on(JoinOn on, Expr condition) {
        if (!Subqueries.isIn(condition)) {
            return plan(condition);
        }
        if (type != JoinType.INNER) {
            throw Problem.unsupported(
                    on.getExpression(), "A subquery in ON of a " + type + " JOIN");
        }
        return SelectBinder.filtered(plan(null), condition);
    }

    private LogicalPlan plan(@Nullable Expr condition) {
        return new LogicalPlan.Join(type, left.plan(), right.plan(), List.of(), condition);
    }

    private Scope both() {
        List<Scope.Column> columns = new ArrayList<>(leftColumns);
        columns.addAll(rightColumns);
        return new Scope(columns);
    }

    /// A column that both sides have, and its one value.
    private record Shared(Scope.Column left, Scope.Column right, Expr leftValue, Expr rightValue) {}

    private BoundQuery using(List<Shared> shared) {
        List<Expr> equalities = new ArrayList<>();
        List<Scope.Column> columns = new ArrayList<>();
        Set<Scope.Column> used = new HashSet<>();
        for (Shared column : shared) {
            equalities.add(
                    new Expr.Call(
                            ScalarFunction.EQUAL,
                            List.of(column.leftValue(), column.rightValue()),
                            BasicType.BOOLEAN));
            columns.add(new Scope.Column(List.of(), column.left().name(), false, valueOf(column)));
            used.add(column.left());
            used.add(column.right());
        }
        both().columns().stream().filter(column -> !used.contains(column)).forEach(columns::add);
        Expr condition =
                equalities.isEmpty()
                        ? null
                        : equalities.size() == 1
                                ? equalities.getFirst()
                                : new Expr.And(List.copyOf(equalities));
        return new BoundQuery(plan(condition), new Scope(columns));
    }

    private Expr valueOf(Shared column) {
        return switch (type) {
            case RIGHT -> column.rightValue();
            case FULL ->
                    new Expr.Coalesce(
                            List.of(column.leftValue(), column.rightValue()),
                            column.leftValue().type());
            default -> column.leftValue();
        };
    }

    private Shared shared(Identifier name) {
        Scope.Column ofLeft = only(name, new Scope(leftColumns), "left");
        Scope.Column ofRight = only(name, new Scope(rightColumns), "right");
        return shared(name, ofLeft, ofRight);
    }

    private static Scope.Column only(Identifier name, Scope side, String which) {
        List<Scope.Column> found = side.find(List.of(), name.getValue());
        if (found.isEmpty()) {
            throw Problem.unknown(
                    name,
                    "Column '" + name.getValue() + "' is missing from " + which + " side of join");
        }
        if (found.size() > 1) {
            throw Problem.unknown(name, "Column '" + name.getValue() + "' is ambiguous");
        }
        return found.getFirst();
    }

    private static Shared shared(Node place, Scope.Column ofLeft, Scope.Column ofRight) {
        SqlType common = TypeCoercion.common(ofLeft.value().type(), ofRight.value().type());
        if (common == null) {
            throw mismatch(place, ofLeft, ofRight);
        }
        return new Shared(
                ofLeft,
                ofRight,
                TypeCoercion.coerce(ofLeft.value(), common),
                TypeCoercion.coerce(ofRight.value(), common));
    }

    private static QueryException mismatch(Node place, Scope.Column left, Scope.Column right) {
        return Problem.mismatch(
                place,
                "Column types of left and right side of JOIN are incompatible: '"
                        + left.name()
                        + "' is "
                        + left.value().type().displayName()
                        + " and "
                        + right.value().type().displayName());
    }

    /// The columns of NATURAL: those shown on both sides under one name.
    private List<Shared> commonColumns() {
        List<Shared> shared = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Scope others = new Scope(rightColumns.stream().filter(c -> !c.isHidden()).toList());
        for (Scope.Column column : leftColumns) {
            List<Scope.Column> same = others.find(List.of(), column.name());
            if (column.isHidden() || same.isEmpty()) {
                continue;
            }
            if (same.size() > 1 || !names.add(column.name().toLowerCase(Locale.ROOT))) {
                throw Problem.unknown(
                        node.getRight(), "Column '" + column.name() + "' is ambiguous");
            }
            shared.add(shared(node.getRight(), column, same.getFirst()));
        }
        return shared;
    }
}
