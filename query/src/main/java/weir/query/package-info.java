// SPDX-License-Identifier: Apache-2.0
/// Weir's queries as a library: a store and SQL in, batches of rows out.
///
/// **Rule:** the façade. Nothing below imports it, and it holds no state but the store.
@NullMarked
package weir.query;

import org.jspecify.annotations.NullMarked;
