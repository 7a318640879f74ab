// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.compact.GroupOrder;
import weir.engine.compact.MergePlan;
import weir.engine.compact.RowCopy;
import weir.engine.compact.SegmentShape;
import weir.engine.fault.Limits;
import weir.engine.segment.SegmentBuilder;
import weir.engine.segment.SegmentReader;

/// Makes many small segments few, and sorts those whose rows are in no order. What the tables hold
/// stays the same; readers are not disturbed.
///
/// Each group of segments is a commit of its own: whatever ends it, the store holds every row once,
/// and the same call goes on from there. A store that was compacted gives it nothing to do.
public final class Compaction {
    private final Store store;
    private final StoreWriter writer;
    private final RewriteOptions options;
    private final Listener listener;
    private final Set<Long> written = new HashSet<>();
    private long bytesDone;
    private long bytesPlanned;
    private long rowsDone;

    private Compaction(Store store, StoreWriter writer, RewriteOptions options, Listener listener) {
        this.store = store;
        this.writer = writer;
        this.options = options;
        this.listener = listener;
    }

    /// Hears how far a compaction is, after each segment that was read.
    @FunctionalInterface
    public interface Listener {
        /// A listener that does nothing.
        Listener NONE = (_, _, _) -> {};

        /// So far: `bytesDone` of `bytesPlanned` bytes of segments, and `rows` rows.
        void progress(long bytesDone, long bytesPlanned, long rows);
    }

    /// Compacts every table of `store`, whose only writer this is until it returns.
    ///
    /// @return what was done
    /// @throws weir.engine.fault.StoreException when a segment is damaged, the store cannot be
    ///   written, or another writer is at work; what was committed before stays
    public static CompactReport run(Store store, RewriteOptions options, Listener listener) {
        try (StoreWriter writer = store.writer("weir compact")) {
            Compaction compaction = new Compaction(store, writer, options, listener);
            List<CompactReport.Table> tables = new ArrayList<>();
            for (String table : compaction.tables()) {
                tables.add(compaction.compact(table));
            }
            return new CompactReport(List.copyOf(tables));
        }
    }

    /// Puts one segment in the place of those of `group`, segments of `table` that are small enough
    /// together, for a writer that goes on writing.
    ///
    /// @return the number of the new segment
    /// @throws weir.engine.fault.StoreException when a segment is damaged or the store cannot be
    ///   written
    public static long merge(
            Store store,
            StoreWriter writer,
            String table,
            List<Long> group,
            RewriteOptions options) {
        Compaction compaction = new Compaction(store, writer, options, Listener.NONE);
        compaction.rewrite(table, group);
        return compaction.written.iterator().next();
    }

    private List<String> tables() {
        try (Snapshot snapshot = store.snapshot()) {
            return List.copyOf(snapshot.tables().keySet());
        }
    }

    private CompactReport.Table compact(String table) {
        TableSize before = size(table);
        long rowsBefore = rowsDone;
        List<List<Long>> groups = merges(table);
        // What has values in common is smaller together, so that more may fit in a second pass.
        while (!groups.isEmpty()) {
            groups.forEach(group -> rewrite(table, group));
            groups = merges(table);
        }
        for (long segmentId : unordered(table)) {
            rewrite(table, List.of(segmentId));
        }
        TableSize after = size(table);
        return new CompactReport.Table(
                table,
                before.segments,
                after.segments,
                rowsDone - rowsBefore,
                before.sizeBytes,
                after.sizeBytes);
    }

    private record TableSize(int segments, long sizeBytes) {}

    private TableSize size(String table) {
        try (Snapshot snapshot = store.snapshot()) {
            List<SegmentReader> segments = segments(snapshot, table).segments();
            return new TableSize(
                    segments.size(), segments.stream().mapToLong(SegmentReader::sizeBytes).sum());
        }
    }

    private static TableSnapshot segments(Snapshot snapshot, String table) {
        TableSnapshot known = snapshot.table(table);
        if (known == null) {
            throw new IllegalStateException("table " + table + " is gone");
        }
        return known;
    }

    /// The segments to put together, by their numbers.
    private List<List<Long>> merges(String table) {
        try (Snapshot snapshot = store.snapshot()) {
            TableSnapshot known = segments(snapshot, table);
            List<SegmentShape> shapes = new ArrayList<>();
            for (SegmentReader segment : known.segments()) {
                shapes.add(shape(segment, shapes.size(), known));
            }
            Map<Long, Long> sizes = sizes(known);
            List<List<Long>> groups = new ArrayList<>();
            for (List<SegmentShape> group :
                    MergePlan.of(shapes, options.limits(known.rowCount()))) {
                groups.add(group.stream().map(SegmentShape::segmentId).toList());
            }
            groups.forEach(
                    group -> group.forEach(id -> bytesPlanned += sizes.getOrDefault(id, 0L)));
            return groups;
        }
    }

    private static Map<Long, Long> sizes(TableSnapshot table) {
        Map<Long, Long> sizes = new HashMap<>();
        table.segments().forEach(segment -> sizes.put(segment.segmentId(), segment.sizeBytes()));
        return sizes;
    }

    /// Opens the segment once more, so that the dictionaries of all segments are not in memory at
    /// once.
    private static SegmentShape shape(SegmentReader known, int position, TableSnapshot table) {
        try (SegmentReader segment = SegmentReader.open(known.path(), known.seal())) {
            return SegmentShape.of(segment, position, table.schema());
        }
    }

    /// Segments that nobody sorted, small enough to be.
    private List<Long> unordered(String table) {
        try (Snapshot snapshot = store.snapshot()) {
            TableSnapshot known = segments(snapshot, table);
            List<Long> found = new ArrayList<>();
            for (SegmentReader segment : known.segments()) {
                if (segment.rowCount() >= Limits.BATCH_ROWS
                        && segment.rowCount() <= rowsMax(segment)
                        && !written.contains(segment.segmentId())
                        && GroupOrder.isMissing(segment, options.hintsOf(table))) {
                    found.add(segment.segmentId());
                    bytesPlanned += segment.sizeBytes();
                }
            }
            return found;
        }
    }

    private int rowsMax(SegmentReader segment) {
        return options.limits(Long.MAX_VALUE).rows(segment.schema().size());
    }

    /// Puts one segment in the place of those of `group`. One alone stays if sorting does not make
    /// it smaller.
    private void rewrite(String table, List<Long> group) {
        try (Snapshot snapshot = store.snapshot()) {
            TableSnapshot known = segments(snapshot, table);
            SegmentBuilder builder =
                    new SegmentBuilder(known.schema().timeColumn(), options.hintsOf(table));
            long sizeBytes = 0;
            long rows = 0;
            for (SegmentReader segment : known.segments()) {
                if (group.contains(segment.segmentId())) {
                    new RowCopy(segment, known.schema(), null, Limits.SEGMENT_ROWS_MAX)
                            .fill(builder);
                    sizeBytes += segment.sizeBytes();
                    rows += segment.rowCount();
                    bytesDone += segment.sizeBytes();
                    listener.progress(bytesDone, bytesPlanned, rowsDone + rows);
                }
            }
            if (builder.rowCount() != rows) {
                throw new IllegalStateException(
                        builder.rowCount() + " rows were read of the " + rows + " of " + group);
            }
            WrittenSegment merged = writer.write(table, builder);
            if (group.size() == 1 && merged.sizeBytes() >= sizeBytes) {
                writer.discard(List.of(merged));
                return;
            }
            writer.replace(table, group, List.of(merged));
            written.add(merged.segmentId());
            rowsDone += rows;
        }
    }
}
