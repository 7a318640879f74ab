// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.ScalarFunction;

/// Moves conditions on and of a join: to the side whose columns alone they read, where no row that
/// the join has to keep is lost by it; equalities of the two sides become keys. A join whose
/// missing rows a condition refuses anyway becomes an inner one, a mark that must be true a
/// [JoinType#SEMI].
final class PushIntoJoins {
    private final LogicalPlan.Join join;
    private final int width;
    private final List<Expr> ofLeft = new ArrayList<>();
    private final List<Expr> ofRight = new ArrayList<>();
    private final List<JoinKey> keys;
    private final List<Expr> residual = new ArrayList<>();
    private final List<Expr> above = new ArrayList<>();

    private PushIntoJoins(LogicalPlan.Join join) {
        this.join = join;
        this.width = join.left().output().size();
        this.keys = new ArrayList<>(join.keys());
    }

    /// The rows of `join` for which all `conjuncts`, which are over its output, are true.
    static LogicalPlan push(LogicalPlan.Join join, List<Expr> conjuncts) {
        JoinType narrow = narrowed(join, conjuncts);
        if (narrow != join.type()) {
            return push(withType(join, narrow), conjuncts);
        }
        int mark = join.left().output().size();
        if (join.type().hasMark() && conjuncts.stream().anyMatch(part -> isInput(part, mark))) {
            return pushIntoSemi(join, conjuncts, mark);
        }
        return new PushIntoJoins(join).pushed(conjuncts);
    }

    private static LogicalPlan.Join withType(LogicalPlan.Join join, JoinType type) {
        return new LogicalPlan.Join(type, join.left(), join.right(), join.keys(), join.residual());
    }

    private static boolean isInput(Expr expr, int index) {
        return expr instanceof Expr.Input input && input.index() == index;
    }

    /// Only marked rows are asked for: those that have a match, and the mark is true in all.
    private static LogicalPlan pushIntoSemi(LogicalPlan.Join join, List<Expr> conjuncts, int mark) {
        List<Expr> rest = new ArrayList<>();
        for (Expr part : conjuncts) {
            if (!isInput(part, mark)) {
                rest.add(ExprTree.mapInputs(part, i -> i.index() == mark ? Logic.TRUE : i));
            }
        }
        LogicalPlan semi = new PushIntoJoins(withType(join, JoinType.SEMI)).pushed(rest);
        List<Expr> columns = new ArrayList<>();
        for (LogicalPlan.Field field : join.left().output()) {
            columns.add(new Expr.Input(columns.size(), field.type()));
        }
        columns.add(Logic.TRUE);
        return new LogicalPlan.Project(semi, List.copyOf(columns), join.output());
    }

    /// The type of the join without the rows that `conjuncts` refuse because columns are NULL.
    private static JoinType narrowed(LogicalPlan.Join join, List<Expr> conjuncts) {
        JoinType type = join.type();
        if (type != JoinType.LEFT && type != JoinType.RIGHT && type != JoinType.FULL) {
            return type;
        }
        int width = join.left().output().size();
        boolean refusesLeft = false;
        boolean refusesRight = false;
        for (Expr part : conjuncts) {
            BitSet columns = new BitSet();
            collectRefused(part, columns);
            refusesLeft |= !columns.get(0, width).isEmpty();
            refusesRight |= columns.length() > width;
        }
        boolean keepsLeft = type.keepsLeft() && !refusesRight;
        boolean keepsRight = type.keepsRight() && !refusesLeft;
        return keepsLeft
                ? keepsRight ? JoinType.FULL : JoinType.LEFT
                : keepsRight ? JoinType.RIGHT : JoinType.INNER;
    }

    /// Sets columns for whose NULL `condition` is certainly not true.
    private static void collectRefused(Expr condition, BitSet columns) {
        switch (condition) {
            case Expr.And and -> and.parts().forEach(part -> collectRefused(part, columns));
            case Expr.Not not when not.operand() instanceof Expr.IsNull isNull ->
                    collectStrict(isNull.operand(), columns);
            case Expr.In in -> collectStrict(in.operand(), columns);
            case Expr.Call call when isStrict(call.function()) ->
                    call.arguments().forEach(argument -> collectStrict(argument, columns));
            default -> {}
        }
    }

