// SPDX-License-Identifier: Apache-2.0
package weir.query;

import java.util.ArrayList;
import java.util.List;
import weir.engine.vector.VectorBatch;
import weir.query.catalog.Catalog;
import weir.query.exec.VectorValues;
import weir.query.type.SqlType;
import weir.query.value.ValueText;

/// Runs statements and shows their rows as text: values with `|` between them.
public final class SqlRows {
    private SqlRows() {}

    /// The rows of a statement that names no table.
    static List<String> of(String sql) {
        return of(sql, Catalog.of(List.of()), QueryOptions.defaults());
    }

    static List<String> of(String sql, Catalog catalog, QueryOptions options) {
        List<String> lines = new ArrayList<>();
        try (QueryResult result = QueryEngine.execute(sql, catalog, options)) {
            addTo(lines, result);
        }
        return lines;
    }

    /// Adds the rows of `result` to `lines`.
    public static void addTo(List<String> lines, QueryResult result) {
        VectorBatch batch = result.nextBatch();
        while (batch != null) {
            for (int row = 0; row < batch.rowCount(); row++) {
                lines.add(line(result, batch, row));
            }
            batch = result.nextBatch();
        }
    }

    private static String line(QueryResult result, VectorBatch batch, int row) {
        List<String> values = new ArrayList<>();
        for (int c = 0; c < result.fields().size(); c++) {
            SqlType type = result.fields().get(c).type();
            Object value = VectorValues.get(batch.column(c), type, row);
            values.add(value == null ? "NULL" : ValueText.of(value, type));
        }
        return String.join("|", values);
    }
}
