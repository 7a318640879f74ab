// SPDX-License-Identifier: Apache-2.0
package weir.query.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import weir.query.type.SqlType;

/// One aggregate of a grouping.
///
/// @param function what is computed
/// @param arguments over the input of the grouping; none for COUNT_ALL
/// @param isDistinct whether each distinct value counts once
/// @param filter rows for which it is not true do not count; null when there is none
/// @param type of the result
public record AggregateCall(
        AggregateFunction function,
        List<Expr> arguments,
        boolean isDistinct,
        @Nullable Expr filter,
        SqlType type) {

    /// The expressions that are computed for each row.
    public List<Expr> expressions() {
        List<Expr> all = new ArrayList<>(arguments);
        if (filter != null) {
            all.add(filter);
        }
        return all;
    }

    /// This call with each of its expressions replaced.
    public AggregateCall mapExpressions(UnaryOperator<Expr> change) {
        return new AggregateCall(
                function,
                arguments.stream().map(change).toList(),
                isDistinct,
                filter == null ? null : change.apply(filter),
                type);
    }
}
