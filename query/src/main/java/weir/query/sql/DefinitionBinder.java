// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.SqlFormatter;
import io.trino.sql.tree.AstVisitor;
import io.trino.sql.tree.CreateTableAsSelect;
import io.trino.sql.tree.CreateView;
import io.trino.sql.tree.DropTable;
import io.trino.sql.tree.DropView;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Property;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.SaveMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.query.catalog.Catalog;
import weir.query.catalog.SavedColumn;
import weir.query.expr.Expr;
import weir.query.fault.QueryException.Code;
import weir.query.plan.Change;
import weir.query.plan.Change.IfExists;
import weir.query.plan.LogicalPlan;
import weir.query.plan.Optimizer;

/// Statements that make and take away views and tables; null for every other statement.
final class DefinitionBinder extends AstVisitor<@Nullable Change, Void> {
    private static final int VIEW_BYTES_MAX = 1 << 16;

    private final TableBinder tables;
    private final Session session;

    DefinitionBinder(TableBinder tables, Session session) {
        this.tables = tables;
        this.session = session;
    }

    @Override
    protected @Nullable Change visitNode(Node node, @Nullable Void context) {
        return null;
    }

    @Override
    protected Change visitCreateView(CreateView node, @Nullable Void context) {
        refuse(node.getProperties());
        if (node.getComment().isPresent()) {
            throw Problem.unsupported(node, "A COMMENT of a view");
        }
        String name = name(node, node.getName());
        LogicalPlan plan = query(tables.ofNewView(name), node.getQuery(), session.ofView());
        requireNames(node, plan.output());
        String sql = SqlFormatter.formatSql(node.getQuery());
        if (sql.getBytes(StandardCharsets.UTF_8).length > VIEW_BYTES_MAX) {
            throw Problem.at(
                    node,
                    Code.LIMIT_EXCEEDED,
                    "the query of a view has at most " + VIEW_BYTES_MAX + " bytes");
        }
        return new Change.CreateView(
                name, sql, node.isReplace() ? IfExists.REPLACE : IfExists.FAIL);
    }

    @Override
    protected Change visitDropView(DropView node, @Nullable Void context) {
        return new Change.DropView(name(node, node.getName()), node.isExists());
    }

    @Override
    protected Change visitCreateTableAsSelect(CreateTableAsSelect node, @Nullable Void context) {
        refuse(node.getProperties());
        if (node.getComment().isPresent()) {
            throw Problem.unsupported(node, "A COMMENT of a table");
        }
        String name = name(node, node.getName());
        LogicalPlan plan = query(tables, node.getQuery(), session);
        List<Identifier> aliases = node.getColumnAliases().orElse(List.of());
        if (!aliases.isEmpty()) {
            plan = renamed(node, plan, aliases);
        }
        requireNames(node, plan.output());
        List<SavedColumn> columns =
                plan.output().stream().map(field -> saved(node, field)).toList();
        return new Change.CreateTable(
                name,
                Optimizer.optimize(plan),
                columns,
                !node.isWithData(),
                ifExists(node.getSaveMode()));
    }

    @Override
    protected Change visitDropTable(DropTable node, @Nullable Void context) {
        return new Change.DropTable(name(node, node.getTableName()), node.isExists());
    }

    private static IfExists ifExists(SaveMode mode) {
        return switch (mode) {
            case FAIL -> IfExists.FAIL;
            case IGNORE -> IfExists.KEEP;
            case REPLACE -> IfExists.REPLACE;
        };
    }

    private static LogicalPlan query(TableBinder tables, Query query, Session known) {
        return new RelationBinder(tables, known).bind(query).plan();
    }

    private static void refuse(List<Property> properties) {
        if (!properties.isEmpty()) {
            throw Problem.unsupported(
                    properties.getFirst(), "WITH (property = value)", "leave it out");
        }
    }

    private static String name(Node node, QualifiedName name) {
        List<String> parts = name.getParts();
        String last = parts.getLast().toLowerCase(Locale.ROOT);
        boolean isSystem =
                parts.size() > 1
                        && parts.get(parts.size() - 2).equalsIgnoreCase(Catalog.SYSTEM_SCHEMA);
        if (isSystem || Catalog.TABLES_OF_LOGS.contains(last)) {
            throw Problem.at(
                    node,
                    Code.UNSUPPORTED,
                    "'"
                            + name
                            + "' belongs to the store; choose another name, or see weir drop for"
                            + " taking records away");
        }
        return last;
    }

    private static LogicalPlan renamed(Node node, LogicalPlan plan, List<Identifier> names) {
        List<LogicalPlan.Field> output = plan.output();
        if (names.size() != output.size()) {
            throw Problem.mismatch(
                    node,
                    "Column alias list has "
                            + names.size()
                            + " entries but the query has "
                            + output.size()
                            + " columns");
        }
        List<Expr> values = new ArrayList<>();
        List<LogicalPlan.Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            values.add(new Expr.Input(i, output.get(i).type()));
            fields.add(new LogicalPlan.Field(names.get(i).getValue(), output.get(i).type()));
        }
        return new LogicalPlan.Project(plan, List.copyOf(values), List.copyOf(fields));
    }

    private static void requireNames(Node node, List<LogicalPlan.Field> fields) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).name();
            if (name.equals("_col" + i)) {
                throw Problem.unknown(
                        node,
                        "Column name not specified at position " + (i + 1) + "; name it with AS");
            }
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw Problem.unknown(node, "Column name '" + name + "' specified more than once");
            }
        }
    }

    private static SavedColumn saved(Node node, LogicalPlan.Field field) {
        SavedColumn column = SavedColumn.of(field.name(), field.type());
        if (column == null) {
            throw Problem.at(
                    node,
                    Code.UNSUPPORTED,
                    "a table cannot keep column '"
                            + field.name()
                            + "' of type "
                            + field.type().displayName()
                            + "; CAST it to varchar, or UNNEST it");
        }
        return column;
    }
}
