// SPDX-License-Identifier: Apache-2.0
/// Decoded columns in memory, the currency between storage and query.
///
/// **Rule:** dictionary codes travel as codes for as long as they can; text is decoded last.
@NullMarked
package weir.engine.vector;

import org.jspecify.annotations.NullMarked;
