// SPDX-License-Identifier: Apache-2.0
package weir.judge;

import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.DynamicFilter;
import io.trino.spi.connector.FixedPageSource;
import io.trino.spi.connector.FixedSplitSource;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.transaction.IsolationLevel;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tables of the scripts, for Trino: read-only, all in memory, hidden columns hidden.
final class TableConnector
        implements Connector,
                ConnectorMetadata,
                ConnectorSplitManager,
                ConnectorPageSourceProvider {
    static final String SCHEMA = "default";

    private final Map<String, TrinoTable> tables = new LinkedHashMap<>();

    TableConnector(List<TrinoTable> tables) {
        tables.forEach(table -> this.tables.put(table.name(), table));
    }

    /// The whole of a table.
    public enum Whole implements ConnectorSplit, ConnectorTransactionHandle {
        SPLIT
    }

    /// A table by its name.
    ///
    /// @param name what SQL calls the table
    public record TableName(String name) implements ConnectorTableHandle {}

    /// A column by its place.
    ///
    /// @param ordinal the place of the column in its table
    public record ColumnPlace(int ordinal) implements ColumnHandle {}

    private TrinoTable table(ConnectorTableHandle handle) {
        TrinoTable table = tables.get(((TableName) handle).name());
        if (table == null) {
            throw new IllegalArgumentException(handle.toString());
        }
        return table;
    }

    @Override
    public ConnectorTransactionHandle beginTransaction(
            IsolationLevel isolation, boolean isReadOnly, boolean isAutoCommit) {
        return Whole.SPLIT;
    }

    @Override
    public ConnectorMetadata getMetadata(
            ConnectorSession session, ConnectorTransactionHandle transaction) {
        return this;
    }

    @Override
    public ConnectorSplitManager getSplitManager() {
        return this;
    }

    @Override
    public ConnectorPageSourceProvider getPageSourceProvider() {
        return this;
    }

    @Override
    public void shutdown() {
        // Nothing is held.
    }

    @Override
    public List<String> listSchemaNames(ConnectorSession session) {
        return List.of(SCHEMA);
    }

    @Override
    public List<SchemaTableName> listTables(ConnectorSession session, Optional<String> schema) {
        return tables.keySet().stream().map(name -> new SchemaTableName(SCHEMA, name)).toList();
    }

    @Override
    public @Nullable ConnectorTableHandle getTableHandle(
            ConnectorSession session,
            SchemaTableName name,
            Optional<ConnectorTableVersion> from,
            Optional<ConnectorTableVersion> to) {
        return tables.containsKey(name.getTableName()) ? new TableName(name.getTableName()) : null;
    }

    @Override
    public ConnectorTableMetadata getTableMetadata(
            ConnectorSession session, ConnectorTableHandle handle) {
        TrinoTable table = table(handle);
        return new ConnectorTableMetadata(
                new SchemaTableName(SCHEMA, table.name()), table.columns());
    }

    @Override
    public Map<String, ColumnHandle> getColumnHandles(
            ConnectorSession session, ConnectorTableHandle handle) {
        Map<String, ColumnHandle> handles = new LinkedHashMap<>();
        table(handle)
                .columns()
                .forEach(column -> handles.put(column.getName(), new ColumnPlace(handles.size())));
        return handles;
    }

    @Override
    public ColumnMetadata getColumnMetadata(
            ConnectorSession session, ConnectorTableHandle handle, ColumnHandle column) {
        return table(handle).columns().get(((ColumnPlace) column).ordinal());
    }

    @Override
    public ConnectorSplitSource getSplits(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorTableHandle handle,
            Set<ColumnHandle> columns,
            Constraint constraint) {
        return new FixedSplitSource(Whole.SPLIT);
    }

    @Override
    public ConnectorPageSource createPageSource(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorSplit split,
            ConnectorTableHandle handle,
            Optional<ConnectorTableCredentials> credentials,
            List<ColumnHandle> columns,
            DynamicFilter filter,
            MemoryContext memory) {
        return new FixedPageSource(List.of(page(table(handle), columns)));
    }

    private static Page page(TrinoTable table, List<ColumnHandle> columns) {
        List<Integer> places =
                columns.stream().map(column -> ((ColumnPlace) column).ordinal()).toList();
        List<Type> types =
                places.stream().map(place -> table.columns().get(place).getType()).toList();
        PageBuilder page = new PageBuilder(types);
        for (List<@Nullable Object> row : table.rows()) {
            page.declarePosition();
            for (int c = 0; c < types.size(); c++) {
                TypeUtils.writeNativeValue(
                        types.get(c), page.getBlockBuilder(c), row.get(places.get(c)));
            }
        }
        return page.build();
    }
}
