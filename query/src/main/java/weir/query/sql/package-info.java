// SPDX-License-Identifier: Apache-2.0
/// SQL text to a plan: parsing, names, types.
///
/// **Rule:** the only package that names trino-parser. A construct that is not run is refused by
/// name and position, never ignored.
@NullMarked
package weir.query.sql;

import org.jspecify.annotations.NullMarked;
