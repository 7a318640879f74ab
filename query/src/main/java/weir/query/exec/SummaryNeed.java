// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.plan.JoinKey;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;

/// What a grouping asks of the columns of its input when a row may stand for many: by its answer,
/// rows with the same `values` may come as one, which has their sums in `sums`.
///
/// @param values columns whose values are asked for
/// @param sums columns of which only the sum over rows is
/// @param presences columns of which only is whether they have a value
record SummaryNeed(
        SortedSet<Integer> values, SortedSet<Integer> sums, SortedSet<Integer> presences) {

    private SummaryNeed() {
        this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    /// What grouping by `keys` needs; null when one of `calls` asks for each row.
    static @Nullable SummaryNeed of(List<Expr> keys, List<AggregateCall> calls) {
        SummaryNeed need = new SummaryNeed();
        for (Expr key : keys) {
            if (!need.addValues(key)) {
                return null;
            }
        }
        for (AggregateCall call : calls) {
            Expr filter = call.filter();
            if (!call.order().isEmpty()
                    || (filter != null && !need.addValues(filter))
                    || !need.add(call)) {
                return null;
            }
        }
        return need;
    }

    private boolean add(AggregateCall call) {
        List<Expr> arguments = call.arguments();
        return switch (call.function()) {
            case COUNT_ALL -> true;
            case COUNT ->
                    call.isDistinct()
                            ? addValues(arguments.getFirst())
                            : addPresence(arguments.getFirst());
            case SUM, AVG -> {
                Expr argument = arguments.getFirst();
                boolean isOfSums = isSum(argument) && !call.isDistinct();
                yield argument.type().isInteger()
                        && (isOfSums ? addSums(argument) : addValues(argument));
            }
            case COUNT_IF, MIN, MAX, BOOL_AND, BOOL_OR, ANY_VALUE, APPROX_DISTINCT ->
                    arguments.stream().allMatch(this::addValues);
            default -> false;
        };
    }

    /// Whether the sum of `expr` over rows follows from the sums of columns: a column, or by
    /// conditions a column or nothing.
    static boolean isSum(Expr expr) {
        return !isNothing(expr) && isSumOrNothing(expr);
    }

    private static boolean isSumOrNothing(Expr expr) {
        return switch (expr) {
            case Expr.Input input -> input.type().isInteger();
            case Expr.Cast cast ->
                    cast.type().isInteger()
                            && cast.operand().type().isInteger()
                            && isWidening(cast)
                            && isSumOrNothing(cast.operand());
            case Expr.Case choice ->
                    choice.whens().stream().allMatch(when -> isSumOrNothing(when.result()))
                            && isSumOrNothing(choice.otherwise());
            default -> isNothing(expr);
        };
    }

    /// Sums may be larger than what they are sums of.
    private static boolean isWidening(Expr.Cast cast) {
        return cast.type() == BasicType.BIGINT;
    }

    private static boolean isNothing(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> literal.value() == null || literal.value().equals(0L);
            case Expr.Cast cast -> cast.type().isInteger() && isNothing(cast.operand());
            case Expr.Case choice ->
                    choice.whens().stream().allMatch(when -> isNothing(when.result()))
                            && isNothing(choice.otherwise());
            default -> false;
        };
    }

    private boolean addSums(Expr expr) {
        switch (expr) {
            case Expr.Input input -> sums.add(input.index());
            case Expr.Cast cast -> {
                return addSums(cast.operand());
            }
            case Expr.Case choice -> {
                for (Expr.When when : choice.whens()) {
                    if (!addValues(when.condition()) || !addSums(when.result())) {
                        return false;
                    }
                }
                return addSums(choice.otherwise());
            }
            default -> {
                return true;
            }
        }
        return true;
    }

    private boolean addPresence(Expr expr) {
        if (expr instanceof Expr.Input input) {
            presences.add(input.index());
            return true;
        }
        return addValues(expr);
    }

    private boolean addValues(Expr expr) {
        values.addAll(ExprInputs.of(expr));
        return ExprTree.isDeterministic(expr);
    }

    /// The same, of rows of which `condition` is asked too; null when that is of each row.
    @Nullable SummaryNeed with(Expr condition) {
        SummaryNeed need = new SummaryNeed(new TreeSet<>(values), new TreeSet<>(sums), presences);
        return need.addValues(condition) ? need : null;
    }

    /// What is needed of the input of `project`; null when that is each row.
    @Nullable SummaryNeed below(LogicalPlan.Project project) {
        SummaryNeed need = new SummaryNeed();
        List<Expr> expressions = project.expressions();
        for (int column : values) {
            if (!need.addValues(expressions.get(column))) {
                return null;
            }
        }
        for (int column : sums) {
            Expr expr = expressions.get(column);
            if (!isSumOrNothing(expr) || !need.addSums(expr)) {
                return null;
            }
        }
        for (int column : presences) {
            if (!need.addPresence(expressions.get(column))) {
                return null;
            }
        }
        return need;
    }

    /// What is needed of the left input of `join`, which tells of each row whether it has a match;
    /// null when each row has to come.
    @Nullable SummaryNeed left(LogicalPlan.Join join) {
        boolean isMark =
                switch (join.type()) {
                    case SEMI, MARK, MARK_IN -> true;
                    case INNER, LEFT, RIGHT, FULL, SINGLE -> false;
                };
        if (!isMark) {
            return null;
        }
        int width = join.left().output().size();
        SummaryNeed need =
                new SummaryNeed(
                        new TreeSet<>(values.headSet(width)),
                        new TreeSet<>(sums.headSet(width)),
                        new TreeSet<>(presences.headSet(width)));
        for (JoinKey key : join.keys()) {
            if (!need.addValues(key.left())) {
                return null;
            }
        }
        Expr residual = join.residual();
        if (residual != null && !need.addValues(residual)) {
            return null;
        }
        need.values.tailSet(width).clear();
        return need;
    }
}
