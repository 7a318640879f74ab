// SPDX-License-Identifier: Apache-2.0
package weir.query.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.catalog.SavedColumn;
import weir.query.catalog.Table;
import weir.query.exec.BatchSource;
import weir.query.type.SqlType;

/// The rows of a table in memory, as batches: columns of texts and of what stands as whole numbers.
final class MemoryRows {
    private MemoryRows() {}

    /// How a store keeps the columns of `table`.
    static List<SavedColumn> columns(Table table) {
        return table.columns().stream()
                .map(column ->
                        Objects.requireNonNull(
                                SavedColumn.of(column.name(), column.type()), column.name()))
                .toList();
    }

    static BatchSource source(Table table) {
        List<@Nullable Object[]> rows = ((Table.Rows) table.source()).rows();
        return BatchSource.made(
                rows.size(),
                (from, count) -> {
                    List<Vector> columns = new ArrayList<>();
                    for (int i = 0; i < table.columns().size(); i++) {
                        boolean isLongs =
                                table.columns().get(i).type().form() == SqlType.Form.LONGS;
                        columns.add(
                                isLongs
                                        ? longs(rows, i, from, count)
                                        : objects(rows, i, from, count));
                    }
                    return new VectorBatch(count, columns.toArray(new Vector[0]));
                });
    }

    private static Vector longs(List<@Nullable Object[]> rows, int column, int from, int count) {
        long[] values = new long[count];
        boolean[] nulls = new boolean[count];
        for (int row = 0; row < count; row++) {
            Long value = (Long) rows.get(from + row)[column];
            nulls[row] = value == null;
            values[row] = value == null ? 0 : value;
        }
        return new Vector.Longs(values, nulls);
    }

    private static Vector objects(List<@Nullable Object[]> rows, int column, int from, int count) {
        @Nullable Object[] values = new @Nullable Object[count];
        for (int row = 0; row < count; row++) {
            values[row] = rows.get(from + row)[column];
        }
        return new Vector.Objects(values);
    }
}
