// SPDX-License-Identifier: Apache-2.0
package weir.judge;

import io.trino.Session;
import io.trino.client.ErrorLocation;
import io.trino.execution.ExecutionFailureInfo;
import io.trino.execution.Failure;
import io.trino.spi.Plugin;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.SqlVarbinary;
import io.trino.spi.type.TimeZoneKey;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;
import io.trino.testing.MaterializedResult;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryFailedException;
import io.trino.testing.StandaloneQueryRunner;
import io.trino.testing.TestingSession;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.answers.AnswerTable;
import weir.query.answers.AnswerText;
import weir.query.answers.Answers;

/// Trino over the tables of the scripts, in this process. Safe for many threads.
final class TrinoAnswers implements AutoCloseable {
    private static final String CATALOG = "weir";

    private final StandaloneQueryRunner trino;

    private TrinoAnswers(StandaloneQueryRunner trino) {
        this.trino = trino;
    }

    /// Starts it, which takes some seconds.
    static TrinoAnswers over(List<AnswerTable> tables) {
        Session session =
                TestingSession.testSessionBuilder()
                        .setCatalog(CATALOG)
                        .setSchema(TableConnector.SCHEMA)
                        .setTimeZoneKey(TimeZoneKey.UTC_KEY)
                        .build();
        StandaloneQueryRunner trino = new StandaloneQueryRunner(session);
        trino.installPlugin(new TablePlugin(tables.stream().map(TrinoTable::of).toList()));
        trino.createCatalog(CATALOG, CATALOG, Map.of());
        return new TrinoAnswers(trino);
    }

    /// @param tables what the catalog holds
    private record TablePlugin(List<TrinoTable> tables) implements Plugin, ConnectorFactory {
        @Override
        public Iterable<ConnectorFactory> getConnectorFactories() {
            return List.of(this);
        }

        @Override
        public String getName() {
            return CATALOG;
        }

        @Override
        public Connector create(
                String catalog, Map<String, String> config, ConnectorContext context) {
            return new TableConnector(tables);
        }
    }

    /// The answer to a statement, as the lines of a script.
    List<String> answer(String sql) {
        try {
            return lines(trino.execute(sql));
        } catch (QueryFailedException e) {
            return List.of(Answers.ERROR + failure(e));
        }
    }

    private static String failure(QueryFailedException e) {
        if (!(e.getCause() instanceof Failure failure)) {
            throw e;
        }
        ExecutionFailureInfo info = failure.getFailureInfo();
        ErrorLocation place = info.errorLocation();
        String name = info.errorCode().getName();
        return place == null
                ? name
                : "%s %d:%d".formatted(name, place.getLineNumber(), place.getColumnNumber());
    }

    private static List<String> lines(MaterializedResult result) {
        List<Type> types = result.getTypes();
        List<String> columns = new ArrayList<>();
        for (int c = 0; c < types.size(); c++) {
            columns.add(result.getColumnNames().get(c) + " " + name(types.get(c)));
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.join(AnswerText.SEPARATOR, columns));
        for (MaterializedRow row : result.getMaterializedRows()) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int c = 0; c < types.size(); c++) {
                values.add(printable(row.getField(c), types.get(c)));
            }
            lines.add(AnswerText.row(values));
        }
        return lines;
    }

    /// The type's name; how long a VARCHAR may be is left out, as Weir knows no such bound.
    private static String name(Type type) {
        return type.getDisplayName().replaceAll("varchar\\(\\d+\\)", "varchar");
    }

    private static @Nullable Object printable(@Nullable Object value, Type type) {
        return switch (value) {
            case null -> null;
            case String text when type instanceof VarcharType -> new AnswerText.Text(text);
            case List<?> list when type instanceof ArrayType array ->
                    printable(list, array.getElementType());
            case List<?> list when type instanceof RowType row -> {
                List<@Nullable Object> fields = new ArrayList<>();
                for (int i = 0; i < list.size(); i++) {
                    fields.add(printable(list.get(i), row.getFields().get(i).getType()));
                }
                yield fields;
            }
            case Map<?, ?> map when type instanceof MapType typed -> {
                Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
                map.forEach((key, held) ->
                        entries.put(
                                printable(key, typed.getKeyType()),
                                printable(held, typed.getValueType())));
                yield entries;
            }
            case SqlVarbinary binary -> HexFormat.of().formatHex(binary.getBytes());
            default -> value;
        };
    }

    private static List<@Nullable Object> printable(List<?> list, Type elementType) {
        List<@Nullable Object> elements = new ArrayList<>();
        list.forEach(element -> elements.add(printable(element, elementType)));
        return elements;
    }

    @Override
    public void close() {
        trino.close();
    }
}
