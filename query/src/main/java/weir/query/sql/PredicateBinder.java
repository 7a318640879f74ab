// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.AstVisitor;
import io.trino.sql.tree.BetweenPredicate;
import io.trino.sql.tree.BooleanTestPredicate;
import io.trino.sql.tree.ComparisonPredicate;
import io.trino.sql.tree.DistinctFromPredicate;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.InListExpression;
import io.trino.sql.tree.InPredicate;
import io.trino.sql.tree.IsNullPredicate;
import io.trino.sql.tree.LikePredicate;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Predicate;
import io.trino.sql.tree.QuantifiedComparisonPredicate;
import io.trino.sql.tree.SubqueryExpression;
import java.util.ArrayList;
import java.util.List;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// What stands behind a value: `= 3`, `IN (1, 2)`, `LIKE 'x%'`.
final class PredicateBinder extends AstVisitor<Expr, Expr> {
    private static final int PARTS_MAX = 100_000;

    private final ExpressionBinder expressions;

    PredicateBinder(ExpressionBinder expressions) {
        this.expressions = expressions;
    }

    /// The condition that `predicate` is of `value`.
    Expr bind(Expr value, Predicate predicate) {
        return process(predicate, value);
    }

    @Override
    protected Expr visitNode(Node node, Expr value) {
        throw Problem.unsupported(node);
    }

    @Override
    protected Expr visitComparisonPredicate(ComparisonPredicate node, Expr value) {
        return comparison(
                node, function(node.getOperator()), value, expressions.bind(node.getRight()));
    }

    static ScalarFunction function(ComparisonPredicate.Operator operator) {
        return switch (operator) {
            case EQUAL -> ScalarFunction.EQUAL;
            case NOT_EQUAL -> ScalarFunction.NOT_EQUAL;
            case LESS_THAN -> ScalarFunction.LESS_THAN;
            case LESS_THAN_OR_EQUAL -> ScalarFunction.LESS_OR_EQUAL;
            case GREATER_THAN -> ScalarFunction.GREATER_THAN;
            case GREATER_THAN_OR_EQUAL -> ScalarFunction.GREATER_OR_EQUAL;
        };
    }

    /// An operand that several comparisons read, each for itself.
    static Expr repeated(Node node, Expr operand) {
        if (!ExprTree.isDeterministic(operand)) {
            throw Problem.unsupported(
                    node,
                    "A random operand of BETWEEN, NULLIF or CASE",
                    "name it in a subquery: FROM (SELECT random() AS r, ...)");
        }
        return operand;
    }

    /// `left function right`, both made one type.
    Expr comparison(Node node, ScalarFunction function, Expr left, Expr right) {
        // BETWEEN, NULLIF and CASE repeat what they compare: inside of each other they double it.
        if (ExprTree.isLarger(left, PARTS_MAX)) {
            throw Problem.at(
                    node,
                    QueryException.Code.LIMIT_EXCEEDED,
                    "What is compared has more than "
                            + PARTS_MAX
                            + " parts; compute some of it in a subquery in FROM");
        }
        SqlType type = TypeCoercion.common(left.type(), right.type());
        if (type == null || (isOrder(function) && !type.isOrderable())) {
            throw Problem.mismatch(
                    node,
                    "Cannot apply operator: "
                            + left.type().displayName()
                            + " "
                            + symbol(function)
                            + " "
                            + right.type().displayName()
                            + MismatchAdvice.ofComparison(left, right));
        }
        Expr a = TypeCoercion.coerce(left, TypeCoercion.compared(type));
        Expr b = TypeCoercion.coerce(right, TypeCoercion.compared(type));
        if (function != ScalarFunction.IS_DISTINCT_FROM && (isNull(a) || isNull(b))) {
            return new Expr.Literal(BasicType.BOOLEAN, null);
        }
        return new Expr.Call(function, List.of(a, b), BasicType.BOOLEAN);
    }

    private static boolean isOrder(ScalarFunction function) {
        return switch (function) {
            case LESS_THAN, LESS_OR_EQUAL, GREATER_THAN, GREATER_OR_EQUAL -> true;
            default -> false;
        };
    }

    private static boolean isNull(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.value() == null;
    }

    private static String symbol(ScalarFunction function) {
        return switch (function) {
            case EQUAL -> "=";
            case NOT_EQUAL -> "<>";
            case LESS_THAN -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER_THAN -> ">";
            case GREATER_OR_EQUAL -> ">=";
            default -> "IS DISTINCT FROM";
        };
    }

    private static Expr notIf(boolean isNegated, Expr condition) {
        return isNegated ? new Expr.Not(condition) : condition;
    }

    @Override
    protected Expr visitBetweenPredicate(BetweenPredicate node, Expr operand) {
        Expr value = repeated(node, operand);
        Expr min = expressions.bind(node.getMin());
        Expr max = expressions.bind(node.getMax());
        Expr inside = between(node, value, min, max);
        if (node.isSymmetric()) {
            inside = new Expr.Or(List.of(inside, between(node, value, max, min)));
        }
        return notIf(node.isNegated(), inside);
    }

