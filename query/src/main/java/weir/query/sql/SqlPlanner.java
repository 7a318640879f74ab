// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.ExplainAnalyze;
import io.trino.sql.tree.Statement;
import java.time.Instant;
import weir.query.catalog.Catalog;
import weir.query.fault.QueryException;
import weir.query.plan.Optimizer;

/// From SQL text to a plan. Stateless; safe for many threads.
public final class SqlPlanner {
    private SqlPlanner() {}

    /// The plan of the one statement that `sql` holds.
    ///
    /// @param catalog what the statement can name
    /// @param now the time of the query: `current_timestamp` and `current_date`
    /// @throws QueryException when the text is no statement, names what does not exist, mixes types
    ///   that do not go together, or asks for what is not run; with the place
    public static PlannedQuery plan(String sql, Catalog catalog, Instant now) {
        try {
            StatementBinder binder =
                    new StatementBinder(new TableBinder(catalog), now.toEpochMilli());
            Statement statement = SqlParser.parse(sql);
            return statement instanceof ExplainAnalyze analyzed
                    ? new PlannedQuery(Optimizer.optimize(binder.bindAnalyzed(analyzed)), true)
                    : new PlannedQuery(Optimizer.optimize(binder.bind(statement)), false);
        } catch (QueryException e) {
            throw inUtf16Units(sql, e);
        } catch (StackOverflowError e) {
            throw SqlParser.tooDeep();
        }
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
