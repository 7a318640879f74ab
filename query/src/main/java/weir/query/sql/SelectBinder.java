// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.GroupBy;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SingleColumn;
import io.trino.sql.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.fault.QueryException.Code;
import weir.query.plan.LogicalPlan;

/// One SELECT, clause by clause: FROM, WHERE, then the SELECT list, GROUP BY, HAVING and ORDER BY
/// over the rows of FROM with a place for each aggregate, and last the plan in the order
///
/// ```text
/// Scan - Filter - Aggregate - Filter - Project - Aggregate (DISTINCT) - Sort - Limit - Project
/// ```
///
/// Bound once; confined to one thread.
final class SelectBinder {
    private final RelationBinder relations;
    private final RelationBinder.CommonTables common;
    private final Session session;
    private final Subqueries subqueries;
    private final List<SelectColumn> columns = new ArrayList<>();

    SelectBinder(RelationBinder relations, RelationBinder.CommonTables common, Session session) {
        this.relations = relations;
        this.common = common;
        this.session = session;
        this.subqueries = new Subqueries(relations, common);
    }

    /// One column of the SELECT list.
    ///
    /// @param node where it stands
    /// @param name what the result calls it
    /// @param value over FROM and its aggregates
    private record SelectColumn(Node node, String name, Expr value) {}

    /// One key of ORDER BY.
    ///
    /// @param column among the columns of the SELECT list and the extra ones behind them
    private record SortColumn(SortItem node, int column) {
        LogicalPlan.SortKey key() {
            return new LogicalPlan.SortKey(
                    column,
                    node.getOrdering() == SortItem.Ordering.DESCENDING,
                    node.getNullOrdering() == SortItem.NullOrdering.FIRST);
        }
    }

    /// Binds a SELECT.
    BoundQuery bind(QuerySpecification node) {
        Relation from = node.getFrom().orElse(null);
        BoundQuery input =
                from == null
                        ? new BoundQuery(
                                new LogicalPlan.Values(List.of(), List.of(List.of())), Scope.EMPTY)
                        : relations.bindRelation(from, common);
        Names names = new Names(input.scope(), common.enclosing());
        Aggregates aggregates =
                new Aggregates(input.plan().output().size(), new WindowNames(node.getWindows()));
        bindSelectList(node, names, aggregates);
        LogicalPlan plan = input.plan();
        Expression where = node.getWhere().orElse(null);
        if (where != null) {
            Expr condition = binder(names, Clause.WHERE, null).bindCondition(where);
            plan = filtered(plan, condition);
        }
        GroupBy groupBy = node.getGroupBy().orElse(null);
        GroupKeys keys = groupBy == null ? GroupKeys.NONE : bindKeys(groupBy, names, aggregates);
        Expression havingNode = node.getHaving().orElse(null);
        Expr having =
                havingNode == null
                        ? null
                        : binder(names, Clause.HAVING, aggregates).bindCondition(havingNode);
        boolean isDistinct = node.getSelect().isDistinct();
        List<Expr> extras = new ArrayList<>();
        List<SortColumn> sort =
                node.getOrderBy()
                        .map(orderBy ->
                                bindSort(
                                        orderBy,
                                        binder(names, Clause.ORDER_BY, aggregates),
                                        extras,
                                        isDistinct))
                        .orElse(List.of());
        List<Expr> values = new ArrayList<>();
        columns.forEach(column -> values.add(column.value()));
        values.addAll(extras);
        if (groupBy == null) {
            aggregates.requireNoOperation();
        }
        boolean isGrouped = groupBy != null || having != null || !aggregates.calls().isEmpty();
        Grouping grouping = isGrouped ? new Grouping(names, aggregates, keys) : null;
        BiFunction<Expr, Node, Expr> over = grouping == null ? (expr, _) -> expr : grouping::over;
        if (grouping != null) {
            plan = grouping.plan(plan);
        }
        for (int i = 0; i < values.size(); i++) {
            Node place = i < columns.size() ? columns.get(i).node() : node.getSelect();
            values.set(i, over.apply(values.get(i), place));
        }
        List<Expr> parts = new ArrayList<>(values);
        if (having != null && havingNode != null) {
            having = over.apply(having, havingNode);
            parts.add(having);
        }
        for (WindowSlot window : aggregates.windows()) {
            window.expressions().forEach(part -> parts.add(over.apply(part, window.node())));
        }
        Subqueries.Attached attached = Subqueries.attach(plan, parts, over);
        plan = attached.plan();
        if (having != null) {
            plan = new LogicalPlan.Filter(plan, attached.resolve(having));
        }
        WindowPlan windows =
                new WindowPlan(
                        plan,
                        aggregates.windows(),
                        (part, place) -> attached.resolve(over.apply(part, place)));
        plan = windows.plan();
        values.replaceAll(value -> windows.resolve(attached.resolve(value)));
        plan = project(plan, values);
        if (isDistinct) {
            plan = distinct(plan);
        }
        if (!sort.isEmpty()) {
            plan = new LogicalPlan.Sort(plan, sort.stream().map(SortColumn::key).toList());
        }
        plan = new LimitBinder(session).limit(plan, node.getOffset(), node.getLimit());
        if (!extras.isEmpty()) {
            plan = dropBehind(plan, columns.size());
        }
        return BoundQuery.of(plan, List.of());
    }

