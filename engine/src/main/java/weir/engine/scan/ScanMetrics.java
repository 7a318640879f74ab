// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.concurrent.atomic.LongAdder;

/// What scans did and did not have to do. Safe for many threads; one for a query.
///
/// What is skipped is counted once, under the first of these that proved it: the time (the zone of
/// the time column), another zone, an index (a dictionary without the value, a bitmap, a list of
/// pages). What is neither skipped nor read when a scan ends was not reached, as under a LIMIT.
public final class ScanMetrics {
    /// Segments asked.
    public final LongAdder segments = new LongAdder();

    /// Segments of which no block was read, for their time.
    public final LongAdder segmentsSkippedByTime = new LongAdder();

    /// Segments of which no block was read, for the zones of other columns.
    public final LongAdder segmentsSkippedByZone = new LongAdder();

    /// Segments of which no block was read, for an index.
    public final LongAdder segmentsSkippedByIndex = new LongAdder();

    /// Segments of which some block was read.
    public final LongAdder segmentsRead = new LongAdder();

    /// Blocks of the segments asked.
    public final LongAdder blocks = new LongAdder();

    /// Blocks not read for their time; those of skipped segments too.
    public final LongAdder blocksSkippedByTime = new LongAdder();

    /// Blocks not read for the zones of other columns; those of skipped segments too.
    public final LongAdder blocksSkippedByZone = new LongAdder();

    /// Blocks not read for an index; those of skipped segments too.
    public final LongAdder blocksSkippedByIndex = new LongAdder();

    /// Blocks of which some row was read.
    public final LongAdder blocksRead = new LongAdder();

    /// Rows of the segments asked.
    public final LongAdder rows = new LongAdder();

    /// Rows not read for their time.
    public final LongAdder rowsSkippedByTime = new LongAdder();

    /// Rows not read for the zones of other columns.
    public final LongAdder rowsSkippedByZone = new LongAdder();

    /// Rows not read for an index, also batches within a block.
    public final LongAdder rowsSkippedByIndex = new LongAdder();

    /// Rows of the batches that were read.
    public final LongAdder rowsRead = new LongAdder();

    /// Rows that passed.
    public final LongAdder rowsPassed = new LongAdder();

    /// Segments of which a summary was read in place of their rows.
    public final LongAdder segmentsSummarized = new LongAdder();

    /// Rows of those summaries.
    public final LongAdder summaryRows = new LongAdder();

    /// Bytes of the blocks that were opened, each as a whole. Dictionaries and indexes, which are
    /// read once while a store is open, are not among them.
    public final LongAdder bytesRead = new LongAdder();

    /// Segments of which no block was read, for whatever reason.
    public long segmentsSkipped() {
        return segmentsSkippedByTime.sum()
                + segmentsSkippedByZone.sum()
                + segmentsSkippedByIndex.sum();
    }
}
