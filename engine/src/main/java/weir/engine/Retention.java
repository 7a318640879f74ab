// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.compact.RowCopy;
import weir.engine.compact.SegmentShape;
import weir.engine.compact.SegmentShape.TimeRange;
import weir.engine.fault.StoreException;
import weir.engine.index.ZoneMap;
import weir.engine.scan.Predicate;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentBuilder;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.VectorBatch;

/// Drops old rows of a store. Readers are not disturbed: they see each step as a whole.
///
/// What goes as a whole goes first, so that a full disk has room for the rest. Whatever ends it,
/// the same call goes on from there.
public final class Retention {
    private final Store store;
    private final @Nullable StoreWriter writer;
    private long segmentsRemoved;
    private long segmentsRewritten;
    private long rowsRemoved;
    private long bytesFreed;

    /// @param writer null when nothing is to be done, but only said
    private Retention(Store store, @Nullable StoreWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    /// What is to be dropped of a store.
    private interface Drop {
        void run(Retention retention);
    }

    /// Drops every row of every table with a time whose time is before `epochSecond`. Segments that
    /// hold later rows too are written anew without the others. Rows without a time stay.
    ///
    /// @param isDryRun whether to leave the store as it is and only to say what would go
    /// @throws weir.engine.fault.StoreException when a segment is damaged, the store cannot be
    ///   written, or another writer is at work; what was committed before stays
    public static DropReport dropBefore(
            Store store, long epochSecond, RewriteOptions options, boolean isDryRun) {
        return run(store, isDryRun, retention -> retention.dropBefore(epochSecond, options));
    }

    /// Drops whole segments of `tables`, those first whose last row is the oldest, until all
    /// segments of the store together have at most `sizeBytes` bytes. Segments without a time go
    /// last, in order of publication. The segments of other tables stay.
    ///
    /// @param isDryRun whether to leave the store as it is and only to say what would go
    /// @throws weir.engine.fault.StoreException when the store cannot be written, or another writer
    ///   is at work
    public static DropReport keepBytes(
            Store store, List<String> tables, long sizeBytes, boolean isDryRun) {
        return run(store, isDryRun, retention -> retention.keepBytes(tables, sizeBytes));
    }

    private static DropReport run(Store store, boolean isDryRun, Drop drop) {
        if (isDryRun) {
            Retention retention = new Retention(store, null);
            drop.run(retention);
            return retention.report();
        }
        try (StoreWriter writer = store.writer("weir drop")) {
            Retention retention = new Retention(store, writer);
            drop.run(retention);
            return retention.report();
        }
    }

    private DropReport report() {
        try (Snapshot snapshot = store.snapshot()) {
            return new DropReport(
                    segmentsRemoved,
                    segmentsRewritten,
                    rowsRemoved,
                    bytesFreed,
                    sizeBytes(snapshot));
        }
    }

    private static long sizeBytes(Snapshot snapshot) {
        return snapshot.tables().values().stream()
                .flatMap(table -> table.segments().stream())
                .mapToLong(SegmentReader::sizeBytes)
                .sum();
    }

    /// A segment that may go.
    ///
    /// @param lastTime time of its last row
    private record Candidate(String table, SegmentReader segment, long lastTime) {}

    private void keepBytes(List<String> tables, long keptBytes) {
        try (Snapshot snapshot = store.snapshot()) {
            long sizeBytes = sizeBytes(snapshot);
            Map<String, List<SegmentReader>> gone = new TreeMap<>();
            for (Candidate oldest : oldestFirst(snapshot, tables)) {
                if (sizeBytes <= keptBytes) {
                    break;
                }
                gone.computeIfAbsent(oldest.table, _ -> new ArrayList<>()).add(oldest.segment);
                sizeBytes -= oldest.segment.sizeBytes();
            }
            gone.forEach(this::remove);
        }
    }

    private static List<Candidate> oldestFirst(Snapshot snapshot, List<String> tables) {
        List<Candidate> candidates = new ArrayList<>();
        for (String name : tables) {
            TableSnapshot table = snapshot.table(name);
            if (table == null) {
                continue;
            }
            for (SegmentReader segment : table.segments()) {
                TimeRange time = SegmentShape.timeRange(segment, table.schema());
                candidates.add(
                        new Candidate(name, segment, time == null ? Long.MAX_VALUE : time.last()));
            }
        }
        candidates.sort(Comparator.comparingLong(Candidate::lastTime));
        return candidates;
    }

    private void dropBefore(long epochSecond, RewriteOptions options) {
        Map<String, List<Long>> mixed = new TreeMap<>();
        try (Snapshot snapshot = store.snapshot()) {
            for (TableSnapshot table : snapshot.tables().values()) {
                List<SegmentReader> gone = new ArrayList<>();
                List<Long> cut = new ArrayList<>();
                for (SegmentReader segment : table.segments()) {
                    long old = oldRows(table, segment, epochSecond);
                    if (old == segment.rowCount()) {
                        gone.add(segment);
                    } else if (old > 0) {
                        cut.add(segment.segmentId());
                        rowsRemoved += old;
                    }
                }
                remove(table.name(), gone);
                mixed.put(table.name(), cut);
            }
        }
        mixed.forEach((table, segmentIds) ->
                segmentIds.forEach(id -> cut(table, id, epochSecond, options)));
    }

    private void remove(String table, List<SegmentReader> segments) {
        if (segments.isEmpty()) {
            return;
        }
        if (writer != null) {
            writer.replace(
                    table, segments.stream().map(SegmentReader::segmentId).toList(), List.of());
        }
        segmentsRemoved += segments.size();
        for (SegmentReader segment : segments) {
            rowsRemoved += segment.rowCount();
            bytesFreed += segment.sizeBytes();
        }
    }

    /// How many rows of `segment` are from before `epochSecond`. Reads them only where some are and
    /// some are not.
    private static long oldRows(TableSnapshot table, SegmentReader segment, long epochSecond) {
        Column time = timeColumn(table);
        ColumnReader column = time == null ? null : segment.column(time.name());
        if (time == null || column == null) {
            return 0;
        }
        ZoneMap zone = column.zone();
        if (zone.isAllAbsent() || zone.min() >= epochSecond) {
            return 0;
        }
        if (zone.max() < epochSecond) {
            return (long) segment.rowCount() - zone.absentCount();
        }
        long rows = 0;
        SegmentScan scan =
                scan(segment, new Predicate.NumberRange(time, Long.MIN_VALUE, epochSecond - 1));
        for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
            rows += batch.rowCount();
        }
        return rows;
    }

