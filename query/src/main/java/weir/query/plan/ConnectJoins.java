// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.ScalarFunction;

/// Reorders inner joins of three or more inputs where their order would pair all rows of two inputs
/// that nothing connects: `FROM a, b, c WHERE a.x = c.x AND b.y = c.y` joins c before b. Each next
/// input is the first in the order of the statement that an equality connects with those before.
final class ConnectJoins {
    private ConnectJoins() {}

    static LogicalPlan apply(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Join join && isInner(join)) {
            if (hasGap(join)) {
                return new Chain(join).connected();
            }
        }
        return PlanTree.mapInputs(plan, ConnectJoins::apply);
    }

    private static boolean isInner(LogicalPlan.Join join) {
        return join.type() == JoinType.INNER;
    }

    /// Whether some join of inner ones below `join` pairs rows without a condition.
    private static boolean hasGap(LogicalPlan plan) {
        return plan instanceof LogicalPlan.Join join
                && isInner(join)
                && ((join.keys().isEmpty() && join.residual() == null)
                        || hasGap(join.left())
                        || hasGap(join.right()));
    }

    /// Inner joins in a row, as their inputs and conditions over all columns side by side.
    private static final class Chain {
        private final LogicalPlan.Join top;
        private final List<LogicalPlan> inputs = new ArrayList<>();
        private final List<Integer> starts = new ArrayList<>();
        private final List<Expr> conditions = new ArrayList<>();

        Chain(LogicalPlan.Join top) {
            this.top = top;
        }

        /// The same rows, with columns in the same places.
        LogicalPlan connected() {
            collect(top, 0);
            List<Integer> order = order();
            return isSorted(order)
                    ? over(top, inputs.iterator())
                    : PushFilters.apply(joined(order));
        }

        /// The joins of `plan` as they stand over other inputs.
        private static LogicalPlan over(LogicalPlan plan, Iterator<LogicalPlan> inputs) {
            return plan instanceof LogicalPlan.Join join && isInner(join)
                    ? PlanTree.mapInputs(join, input -> over(input, inputs))
                    : inputs.next();
        }

        private static boolean isSorted(List<Integer> order) {
            for (int i = 0; i < order.size(); i++) {
                if (order.get(i) != i) {
                    return false;
                }
            }
            return true;
        }

        private void collect(LogicalPlan plan, int start) {
            if (!(plan instanceof LogicalPlan.Join join) || !isInner(join)) {
                inputs.add(apply(plan));
                starts.add(start);
                return;
            }
            int width = join.left().output().size();
            collect(join.left(), start);
            collect(join.right(), start + width);
            for (JoinKey key : join.keys()) {
                Expr left = shifted(key.left(), start);
                Expr right = shifted(key.right(), start + width);
                conditions.add(
                        key.isNullSafe()
                                ? new Expr.Not(
                                        Logic.comparison(
                                                ScalarFunction.IS_DISTINCT_FROM, left, right))
                                : Logic.comparison(ScalarFunction.EQUAL, left, right));
            }
            Expr residual = join.residual();
            if (residual != null) {
                Logic.conjuncts(residual).forEach(part -> conditions.add(shifted(part, start)));
            }
        }

        private static Expr shifted(Expr expr, int by) {
            return ExprTree.mapInputs(
                    expr, input -> new Expr.Input(by + input.index(), input.type()));
        }

        private List<Integer> order() {
            List<BitSet> connections = new ArrayList<>();
            for (Expr condition : conditions) {
                BitSet owners = new BitSet();
                ExprTree.inputs(condition).stream().forEach(column -> owners.set(owner(column)));
                connections.add(owners);
            }
            List<Integer> order = new ArrayList<>();
            BitSet placed = new BitSet();
            while (order.size() < inputs.size()) {
                int next = next(placed, connections);
                order.add(next);
                placed.set(next);
            }
            return order;
        }

        private int owner(int column) {
            int owner = starts.size() - 1;
            while (starts.get(owner) > column) {
                owner--;
            }
            return owner;
        }

        /// The first input that a condition connects with `placed` alone, else the first.
        private int next(BitSet placed, List<BitSet> connections) {
            for (int i = 0; i < inputs.size(); i++) {
                for (BitSet owners : connections) {
                    if (!placed.get(i) && owners.get(i) && owners.intersects(placed)) {
                        BitSet others = (BitSet) owners.clone();
                        others.clear(i);
                        others.andNot(placed);
                        if (others.isEmpty()) {
                            return i;
                        }
                    }
                }
            }
            return placed.nextClearBit(0);
        }

        private LogicalPlan joined(List<Integer> order) {
            LogicalPlan plan = inputs.get(order.getFirst());
            for (int index : order.subList(1, order.size())) {
                plan =
                        new LogicalPlan.Join(
                                JoinType.INNER, plan, inputs.get(index), List.of(), null);
            }
            int[] places = places(order);
            List<Expr> moved = new ArrayList<>();
            for (Expr condition : conditions) {
                moved.add(
                        ExprTree.mapInputs(
                                condition,
                                input -> new Expr.Input(places[input.index()], input.type())));
            }
            LogicalPlan rows = PushFilters.filter(plan, moved);
            List<LogicalPlan.Field> output = top.output();
            List<Expr> columns = new ArrayList<>();
            for (LogicalPlan.Field field : output) {
                columns.add(new Expr.Input(places[columns.size()], field.type()));
            }
            return new LogicalPlan.Project(rows, List.copyOf(columns), output);
        }

        /// Where each column stands once the inputs stand in `order`.
        private int[] places(List<Integer> order) {
            int[] places = new int[top.output().size()];
            int at = 0;
            for (int index : order) {
                for (int i = 0; i < inputs.get(index).output().size(); i++) {
                    places[starts.get(index) + i] = at++;
                }
            }
            return places;
        }
    }
}
