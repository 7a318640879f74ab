// SPDX-License-Identifier: Apache-2.0
/// What is done with one value: how it prints, compares and converts, and what each function gives.
///
/// A value stands as in [weir.query.expr.Expr.Literal]: null, `Long`, `Double`, `String`,
/// `BigDecimal` or [weir.engine.schema.IpAddress].
///
/// **Rule:** pure functions with Trino's results and messages; nothing here knows of vectors.
@NullMarked
package weir.query.value;

import org.jspecify.annotations.NullMarked;
