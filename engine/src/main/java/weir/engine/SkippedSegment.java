// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import weir.engine.fault.StoreException;

/// A segment that was left out, as a whole, because it cannot be read.
///
/// @param table the table it belongs to
/// @param file the name of its file
/// @param rowCount its rows, as the manifest says
/// @param reason what is wrong with it
public record SkippedSegment(String table, String file, long rowCount, StoreException reason) {}
