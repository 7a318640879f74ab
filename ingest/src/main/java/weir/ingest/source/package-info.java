// SPDX-License-Identifier: Apache-2.0
/// Where log text comes from: finding the files that were asked for, unpacking them, and handing
/// the text on in blocks that end on a line.
///
/// **Rule:** nothing here knows what a line means, and nothing keeps more of a file in memory than
/// one block.
@NullMarked
package weir.ingest.source;

import org.jspecify.annotations.NullMarked;
