// SPDX-License-Identifier: Apache-2.0
/// Failures that a user of SQL sees.
///
/// **Rule:** a leaf. A message says what was found, what was expected and what to do, and where in
/// the SQL text where there is a place.
@NullMarked
package weir.query.fault;

import org.jspecify.annotations.NullMarked;
