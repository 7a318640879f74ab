// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import weir.engine.Store;
import weir.engine.vector.VectorBatch;
import weir.query.QueryEngine;
import weir.query.QueryOptions;
import weir.query.QueryResult;
import weir.query.exec.TableScan;
import weir.query.exec.VectorValues;
import weir.query.type.SqlType;
import weir.query.value.ValueText;

/// Queries of a store inside this process, whose code the JVM has compiled after some runs.
final class WarmWeir {
    private final QueryEngine engine;

    WarmWeir(Store store) {
        this.engine = new QueryEngine(store);
    }

    /// What one run took.
    ///
    /// @param millis from the text of the statement to its last row
    /// @param scan what it read
    record Run(double millis, TableScan scan) {}

    /// Runs a statement that reads one table, without a look at its rows.
    Run run(String sql) {
        long start = System.nanoTime();
        try (QueryResult result = engine.execute(sql, QueryOptions.defaults())) {
            readAll(result);
            return new Run((System.nanoTime() - start) / 1e6, result.scans().getFirst());
        }
    }

    /// The time from the text of a statement to its last row, without a look at its rows.
    double millis(String sql) {
        long start = System.nanoTime();
        try (QueryResult result = engine.execute(sql, QueryOptions.defaults())) {
            readAll(result);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static void readAll(QueryResult result) {
        while (result.nextBatch() != null) {
            // Only the time counts.
        }
    }

    /// The rows of a statement, cells apart by tabs, NULL as nothing.
    List<String> rows(String sql) {
        return rows(sql, QueryOptions.defaults());
    }

    List<String> rows(String sql, QueryOptions options) {
        List<String> rows = new ArrayList<>();
        try (QueryResult result = engine.execute(sql, options)) {
            for (VectorBatch batch = result.nextBatch();
                    batch != null;
                    batch = result.nextBatch()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    rows.add(text(result, batch, row));
                }
            }
        }
        return rows;
    }

    private static String text(QueryResult result, VectorBatch batch, int row) {
        StringJoiner cells = new StringJoiner("\t");
        for (int column = 0; column < result.fields().size(); column++) {
            SqlType type = result.fields().get(column).type();
            Object value = VectorValues.get(batch.column(column), type, row);
            cells.add(value == null ? "" : ValueText.of(value, type));
        }
        return cells.toString();
    }
}
