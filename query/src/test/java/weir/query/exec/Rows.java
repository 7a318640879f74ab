// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan;
import weir.query.type.SqlType;

/// Runs plans and shows their rows.
final class Rows {
    private Rows() {}

    static QueryContext context(int threads) {
        return new QueryContext(threads, 1L << 30, Duration.ofMinutes(5), ScanOptions.defaults());
    }

    static List<List<@Nullable Object>> of(LogicalPlan plan, QueryContext context) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<SqlType> types = plan.output().stream().map(LogicalPlan.Field::type).toList();
        try (BatchSource source = PlanExecution.open(plan, context)) {
            VectorBatch batch = source.next();
            while (batch != null) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int c = 0; c < types.size(); c++) {
                        values.add(VectorValues.get(batch.column(c), types.get(c), row));
                    }
                    rows.add(values);
                }
                batch = source.next();
            }
        }
        return rows;
    }
}
