// SPDX-License-Identifier: Apache-2.0
/// What makers of text have in common, and how they mark what is no line of a log.
///
/// **Rule:** knows nothing of what the text is made of.
@NullMarked
package weir.ingest.stream;

import org.jspecify.annotations.NullMarked;
