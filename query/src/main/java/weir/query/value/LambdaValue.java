// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import org.jspecify.annotations.Nullable;

/// A function that is handed to another, such as `x -> x + 1` to `transform`. Belongs to one
/// thread.
@FunctionalInterface
public interface LambdaValue {
    /// The result for these arguments, of which null is NULL; so is the result.
    @Nullable Object apply(@Nullable Object... arguments);
}
