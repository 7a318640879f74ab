// SPDX-License-Identifier: Apache-2.0
package weir.query.expr;

import java.util.List;
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
        SqlType type) {}
