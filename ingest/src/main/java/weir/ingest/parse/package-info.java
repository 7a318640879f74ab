// SPDX-License-Identifier: Apache-2.0
/// Text to columns: a block of lines is cut into tokens, and then read column by column into the
/// rows of a segment under construction.
///
/// **Rule:** nothing here allocates, throws or calls through an interface for a good line; a line
/// that fails any check goes to [LineParser], which is slow and exact and says why.
@NullMarked
package weir.ingest.parse;

import org.jspecify.annotations.NullMarked;
