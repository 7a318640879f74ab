// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import weir.engine.SkippedSegment;
import weir.engine.TableSnapshot;
import weir.engine.fault.StoreException;
import weir.engine.scan.ScanMetrics;
import weir.engine.segment.SegmentReader;

/// One scan of a stored table, and what it did so far. Safe for many threads.
///
/// @param table its name
/// @param segmentCount segments there are
/// @param blockCount blocks there are
/// @param rowCount rows there are
/// @param storedBytes bytes of the table's segments
/// @param metrics what was done and skipped
/// @param damaged segments that were left out as damaged, as they were met
public record TableScan(
        String table,
        long segmentCount,
        long blockCount,
        long rowCount,
        long storedBytes,
        ScanMetrics metrics,
        Queue<SkippedSegment> damaged) {

    /// A scan of `table` that did nothing yet.
    static TableScan of(TableSnapshot table) {
        long blockCount = 0;
        long storedBytes = 0;
        for (SegmentReader segment : table.segments()) {
            blockCount += segment.blockCount();
            storedBytes += segment.sizeBytes();
        }
        return new TableScan(
                table.name(),
                table.segments().size(),
                blockCount,
                table.rowCount(),
                storedBytes,
                new ScanMetrics(),
                new ConcurrentLinkedQueue<>(table.skipped()));
    }

    /// The segments that were left out, in the order of their names.
    public List<SkippedSegment> leftOut() {
        return damaged.stream().sorted(Comparator.comparing(SkippedSegment::file)).toList();
    }

    /// Says that `segment` is left out.
    void skip(SegmentReader segment, StoreException reason) {
        String file = String.valueOf(segment.path().getFileName());
        damaged.add(new SkippedSegment(table, file, segment.rowCount(), reason));
    }

    /// How much of something there is, and what became of it. All parts together are `inAll` when
    /// the scan has ended.
    ///
    /// @param inAll of the table
    /// @param skippedByTime proven useless by the time column
    /// @param skippedByZone proven useless by the zones of another column
    /// @param skippedByIndex proven useless by a dictionary, a bitmap or a list of pages
    /// @param read looked at
    public record Share(
            long inAll, long skippedByTime, long skippedByZone, long skippedByIndex, long read) {

        /// What the answer was complete without, as under a LIMIT.
        public long notNeeded() {
            return inAll - skippedByTime - skippedByZone - skippedByIndex - read;
        }
    }

    /// What became of the segments.
    public Share segments() {
        return new Share(
                segmentCount,
                metrics.segmentsSkippedByTime.sum(),
                metrics.segmentsSkippedByZone.sum(),
                metrics.segmentsSkippedByIndex.sum(),
                metrics.segmentsRead.sum());
    }

    /// What became of the blocks, those of skipped segments too.
    public Share blocks() {
        return new Share(
                blockCount,
                metrics.blocksSkippedByTime.sum(),
                metrics.blocksSkippedByZone.sum(),
                metrics.blocksSkippedByIndex.sum(),
                metrics.blocksRead.sum());
    }

    /// What became of the rows, those of skipped segments and blocks too.
    public Share rows() {
        return new Share(
                rowCount,
                metrics.rowsSkippedByTime.sum(),
                metrics.rowsSkippedByZone.sum(),
                metrics.rowsSkippedByIndex.sum(),
                metrics.rowsRead.sum());
    }
}