    private Expr between(BetweenPredicate node, Expr value, Expr min, Expr max) {
        return new Expr.And(
                List.of(
                        comparison(node, ScalarFunction.GREATER_OR_EQUAL, value, min),
                        comparison(node, ScalarFunction.LESS_OR_EQUAL, value, max)));
    }

    @Override
    protected Expr visitInPredicate(InPredicate node, Expr value) {
        if (node.getValueList() instanceof SubqueryExpression query) {
            Subquery subquery = column(query, value);
            return notIf(node.isNegated(), subquery.contains(value));
        }
        if (!(node.getValueList() instanceof InListExpression list)) {
            throw Problem.unsupported(node, "IN (subquery)");
        }
        List<Expr> candidates = new ArrayList<>();
        SqlType type = value.type();
        for (Expression item : list.getValues()) {
            Expr candidate = expressions.bind(item);
            SqlType common = TypeCoercion.common(type, candidate.type());
            if (common == null) {
                throw Problem.mismatch(
                        item,
                        "IN value and list items must be the same type or coercible to a common"
                                + " type. Cannot find common type between "
                                + type.displayName()
                                + " and "
                                + candidate.type().displayName()
                                + MismatchAdvice.ofComparison(value, candidate));
            }
            type = common;
            candidates.add(candidate);
        }
        SqlType common = TypeCoercion.compared(type);
        List<Expr> coerced =
                candidates.stream().map(item -> TypeCoercion.coerce(item, common)).toList();
        return notIf(node.isNegated(), new Expr.In(TypeCoercion.coerce(value, common), coerced));
    }

    @Override
    protected Expr visitQuantifiedComparisonPredicate(
            QuantifiedComparisonPredicate node, Expr value) {
        if (!(node.getSubquery() instanceof SubqueryExpression query)) {
            throw Problem.unsupported(node);
        }
        return new Quantified(this, node, column(query, value)).bind(value);
    }

    /// What `value` is compared with: the one column, or the rows, of a subquery.
    private Subquery column(SubqueryExpression query, Expr value) {
        return expressions
                .subquery(query, query.getQuery())
                .asColumn(value.type() instanceof SqlType.Row);
    }

    @Override
    protected Expr visitIsNullPredicate(IsNullPredicate node, Expr value) {
        return notIf(node.isNegated(), new Expr.IsNull(value));
    }

    @Override
    protected Expr visitDistinctFromPredicate(DistinctFromPredicate node, Expr value) {
        Expr right = expressions.bind(node.getRight());
        return notIf(
                node.isNegated(), comparison(node, ScalarFunction.IS_DISTINCT_FROM, value, right));
    }

    @Override
    protected Expr visitBooleanTestPredicate(BooleanTestPredicate node, Expr value) {
        if (!TypeCoercion.isCoercible(value.type(), BasicType.BOOLEAN)) {
            throw Problem.mismatch(
                    node,
                    "IS "
                            + node.getTruthValue()
                            + " takes a condition, and this is "
                            + value.type().displayName());
        }
        Expr condition = TypeCoercion.coerce(value, BasicType.BOOLEAN);
        Expr test =
                switch (node.getTruthValue()) {
                    case UNKNOWN -> new Expr.IsNull(condition);
                    case TRUE -> new Expr.Not(isDistinct(condition, 1L));
                    case FALSE -> new Expr.Not(isDistinct(condition, 0L));
                };
        return notIf(node.isNegated(), test);
    }

    private static Expr isDistinct(Expr condition, Long truth) {
        return new Expr.Call(
                ScalarFunction.IS_DISTINCT_FROM,
                List.of(condition, new Expr.Literal(BasicType.BOOLEAN, truth)),
                BasicType.BOOLEAN);
    }

    @Override
    protected Expr visitLikePredicate(LikePredicate node, Expr value) {
        List<Expr> arguments = new ArrayList<>();
        arguments.add(text(node, value, "Left side"));
        arguments.add(text(node.getPattern(), expressions.bind(node.getPattern()), "Pattern"));
        Expression escape = node.getEscape().orElse(null);
        if (escape != null) {
            Expr character = text(escape, expressions.bind(escape), "Escape");
            if (character instanceof Expr.Literal literal
                    && literal.value() instanceof String one
                    && one.codePointCount(0, one.length()) != 1) {
                throw Problem.mismatch(escape, "Escape of LIKE must be a single character");
            }
            arguments.add(character);
        }
        return notIf(
                node.isNegated(),
                new Expr.Call(ScalarFunction.LIKE, List.copyOf(arguments), BasicType.BOOLEAN));
    }

    private static Expr text(Node node, Expr value, String role) {
        if (!TypeCoercion.isCoercible(value.type(), BasicType.VARCHAR)) {
            throw Problem.mismatch(
                    node,
                    role
                            + " of LIKE must evaluate to a varchar, and is "
                            + value.type().displayName()
                            + "; write CAST(... AS VARCHAR)");
        }
        return TypeCoercion.coerce(value, BasicType.VARCHAR);
    }
}
