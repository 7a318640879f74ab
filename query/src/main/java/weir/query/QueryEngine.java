// SPDX-License-Identifier: Apache-2.0
package weir.query;

import weir.engine.Store;
import weir.query.catalog.Catalog;
import weir.query.exec.PlanExecution;
import weir.query.exec.QueryContext;
import weir.query.plan.LogicalPlan;
import weir.query.plan.PlanPrinter;
import weir.query.sql.SqlPlanner;

/// Runs SQL over a store. Safe for many threads; each query sees the store as it was when the query
/// began. The store stays the caller's and must be open for as long as results are read.
public final class QueryEngine {
    private final Store store;

    /// Queries of `store`.
    public QueryEngine(Store store) {
        this.store = store;
    }

    /// Starts the one statement of `sql`. Nothing is read before the first batch is asked for.
    ///
    /// @throws weir.query.fault.QueryException when the statement is wrong, with the place
    /// @throws weir.engine.fault.StoreException when the store cannot be read
    public QueryResult execute(String sql, QueryOptions options) {
        return execute(sql, Catalog.of(store.snapshot()), options);
    }

    /// The same over a catalog of the caller's: the store's tables at some moment and others.
    public static QueryResult execute(String sql, Catalog catalog, QueryOptions options) {
        LogicalPlan plan = SqlPlanner.plan(sql, catalog, options.clock().instant()).plan();
        QueryContext context =
                new QueryContext(
                        options.threads(),
                        options.memoryLimitBytes(),
                        options.timeout(),
                        options.useIndexes(),
                        options.useZones());
        return new QueryResult(plan.output(), PlanExecution.open(plan, context), context);
    }

    /// The tables that SQL can name now.
    public Catalog catalog() {
        return Catalog.of(store.snapshot());
    }

    /// The plan of the one statement of `sql`, as text.
    ///
    /// @throws weir.query.fault.QueryException when the statement is wrong, with the place
    public String explain(String sql, QueryOptions options) {
        Catalog catalog = Catalog.of(store.snapshot());
        return PlanPrinter.print(SqlPlanner.plan(sql, catalog, options.clock().instant()).plan());
    }
}
