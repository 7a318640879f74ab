// SPDX-License-Identifier: Apache-2.0
package weir.engine.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An immutable ordered list of columns with distinct names, and which of them is the time of a
/// row.
public final class Schema {
    private final List<Column> columns;
    private final @Nullable String timeColumn;
    private final Map<String, Integer> indexByName;

    private Schema(List<Column> columns, @Nullable String timeColumn) {
        this.columns = List.copyOf(columns);
        this.timeColumn = timeColumn;
        this.indexByName = HashMap.newHashMap(columns.size());
        for (Column column : this.columns) {
            if (indexByName.put(column.name(), indexByName.size()) != null) {
                throw new IllegalArgumentException("column " + column.name() + " stands twice");
            }
        }
        if (timeColumn != null && !indexByName.containsKey(timeColumn)) {
            throw new IllegalArgumentException("time column " + timeColumn + " is not a column");
        }
    }

    /// A schema of these columns without a time.
    public static Schema of(List<Column> columns) {
        return new Schema(columns, null);
    }

    /// A schema whose rows have a time: seconds since 1970 UTC in the INT64 column `timeColumn`.
    public static Schema of(List<Column> columns, @Nullable String timeColumn) {
        return new Schema(columns, timeColumn);
    }

    /// The columns in order.
    public List<Column> columns() {
        return columns;
    }

    /// How many columns there are.
    public int size() {
        return columns.size();
    }

    /// The column at `index`, from 0.
    public Column column(int index) {
        return columns.get(index);
    }

    /// The index of the column called `name`, or -1.
    public int indexOf(String name) {
        return indexByName.getOrDefault(name, -1);
    }

    /// The name of the column that holds a row's time in epoch seconds, if the table has one.
    public @Nullable String timeColumn() {
        return timeColumn;
    }

    /// This schema, and after it those columns of `other` that it lacks.
    ///
    /// @throws IllegalArgumentException when both have a column of one name but not of one type
    public Schema merge(Schema other) {
        List<Column> merged = new ArrayList<>(columns);
        for (Column column : other.columns) {
            int index = indexOf(column.name());
            if (index < 0) {
                merged.add(column);
            } else if (columns.get(index).type() != column.type()) {
                throw new IllegalArgumentException(
                        "column "
                                + column.name()
                                + " is "
                                + columns.get(index).type()
                                + " in the table and "
                                + column.type()
                                + " in what is added");
            }
        }
        return merged.size() == columns.size()
                ? this
                : new Schema(merged, timeColumn == null ? other.timeColumn : timeColumn);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Schema that
                && columns.equals(that.columns)
                && Objects.equals(timeColumn, that.timeColumn);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    @Override
    public String toString() {
        return "Schema" + columns;
    }
}
