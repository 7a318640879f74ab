// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.AstVisitor;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.Lateral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SetOperation;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.Unnest;
import io.trino.sql.tree.Values;
import io.trino.sql.tree.With;
import io.trino.sql.tree.WithQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Queries and whatever may stand in FROM. The context of a visit is what WITH has named so far.
final class RelationBinder extends AstVisitor<BoundQuery, RelationBinder.CommonTables> {
    /// Queries that use others twice, which use others twice, and so on would never be bound.
    private static final int QUERIES_MAX = 5000;

    private final TableBinder tables;
    private final Session session;
    private int queryCount;

    RelationBinder(TableBinder tables, Session session) {
        this.tables = tables;
        this.session = session;
    }

    /// Queries named by WITH, the nearest first. Immutable.
    ///
    /// @param byName the queries by their names in lower case
    ///
    /// @param enclosing the query around the one that is bound; null when there is none
    record CommonTables(Map<String, CommonTable> byName, @Nullable Correlation enclosing) {
        static final CommonTables NONE = new CommonTables(Map.of(), null);

        /// The same tables for a subquery of `query`.
        CommonTables inside(Correlation query) {
            return new CommonTables(byName, query);
        }

        CommonTables and(WithQuery query) {
            Map<String, CommonTable> more = new HashMap<>(byName);
            String name = query.getName().getValue().toLowerCase(Locale.ROOT);
            more.put(name, new CommonTable(query, this));
            return new CommonTables(Map.copyOf(more), enclosing);
        }
    }

    /// A query named by WITH, and what it sees itself.
    record CommonTable(WithQuery query, CommonTables outer) {}

    /// Binds a query that stands in an expression.
    BoundQuery bindSubquery(Query query, CommonTables common) {
        return shown(bindQuery(query, common));
    }

    /// Binds a whole query.
    BoundQuery bind(Query query) {
        return bindQuery(query, CommonTables.NONE);
    }

    /// Binds what stands in FROM, or a body of a query.
    BoundQuery bindRelation(Node relation, CommonTables common) {
        return process(relation, common);
    }

    private BoundQuery bindQuery(Query query, CommonTables outer) {
        if (++queryCount > QUERIES_MAX) {
            throw Problem.at(
                    query,
                    Code.LIMIT_EXCEEDED,
                    "The statement has more than "
                            + QUERIES_MAX
                            + " queries, counting those that WITH names each time they are used");
        }
        if (!query.getFunctions().isEmpty()) {
            throw Problem.unsupported(query.getFunctions().getFirst(), "WITH FUNCTION");
        }
        if (!query.getSessionProperties().isEmpty()) {
            throw Problem.unsupported(query, "WITH SESSION");
        }
        CommonTables common = outer;
        With with = query.getWith().orElse(null);
        if (with != null) {
            common = bindWith(with, outer);
        }
        BoundQuery body = shown(process(query.getQueryBody(), common));
        LogicalPlan plan = body.plan();
        OrderBy orderBy = query.getOrderBy().orElse(null);
        if (orderBy != null) {
            plan = new SelectBinder(this, common, session).sortRelation(body, orderBy);
        }
        plan = new LimitBinder(session).limit(plan, query.getOffset(), query.getLimit());
        return new BoundQuery(plan, body.scope());
    }

    /// `relation` with only the columns that `*` means; of a SELECT that is all of them.
    private static BoundQuery shown(BoundQuery relation) {
        List<Scope.Column> columns = relation.scope().columns();
        if (columns.stream().noneMatch(Scope.Column::isHidden)) {
            return relation;
        }
        List<Expr> values = new ArrayList<>();
        List<LogicalPlan.Field> fields = new ArrayList<>();
        for (Scope.Column column : relation.scope().all(List.of())) {
            values.add(column.value());
            fields.add(new LogicalPlan.Field(column.name(), column.value().type()));
        }
        return BoundQuery.of(
                new LogicalPlan.Project(relation.plan(), List.copyOf(values), List.copyOf(fields)),
                List.of());
    }

