// SPDX-License-Identifier: Apache-2.0
package weir.query.lookup;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.query.catalog.Table;
import weir.query.catalog.TableColumn;
import weir.query.type.BasicType;

/// Rows of a file while they are read, as texts, and at the end as a table with types. Columns may
/// come at any time. Confined to one thread.
final class LookupRows {
    private static final int COLUMNS_MAX = 4096;

    /// A value takes several times as much in memory as a short one does in the file.
    private static final int BYTES_PER_VALUE = 16;

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /// Whole numbers of so many characters are exact as DOUBLE.
    private static final int EXACT_LENGTH = 15;

    private final Path file;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<@Nullable String[]> rows = new ArrayList<>();
    private final long valuesMax;

    /// @param bytesMax what may be kept: rows of nothing but missing values take room too
    LookupRows(Path file, long bytesMax) {
        this.file = file;
        this.valuesMax = bytesMax / BYTES_PER_VALUE;
    }

    /// A failure at `line` of the file, from 1; 0 when no line is to blame.
    LookupException failure(long line, String message) {
        return new LookupException(file, line, message);
    }

    /// The column called `name`, a new one when there is none.
    int column(String name, long line) {
        Integer known = columns.get(name.toLowerCase(Locale.ROOT));
        return known == null ? newColumn(name, line) : known;
    }

    /// A column that must not be there yet.
    int newColumn(String name, long line) {
        if (name.isBlank()) {
            throw failure(line, "column " + (names.size() + 1) + " has no name");
        }
        if (names.size() == COLUMNS_MAX) {
            throw failure(line, "a table has at most " + COLUMNS_MAX + " columns");
        }
        Integer known = columns.putIfAbsent(name.toLowerCase(Locale.ROOT), names.size());
        if (known != null) {
            throw failure(line, "two columns are called '" + name + "'");
        }
        names.add(name);
        return names.size() - 1;
    }

    /// The names of the columns, in order.
    List<String> names() {
        return List.copyOf(names);
    }

    /// The rows so far, as texts.
    List<@Nullable String[]> rows() {
        return rows;
    }

    int columnCount() {
        return names.size();
    }

    int rowCount() {
        return rows.size();
    }

    /// Adds a row of texts, null where there is no value; columns behind its end have none.
    void add(@Nullable String[] row) {
        rows.add(row);
        if ((long) rows.size() * names.size() > valuesMax) {
            throw failure(
                    0,
                    "is kept in memory and has more than "
                            + valuesMax
                            + " values, missing ones counted; raise it with --memory, or leave out"
                            + " what no query asks");
        }
    }

    /// All rows as the table `name`.
    Table table(String name) {
        if (names.isEmpty()) {
            throw failure(0, "there is no table in it: expected column names, or objects");
        }
        List<TableColumn> typed = new ArrayList<>();
        List<BasicType> types = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            BasicType type = type(i);
            types.add(type);
            typed.add(new TableColumn(names.get(i), type, false, new TableColumn.Stored(i)));
        }
        List<@Nullable Object[]> values = new ArrayList<>(rows.size());
        for (@Nullable String[] row : rows) {
            @Nullable Object[] converted = new @Nullable Object[names.size()];
            for (int i = 0; i < row.length; i++) {
                String text = row[i];
                converted[i] = text == null ? null : value(text, types.get(i));
            }
            values.add(converted);
        }
        return new Table(name, List.copyOf(typed), new Table.Rows(values));
    }

    private BasicType type(int column) {
        boolean isBigint = true;
        boolean isDouble = true;
        boolean isBoolean = true;
        boolean isDate = true;
        boolean isAnything = false;
        for (@Nullable String[] row : rows) {
            String text = column < row.length ? row[column] : null;
            if (text == null) {
                continue;
            }
            isAnything = true;
            boolean isWhole = WHOLE.matcher(text).matches();
            isBigint = isBigint && isWhole && isLong(text);
            isDouble =
                    isDouble
                            && (isWhole
                                    ? text.length() <= EXACT_LENGTH
                                    : NUMBER.matcher(text).matches());
            isBoolean = isBoolean && isBoolean(text);
            isDate = isDate && isDate(text);
            if (!isBigint && !isDouble && !isBoolean && !isDate) {
                return BasicType.VARCHAR;
            }
        }
        if (!isAnything) {
            return BasicType.VARCHAR;
        }
        if (isBoolean) {
            return BasicType.BOOLEAN;
        }
        if (isDate) {
            return BasicType.DATE;
        }
        return isBigint ? BasicType.BIGINT : BasicType.DOUBLE;
    }

    private static boolean isLong(String digits) {
        try {
            Long.parseLong(digits);
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static boolean isBoolean(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    private static boolean isDate(String text) {
        if (!DATE.matcher(text).matches()) {
            return false;
        }
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static Object value(String text, BasicType type) {
        return switch (type) {
            case BIGINT -> Long.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case BOOLEAN -> text.equalsIgnoreCase("true") ? 1L : 0L;
            case DATE -> LocalDate.parse(text).toEpochDay();
            default -> text;
        };
    }
}
