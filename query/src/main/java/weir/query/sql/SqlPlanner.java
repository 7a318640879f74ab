// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.ExplainAnalyze;
import io.trino.sql.tree.Statement;
import java.time.Instant;
import java.util.List;
import weir.query.catalog.Catalog;
import weir.query.context.CatalogFacts;
import weir.query.expr.Expr;
import weir.query.fault.QueryException;
import weir.query.function.FunctionLibrary;
import weir.query.plan.Change;
import weir.query.plan.LogicalPlan;
import weir.query.plan.Optimizer;

/// From SQL text to a plan. Stateless; safe for many threads.
public final class SqlPlanner {
    private SqlPlanner() {}

    /// The plan of the one statement that `sql` holds.
    ///
    /// @param catalog what the statement can name
    /// @param now the time of the query: `current_timestamp` and `current_date`
    /// @param parameters the value of each `?` in the order of the text
    /// @throws QueryException when the text is no statement, names what does not exist, mixes types
    ///   that do not go together, has more or fewer `?` than there are values, or asks for what is
    ///   not run; with the place
    public static PlannedStatement plan(
            String sql, Catalog catalog, Instant now, List<Expr.Literal> parameters) {
        try {
            TableBinder tables = new TableBinder(catalog);
            Statement statement = SqlParser.parse(sql);
            FunctionLibrary library = FunctionLibrary.over(new CatalogFacts(catalog));
            Session session = Session.of(statement, now.toEpochMilli(), library, parameters);
            Change change = new DefinitionBinder(tables, session).process(statement);
            if (change != null) {
                return new PlannedStatement.Definition(change);
            }
            StatementBinder binder = new StatementBinder(tables, session);
            return statement instanceof ExplainAnalyze analyzed
                    ? query(binder.bindAnalyzed(analyzed), true)
                    : query(binder.bind(statement), false);
        } catch (QueryException e) {
            throw inUtf16Units(sql, e);
        } catch (StackOverflowError e) {
            throw SqlParser.tooDeep();
        }
    }

    /// The plan of the one query that `sql` holds.
    ///
    /// @throws QueryException as [#plan] does, and when the statement is no query
    public static PlannedStatement.Query planQuery(
            String sql, Catalog catalog, Instant now, List<Expr.Literal> parameters) {
        return switch (plan(sql, catalog, now, parameters)) {
            case PlannedStatement.Query query -> query;
            case PlannedStatement.Definition(Change change) ->
                    throw new QueryException(
                            QueryException.Code.UNSUPPORTED,
                            change.words() + " changes a store, and here a query is asked for");
        };
    }

    private static PlannedStatement query(LogicalPlan plan, boolean isAnalyzed) {
        return new PlannedStatement.Query(Optimizer.optimize(plan), isAnalyzed);
    }

    /// The parser counts columns in characters; a caret wants UTF-16 units.
    private static QueryException inUtf16Units(String sql, QueryException failure) {
        if (failure.line() < 1 || sql.codePointCount(0, sql.length()) == sql.length()) {
            return failure;
        }
        String line = sql.split("\n", -1)[failure.line() - 1];
        int characters = Math.min(failure.column() - 1, line.codePointCount(0, line.length()));
        QueryException moved =
                new QueryException(
                        failure.code(),
                        String.valueOf(failure.getMessage()),
                        failure.line(),
                        line.offsetByCodePoints(0, characters) + 1);
        moved.setStackTrace(failure.getStackTrace());
        return moved;
    }
}
