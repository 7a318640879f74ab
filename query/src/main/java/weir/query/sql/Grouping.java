// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.plan.LogicalPlan;

/// The grouping of one SELECT: turns expressions over rows into expressions over groups.
final class Grouping {
    private final Names names;
    private final Aggregates aggregates;
    private final List<Expr> keys;
    private final Map<Expr, Integer> keyIndex = new HashMap<>();

    Grouping(Names names, Aggregates aggregates, List<Expr> keys) {
        this.names = names;
        this.aggregates = aggregates;
        this.keys = keys;
        for (int i = 0; i < keys.size(); i++) {
            keyIndex.put(keys.get(i), i);
        }
    }

    /// The groups of the rows of `input`.
    LogicalPlan plan(LogicalPlan input) {
        List<LogicalPlan.Field> fields = new ArrayList<>();
        for (Expr key : keys) {
            String name =
                    key instanceof Expr.Input column
                            ? input.output().get(column.index()).name()
                            : "_key" + fields.size();
            fields.add(new LogicalPlan.Field(name, key.type()));
        }
        List<AggregateCall> calls = aggregates.calls();
        List<Expr> parts = new ArrayList<>(keys);
        for (AggregateCall call : calls) {
            parts.addAll(call.arguments());
            Expr filter = call.filter();
            if (filter != null) {
                parts.add(filter);
            }
        }
        Subqueries.Attached rows = Subqueries.attach(input, parts);
        for (int i = 0; i < calls.size(); i++) {
            fields.add(new LogicalPlan.Field("_agg" + i, calls.get(i).type()));
        }
        return new LogicalPlan.Aggregate(
                rows.plan(),
                rows.resolve(keys),
                calls.stream().map(call -> resolved(call, rows)).toList(),
                List.copyOf(fields));
    }

    private static AggregateCall resolved(AggregateCall call, Subqueries.Attached rows) {
        Expr filter = call.filter();
        return new AggregateCall(
                call.function(),
                rows.resolve(call.arguments()),
                call.isDistinct(),
                filter == null ? null : rows.resolve(filter),
                call.type());
    }

    /// `expr`, bound over the rows and standing at `place`, as an expression over the groups.
    Expr over(Expr expr, Node place) {
        Integer key = keyIndex.get(expr);
        if (key != null && !(expr instanceof Expr.Literal)) {
            return new Expr.Input(key, expr.type());
        }
        if (expr instanceof Expr.Input input) {
            int call = aggregates.indexOf(input);
            if (call >= 0) {
                return new Expr.Input(keys.size() + call, input.type());
            }
            Node named = names.placeOf(input);
            throw Problem.unknown(
                    named == null ? place : named,
                    "'"
                            + names.describe(input)
                            + "' must be an aggregate expression or appear in GROUP BY clause");
        }
        return ExprTree.mapChildren(expr, part -> over(part, place));
    }
}
