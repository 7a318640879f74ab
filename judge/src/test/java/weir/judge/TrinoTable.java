// SPDX-License-Identifier: Apache-2.0
package weir.judge;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;

import io.airlift.slice.Slices;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Decimals;
import io.trino.spi.type.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.answers.AnswerTable;

/// A table as Trino holds it.
///
/// @param name what SQL calls it
/// @param columns its columns, with the hidden ones
/// @param rows the value of each column as Trino's types hold it, null for NULL
record TrinoTable(String name, List<ColumnMetadata> columns, List<List<@Nullable Object>> rows) {
    private static final List<String> PARTS = List.of("yyyy", "MM", "dd", "HH");
    private static final List<String> PART_NAMES = List.of("year", "month", "day", "hour");
    private static final long MICROS_PER_MILLI = 1000;

    /// The table of the scripts; one with a column `start` also gets the columns that Weir derives
    /// from it.
    static TrinoTable of(AnswerTable table) {
        List<ColumnMetadata> columns = new ArrayList<>();
        int start = -1;
        for (AnswerTable.TableColumn column : table.columns()) {
            start = column.name().equals("start") ? columns.size() : start;
            columns.add(column(column.name(), type(column.type()), column.isHidden()));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable String> texts : table.rows()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int c = 0; c < texts.size(); c++) {
                row.add(value(texts.get(c), columns.get(c).getType()));
            }
            if (start >= 0) {
                row.addAll(derived(Instant.ofEpochSecond((Long) row.get(start))));
            }
            rows.add(row);
        }
        if (start >= 0) {
            columns.add(column("date", DATE, true));
            PART_NAMES.forEach(part -> columns.add(column(part, VARCHAR, true)));
        }
        return new TrinoTable(table.name(), columns, rows);
    }

    private static ColumnMetadata column(String name, Type type, boolean isHidden) {
        return ColumnMetadata.builder().setName(name).setType(type).setHidden(isHidden).build();
    }

    private static List<Object> derived(Instant time) {
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        List<Object> values = new ArrayList<>();
        values.add(utc.toLocalDate().toEpochDay());
        PARTS.forEach(part ->
                values.add(Slices.utf8Slice(DateTimeFormatter.ofPattern(part).format(utc))));
        return values;
    }

    private static Type type(String name) {
        return switch (name) {
            case "integer" -> INTEGER;
            case "bigint" -> BIGINT;
            case "double" -> DOUBLE;
            case "varchar" -> VARCHAR;
            case "boolean" -> BOOLEAN;
            case "date" -> DATE;
            case "timestamp(3)" -> TIMESTAMP_MILLIS;
            default -> {
                String[] digits = name.replaceAll("decimal\\(|\\)", "").split(",", -1);
                yield DecimalType.createDecimalType(
                        Integer.parseInt(digits[0]), Integer.parseInt(digits[1]));
            }
        };
    }

    private static @Nullable Object value(@Nullable String text, Type type) {
        if (text == null) {
            return null;
        }
        return switch (type.getBaseName()) {
            case "integer", "bigint" -> Long.valueOf(text);
            case "double" -> Double.valueOf(text);
            case "varchar" -> Slices.utf8Slice(text);
            case "boolean" -> Boolean.valueOf(text);
            case "date" -> LocalDate.parse(text).toEpochDay();
            case "timestamp" -> micros(LocalDateTime.parse(text.replace(' ', 'T')));
            default -> decimal(new BigDecimal(text), (DecimalType) type);
        };
    }

    private static Object micros(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli() * MICROS_PER_MILLI;
    }

    private static Object decimal(BigDecimal value, DecimalType type) {
        return type.isShort()
                ? Decimals.encodeShortScaledValue(value, type.getScale())
                : Decimals.encodeScaledValue(value, type.getScale());
    }
}
