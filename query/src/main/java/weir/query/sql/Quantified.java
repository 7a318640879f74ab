// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.ComparisonPredicate.Operator;
import io.trino.sql.tree.QuantifiedComparisonPredicate;
import io.trino.sql.tree.QuantifiedComparisonPredicate.Quantifier;
import java.util.List;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// A comparison with ALL or ANY of a subquery. `= ANY` is IN; an order is decided by the least or
/// the greatest value, by whether there are values at all, and by whether NULL is among them.
final class Quantified {
    private final PredicateBinder predicates;
    private final QuantifiedComparisonPredicate node;
    private final Subquery subquery;
    private final boolean isAll;

    Quantified(PredicateBinder predicates, QuantifiedComparisonPredicate node, Subquery subquery) {
        this.predicates = predicates;
        this.node = node;
        this.subquery = subquery;
        this.isAll = node.getQuantifier() == Quantifier.ALL;
    }

    /// The condition that the predicate is of `value`.
    Expr bind(Expr value) {
        if (node.getOperator() == Operator.EQUAL && !isAll) {
            return subquery.contains(value);
        }
        if (node.getOperator() == Operator.NOT_EQUAL) {
            return isAll ? new Expr.Not(subquery.contains(value)) : new Expr.Not(compared(value));
        }
        return compared(value);
    }

    /// The comparison by the extremes of the subquery; of `<> ANY` its opposite, `= ALL`.
    private Expr compared(Expr value) {
        SqlType type = subquery.type();
        SqlType common = TypeCoercion.common(value.type(), type);
        if (common == null) {
            throw Problem.mismatch(
                    node,
                    "Cannot apply operator: "
                            + value.type().displayName()
                            + " "
                            + node.getOperator().getValue()
                            + " "
                            + type.displayName());
        }
        Expr column = TypeCoercion.coerce(new Expr.Input(0, type), common);
        List<Expr> all =
                subquery.aggregates(
                        List.of(
                                call(AggregateFunction.MIN, column, common),
                                call(AggregateFunction.MAX, column, common),
                                new AggregateCall(
                                        AggregateFunction.COUNT_ALL,
                                        List.of(),
                                        false,
                                        null,
                                        BasicType.BIGINT),
                                call(AggregateFunction.COUNT, column, BasicType.BIGINT)));
        Expr min = all.get(0);
        Expr max = all.get(1);
        Expr count = all.get(2);
        Expr hasNull = Conditions.call(ScalarFunction.LESS_THAN, all.get(3), count);
        boolean isOfAll = isAll || node.getOperator() == Operator.NOT_EQUAL;
        Expr decided = decided(TypeCoercion.coerce(value, common), min, max);
        Expr result =
                isOfAll
                        ? new Expr.And(List.of(decided, unknownIf(hasNull, Conditions.TRUE)))
                        : new Expr.Or(List.of(decided, unknownIf(hasNull, Conditions.FALSE)));
        Expr isEmpty =
                Conditions.call(
                        ScalarFunction.EQUAL, count, new Expr.Literal(BasicType.BIGINT, 0L));
        return new Expr.Case(
                List.of(new Expr.When(isEmpty, isOfAll ? Conditions.TRUE : Conditions.FALSE)),
                result,
                BasicType.BOOLEAN);
    }

    private static AggregateCall call(AggregateFunction function, Expr column, SqlType type) {
        return new AggregateCall(function, List.of(column), false, null, type);
    }

    private static Expr unknownIf(Expr condition, Expr otherwise) {
        return new Expr.Case(
                List.of(new Expr.When(condition, Conditions.UNKNOWN)),
                otherwise,
                BasicType.BOOLEAN);
    }

    /// The comparison with the one extreme that decides it.
    private Expr decided(Expr value, Expr min, Expr max) {
        ScalarFunction function = PredicateBinder.function(node.getOperator());
        return switch (node.getOperator()) {
            case LESS_THAN, LESS_THAN_OR_EQUAL ->
                    predicates.comparison(node, function, value, isAll ? min : max);
            case GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                    predicates.comparison(node, function, value, isAll ? max : min);
            case EQUAL, NOT_EQUAL ->
                    new Expr.And(
                            List.of(
                                    predicates.comparison(node, ScalarFunction.EQUAL, value, min),
                                    predicates.comparison(node, ScalarFunction.EQUAL, value, max)));
        };
    }
}