    private ExpressionBinder binder(Names names, Clause clause, @Nullable Aggregates aggregates) {
        return new ExpressionBinder(names, clause, session, aggregates, subqueries);
    }

    /// The rows of `plan` for which `condition` is true, with the columns of `plan` alone.
    static LogicalPlan filtered(LogicalPlan plan, Expr condition) {
        Subqueries.Attached attached = Subqueries.attach(plan, List.of(condition));
        LogicalPlan passing = new LogicalPlan.Filter(attached.plan(), attached.resolve(condition));
        return attached.cut(passing, plan.output().size());
    }

    // The SELECT list.

    private void bindSelectList(QuerySpecification node, Names names, Aggregates aggregates) {
        ExpressionBinder binder = binder(names, Clause.SELECT, aggregates);
        for (SelectItem item : node.getSelect().getSelectItems()) {
            if (item instanceof SingleColumn single) {
                columns.add(
                        new SelectColumn(
                                single,
                                nameOf(single, columns.size()),
                                binder.bind(single.getExpression())));
            } else if (item instanceof AllColumns all) {
                addAll(all, names);
            } else {
                throw Problem.unsupported(item);
            }
        }
        List<Scope.Column> aliases = new ArrayList<>();
        for (SelectColumn column : columns) {
            aliases.add(new Scope.Column(List.of(), column.name(), false, column.value()));
        }
        names.setAliases(new Scope(aliases));
    }

    private static String nameOf(SingleColumn column, int index) {
        if (column.getAlias().isPresent()) {
            return column.getAlias().get().getValue();
        }
        if (column.getExpression() instanceof Identifier identifier) {
            return identifier.getValue();
        }
        if (column.getExpression() instanceof DereferenceExpression reference
                && DereferenceExpression.getQualifiedName(reference) != null
                && reference.getField().isPresent()) {
            return reference.getField().get().getValue();
        }
        return "_col" + index;
    }

    private void addAll(AllColumns node, Names names) {
        List<Identifier> aliases = node.getAliases();
        if (!aliases.isEmpty() && node.getTarget().isEmpty()) {
            throw Problem.at(
                    node,
                    Code.UNSUPPORTED,
                    "Column aliases not supported: write t.* AS (names) with the table's name");
        }
        Expression target = node.getTarget().orElse(null);
        List<String> prefix = target == null ? List.of() : prefixOf(target);
        List<Scope.Column> all = names.source().all(prefix);
        if (all.isEmpty()) {
            throw Problem.unknown(
                    node,
                    prefix.isEmpty()
                            ? "SELECT * not allowed in queries without FROM clause"
                            : "Unable to resolve reference "
                                    + String.join(".", prefix)
                                    + "; FROM names no such table");
        }
        if (!aliases.isEmpty() && aliases.size() != all.size()) {
            throw Problem.mismatch(
                    node,
                    "Column alias list has "
                            + aliases.size()
                            + " entries but relation has "
                            + all.size()
                            + " columns");
        }
        for (int i = 0; i < all.size(); i++) {
            Scope.Column column = all.get(i);
            String name = aliases.isEmpty() ? column.name() : aliases.get(i).getValue();
            columns.add(new SelectColumn(node, name, names.placed(column.value(), node)));
        }
    }

