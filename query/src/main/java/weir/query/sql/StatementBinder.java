// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.AstVisitor;
import io.trino.sql.tree.Explain;
import io.trino.sql.tree.ExplainAnalyze;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.ShowColumns;
import io.trino.sql.tree.ShowCreate;
import io.trino.sql.tree.ShowFunctions;
import io.trino.sql.tree.ShowTables;
import io.trino.sql.tree.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.query.catalog.Table;
import weir.query.catalog.TableColumn;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException.Code;
import weir.query.function.Definition;
import weir.query.function.FunctionLibrary;
import weir.query.plan.LogicalPlan;
import weir.query.plan.Optimizer;
import weir.query.plan.PlanPrinter;
import weir.query.type.BasicType;

/// Statements: queries, and what tells about tables, functions and plans.
final class StatementBinder extends AstVisitor<LogicalPlan, Void> {
    private final TableBinder tables;
    private final Session session;

    StatementBinder(TableBinder tables, Session session) {
        this.tables = tables;
        this.session = session;
    }

    /// The plan of `statement`, not optimised.
    LogicalPlan bind(Statement statement) {
        return process(statement);
    }

    /// The plan of the statement that `explain` runs, not optimised.
    LogicalPlan bindAnalyzed(ExplainAnalyze explain) {
        if (explain.isVerbose()) {
            throw Problem.unsupported(explain, "EXPLAIN ANALYZE VERBOSE", "leave VERBOSE out");
        }
        return process(explain.getStatement());
    }

    @Override
    protected LogicalPlan visitExplainAnalyze(ExplainAnalyze node, @Nullable Void context) {
        throw Problem.unsupported(node, "EXPLAIN ANALYZE inside of EXPLAIN", "ask for one of them");
    }

    @Override
    protected LogicalPlan visitNode(Node node, @Nullable Void context) {
        throw Problem.at(
                node,
                Code.UNSUPPORTED,
                Problem.nameOf(node)
                        + " is not supported; statements are SELECT, VALUES, TABLE, SHOW TABLES,"
                        + " SHOW COLUMNS, SHOW FUNCTIONS, SHOW CREATE VIEW, DESCRIBE, EXPLAIN,"
                        + " CREATE VIEW, CREATE TABLE AS, DROP VIEW and DROP TABLE");
    }

    @Override
    protected LogicalPlan visitQuery(Query node, @Nullable Void context) {
        return new RelationBinder(tables, session).bind(node).plan();
    }

    @Override
    protected LogicalPlan visitExplain(Explain node, @Nullable Void context) {
        if (!node.getOptions().isEmpty()) {
            throw Problem.unsupported(node.getOptions().getFirst(), "An option of EXPLAIN");
        }
        if (node.getStatement() instanceof Explain inner) {
            throw Problem.unsupported(inner, "EXPLAIN inside of EXPLAIN", "ask for one of them");
        }
        LogicalPlan plan = Optimizer.optimize(bind(node.getStatement()));
        return texts(List.of("Query Plan"), List.of(List.of(PlanPrinter.print(plan))));
    }

    @Override
    protected LogicalPlan visitShowTables(ShowTables node, @Nullable Void context) {
        List<List<String>> rows = tables.names().stream().map(List::of).toList();
        return like(texts(List.of("Table"), rows), node.getLikePattern(), node.getEscape());
    }

    @Override
    protected LogicalPlan visitShowColumns(ShowColumns node, @Nullable Void context) {
        Table table = tables.find(node, node.getTable());
        List<List<String>> rows = new ArrayList<>();
        if (table.source() instanceof Table.View shown) {
            BoundQuery view = new RelationBinder(tables, session).bindStored(node, node.getTable());
            for (LogicalPlan.Field field : view.plan().output()) {
                String extra = shown.hidden().contains(field.name()) ? "hidden" : "";
                rows.add(List.of(field.name(), field.type().displayName(), extra, ""));
            }
        }
        for (TableColumn column : table.columns()) {
            rows.add(
                    List.of(
                            column.name(),
                            column.type().displayName(),
                            column.isHidden() ? "hidden" : "",
                            isDerived(column.origin()) ? "derived" : ""));
        }
        return like(
                texts(List.of("Column", "Type", "Extra", "Comment"), rows),
                node.getLikePattern(),
                node.getEscape());
    }

