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
/// @param arguments over the input of the grouping; none for COUNT_ALL. Behind them stand the
///   values to order by, as many as `order` has entries
/// @param isDistinct whether each distinct value counts once
/// @param filter rows for which it is not true do not count; null when there is none
/// @param order in which the rows of a group are taken; by their place where it is empty or decides
///   nothing
/// @param type of the result
public record AggregateCall(
        AggregateFunction function,
        List<Expr> arguments,
        boolean isDistinct,
        @Nullable Expr filter,
        List<Direction> order,
        SqlType type) {

    /// How one value is ordered by.
    ///
    /// @param isDescending greatest first
    /// @param isNullsFirst NULL before every value, whatever the direction
    public record Direction(boolean isDescending, boolean isNullsFirst) {}

    /// A call that takes rows as they come.
    public AggregateCall(
            AggregateFunction function,
            List<Expr> arguments,
            boolean isDistinct,
            @Nullable Expr filter,
            SqlType type) {
        this(function, arguments, isDistinct, filter, List.of(), type);
    }

    /// The same over other expressions.
    public AggregateCall over(List<Expr> newArguments, @Nullable Expr newFilter) {
        return new AggregateCall(function, newArguments, isDistinct, newFilter, order, type);
    }

    /// How many arguments there are without those to order by.
    public int argumentCount() {
        return arguments.size() - order.size();
    }

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
                order,
                type);
    }
}
