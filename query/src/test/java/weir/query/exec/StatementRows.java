// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import weir.engine.Store;
import weir.engine.vector.VectorBatch;
import weir.query.QueryEngine;
import weir.query.QueryOptions;
import weir.query.QueryResult;
import weir.query.type.SqlType;
import weir.query.value.ValueText;

/// What a statement gave.
///
/// @param rows as text, values with `|` between them
/// @param summarized how many segments were answered by summaries
record StatementRows(List<String> rows, long summarized) {

    static StatementRows of(Store store, String sql, QueryOptions options) {
        List<String> rows = new ArrayList<>();
        try (QueryResult result = new QueryEngine(store).execute(sql, options)) {
            List<SqlType> types = result.fields().stream().map(field -> field.type()).toList();
            for (VectorBatch batch = result.nextBatch();
                    batch != null;
                    batch = result.nextBatch()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    rows.add(line(batch, types, row));
                }
            }
            long summarized =
                    result.scans().stream()
                            .mapToLong(scan -> scan.metrics().segmentsSummarized.sum())
                            .sum();
            return new StatementRows(rows, summarized);
        }
    }

    private static String line(VectorBatch batch, List<SqlType> types, int row) {
        List<String> values = new ArrayList<>();
        for (int c = 0; c < types.size(); c++) {
            Object value = VectorValues.get(batch.column(c), types.get(c), row);
            values.add(value == null ? "NULL" : ValueText.of(value, types.get(c)));
        }
        return String.join("|", values);
    }
}
