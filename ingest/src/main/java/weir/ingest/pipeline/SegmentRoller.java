// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import weir.engine.StoreWriter;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.segment.RowMemory;
import weir.ingest.parse.FlowRows;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;

/// The segments of one unit of work: rows go to the current one, which is written when it is full.
/// Confined to one thread.
final class SegmentRoller {
    private final StoreWriter writer;
    private final RunOptions options;
    private final RowMemory memory;
    private final List<WrittenSegment> written = new ArrayList<>();
    private final Set<FlowFormat> formats = new LinkedHashSet<>();
    private FlowRows rows;

    SegmentRoller(StoreWriter writer, RunOptions options, int rowsExpected, RowMemory memory) {
        this.writer = writer;
        this.options = options;
        this.memory = memory;
        this.rows = newRows(rowsExpected);
    }

    private FlowRows newRows(int rowsExpected) {
        return new FlowRows(options.segmentRows(), rowsExpected, options.segmentBytes(), memory);
    }

    /// The rows of the current segment.
    FlowRows rows() {
        return rows;
    }

    /// Says that rows of these formats are among those of the unit.
    void note(Collection<FlowFormat> more) {
        formats.addAll(more);
    }

    /// Writes the current segment, if it has a row, and begins the next.
    FlowRows roll() {
        write();
        rows = newRows(options.segmentRows());
        return rows;
    }

    private void write() {
        if (rows.rowCount() > 0) {
            written.add(writer.write(FlowTables.FLOWS, rows.builder()));
        }
    }

    /// Writes what is left and gives all segments.
    List<WrittenSegment> finish() {
        write();
        return List.copyOf(written);
    }

    Set<FlowFormat> formats() {
        return Set.copyOf(formats);
    }

    /// Removes what was written.
    void discard() {
        writer.discard(written);
        written.clear();
    }
}