    private static CommonTables bindWith(With with, CommonTables outer) {
        if (with.isRecursive()) {
            throw Problem.unsupported(with, "WITH RECURSIVE");
        }
        if (with.getQueries().size() > QUERIES_MAX) {
            throw Problem.at(
                    with, Code.LIMIT_EXCEEDED, "WITH names more than " + QUERIES_MAX + " queries");
        }
        CommonTables common = outer;
        List<String> names = new ArrayList<>();
        for (WithQuery query : with.getQueries()) {
            String name = query.getName().getValue().toLowerCase(Locale.ROOT);
            if (names.contains(name)) {
                throw Problem.unknown(
                        query, "WITH query name '" + name + "' specified more than once");
            }
            names.add(name);
            common = common.and(query);
        }
        return common;
    }

    @Override
    protected BoundQuery visitNode(Node node, CommonTables common) {
        throw Problem.unsupported(node);
    }

    @Override
    protected BoundQuery visitJoin(Join node, CommonTables common) {
        BoundQuery left = process(node.getLeft(), common);
        if (LateralBinder.isLateral(node.getRight())) {
            Names names = new Names(left.scope(), common.enclosing());
            Correlation correlation = new Correlation(names, Clause.FROM, false);
            BoundQuery right = process(node.getRight(), common.inside(correlation));
            return new LateralBinder(node, left, right, correlation).bind();
        }
        Unnest unnest = UnnestBinder.of(node.getRight());
        if (unnest != null) {
            return withUnnest(node, unnest, left, common);
        }
        BoundQuery right = process(node.getRight(), common);
        return new JoinBinder(node, left, right)
                .bind((scope, on) ->
                        new ExpressionBinder(
                                        new Names(scope, common.enclosing()),
                                        Clause.ON,
                                        session,
                                        null,
                                        new Subqueries(this, common))
                                .bindCondition(on.getExpression()));
    }

    private BoundQuery withUnnest(Join node, Unnest unnest, BoundQuery left, CommonTables common) {
        boolean isOuter = UnnestBinder.isOuter(node);
        BoundQuery rows =
                UnnestBinder.bind(unnest, left.plan(), unnestBinder(left.scope(), common), isOuter);
        BoundQuery added =
                node.getRight() instanceof AliasedRelation aliased ? renamed(aliased, rows) : rows;
        List<Scope.Column> columns = new ArrayList<>(left.scope().columns());
        columns.addAll(added.scope().columns());
        return new BoundQuery(rows.plan(), new Scope(columns));
    }

    private ExpressionBinder unnestBinder(Scope scope, CommonTables common) {
        return new ExpressionBinder(
                new Names(scope, common.enclosing()), Clause.FROM, session, null);
    }

    @Override
    protected BoundQuery visitUnnest(Unnest node, CommonTables common) {
        LogicalPlan one = new LogicalPlan.Values(List.of(), List.of(List.of()));
        return UnnestBinder.bind(node, one, unnestBinder(Scope.EMPTY, common), false);
    }

    @Override
    protected BoundQuery visitLateral(Lateral node, CommonTables common) {
        return bindQuery(node.getQuery(), common);
    }

    @Override
    protected BoundQuery visitSetOperation(SetOperation node, CommonTables common) {
        if (node.getCorresponding().isPresent()) {
            throw Problem.unsupported(node.getCorresponding().get(), "CORRESPONDING");
        }
        List<BoundQuery> inputs = new ArrayList<>();
        node.getRelations().forEach(part -> inputs.add(shown(process(part, common))));
        return new SetOperationBinder(node).bind(inputs);
    }

    @Override
    protected BoundQuery visitTable(Table node, CommonTables common) {
        if (node.getQueryPeriod().isPresent() || node.getBranch().isPresent()) {
            throw Problem.unsupported(node, "A version or branch of a table");
        }
        List<Identifier> parts = node.getName().getOriginalParts();
        String name = parts.getLast().getValue();
        CommonTable named =
                parts.size() == 1 ? common.byName().get(name.toLowerCase(Locale.ROOT)) : null;
        if (named == null) {
            return bindStored(node, node.getName());
        }
        BoundQuery query = bindQuery(named.query().getQuery(), named.outer());
        List<Identifier> columns = named.query().getColumnNames().orElse(List.of());
        return renamed(named.query(), query, name, columns);
    }

