// SPDX-License-Identifier: Apache-2.0
package weir.query.answers;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.IpAddress;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.engine.vector.VectorBatch;
import weir.query.QueryEngine;
import weir.query.QueryOptions;
import weir.query.QueryResult;
import weir.query.catalog.Catalog;
import weir.query.catalog.Table;
import weir.query.catalog.TableColumn;
import weir.query.exec.VectorValues;
import weir.query.fault.QueryException;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.Binary;
import weir.query.type.SqlType;
import weir.query.value.ValueText;
import weir.query.value.Values;

/// Weir over the tables of the scripts: the flow logs in a store of several segments, as they are
/// in life, the others in memory.
public final class WeirAnswers implements AutoCloseable {
    private static final String FLOWS = "vpc_flow_logs";
    private static final int SEGMENT_ROWS = 23;

    private final Store store;
    private final Catalog catalog;

    private WeirAnswers(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /// Builds the tables; the store goes into `directory`.
    public static WeirAnswers over(List<AnswerTable> tables, Path directory) throws IOException {
        List<Table> inMemory = new ArrayList<>();
        try (Store store = Store.openOrCreate(directory)) {
            for (AnswerTable table : tables) {
                if (table.name().equals(FLOWS)) {
                    write(table, store);
                } else {
                    inMemory.add(inMemory(table));
                }
            }
        }
        Store store = Store.open(directory);
        inMemory.addAll(0, Catalog.of(store.snapshot()).tables());
        return new WeirAnswers(store, Catalog.of(inMemory));
    }

    private static void write(AnswerTable table, Store store) {
        List<Column> columns = table.columns().stream().map(WeirAnswers::column).toList();
        List<StoreWriter.WrittenSegment> written = new ArrayList<>();
        try (StoreWriter writer = store.writer()) {
            for (int from = 0; from < table.rows().size(); from += SEGMENT_ROWS) {
                int to = Math.min(from + SEGMENT_ROWS, table.rows().size());
                written.add(writer.write(FLOWS, segment(columns, table.rows().subList(from, to))));
            }
            writer.commit(Map.of(FLOWS, Schema.of(columns, "start")), written);
        }
    }

    private static Column column(AnswerTable.TableColumn column) {
        return switch (column.type()) {
            case "integer" -> Column.number(column.name(), ColumnType.INT32);
            case "bigint" -> Column.number(column.name(), ColumnType.INT64);
            default ->
                    column.name().endsWith("addr")
                            ? new Column(column.name(), ColumnType.ADDRESS, "address", "-", false)
                            : Column.text(column.name()).absentAs("-");
        };
    }

    /// Columns without a value among the rows are left out of the segment, as collecting does.
    private static SegmentBuilder segment(List<Column> columns, List<List<@Nullable String>> rows) {
        SegmentBuilder builder = new SegmentBuilder("start");
        for (int c = 0; c < columns.size(); c++) {
            int place = c;
            List<@Nullable String> values = new ArrayList<>();
            rows.forEach(row -> values.add("-".equals(row.get(place)) ? null : row.get(place)));
            if (values.stream().anyMatch(value -> value != null)) {
                fill(builder, columns.get(c), values);
            }
        }
        builder.addRows(rows.size());
        return builder;
    }

    private static void fill(SegmentBuilder builder, Column column, List<@Nullable String> values) {
        int count = values.size();
        if (!column.type().isDictionary()) {
            long[] numbers = new long[count];
            for (int row = 0; row < count; row++) {
                String value = values.get(row);
                numbers[row] = value == null ? Column.ABSENT : Long.parseLong(value);
            }
            builder.numbers(column).put(0, numbers, count);
            builder.numbers(column).filledTo(count);
            return;
        }
        int[] ids = builder.codes(column).withRoomFor(count);
        for (int row = 0; row < count; row++) {
            String value = values.get(row);
            ids[row] = value == null ? 0 : id(builder, column, value);
        }
        builder.codes(column).filledTo(count);
    }

    private static int id(SegmentBuilder builder, Column column, String text) {
        IpAddress address = column.type() == ColumnType.ADDRESS ? IpAddress.parse(text) : null;
        if (address != null) {
            return builder.addresses(column).idOf(address.high(), address.low());
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return builder.texts(column).idOf(bytes, 0, bytes.length);
    }

    private static Table inMemory(AnswerTable table) {
        List<TableColumn> columns = new ArrayList<>();
        for (AnswerTable.TableColumn column : table.columns()) {
            columns.add(
                    new TableColumn(
                            column.name(),
                            type(column.type()),
                            column.isHidden(),
                            new TableColumn.Stored(columns.size())));
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (List<@Nullable String> row : table.rows()) {
            @Nullable Object[] values = new @Nullable Object[row.size()];
            for (int c = 0; c < values.length; c++) {
                values[c] = value(row.get(c), columns.get(c).type());
            }
            rows.add(values);
        }
        return new Table(table.name(), columns, new Table.Rows(rows));
    }

    private static SqlType type(String name) {
        for (BasicType type : BasicType.values()) {
            if (type.displayName().equals(name)) {
                return type;
            }
        }
        String[] digits = name.replaceAll("decimal\\(|\\)", "").split(",", -1);
        return new SqlType.Decimal(Integer.parseInt(digits[0]), Integer.parseInt(digits[1]));
    }

    private static @Nullable Object value(@Nullable String text, SqlType type) {
        if (text == null || type == BasicType.VARCHAR) {
            return text;
        }
        if (type == BasicType.BOOLEAN) {
            return text.equals("true") ? 1L : 0L;
        }
        if (type == BasicType.DOUBLE) {
            return Double.valueOf(text);
        }
        if (type == BasicType.DATE) {
            return LocalDate.parse(text).toEpochDay();
        }
        if (type == BasicType.TIMESTAMP) {
            LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
            return time.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        return type.isInteger() ? (Object) Long.valueOf(text) : new BigDecimal(text);
    }

    /// The answer to a statement, as the lines of a script.
    ///
    /// @param threads how many threads may work
    /// @param isPruning whether zones and indexes may be asked
    public List<String> answer(String sql, int threads, boolean isPruning) {
        QueryOptions options =
                QueryOptions.defaults().withThreads(threads).withPruning(isPruning, isPruning);
        try (QueryResult result = QueryEngine.execute(sql, catalog, options)) {
            List<String> lines = new ArrayList<>();
            List<LogicalPlan.Field> fields = result.fields();
            List<String> columns = new ArrayList<>();
            fields.forEach(field -> columns.add(field.name() + " " + field.type().displayName()));
            lines.add(String.join(AnswerText.SEPARATOR, columns));
            VectorBatch batch = result.nextBatch();
            while (batch != null) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    lines.add(line(fields, batch, row));
                }
                batch = result.nextBatch();
            }
            return lines;
        } catch (QueryException e) {
            String place = e.line() == 0 ? "" : " " + e.line() + ":" + e.column();
            return List.of(Answers.ERROR + e.code().name().toUpperCase(Locale.ROOT) + place);
        }
    }

    private static String line(List<LogicalPlan.Field> fields, VectorBatch batch, int row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int c = 0; c < fields.size(); c++) {
            SqlType type = fields.get(c).type();
            Object value = VectorValues.get(batch.column(c), type, row);
            values.add(value == null ? null : printable(value, type));
        }
        return AnswerText.row(values);
    }

    private static Object printable(Object value, SqlType type) {
        if (value instanceof Binary bytes) {
            return HexFormat.of().formatHex(bytes.bytes());
        }
        return switch (type) {
            case SqlType.Array array ->
                    Values.asList(value).stream()
                            .<@Nullable Object>map(e -> orNull(e, array.element()))
                            .toList();
            case SqlType.Row row -> {
                List<@Nullable Object> fields = new ArrayList<>();
                for (Object field : Values.asList(value)) {
                    fields.add(orNull(field, row.fields().get(fields.size()).type()));
                }
                yield fields;
            }
            case SqlType.MapOf map -> {
                Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
                Values.asMap(value)
                        .forEach((key, held) ->
                                entries.put(printable(key, map.key()), orNull(held, map.value())));
                yield entries;
            }
            default ->
                    value instanceof String text && type == BasicType.VARCHAR
                            ? new AnswerText.Text(text)
                            : ValueText.of(value, type);
        };
    }

    private static @Nullable Object orNull(@Nullable Object value, SqlType type) {
        return value == null ? null : printable(value, type);
    }

    @Override
    public void close() {
        store.close();
    }
}
