// SPDX-License-Identifier: Apache-2.0
/// Typed expressions, independent of SQL text: names are resolved, coercions are explicit casts.
///
/// **Rule:** immutable; what an expression means is said here once, how it is computed elsewhere.
@NullMarked
package weir.query.expr;

import org.jspecify.annotations.NullMarked;
