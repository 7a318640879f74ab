// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.cli.output.ResultWriter;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan.Field;
import weir.query.type.SqlType;

/// A few rows made here, printed like the rows of a query.
final class Rows {
    private final List<Field> columns = new ArrayList<>();
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /// Adds a column.
    Rows column(String name, SqlType type) {
        columns.add(new Field(name, type));
        return this;
    }

    /// Adds a row: one value for each column.
    void add(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    values.length + " values for " + columns.size() + " columns");
        }
        rows.add(values);
    }

    /// Prints all rows.
    void print(ResultWriter writer) {
        Vector[] vectors = new Vector[columns.size()];
        for (int column = 0; column < vectors.length; column++) {
            @Nullable Object[] values = new Object[rows.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.get(row)[column];
            }
            vectors[column] = new Vector.Objects(values);
        }
        writer.begin(columns);
        writer.batch(new VectorBatch(rows.size(), vectors));
        writer.end();
    }
}
