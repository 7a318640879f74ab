// SPDX-License-Identifier: Apache-2.0
/// Files to committed segments: which worker reads what, which content is already there, and what
/// appears in the store together.
///
/// **Rule:** what a segment holds depends on the inputs and never on the timing of threads; a unit
/// of work is read by one thread into segments of its own, and results are taken in input order.
@NullMarked
package weir.ingest.pipeline;

import org.jspecify.annotations.NullMarked;
