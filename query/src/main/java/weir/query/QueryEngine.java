// SPDX-License-Identifier: Apache-2.0
package weir.query;

import weir.engine.Snapshot;
import weir.engine.Store;
import weir.query.catalog.Catalog;
import weir.query.exec.PlanExecution;
import weir.query.exec.QueryContext;
import weir.query.plan.LogicalPlan;
import weir.query.plan.PlanPrinter;
import weir.query.sql.SqlPlanner;

/// Runs SQL over a store. Safe for many threads; each query sees the store as it was when the query
/// began. The store stays the caller's and must be open for as long as results are read; what a
/// query holds of it is given back when its result is closed.
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
        Snapshot snapshot = store.snapshot();
        try {
            return execute(sql, Catalog.of(snapshot), options, snapshot::close);
        } catch (RuntimeException | Error e) {
            snapshot.close();
            throw e;
        }
    }

    /// The same over a catalog of the caller's: the store's tables at some moment and others. The
    /// snapshot they came from stays the caller's to close.
    public static QueryResult execute(String sql, Catalog catalog, QueryOptions options) {
        return execute(sql, catalog, options, () -> {});
    }

    private static QueryResult execute(
            String sql, Catalog catalog, QueryOptions options, Runnable release) {
        LogicalPlan plan = SqlPlanner.plan(sql, catalog, options.clock().instant()).plan();
        QueryContext context =
                new QueryContext(
                        options.threads(),
                        options.memoryLimitBytes(),
                        options.timeout(),
                        options.useIndexes(),
                        options.useZones());
        return new QueryResult(plan.output(), PlanExecution.open(plan, context), context, release);
    }

    /// The plan of the one statement of `sql`, as text.
    ///
    /// @throws weir.query.fault.QueryException when the statement is wrong, with the place
    public String explain(String sql, QueryOptions options) {
        try (Snapshot snapshot = store.snapshot()) {
            Catalog catalog = Catalog.of(snapshot);
            return PlanPrinter.print(
                    SqlPlanner.plan(sql, catalog, options.clock().instant()).plan());
        }
    }
}