    private static List<String> prefixOf(Expression target) {
        if (target instanceof Identifier identifier) {
            return List.of(identifier.getValue());
        }
        QualifiedName name =
                target instanceof DereferenceExpression reference
                        ? DereferenceExpression.getQualifiedName(reference)
                        : null;
        if (name == null) {
            throw Problem.unsupported(target, "* of a value");
        }
        return name.getOriginalParts().stream().map(Identifier::getValue).toList();
    }

    private GroupKeys bindKeys(GroupBy node, Names names, Aggregates aggregates) {
        List<Expr> selected = columns.stream().map(SelectColumn::value).toList();
        ExpressionBinder binder = binder(names, Clause.GROUP_BY, null);
        return new GroupByBinder(binder, names, aggregates, selected).bind(node);
    }

    // ORDER BY.

    private List<SortColumn> bindSort(
            OrderBy node, ExpressionBinder binder, List<Expr> extras, boolean isDistinct) {
        List<SortColumn> sort = new ArrayList<>();
        for (SortItem item : node.getSortItems()) {
            sort.add(new SortColumn(item, bindSortColumn(item, binder, extras, isDistinct)));
        }
        return sort;
    }

    private int bindSortColumn(
            SortItem item, ExpressionBinder binder, List<Expr> extras, boolean isDistinct) {
        Expression node = item.getSortKey();
        if (node instanceof LongLiteral ordinal) {
            long position = ordinal.getParsedValue();
            if (position < 1 || position > columns.size()) {
                throw Problem.at(
                        node,
                        Code.UNKNOWN_NAME,
                        "ORDER BY position " + position + " is not in select list");
            }
            return (int) position - 1;
        }
        Expr key = binder.bind(node);
        FunctionBinder.requireOrderable(node, key);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).value().equals(key)) {
                return i;
            }
        }
        if (isDistinct) {
            throw Problem.at(
                    node,
                    Code.UNKNOWN_NAME,
                    "For SELECT DISTINCT, ORDER BY expressions must appear in select list");
        }
        int known = extras.indexOf(key);
        if (known < 0) {
            known = extras.size();
            extras.add(key);
        }
        return columns.size() + known;
    }

    /// The rows of a relation that is no SELECT, such as VALUES, in order.
    LogicalPlan sortRelation(BoundQuery relation, OrderBy orderBy) {
        List<LogicalPlan.Field> output = relation.plan().output();
        for (int i = 0; i < output.size(); i++) {
            columns.add(
                    new SelectColumn(
                            orderBy,
                            output.get(i).name(),
                            new Expr.Input(i, output.get(i).type())));
        }
        List<Expr> extras = new ArrayList<>();
        Names names = new Names(relation.scope(), common.enclosing());
        ExpressionBinder binder = new ExpressionBinder(names, Clause.ORDER_BY, session, null, null);
        List<SortColumn> sort = bindSort(orderBy, binder, extras, false);
        List<Expr> values = new ArrayList<>();
        columns.forEach(column -> values.add(column.value()));
        values.addAll(extras);
        LogicalPlan plan = extras.isEmpty() ? relation.plan() : project(relation.plan(), values);
        plan = new LogicalPlan.Sort(plan, sort.stream().map(SortColumn::key).toList());
        return extras.isEmpty() ? plan : dropBehind(plan, columns.size());
    }

    // Plans.

    private LogicalPlan project(LogicalPlan input, List<Expr> values) {
        List<LogicalPlan.Field> fields = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String name = i < columns.size() ? columns.get(i).name() : "_sort" + i;
            fields.add(new LogicalPlan.Field(name, values.get(i).type()));
        }
        return new LogicalPlan.Project(input, List.copyOf(values), List.copyOf(fields));
    }

    private static LogicalPlan distinct(LogicalPlan input) {
        return new LogicalPlan.Aggregate(
                input, inputs(input, input.output().size()), List.of(), input.output());
    }

    /// The first `width` columns of `input`.
    private static LogicalPlan dropBehind(LogicalPlan input, int width) {
        return new LogicalPlan.Project(
                input, inputs(input, width), List.copyOf(input.output().subList(0, width)));
    }

    private static List<Expr> inputs(LogicalPlan plan, int width) {
        List<Expr> inputs = new ArrayList<>();
        for (LogicalPlan.Field field : plan.output().subList(0, width)) {
            inputs.add(new Expr.Input(inputs.size(), field.type()));
        }
        return List.copyOf(inputs);
    }
}
