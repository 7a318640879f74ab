// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.List;
import weir.query.expr.Expr;
import weir.query.expr.WindowCall;

/// A function over a window, bound over the columns of FROM and its aggregates.
///
/// @param partition what makes a partition
/// @param order of the rows in a partition
/// @param call what is computed
/// @param node where it stands
record WindowSlot(List<Expr> partition, List<Key> order, WindowCall call, Node node) {

    /// One key of an order.
    ///
    /// @param isNullsFirst NULL before every value, whatever the direction
    record Key(Expr value, boolean isDescending, boolean isNullsFirst) {}

    /// Every expression in it.
    List<Expr> expressions() {
        List<Expr> all = new ArrayList<>(partition);
        order.forEach(key -> all.add(key.value()));
        all.addAll(call.expressions());
        return all;
    }
}
