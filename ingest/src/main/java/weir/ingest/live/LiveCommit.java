// SPDX-License-Identifier: Apache-2.0
package weir.ingest.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import weir.engine.Compaction;
import weir.engine.RewriteOptions;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.segment.StorageHints;
import weir.ingest.parse.FlowHints;
import weir.ingest.parse.FlowRows;
import weir.ingest.pipeline.FileStatus;
import weir.ingest.pipeline.LedgerEntry;
import weir.ingest.pipeline.PendingCommit;
import weir.ingest.record.RecordTable;

/// Makes cut rows appear in the store together with the marks behind them, and small segments few.
/// Confined to one thread.
final class LiveCommit {
    /// So many segments of about one size become one: with sizes that rise by this factor, a row is
    /// written anew some times at most.
    private static final int MERGED_SEGMENTS = 8;

    private final Store store;
    private final StoreWriter writer;
    private final int segmentRows;
    private final RewriteOptions rewrite;

    /// The small segments of each level, by their numbers.
    private final Map<Level, Deque<Small>> small = new HashMap<>();

    /// Segments of a table that were merged so many times.
    private record Level(RecordTable table, int merges) {}

    private record Small(long segmentId, int rows) {}

    LiveCommit(Store store, StoreWriter writer, int segmentRows) {
        this.store = store;
        this.writer = writer;
        this.segmentRows = segmentRows;
        Map<String, StorageHints> hints = new HashMap<>();
        for (RecordTable table : RecordTable.values()) {
            hints.put(table.table(), FlowHints.of(table));
        }
        this.rewrite = RewriteOptions.of(hints);
    }

    /// Commits `batch`; durable when this returns.
    ///
    /// @throws weir.engine.fault.StoreException when it cannot be written: nothing more can be by
    ///   this writer
    void commit(String name, LiveRows.Batch batch) {
        PendingCommit commit = new PendingCommit(writer);
        addRows(commit, batch);
        commit.addRejected(name, batch.rejected());
        commit.commit(System.currentTimeMillis(), batch.marks().toMap());
    }

    /// The same for the last batch of a session, with what the ledger says of it.
    void commitLast(String name, String format, long bytes, LiveRows.Batch batch) {
        LiveMarks marks = batch.marks();
        PendingCommit commit = new PendingCommit(writer);
        addRows(commit, batch);
        if (marks.line() > 0) {
            commit.addEntry(entry(name, format, bytes, marks), batch.rejected());
        }
        commit.commit(System.currentTimeMillis(), marks.asEnded().toMap());
    }

    private static LedgerEntry entry(String name, String format, long bytes, LiveMarks marks) {
        return new LedgerEntry(
                name,
                null,
                null,
                bytes,
                bytes,
                0,
                "live",
                format,
                marks.records(),
                marks.rejectedLines(),
                FileStatus.OK,
                null);
    }

    private void addRows(PendingCommit commit, LiveRows.Batch batch) {
        for (FlowRows rows : batch.rows()) {
            if (rows.rowCount() > 0) {
                WrittenSegment segment = writer.write(rows.table().table(), rows.builder());
                commit.addSegments(List.of(segment), batch.formats());
                add(new Level(rows.table(), 0), new Small(segment.segmentId(), segment.rowCount()));
            }
        }
    }

    private void add(Level level, Small segment) {
        small.computeIfAbsent(level, _ -> new ArrayDeque<>()).add(segment);
    }

    /// Puts small segments together where there are enough of them.
    ///
    /// @throws weir.engine.fault.StoreException when that cannot be written
    void merge() {
        for (RecordTable table : RecordTable.values()) {
            Level level = new Level(table, 0);
            for (Deque<Small> segments = small.get(level);
                    segments != null;
                    segments = small.get(level)) {
                while (segments.size() >= MERGED_SEGMENTS) {
                    merge(level, segments);
                }
                level = new Level(table, level.merges + 1);
            }
        }
    }

    private void merge(Level level, Deque<Small> segments) {
        List<Long> group = new ArrayList<>();
        int rows = 0;
        while (!segments.isEmpty() && rows + segments.peekFirst().rows <= segmentRows) {
            Small next = segments.removeFirst();
            group.add(next.segmentId);
            rows += next.rows;
        }
        if (group.size() < 2) {
            // As large as segments become.
            if (group.isEmpty()) {
                segments.removeFirst();
            }
            return;
        }
        long merged = Compaction.merge(store, writer, level.table.table(), group, rewrite);
        add(new Level(level.table, level.merges + 1), new Small(merged, rows));
    }
}
