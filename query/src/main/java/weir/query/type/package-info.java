// SPDX-License-Identifier: Apache-2.0
/// The SQL types and how their values stand in vectors.
///
/// **Rule:** Trino's names, ranges and printing; nothing here knows of expressions or rows.
@NullMarked
package weir.query.type;

import org.jspecify.annotations.NullMarked;
