// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.List;
import java.util.Set;
import weir.engine.StoreWriter.WrittenSegment;
import weir.ingest.record.FlowFormat;

/// What reading a unit of whole files gave.
///
/// @param files one for each file of the unit, in order
/// @param segments the rows of them all, written and not yet committed
/// @param formats the formats of those rows
record UnitResult(List<FileResult> files, List<WrittenSegment> segments, Set<FlowFormat> formats) {}