    @Override
    protected LogicalPlan visitShowCreate(ShowCreate node, @Nullable Void context) {
        if (node.getType() != ShowCreate.Type.VIEW) {
            throw Problem.unsupported(
                    node, "SHOW CREATE " + node.getType(), "SHOW CREATE VIEW and DESCRIBE are");
        }
        Table table = tables.find(node, node.getName());
        if (!(table.source() instanceof Table.View view)) {
            throw Problem.unknown(node, "'" + node.getName() + "' is a table and no view");
        }
        String text = "CREATE VIEW " + node.getName() + " AS\n" + view.sql().strip();
        return texts(List.of("Create View"), List.of(List.of(text)));
    }

    @Override
    protected LogicalPlan visitShowFunctions(ShowFunctions node, @Nullable Void context) {
        List<List<String>> rows = new ArrayList<>();
        FunctionRegistry registry = FunctionRegistry.instance();
        for (CollectionFunctions.Definition function : CollectionFunctions.instance().all()) {
            rows.add(
                    List.of(
                            function.name(),
                            function.result(),
                            function.arguments(),
                            "scalar",
                            function.description()));
        }
        for (FunctionRegistry.Scalar function : registry.scalars()) {
            rows.add(
                    List.of(
                            function.name(),
                            function.result(),
                            function.arguments(),
                            "scalar",
                            function.description()));
        }
        for (Definition function : FunctionLibrary.instance().all()) {
            rows.add(
                    List.of(
                            function.name(),
                            function.resultText(),
                            function.signature().text(),
                            "scalar",
                            function.description()));
        }
        for (AggregateRegistry.Aggregate function : registry.aggregates()) {
            rows.add(
                    List.of(
                            function.name(),
                            function.result(),
                            function.arguments(),
                            "aggregate",
                            function.description()));
        }
        for (WindowRegistry.Entry function : registry.windows()) {
            rows.add(
                    List.of(
                            function.name(),
                            function.result(),
                            function.arguments(),
                            "window",
                            function.description()));
        }
        rows.sort((a, b) -> a.getFirst().compareTo(b.getFirst()));
        return like(
                texts(
                        List.of(
                                "Function",
                                "Return Type",
                                "Argument Types",
                                "Function Type",
                                "Description"),
                        rows),
                node.getLikePattern(),
                node.getEscape());
    }

    private static LogicalPlan texts(List<String> names, List<List<String>> rows) {
        return new LogicalPlan.Values(
                names.stream().map(name -> new LogicalPlan.Field(name, BasicType.VARCHAR)).toList(),
                rows.stream()
                        .map(row -> row.stream().map(StatementBinder::literal).toList())
                        .toList());
    }

    private static Expr literal(String text) {
        return new Expr.Literal(BasicType.VARCHAR, text);
    }

    private static LogicalPlan like(
            LogicalPlan plan, Optional<String> pattern, Optional<String> escape) {
        if (pattern.isEmpty()) {
            return plan;
        }
        List<Expr> arguments =
                new ArrayList<>(
                        Arrays.asList(
                                new Expr.Input(0, BasicType.VARCHAR), literal(pattern.get())));
        escape.ifPresent(text -> arguments.add(literal(text)));
        return new LogicalPlan.Filter(
                plan,
                new Expr.Call(ScalarFunction.LIKE, List.copyOf(arguments), BasicType.BOOLEAN));
    }

    private static boolean isDerived(TableColumn.Origin origin) {
        return origin instanceof TableColumn.Derived || origin instanceof TableColumn.OfPath;
    }
}
