// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import weir.query.catalog.Catalog;
import weir.query.catalog.Table;
import weir.query.catalog.TableColumn;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException.Code;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Tables of the catalog as relations: every stored column is scanned (what is not used is pruned
/// later), a derived one is an expression over the time column.
final class TableBinder {
    private final Catalog catalog;
    private final List<String> openViews;
    private final boolean isOfStore;

    TableBinder(Catalog catalog) {
        this(catalog, List.of(), false);
    }

    private TableBinder(Catalog catalog, List<String> openViews, boolean isOfStore) {
        this.catalog = catalog;
        this.openViews = openViews;
        this.isOfStore = isOfStore;
    }

    /// The same tables, for binding the query that view `name` will have: what it names has to be
    /// in the store, and cannot be the view itself.
    TableBinder ofNewView(String name) {
        return new TableBinder(catalog, List.of(name), true);
    }

    /// The same tables, for binding the query of view `name`.
    ///
    /// @throws weir.query.fault.QueryException when that is bound already: it would never end
    TableBinder inside(Node node, String name) {
        if (openViews.contains(name)) {
            throw Problem.unknown(
                    node,
                    "View '" + name + "' is defined by itself; SHOW CREATE VIEW tells its query");
        }
        List<String> open = new ArrayList<>(openViews);
        open.add(name);
        return new TableBinder(catalog, List.copyOf(open), false);
    }

    /// The table that `name`, standing at `node`, means.
    Table find(Node node, QualifiedName name) {
        List<String> parts = name.getOriginalParts().stream().map(Identifier::getValue).toList();
        Table table = catalog.table(parts);
        if (table == null) {
            String asked = String.join(".", parts);
            List<String> known = catalog.tables().stream().map(Table::name).sorted().toList();
            String hint = NearNames.hint(parts.getLast(), known);
            if (hint.isEmpty() && parts.size() > 1) {
                hint =
                        NearNames.hint(
                                String.join(".", parts.subList(parts.size() - 2, parts.size())),
                                known);
            }
            throw Problem.unknown(
                    node,
                    "Table '"
                            + asked
                            + "' does not exist"
                            + (hint.isEmpty() ? "; tables are " + String.join(", ", known) : hint));
        }
        if (isOfStore && catalog.isOfFile(table)) {
            throw Problem.at(
                    node,
                    Code.UNSUPPORTED,
                    "A view cannot read '"
                            + table.name()
                            + "', which is a file of this command; keep its rows by CREATE TABLE"
                            + " ... AS SELECT * FROM "
                            + table.name());
        }
        return table;
    }

    /// The rows of `table`, whose columns may be qualified by the name as it was written.
    static BoundQuery bind(Table table, QualifiedName name) {
        List<Integer> ordinals = new ArrayList<>();
        List<LogicalPlan.Field> fields = new ArrayList<>();
        Map<Integer, Expr.Input> inputs = new HashMap<>();
        for (TableColumn column : table.columns()) {
            int ordinal =
                    switch (column.origin()) {
                        case TableColumn.Stored stored -> stored.ordinal();
                        case TableColumn.StoredText stored -> stored.ordinal();
                        case TableColumn.Derived _, TableColumn.OfPath _ -> -1;
                    };
            if (ordinal >= 0) {
                SqlType type =
                        column.origin() instanceof TableColumn.StoredText
                                ? BasicType.VARCHAR
                                : column.type();
                inputs.put(ordinal, new Expr.Input(ordinals.size(), type));
                ordinals.add(ordinal);
                fields.add(new LogicalPlan.Field(column.name(), type));
            }
        }
        List<String> qualifier =
                name.getOriginalParts().stream().map(Identifier::getValue).toList();
        List<Scope.Column> columns = new ArrayList<>();
        for (TableColumn column : table.columns()) {
            Expr value =
                    switch (column.origin()) {
                        case TableColumn.Stored stored -> input(inputs, stored.ordinal());
                        case TableColumn.StoredText stored ->
                                new Expr.Cast(
                                        input(inputs, stored.ordinal()), column.type(), false);
                        case TableColumn.Derived derived ->
                                derive(
                                        derived.derivation(),
                                        TypeCoercion.coerce(
                                                input(inputs, derived.timeOrdinal()),
                                                BasicType.BIGINT));
                        case TableColumn.OfPath path ->
                                DeliveredPath.part(path.part(), input(inputs, path.pathOrdinal()));
                    };
            columns.add(new Scope.Column(qualifier, column.name(), column.isHidden(), value));
        }
        LogicalPlan scan =
                new LogicalPlan.Scan(table, List.copyOf(ordinals), List.copyOf(fields), null);
        return new BoundQuery(scan, new Scope(columns));
    }

    private static Expr input(Map<Integer, Expr.Input> inputs, int ordinal) {
        Expr.Input input = inputs.get(ordinal);
        if (input == null) {
            throw new IllegalArgumentException("no column has the stored ordinal " + ordinal);
        }
        return input;
    }

    private static Expr derive(TableColumn.Derivation derivation, Expr seconds) {
        return switch (derivation) {
            case DATE -> call(ScalarFunction.UTC_DATE, BasicType.DATE, seconds);
            case YEAR -> formatted(seconds, "%Y");
            case MONTH -> formatted(seconds, "%m");
            case DAY -> formatted(seconds, "%d");
            case HOUR -> formatted(seconds, "%H");
        };
    }

    private static Expr formatted(Expr seconds, String format) {
        return call(
                ScalarFunction.DATE_FORMAT,
                BasicType.VARCHAR,
                call(ScalarFunction.FROM_UNIXTIME, BasicType.TIMESTAMP_TZ, seconds),
                new Expr.Literal(BasicType.VARCHAR, format));
    }

    private static Expr call(ScalarFunction function, SqlType type, Expr... arguments) {
        return new Expr.Call(function, List.of(arguments), type);
    }

    /// The names of all tables, in order.
    List<String> names() {
        return catalog.tables().stream()
                .map(table -> table.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }
}
