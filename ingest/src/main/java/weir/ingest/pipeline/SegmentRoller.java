// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import weir.engine.StoreWriter;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.segment.RowMemory;
import weir.ingest.parse.FlowRows;
import weir.ingest.record.RecordTable;

/// The segments of one unit of work for one table: rows go to the current one, which is written
/// when it is full: by the thread that fills it, or by another one while the next segment is
/// filled, one at a time. Confined to one thread.
final class SegmentRoller {
    private final StoreWriter writer;
    private final RecordTable table;
    private final RunOptions options;
    private final @Nullable Executor behind;
    private final List<WrittenSegment> written = new ArrayList<>();

    /// Memory of the current segment, and of the next one.
    private RowMemory memory;

    private RowMemory nextMemory;

    /// The segment that is being written meanwhile.
    private @Nullable CompletableFuture<WrittenSegment> pending;

    private FlowRows rows;

    /// @param behind runs what writes full segments; null when the calling thread is to do that
    SegmentRoller(
            StoreWriter writer,
            RecordTable table,
            RunOptions options,
            int rowsExpected,
            RowMemory memory,
            @Nullable Executor behind) {
        this.writer = writer;
        this.table = table;
        this.options = options;
        this.memory = memory;
        this.nextMemory = behind == null ? memory : new RowMemory();
        this.behind = behind;
        this.rows = newRows(rowsExpected);
    }

    private FlowRows newRows(int rowsExpected) {
        return new FlowRows(
                table, options.segmentRows(), rowsExpected, options.segmentBytes(), memory);
    }

    /// The rows of the current segment.
    FlowRows rows() {
        return rows;
    }

    /// Writes the current segment, if it has a row, and begins the next.
    FlowRows roll() {
        if (behind == null || rows.rowCount() == 0) {
            write();
        } else {
            takePending();
            FlowRows full = rows;
            pending =
                    CompletableFuture.supplyAsync(
                            () -> writer.write(table.table(), full.builder()), behind);
            RowMemory free = nextMemory;
            nextMemory = memory;
            memory = free;
        }
        rows = newRows(options.segmentRows());
        return rows;
    }

    private void write() {
        if (rows.rowCount() > 0) {
            written.add(writer.write(table.table(), rows.builder()));
        }
    }

    /// Waits for the segment that is being written meanwhile.
    private void takePending() {
        CompletableFuture<WrittenSegment> segment = pending;
        pending = null;
        if (segment == null) {
            return;
        }
        try {
            written.add(segment.join());
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /// Writes what is left and gives all segments.
    List<WrittenSegment> finish() {
        takePending();
        write();
        return List.copyOf(written);
    }

    /// Removes what was written.
    void discard() {
        try {
            takePending();
        } finally {
            writer.discard(written);
            written.clear();
        }
    }
}
