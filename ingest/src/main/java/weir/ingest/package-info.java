// SPDX-License-Identifier: Apache-2.0
/// Collecting flow logs into a store: the façade.
///
/// **Rule:** nothing below imports this package, and nothing here knows how a line is read.
@NullMarked
package weir.ingest;

import org.jspecify.annotations.NullMarked;