    private static boolean isStrict(ScalarFunction function) {
        return switch (function) {
            case EQUAL,
                    NOT_EQUAL,
                    LESS_THAN,
                    LESS_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_OR_EQUAL,
                    LIKE,
                    CONTAINS,
                    STARTS_WITH ->
                    true;
            default -> false;
        };
    }

    private static void collectStrict(Expr value, BitSet columns) {
        if (value instanceof Expr.Input input) {
            columns.set(input.index());
        } else if (value instanceof Expr.Cast cast) {
            collectStrict(cast.operand(), columns);
        }
    }

    private LogicalPlan pushed(List<Expr> conjuncts) {
        Expr known = join.residual();
        if (known != null) {
            Logic.conjuncts(known).forEach(this::placeCondition);
        }
        conjuncts.forEach(this::placeFilter);
        LogicalPlan.Join changed =
                new LogicalPlan.Join(
                        join.type(),
                        PushFilters.push(join.left(), ofLeft),
                        PushFilters.push(join.right(), ofRight),
                        List.copyOf(keys),
                        residual.isEmpty()
                                ? null
                                : residual.size() == 1
                                        ? residual.getFirst()
                                        : new Expr.And(List.copyOf(residual)));
        return PushFilters.filter(changed, above);
    }

    /// Places a part of the join's own condition.
    private void placeCondition(Expr part) {
        JoinType type = join.type();
        if (part.equals(Logic.TRUE)) {
            return;
        }
        if (!ExprTree.isDeterministic(part)) {
            residual.add(part);
            return;
        }
        BitSet inputs = ExprTree.inputs(part);
        boolean isOfRight = inputs.nextSetBit(0) >= width || inputs.isEmpty();
        if (isOfRight && !type.keepsRight()) {
            ofRight.add(shifted(part, i -> i - width));
        } else if (inputs.length() <= width && !type.keepsLeft()) {
            ofLeft.add(part);
        } else {
            JoinKey key = type == JoinType.MARK_IN ? null : key(part);
            if (key == null) {
                residual.add(part);
            } else {
                keys.add(key);
            }
        }
    }

    /// Places a condition on the rows of the join.
    private void placeFilter(Expr part) {
        JoinType type = join.type();
        if (type == JoinType.INNER) {
            placeCondition(part);
            return;
        }
        BitSet inputs = ExprTree.inputs(part);
        boolean isOfRight = !inputs.isEmpty() && inputs.nextSetBit(0) >= width;
        if (inputs.length() <= width && !type.keepsRight()) {
            ofLeft.add(part);
        } else if (isOfRight && type == JoinType.RIGHT) {
            ofRight.add(shifted(part, i -> i - width));
        } else {
            above.add(part);
        }
    }

    private static Expr shifted(Expr expr, IntUnaryOperator index) {
        return ExprTree.mapInputs(
                expr, input -> new Expr.Input(index.applyAsInt(input.index()), input.type()));
    }

    /// The key that an equality of the two sides is, or null.
    private @Nullable JoinKey key(Expr part) {
        boolean isNullSafe = part instanceof Expr.Not;
        Expr compared = part instanceof Expr.Not not ? not.operand() : part;
        ScalarFunction wanted = isNullSafe ? ScalarFunction.IS_DISTINCT_FROM : ScalarFunction.EQUAL;
        if (!(compared instanceof Expr.Call call) || call.function() != wanted) {
            return null;
        }
        Expr first = call.arguments().get(0);
        Expr second = call.arguments().get(1);
        if (isOfLeft(first) && isOfRight(second)) {
            return new JoinKey(first, shifted(second, i -> i - width), isNullSafe);
        }
        return isOfLeft(second) && isOfRight(first)
                ? new JoinKey(second, shifted(first, i -> i - width), isNullSafe)
                : null;
    }

    private boolean isOfLeft(Expr expr) {
        BitSet inputs = ExprTree.inputs(expr);
        return !inputs.isEmpty() && inputs.length() <= width;
    }

    private boolean isOfRight(Expr expr) {
        return ExprTree.inputs(expr).nextSetBit(0) >= width;
    }
}
