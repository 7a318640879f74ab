// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Node;
import io.trino.sql.tree.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.plan.JoinKey;
import weir.query.plan.LogicalPlan;

/// The subqueries in the expressions of one SELECT. While expressions are bound, a symbol stands
/// for what a subquery gives; [#attach] joins the subqueries to a plan and turns symbols into
/// columns.
final class Subqueries {
    private final RelationBinder relations;
    private final RelationBinder.CommonTables common;

    /// @param common the named queries that the subqueries see
    Subqueries(RelationBinder relations, RelationBinder.CommonTables common) {
        this.relations = relations;
        this.common = common;
    }

    /// Binds the subquery `query` that stands at `node`.
    Subquery bind(Node node, Query query, Correlation correlation) {
        BoundQuery bound = relations.bindSubquery(query, common.inside(correlation));
        return new Subquery(node, bound.plan(), correlation);
    }

    /// Whether a subquery stands in `expr`.
    static boolean isIn(Expr expr) {
        return expr instanceof Expr.Symbol symbol
                ? symbol.source() instanceof SubqueryJoin
                : ExprTree.children(expr).stream().anyMatch(Subqueries::isIn);
    }

    /// A plan with subqueries joined to it: its own columns first, then theirs.
    ///
    /// @param plan the rows
    /// @param starts the first column of each subquery
    record Attached(LogicalPlan plan, Map<SubqueryJoin, Integer> starts) {

        /// `expr` with columns in place of the symbols of subqueries.
        Expr resolve(Expr expr) {
            return ExprTree.mapSymbols(
                    expr,
                    symbol -> {
                        Integer start =
                                symbol.source() instanceof SubqueryJoin join
                                        ? starts.get(join)
                                        : null;
                        return start == null
                                ? symbol
                                : new Expr.Input(start + symbol.index(), symbol.type());
                    });
        }

        List<Expr> resolve(List<Expr> exprs) {
            return exprs.stream().map(this::resolve).toList();
        }

        /// The rows with only the first `width` columns.
        LogicalPlan cut(LogicalPlan rows, int width) {
            if (rows.output().size() == width) {
                return rows;
            }
            List<LogicalPlan.Field> fields = List.copyOf(rows.output().subList(0, width));
            List<Expr> columns = new ArrayList<>();
            fields.forEach(field -> columns.add(new Expr.Input(columns.size(), field.type())));
            return new LogicalPlan.Project(rows, List.copyOf(columns), fields);
        }
    }

    /// Joins what the symbols in `exprs` stand for to `plan`.
    ///
    /// @param toPlan turns an expression over FROM, standing at a node, into one over `plan`
    static Attached attach(
            LogicalPlan plan, Collection<Expr> exprs, BiFunction<Expr, Node, Expr> toPlan) {
        Attaching attaching = new Attaching(plan, toPlan);
        exprs.forEach(attaching::attach);
        return new Attached(attaching.plan, attaching.starts);
    }

    /// The same where `plan` has the columns of FROM.
    static Attached attach(LogicalPlan plan, Collection<Expr> exprs) {
        return attach(plan, exprs, (expr, _) -> expr);
    }

    private static final class Attaching {
        private final BiFunction<Expr, Node, Expr> toPlan;
        private final Map<SubqueryJoin, Integer> starts = new HashMap<>();
        private LogicalPlan plan;

        Attaching(LogicalPlan plan, BiFunction<Expr, Node, Expr> toPlan) {
            this.plan = plan;
            this.toPlan = toPlan;
        }

        private void attach(Expr expr) {
            if (expr instanceof Expr.Symbol symbol
                    && symbol.source() instanceof SubqueryJoin join
                    && !starts.containsKey(join)) {
                attach(join);
            }
            ExprTree.children(expr).forEach(this::attach);
        }

        private void attach(SubqueryJoin join) {
            List<JoinKey> keys = new ArrayList<>();
            for (JoinKey key : join.keys()) {
                keys.add(
                        new JoinKey(moved(key.left(), join.node()), key.right(), key.isNullSafe()));
            }
            Expr condition = join.residual();
            Expr known = condition == null ? null : withOuter(condition, join.node());
            int start = plan.output().size();
            @Nullable Expr residual = known == null ? null : shifted(known, start);
            plan =
                    new LogicalPlan.Join(
                            join.type(),
                            plan,
                            join.plan(),
                            List.copyOf(keys),
                            residual == null ? null : unmarked(residual));
            starts.put(join, start);
        }

        /// An expression over FROM as one over the plan.
        private Expr moved(Expr expr, Node node) {
            Expr over = toPlan.apply(expr, node);
            attach(over);
            return new Attached(plan, starts).resolve(over);
        }

        /// A condition whose outer values stand over the plan already, marked so that they are told
        /// from the columns of the subquery.
        private Expr withOuter(Expr condition, Node node) {
            return ExprTree.mapSymbols(
                    condition,
                    symbol ->
                            symbol.source() instanceof Correlation correlation
                                    ? marked(moved(correlation.outside(symbol), node))
                                    : symbol);
        }

        private static Expr marked(Expr expr) {
            return ExprTree.mapInputs(
                    expr, input -> new Expr.Symbol(Attaching.class, input.index(), input.type()));
        }

        private static Expr unmarked(Expr expr) {
            return ExprTree.mapSymbols(
                    expr,
                    symbol ->
                            symbol.source().equals(Attaching.class)
                                    ? new Expr.Input(symbol.index(), symbol.type())
                                    : symbol);
        }

        private static Expr shifted(Expr expr, int by) {
            return ExprTree.mapInputs(
                    expr, input -> new Expr.Input(by + input.index(), input.type()));
        }
    }
}
