// SPDX-License-Identifier: Apache-2.0
package weir.query.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.query.catalog.Table;
import weir.query.catalog.ViewsTable;
import weir.query.exec.BatchSource;
import weir.query.exec.PlanExecution;
import weir.query.exec.QueryContext;
import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;
import weir.query.plan.Change;
import weir.query.plan.Change.IfExists;

/// Makes changes of one store. Safe for many threads, of which one at a time writes.
public final class StoreChanges {
    private final Store store;

    /// Changes of `store`.
    public StoreChanges(Store store) {
        this.store = store;
    }

    /// Makes one change; it is durable when this returns.
    ///
    /// @param context limits of the query that a table is made of
    /// @return rows of the table that was made; 0 for any other change
    /// @throws QueryException when a name is taken or means nothing, or the query fails
    /// @throws weir.engine.fault.StoreException when the store cannot be written, for example
    ///   because another process writes to it
    public long apply(Change change, QueryContext context) {
        try (StoreWriter writer = store.writer(change.words());
                Snapshot snapshot = store.snapshot()) {
            Map<String, String> views = new LinkedHashMap<>(ViewsTable.read(snapshot));
            Set<String> tables = snapshot.tables().keySet();
            return switch (change) {
                case Change.CreateView view -> create(view, views, tables, writer);
                case Change.DropView view -> drop(view, views, tables, writer);
                case Change.CreateTable table -> create(table, views, tables, writer, context);
                case Change.DropTable table -> drop(table, views, writer);
            };
        }
    }

    /// Keeps `tables`, whose rows are in memory, in the place of what has their names, all at once;
    /// durable when this returns.
    ///
    /// @throws QueryException when a name is a view's, or a value cannot be kept
    public void keep(List<Table> tables) {
        try (StoreWriter writer = store.writer("weir context");
                Snapshot snapshot = store.snapshot()) {
            Map<String, String> views = ViewsTable.read(snapshot);
            List<WrittenSegment> segments = new ArrayList<>();
            Map<String, Schema> schemas = new LinkedHashMap<>();
            try {
                for (Table table : tables) {
                    if (views.containsKey(table.name())) {
                        throw exists("View", table.name());
                    }
                    TableRows rows =
                            new TableRows(
                                    table.name(), MemoryRows.columns(table), writer, segments);
                    rows.write(MemoryRows.source(table));
                    schemas.put(table.name(), rows.schema());
                }
            } catch (RuntimeException | Error e) {
                writer.discardAfter(e, segments);
                throw e;
            }
            writer.define(schemas, segments);
        }
    }

    /// Takes tables away that [#keep] kept.
    ///
    /// @return whether there was a table called `name`
    public boolean remove(String name) {
        try (StoreWriter writer = store.writer("weir context")) {
            return writer.remove(name);
        }
    }

    private static long create(
            Change.CreateView view,
            Map<String, String> views,
            Set<String> tables,
            StoreWriter writer) {
        if (tables.contains(view.name())) {
            throw exists("Table", view.name());
        }
        if (views.containsKey(view.name()) && view.ifExists() == IfExists.FAIL) {
            throw exists("View", view.name());
        }
        views.put(view.name(), view.sql());
        write(views, writer);
        return 0;
    }

    private static long drop(
            Change.DropView view,
            Map<String, String> views,
            Set<String> tables,
            StoreWriter writer) {
        if (views.remove(view.name()) != null) {
            write(views, writer);
        } else if (!view.mayLack()) {
            String hint = tables.contains(view.name()) ? "; it is a table: DROP TABLE" : "";
            throw lacks("View", view.name(), hint);
        }
        return 0;
    }

    private static void write(Map<String, String> views, StoreWriter writer) {
        SegmentBuilder builder = new SegmentBuilder(null);
        views.forEach((name, sql) -> {
            builder.putText(ViewsTable.VIEW_NAME, builder.rowCount(), name);
            builder.putText(ViewsTable.VIEW_SQL, builder.rowCount(), sql);
            builder.addRows(1);
        });
        List<WrittenSegment> segments =
                views.isEmpty() ? List.of() : List.of(writer.write(ViewsTable.NAME, builder));
        writer.define(ViewsTable.NAME, ViewsTable.SCHEMA, segments);
    }

    private static long create(
            Change.CreateTable table,
            Map<String, String> views,
            Set<String> tables,
            StoreWriter writer,
            QueryContext context) {
        if (views.containsKey(table.name())) {
            throw exists("View", table.name());
        }
        if (tables.contains(table.name())) {
            switch (table.ifExists()) {
                case FAIL -> throw exists("Table", table.name());
                case KEEP -> {
                    return 0;
                }
                case REPLACE -> {}
            }
        }
        List<WrittenSegment> segments = new ArrayList<>();
        try {
            TableRows rows = new TableRows(table.name(), table.columns(), writer, segments);
            if (!table.isEmpty()) {
                try (BatchSource source = PlanExecution.open(table.rows(), context)) {
                    rows.write(source);
                }
                context.checkFiles();
            }
            writer.define(table.name(), rows.schema(), segments);
            return rows.rowCount();
        } catch (RuntimeException | Error e) {
            writer.discardAfter(e, segments);
            throw e;
        }
    }

    private static long drop(
            Change.DropTable table, Map<String, String> views, StoreWriter writer) {
        if (!writer.remove(table.name()) && !table.mayLack()) {
            String hint = views.containsKey(table.name()) ? "; it is a view: DROP VIEW" : "";
            throw lacks("Table", table.name(), hint);
        }
        return 0;
    }

    private static QueryException exists(String kind, String name) {
        return new QueryException(Code.UNKNOWN_NAME, kind + " '" + name + "' already exists");
    }

    private static QueryException lacks(String kind, String name, String hint) {
        return new QueryException(
                Code.UNKNOWN_NAME, kind + " '" + name + "' does not exist" + hint);
    }
}
