// SPDX-License-Identifier: Apache-2.0
package weir.query.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.Snapshot;
import weir.engine.TableSnapshot;

/// The tables that one query can name. Immutable; safe for many readers.
///
/// Names are case-insensitive. The last part of a qualified name decides, so that
/// `awsdatacatalog.mydb.vpc_flow_logs` is `vpc_flow_logs`; only the schema `system` is a name space
/// of its own, for the tables about the store itself.
public final class Catalog {
    /// The schema of the tables about the store.
    public static final String SYSTEM_SCHEMA = "system";

    /// The tables that collecting logs makes: no other table or view takes these names.
    public static final Set<String> TABLES_OF_LOGS = Set.of("vpc_flow_logs", "tgw_flow_logs");

    private final Map<String, Table> tables;

    /// Those that are not of the store.
    private final Set<Table> files;

    private Catalog(Map<String, Table> tables, Set<Table> files) {
        this.tables = tables;
        this.files = files;
    }

    /// The tables and views of a store, `system.segments` about its segments, and `system.coverage`
    /// where there are records.
    public static Catalog of(Snapshot snapshot) {
        List<Table> tables = new ArrayList<>();
        ViewsTable.read(snapshot)
                .forEach(
                        (name, sql) -> tables.add(new Table(name, List.of(), new Table.View(sql))));
        for (TableSnapshot stored : snapshot.tables().values()) {
            tables.add(StoredTable.of(stored));
        }
        addViews(tables);
        tables.add(SegmentsTable.of(snapshot));
        if (snapshot.table(CoverageView.RECORDS) != null) {
            tables.add(CoverageView.TABLE);
        }
        return of(tables);
    }

    /// Adds the views of records, where there are some; tables and views of their names that are
    /// the user's stay what they were.
    private static void addViews(List<Table> tables) {
        for (Table records : List.copyOf(tables)) {
            if (records.name().equals(CoverageView.RECORDS)) {
                tables.add(0, FlowsView.of(records));
                tables.add(1, ConversationsView.TABLE);
            }
        }
    }

    /// These tables; a later one takes the name of an earlier one.
    public static Catalog of(List<Table> tables) {
        return of(tables, Set.of());
    }

    private static Catalog of(List<Table> tables, Set<Table> files) {
        Map<String, Table> byName = new LinkedHashMap<>();
        for (Table table : tables) {
            byName.put(table.name().toLowerCase(Locale.ROOT), table);
        }
        return new Catalog(byName, files);
    }

    /// These tables and those of `files`, which take the names of known ones.
    public Catalog with(List<Table> files) {
        List<Table> all = new ArrayList<>(tables.values());
        all.addAll(files);
        return of(all, Set.copyOf(files));
    }

    /// Whether `table` is of a file: only statements of this command can name it.
    public boolean isOfFile(Table table) {
        return files.contains(table);
    }

    /// Every table, in no particular order of names.
    public List<Table> tables() {
        return List.copyOf(tables.values());
    }

    /// The table that a qualified name of one or more parts means, or null.
    public @Nullable Table table(List<String> nameParts) {
        int last = nameParts.size() - 1;
        String name = nameParts.get(last).toLowerCase(Locale.ROOT);
        boolean isSystem = last > 0 && nameParts.get(last - 1).equalsIgnoreCase(SYSTEM_SCHEMA);
        Table known = tables.get(isSystem ? SYSTEM_SCHEMA + "." + name : name);
        ContextTable context = known == null && !isSystem ? ContextTable.named(name) : null;
        return context == null ? known : context.of(List.of());
    }

    /// The table of context that was added to the store or given with the statement, or null: the
    /// empty one that stands in for it does not count.
    public @Nullable Table context(ContextTable table) {
        return tables.get(table.tableName());
    }
}
