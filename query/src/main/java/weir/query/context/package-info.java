// SPDX-License-Identifier: Apache-2.0
/// What is known beside the values of a row: names out of tables of context, and which address is
/// an interface's own.
///
/// **Rule:** nothing is read before a function asks for it, and everything at most once for each
/// statement; what no table says is not known, and never guessed without records that show it.
@NullMarked
package weir.query.context;

import org.jspecify.annotations.NullMarked;