    /// The table or view of the catalog that `name`, standing at `node`, means.
    BoundQuery bindStored(Node node, QualifiedName name) {
        weir.query.catalog.Table table = tables.find(node, name);
        if (!(table.source() instanceof weir.query.catalog.Table.View view)) {
            return TableBinder.bind(table, name);
        }
        TableBinder inside = tables.inside(node, table.name());
        List<String> qualifier =
                name.getOriginalParts().stream().map(Identifier::getValue).toList();
        try {
            Query query = SqlParser.parseQuery(view.sql());
            BoundQuery rows = new RelationBinder(inside, session.ofView()).bind(query);
            return BoundQuery.of(rows.plan(), qualifier).hiding(view.hidden());
        } catch (QueryException e) {
            throw Problem.at(
                    node,
                    e.code(),
                    "View '" + table.name() + "' cannot be asked any more: " + e.getMessage());
        }
    }

    @Override
    protected BoundQuery visitTableSubquery(TableSubquery node, CommonTables common) {
        return bindQuery(node.getQuery(), common);
    }

    @Override
    protected BoundQuery visitQuery(Query node, CommonTables common) {
        return bindQuery(node, common);
    }

    @Override
    protected BoundQuery visitQuerySpecification(QuerySpecification node, CommonTables common) {
        return new SelectBinder(this, common, session).bind(node);
    }

    @Override
    protected BoundQuery visitAliasedRelation(AliasedRelation node, CommonTables common) {
        return renamed(node, process(node.getRelation(), common));
    }

    private static BoundQuery renamed(AliasedRelation node, BoundQuery relation) {
        List<Identifier> columns = node.getColumnNames();
        return renamed(
                node, relation, node.getAlias().getValue(), columns == null ? List.of() : columns);
    }

    /// A relation under another name, and with other names of its columns where there are some.
    private static BoundQuery renamed(
            Node node, BoundQuery relation, String alias, List<Identifier> names) {
        List<Scope.Column> all = relation.scope().columns();
        long shown = all.stream().filter(column -> !column.isHidden()).count();
        if (!names.isEmpty() && names.size() != shown) {
            throw Problem.mismatch(
                    node,
                    "Column alias list has "
                            + names.size()
                            + " entries but '"
                            + alias
                            + "' has "
                            + shown
                            + " columns available");
        }
        List<Scope.Column> columns = new ArrayList<>();
        for (Scope.Column column : all) {
            if (names.isEmpty()) {
                columns.add(column.named(List.of(alias), column.name()));
            } else if (!column.isHidden()) {
                columns.add(column.named(List.of(alias), names.get(columns.size()).getValue()));
            }
        }
        return new BoundQuery(relation.plan(), new Scope(columns));
    }

    @Override
    protected BoundQuery visitValues(Values node, CommonTables common) {
        ExpressionBinder binder =
                new ExpressionBinder(
                        new Names(Scope.EMPTY, common.enclosing()), Clause.FROM, session, null);
        List<List<Expr>> rows = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        for (Expression row : node.getRows()) {
            List<Expr> values = new ArrayList<>();
            if (row instanceof Row fields) {
                fields.getFields().forEach(field -> values.add(binder.bind(field.getExpression())));
            } else {
                values.add(binder.bind(row));
            }
            widen(row, types, values, rows.isEmpty());
            rows.add(values);
        }
        List<LogicalPlan.Field> fields = new ArrayList<>();
        for (SqlType type : types) {
            fields.add(new LogicalPlan.Field("_col" + fields.size(), type));
        }
        List<List<Expr>> coerced = new ArrayList<>();
        for (List<Expr> row : rows) {
            List<Expr> values = new ArrayList<>();
            for (Expr value : row) {
                values.add(TypeCoercion.coerce(value, types.get(values.size())));
            }
            coerced.add(List.copyOf(values));
        }
        return BoundQuery.of(
                new LogicalPlan.Values(List.copyOf(fields), List.copyOf(coerced)), List.of());
    }

    /// Widens the types of the columns so that they hold one row more.
    private static void widen(
            Expression row, List<SqlType> types, List<Expr> values, boolean isFirst) {
        if (isFirst) {
            values.forEach(_ -> types.add(BasicType.UNKNOWN));
        }
        if (types.size() != values.size()) {
            throw Problem.mismatch(
                    row,
                    "Values rows have mismatched sizes: " + types.size() + " vs " + values.size());
        }
        for (int i = 0; i < types.size(); i++) {
            SqlType value = values.get(i).type();
            @Nullable SqlType common = TypeCoercion.common(types.get(i), value);
            if (common == null) {
                throw Problem.mismatch(
                        row,
                        "Values rows have mismatched types: "
                                + types.get(i).displayName()
                                + " vs "
                                + value.displayName());
            }
            types.set(i, common);
        }
    }
}