    private static SegmentScan scan(SegmentReader segment, Predicate predicate) {
        return SegmentScan.of(segment, ScanRequest.of(List.of(), predicate), new ScanMetrics());
    }

    private static @Nullable Column timeColumn(TableSnapshot table) {
        String name = table.schema().timeColumn();
        return name == null ? null : table.schema().column(table.schema().indexOf(name));
    }

    /// Writes a segment anew without its old rows.
    private void cut(String table, long segmentId, long epochSecond, RewriteOptions options) {
        segmentsRewritten++;
        if (writer == null) {
            return;
        }
        try (Snapshot snapshot = store.snapshot()) {
            TableSnapshot known = snapshot.table(table);
            Column time = known == null ? null : timeColumn(known);
            if (known == null || time == null) {
                throw new IllegalStateException("table " + table + " has lost its time");
            }
            SegmentReader segment =
                    known.segments().stream()
                            .filter(each -> each.segmentId() == segmentId)
                            .findFirst()
                            .orElseThrow();
            Predicate kept =
                    new Predicate.Or(
                            List.of(
                                    new Predicate.NumberRange(time, epochSecond, Long.MAX_VALUE),
                                    new Predicate.NumberAbsent(time)));
            List<WrittenSegment> written = write(writer, known, segment, kept, options);
            writer.replace(table, List.of(segmentId), written);
            bytesFreed += segment.sizeBytes();
            written.forEach(each -> bytesFreed -= each.sizeBytes());
        }
    }

    private static List<WrittenSegment> write(
            StoreWriter writer,
            TableSnapshot table,
            SegmentReader segment,
            Predicate kept,
            RewriteOptions options) {
        int rowsMax = options.limits(Long.MAX_VALUE).rows(segment.schema().size());
        RowCopy rows = new RowCopy(segment, table.schema(), kept, rowsMax);
        List<WrittenSegment> written = new ArrayList<>();
        boolean isLeft = true;
        try {
            while (isLeft) {
                SegmentBuilder builder =
                        new SegmentBuilder(
                                table.schema().timeColumn(), options.hintsOf(table.name()));
                isLeft = rows.fill(builder);
                if (builder.rowCount() > 0) {
                    written.add(writer.write(table.name(), builder));
                }
            }
        } catch (StoreException e) {
            writer.discardAfter(e, written);
            throw e;
        }
        return written;
    }
}
