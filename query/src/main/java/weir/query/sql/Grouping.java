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
import weir.query.expr.ScalarFunction;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// The grouping of one SELECT: turns expressions over rows into expressions over groups.
final class Grouping {
    private final Names names;
    private final Aggregates aggregates;
    private final GroupKeys group;
    private final List<Expr> keys;
    private final Map<Expr, Integer> keyIndex = new HashMap<>();

    Grouping(Names names, Aggregates aggregates, GroupKeys group) {
        this.names = names;
        this.aggregates = aggregates;
        this.group = group;
        this.keys = group.keys();
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
            parts.addAll(call.expressions());
        }
        Subqueries.Attached rows = Subqueries.attach(input, parts);
        for (int i = 0; i < calls.size(); i++) {
            fields.add(new LogicalPlan.Field("_agg" + i, calls.get(i).type()));
        }
        List<Expr> resolvedKeys = rows.resolve(keys);
        List<AggregateCall> resolvedCalls =
                calls.stream().map(call -> call.mapExpressions(rows::resolve)).toList();
        if (group.sets().size() == 1) {
            return new LogicalPlan.Aggregate(
                    rows.plan(), resolvedKeys, resolvedCalls, List.copyOf(fields));
        }
        fields.add(new LogicalPlan.Field("_set", BasicType.BIGINT));
        return new LogicalPlan.GroupingSets(
                rows.plan(), resolvedKeys, group.sets(), resolvedCalls, List.copyOf(fields));
    }

    /// GROUPING(...): a bit for each of its keys, the first the highest, set where the group's set
    /// lacks the key.
    private Expr operation(Aggregates.Operation operation, SqlType type) {
        List<Expr.When> whens = new ArrayList<>();
        Expr set = new Expr.Input(keys.size() + aggregates.calls().size(), BasicType.BIGINT);
        for (int i = 0; i < group.sets().size(); i++) {
            long bits = 0;
            for (Expr key : operation.keys()) {
                Integer index = keyIndex.get(key);
                if (index == null) {
                    throw Problem.mismatch(
                            operation.node(),
                            "The arguments to GROUPING() must be expressions referenced by the"
                                    + " GROUP BY clause");
                }
                bits = 2 * bits + (group.sets().get(i).contains(index) ? 0 : 1);
            }
            Expr number = new Expr.Literal(BasicType.BIGINT, (long) i);
            whens.add(
                    new Expr.When(
                            new Expr.Call(
                                    ScalarFunction.EQUAL, List.of(set, number), BasicType.BOOLEAN),
                            new Expr.Literal(type, bits)));
        }
        Expr last = whens.removeLast().result();
        return whens.isEmpty() ? last : new Expr.Case(List.copyOf(whens), last, type);
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
        if (expr instanceof Expr.Symbol symbol
                && symbol.source() instanceof Aggregates.Operation operation) {
            return operation(operation, symbol.type());
        }
        return ExprTree.mapChildren(expr, part -> over(part, place));
    }
}
