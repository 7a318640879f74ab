// SPDX-License-Identifier: Apache-2.0
/// Records that arrive one after the other: safe in a journal first, rows of segments soon after.
///
/// **Rule:** what is in a segment and how far the journal was read appear in one commit, so that
/// whatever ends a session, reading the rest of the journal gives each line once. A session that
/// cannot write starts again from there itself, as the next process would.
@NullMarked
package weir.ingest.live;

import org.jspecify.annotations.NullMarked;
