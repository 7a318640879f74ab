// SPDX-License-Identifier: Apache-2.0
package weir.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.query.catalog.Catalog;
import weir.query.catalog.ContextTable;
import weir.query.catalog.Table;
import weir.query.change.StoreChanges;
import weir.query.exec.Analysis;
import weir.query.exec.BatchSource;
import weir.query.exec.PlanExecution;
import weir.query.exec.QueryContext;
import weir.query.exec.ScanOptions;
import weir.query.expr.Expr;
import weir.query.plan.Change;
import weir.query.plan.LogicalPlan;
import weir.query.plan.PlanPrinter;
import weir.query.sql.PlannedStatement;
import weir.query.sql.SqlPlanner;
import weir.query.value.Parameters;

/// Runs SQL over a store. Safe for many threads; each query sees the store as it was when the query
/// began. The store stays the caller's and must be open for as long as results are read; what a
/// query holds of it is given back when its result is closed.
public final class QueryEngine {
    private final Store store;
    private final List<Table> lookups;

    /// Queries of `store`.
    public QueryEngine(Store store) {
        this(store, List.of());
    }

    /// Queries of `store` that can name `lookups` too, which come before tables and views of the
    /// store with their names.
    public QueryEngine(Store store, List<Table> lookups) {
        this.store = store;
        this.lookups = List.copyOf(lookups);
    }

    /// Starts the one statement of `sql`. Nothing is read before the first batch is asked for; a
    /// statement that makes or drops a view or a table is done, and durable, when this returns.
    ///
    /// @throws weir.query.fault.QueryException when the statement is wrong, with the place
    /// @throws weir.engine.fault.StoreException when the store cannot be read
    public QueryResult execute(String sql, QueryOptions options) {
        return execute(sql, List.of(), options);
    }

    /// The same with values for the parameters of `sql`, each a `?` that stands where a value may
    /// stand: so a value is never read as SQL.
    ///
    /// @param parameters a value for each `?`, in the order of the text; which of Java's values are
    ///   values of which type is said at [weir.query.value.Parameters]
    /// @throws IllegalArgumentException when a value is of no type
    public QueryResult execute(
            String sql, List<? extends @Nullable Object> parameters, QueryOptions options) {
        List<Expr.Literal> literals = Parameters.literals(parameters);
        long startNanos = System.nanoTime();
        Snapshot snapshot = snapshot(options);
        try {
            Catalog catalog = Catalog.of(snapshot).with(lookups);
            QueryContext context = context(options);
            return switch (context.call(
                    () -> SqlPlanner.plan(sql, catalog, now(options), literals))) {
                case PlannedStatement.Query query ->
                        start(query, startNanos, context, snapshot::close);
                case PlannedStatement.Definition(Change change) -> {
                    long rows = context.call(() -> new StoreChanges(store).apply(change, context));
                    yield QueryResult.ofChange(change.words(), rows, context, snapshot::close);
                }
            };
        } catch (RuntimeException | Error e) {
            snapshot.close();
            throw e;
        }
    }

    /// The same over a catalog of the caller's: the store's tables at some moment and others. The
    /// snapshot they came from stays the caller's to close.
    public static QueryResult execute(String sql, Catalog catalog, QueryOptions options) {
        long startNanos = System.nanoTime();
        QueryContext context = context(options);
        PlannedStatement.Query query =
                context.call(() -> SqlPlanner.planQuery(sql, catalog, now(options), List.of()));
        return start(query, startNanos, context, () -> {});
    }

    /// @param startNanos when planning began
    private static QueryResult start(
            PlannedStatement.Query query, long startNanos, QueryContext context, Runnable release) {
        LogicalPlan plan = query.plan();
        if (query.isAnalyzed()) {
            BatchSource source = Analysis.source(plan, since(startNanos), context);
            return new QueryResult(Analysis.fields(), source, context, release);
        }
        return new QueryResult(plan.output(), PlanExecution.open(plan, context), context, release);
    }

    private static Instant now(QueryOptions options) {
        return options.clock().instant();
    }

    private LogicalPlan planOf(String sql, Snapshot snapshot, QueryOptions options) {
        Catalog catalog = Catalog.of(snapshot).with(lookups);
        return SqlPlanner.planQuery(sql, catalog, now(options), List.of()).plan();
    }

    private static QueryContext context(QueryOptions options) {
        return new QueryContext(
                options.threads(),
                options.memoryLimitBytes(),
                options.timeout(),
                new ScanOptions(options.useIndexes(), options.useZones(), options.skipDamaged()));
    }

    private Snapshot snapshot(QueryOptions options) {
        return options.skipDamaged() ? store.snapshotOfReadable() : store.snapshot();
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /// Keeps tables of context in the place of what the store has of their names, all at once and
    /// durable; [weir.query.lookup.ContextFiles] makes them of files.
    ///
    /// @throws weir.query.fault.QueryException when a view has the name of one
    /// @throws weir.engine.fault.StoreException when the store cannot be written
    public void addContext(List<Table> tables) {
        for (Table table : tables) {
            requireContext(table.name());
        }
        new StoreChanges(store).keep(tables);
    }

    /// Takes a table of context away.
    ///
    /// @return whether the store had it
    public boolean removeContext(String name) {
        requireContext(name);
        return new StoreChanges(store).remove(name);
    }

    private static void requireContext(String name) {
        if (ContextTable.named(name) == null) {
            throw new IllegalArgumentException(name + " is no table of context");
        }
    }

    /// The plan of the one statement of `sql`, as text.
    ///
    /// @throws weir.query.fault.QueryException when the statement is wrong, with the place
    public String explain(String sql, QueryOptions options) {
        try (Snapshot snapshot = snapshot(options)) {
            return PlanPrinter.print(planOf(sql, snapshot, options));
        }
    }

    /// Runs the one statement of `sql` and tells what it did; its rows are not kept.
    ///
    /// @throws weir.query.fault.QueryException when the statement is wrong, with the place, or
    ///   cannot be answered
    /// @throws weir.engine.fault.StoreException when the store cannot be read
    public Analysis analyze(String sql, QueryOptions options) {
        try (Snapshot snapshot = snapshot(options)) {
            long start = System.nanoTime();
            QueryContext context = context(options);
            return context.call(() -> {
                LogicalPlan plan = planOf(sql, snapshot, options);
                return Analysis.run(plan, since(start), context);
            });
        }
    }
}
