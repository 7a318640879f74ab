// SPDX-License-Identifier: Apache-2.0
/// What makers of text have in common.
///
/// **Rule:** knows nothing of what the text is made of.
@NullMarked
package weir.ingest.stream;

import org.jspecify.annotations.NullMarked;
