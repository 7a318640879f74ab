// SPDX-License-Identifier: Apache-2.0
package weir.query.catalog;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.TableSnapshot;

/// A table that SQL can name: immutable.
///
/// @param name the full name: `vpc_flow_logs`, `system.files`
/// @param columns what SQL sees, in the order of `SELECT *`, hidden ones last
/// @param source where the rows come from
public record Table(String name, List<TableColumn> columns, Source source) {

    /// Where rows come from.
    public sealed interface Source {}

    /// Segments of a store. Stored ordinals count the columns of the table's schema.
    public record Segments(TableSnapshot snapshot) implements Source {}

    /// The rows of a query, bound anew wherever the view is named; its columns are those of the
    /// query, so that the table has none of its own.
    ///
    /// @param sql the query
    /// @param hidden the columns of the query that `SELECT *` leaves out
    public record View(String sql, Set<String> hidden) implements Source {
        /// A view of which all columns are shown.
        public View(String sql) {
            this(sql, Set.of());
        }
    }

    /// Rows in memory: each an array of one value for each stored column, as
    /// [weir.query.expr.Expr.Literal] has them.
    public record Rows(List<@Nullable Object[]> rows) implements Source {}
}
