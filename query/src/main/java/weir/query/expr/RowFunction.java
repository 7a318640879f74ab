// SPDX-License-Identifier: Apache-2.0
package weir.query.expr;

import org.jspecify.annotations.Nullable;

/// What a function computes for one row. May keep what it prepared for one argument, so it belongs
/// to one thread.
@FunctionalInterface
public interface RowFunction {
    /// The result for `arguments`, a scratch array that is the caller's; null is NULL.
    ///
    /// @throws weir.query.fault.QueryException when the values have no result
    @Nullable Object apply(@Nullable Object[] arguments);
}
