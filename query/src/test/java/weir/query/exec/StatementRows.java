// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import weir.engine.Store;
import weir.query.QueryEngine;
import weir.query.QueryOptions;
import weir.query.QueryResult;
import weir.query.SqlRows;

/// What a statement gave.
///
/// @param rows as text, values with `|` between them
/// @param summarized how many segments were answered by summaries
record StatementRows(List<String> rows, long summarized) {

    static StatementRows of(Store store, String sql, QueryOptions options) {
        List<String> rows = new ArrayList<>();
        try (QueryResult result = new QueryEngine(store).execute(sql, options)) {
            SqlRows.addTo(rows, result);
            long summarized =
                    result.scans().stream()
                            .mapToLong(scan -> scan.metrics().segmentsSummarized.sum())
                            .sum();
            return new StatementRows(rows, summarized);
        }
    }
}
