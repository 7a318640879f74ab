// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.WindowCall;
import weir.query.plan.LogicalPlan;

/// The windows of one SELECT over its rows or groups: one operator for each partition and order,
/// and where each function came to stand.
final class WindowPlan {
    private final Map<WindowSlot, Expr> columns = new HashMap<>();
    private final List<Expr> computed = new ArrayList<>();
    private LogicalPlan plan;

    /// What windows have to share to be one operator.
    private record Sharing(List<Integer> partition, List<LogicalPlan.SortKey> order) {}

    /// @param input the rows or groups
    /// @param slots the functions over windows
    /// @param over turns what slots are over into expressions over `input`
    WindowPlan(LogicalPlan input, List<WindowSlot> slots, BiFunction<Expr, Node, Expr> over) {
        input.output()
                .forEach(field -> computed.add(new Expr.Input(computed.size(), field.type())));
        int width = computed.size();
        Map<Sharing, List<WindowSlot>> groups = new LinkedHashMap<>();
        for (WindowSlot slot : slots) {
            groups.computeIfAbsent(sharing(slot, over), _ -> new ArrayList<>()).add(slot);
        }
        plan = computed.size() == width ? input : project(input);
        groups.forEach((sharing, members) -> add(sharing, members, over));
    }

    private Sharing sharing(WindowSlot slot, BiFunction<Expr, Node, Expr> over) {
        List<Integer> partition = new ArrayList<>();
        for (Expr expr : slot.partition()) {
            Expr value = over.apply(expr, slot.node());
            if (!(value instanceof Expr.Literal)) {
                partition.add(column(value));
            }
        }
        List<LogicalPlan.SortKey> order = new ArrayList<>();
        for (WindowSlot.Key key : slot.order()) {
            order.add(
                    new LogicalPlan.SortKey(
                            column(over.apply(key.value(), slot.node())),
                            key.isDescending(),
                            key.isNullsFirst()));
        }
        return new Sharing(List.copyOf(partition), List.copyOf(order));
    }

    private int column(Expr value) {
        int known = computed.indexOf(value);
        if (known < 0) {
            known = computed.size();
            computed.add(value);
        }
        return known;
    }

    private LogicalPlan project(LogicalPlan input) {
        List<LogicalPlan.Field> fields = new ArrayList<>(input.output());
        for (Expr expr : computed.subList(fields.size(), computed.size())) {
            fields.add(new LogicalPlan.Field("_by" + fields.size(), expr.type()));
        }
        return new LogicalPlan.Project(input, List.copyOf(computed), List.copyOf(fields));
    }

    private void add(Sharing sharing, List<WindowSlot> slots, BiFunction<Expr, Node, Expr> over) {
        List<LogicalPlan.Field> fields = new ArrayList<>(plan.output());
        List<WindowCall> calls = new ArrayList<>();
        for (WindowSlot slot : slots) {
            WindowCall call = slot.call().mapExpressions(part -> over.apply(part, slot.node()));
            columns.put(slot, new Expr.Input(fields.size(), call.type()));
            fields.add(new LogicalPlan.Field("_win" + (columns.size() - 1), call.type()));
            calls.add(call);
        }
        plan =
                new LogicalPlan.Window(
                        plan,
                        sharing.partition(),
                        sharing.order(),
                        List.copyOf(calls),
                        List.copyOf(fields));
    }

    /// The rows with a column more for each function.
    LogicalPlan plan() {
        return plan;
    }

    /// `expr` with columns in place of functions over windows.
    Expr resolve(Expr expr) {
        return ExprTree.mapSymbols(
                expr,
                symbol ->
                        symbol.source() instanceof WindowSlot slot
                                ? Objects.requireNonNull(columns.get(slot))
                                : symbol);
    }
}
