// SPDX-License-Identifier: Apache-2.0
/// Statements with the answers that Trino gives to them, and the tables they are asked of.
///
/// **Rule:** what a script says is written by Trino; only a part marked as Weir's own is not.
@NullMarked
package weir.query.answers;

import org.jspecify.annotations.NullMarked;
