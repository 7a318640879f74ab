// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.fault.QueryException;
import weir.query.type.SqlType;

/// The row of a scalar subquery: NULL in every column where the subquery has none.
final class SingleRowSource {
    private SingleRowSource() {}

    /// The one row of `rows`, which is read and closed at once.
    ///
    /// @throws QueryException when there are more
    static BatchSource of(BatchSource rows, List<SqlType> types) {
        try (rows) {
            VectorBatch first = rows.next();
            boolean isMore = first != null && (first.rowCount() > 1 || rows.next() != null);
            if (isMore) {
                throw new QueryException(
                        QueryException.Code.INVALID_VALUE,
                        "Scalar sub-query has returned multiple rows");
            }
            return once(first == null ? nulls(types) : first);
        }
    }

    private static VectorBatch nulls(List<SqlType> types) {
        Vector[] columns = new Vector[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new VectorBuilder(types.get(i), 1).build();
        }
        return new VectorBatch(1, columns);
    }

    private static BatchSource once(VectorBatch row) {
        return new BatchSource() {
            private @Nullable VectorBatch left = row;

            @Override
            public @Nullable VectorBatch next() {
                VectorBatch given = left;
                left = null;
                return given;
            }
        };
    }
}
