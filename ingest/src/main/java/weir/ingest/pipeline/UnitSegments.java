// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import weir.engine.StoreWriter;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.segment.RowMemory;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.RecordTable;

/// The segments of one unit of work, of each table that its records are for. Confined to one
/// thread.
final class UnitSegments {
    private final StoreWriter writer;
    private final RunOptions options;
    private final Map<RecordTable, RowMemory> memories;
    private final @Nullable Executor behind;
    private final Map<RecordTable, SegmentRoller> rollers = new EnumMap<>(RecordTable.class);
    private final Set<FlowFormat> formats = new LinkedHashSet<>();
    private int rowsExpected;

    /// @param rowsExpected how many rows will come, about: most units are for one table
    /// @param memories of segments before these, by table
    /// @param behind runs what writes full segments; null when the calling thread is to do that
    UnitSegments(
            StoreWriter writer,
            RunOptions options,
            int rowsExpected,
            Map<RecordTable, RowMemory> memories,
            @Nullable Executor behind) {
        this.writer = writer;
        this.options = options;
        this.rowsExpected = rowsExpected;
        this.memories = memories;
        this.behind = behind;
    }

    /// Where the rows for `table` go.
    SegmentRoller of(RecordTable table) {
        SegmentRoller known = rollers.get(table);
        if (known != null) {
            return known;
        }
        RowMemory memory = memories.computeIfAbsent(table, _ -> new RowMemory());
        SegmentRoller roller =
                new SegmentRoller(writer, table, options, rowsExpected, memory, behind);
        rowsExpected = 0;
        rollers.put(table, roller);
        return roller;
    }

    /// Says that rows of these formats are among those of the unit.
    void note(Collection<FlowFormat> more) {
        formats.addAll(more);
    }

    Set<FlowFormat> formats() {
        return Set.copyOf(formats);
    }

    /// Writes what is left and gives all segments.
    List<WrittenSegment> finish() {
        List<WrittenSegment> written = new ArrayList<>();
        for (SegmentRoller roller : rollers.values()) {
            written.addAll(roller.finish());
        }
        return List.copyOf(written);
    }

    /// Removes what was written.
    void discard() {
        RuntimeException failure = null;
        for (SegmentRoller roller : rollers.values()) {
            try {
                roller.discard();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
