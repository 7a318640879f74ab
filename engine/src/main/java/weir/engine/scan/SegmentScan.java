// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.BlockDecoder;
import weir.engine.fault.Limits;
import weir.engine.index.RowSet;
import weir.engine.schema.Column;
import weir.engine.segment.BlockDecoders;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// Reads the passing rows of one segment, batch by batch in row order, decoding no block that a
/// zone map, a dictionary or an index excludes. Belongs to one thread.
public final class SegmentScan {
    /// Above this share of a segment (1 / 8) an index costs more than scanning codes.
    private static final int INDEX_SHARE = 8;

    private final SegmentReader segment;
    private final ScanRequest request;
    private final ScanMetrics metrics;
    private final WholeBlocks wholeBlocks;
    private final List<ColumnCursor> outputs = new ArrayList<>();
    private final @Nullable RowTest test;
    private final @Nullable RowSet candidates;
    private final RowSet.@Nullable Cursor candidateCursor;

    /// Whether every candidate passes.
    private final boolean isExact;

    private final BlockDecoders decoders;
    private int[] flags = new int[0];
    private int[] selection = new int[0];

    private int block = -1;

    /// The batches of the block that are still to be read, one bit each.
    private int batches;

    private boolean passesWhole;
    private boolean hasRead;
    private boolean hasGiven;
    private int blocksOfOtherTimes;
    private int blocksIndexed;

    private SegmentScan(
            SegmentReader segment,
            ScanRequest request,
            ScanMetrics metrics,
            WholeBlocks wholeBlocks) {
        this.segment = segment;
        this.request = request;
        this.metrics = metrics;
        this.wholeBlocks = wholeBlocks;
        this.decoders = segment.decoders(metrics.bytesRead::add);
        Map<String, ColumnCursor> cursors = new LinkedHashMap<>();
        for (Column column : request.columns()) {
            outputs.add(cursor(column, cursors));
        }
        Predicate predicate = request.predicate();
        if (predicate == null) {
            test = null;
            candidates = null;
            isExact = false;
        } else {
            List<Column> read = new ArrayList<>();
            RowTest.collect(predicate, read);
            read.forEach(column -> cursor(column, cursors));
            test = RowTest.of(predicate, cursors, request.useZones());
            int most = segment.rowCount() / INDEX_SHARE;
            RowSet passing = request.useIndexes() ? test.rows(most) : null;
            isExact = passing != null;
            candidates = isExact || !request.useIndexes() ? passing : test.candidates(most);
        }
        candidateCursor = candidates == null ? null : candidates.cursor();
    }

    private ColumnCursor cursor(Column column, Map<String, ColumnCursor> cursors) {
        return cursors.computeIfAbsent(
                column.name(), _ -> new ColumnCursor(segment, column, decoders));
    }

    /// Starts a scan of `segment`; what it skips is counted in `metrics`.
    public static SegmentScan of(SegmentReader segment, ScanRequest request, ScanMetrics metrics) {
        return of(segment, request, metrics, WholeBlocks.NONE);
    }

    /// The same, but blocks of which every row passes, without a look at rows, are offered to
    /// `wholeBlocks` first; the rows of those that it takes count as passed and as not needed.
    public static SegmentScan of(
            SegmentReader segment,
            ScanRequest request,
            ScanMetrics metrics,
            WholeBlocks wholeBlocks) {
        metrics.segments.increment();
        metrics.blocks.add(segment.blockCount());
        metrics.rows.add(segment.rowCount());
        try {
            return new SegmentScan(segment, request, metrics, wholeBlocks);
        } catch (InternalError e) {
            throw segment.shortened(e);
        }
    }

    /// The next batch with a passing row, of 1 to 2,048 of them; null when there is none. Its
    /// arrays are the caller's.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when a block that is needed is damaged, or
    ///   the file became shorter while it was read: then the rows given before are not to be
    ///   believed either. Whoever stops before the end asks [SegmentReader#checkLength()].
    public @Nullable VectorBatch next() {
        try {
            return nextBatch();
        } catch (InternalError e) {
            throw segment.shortened(e);
        }
    }

    private @Nullable VectorBatch nextBatch() {
        while (true) {
            while (batches != 0) {
                int batch = Integer.numberOfTrailingZeros(batches);
                batches &= batches - 1;
                VectorBatch result = readBatch(batch);
                if (result != null) {
                    return result;
                }
            }
            // Before the first block and behind each: what was read of it stands only if the file
            // is still whole.
            segment.checkLength();
            if (!nextBlock()) {
                return null;
            }
        }
    }

    /// Moves to the next block that may hold a passing row.
    private boolean nextBlock() {
        while (block < segment.blockCount() && ++block < segment.blockCount()) {
            Verdict verdict =
                    test == null
                            ? Verdict.ALL
                            : request.useZones() ? test.verdict(block, false) : Verdict.SOME;
            passesWhole = verdict == Verdict.ALL;
            if (verdict == Verdict.NONE) {
                countExcluded(block);
            } else if (passesWhole && wholeBlocks.take(segment, block)) {
                hasGiven = true;
                metrics.rowsPassed.add(segment.blockRows(block));
            } else if (select(block)) {
                return true;
            }
        }
        if (!hasRead && !hasGiven && block == segment.blockCount()) {
            countSkippedSegment();
        }
        return false;
    }

    /// Finds the batches of a block that are to be read, and whether there are any.
    private boolean select(int block) {
        int rows = segment.blockRows(block);
        int all = RowTest.ALL_BATCHES >>> ((Limits.BLOCK_ROWS - rows) / Limits.BATCH_ROWS);
        batches = all;
        if (test != null && request.useIndexes()) {
            batches &= test.indexed(block);
            int first = block * Limits.BLOCK_ROWS;
            if (candidates != null && !candidates.intersects(first, first + rows)) {
                batches = 0;
            }
            if (batches == 0) {
                blocksIndexed++;
                metrics.blocksSkippedByIndex.increment();
                metrics.rowsSkippedByIndex.add(rows);
                return false;
            }
        }
        if (!hasRead) {
            metrics.segmentsRead.increment();
        }
        hasRead = true;
        metrics.blocksRead.increment();
        int skipped = all & ~batches;
        while (skipped != 0) {
            metrics.rowsSkippedByIndex.add(batchRows(Integer.numberOfTrailingZeros(skipped)));
            skipped &= skipped - 1;
        }
        return batches != 0;
    }

    private int batchRows(int batch) {
        return BlockDecoder.batchRows(segment.blockRows(block), batch);
    }

    /// Counts a block that zones excluded: those of the time alone, or those of other columns too.
    private void countExcluded(int block) {
        int rows = segment.blockRows(block);
        if (test != null && test.verdict(block, true) == Verdict.NONE) {
            blocksOfOtherTimes++;
            metrics.blocksSkippedByTime.increment();
            metrics.rowsSkippedByTime.add(rows);
        } else {
            metrics.blocksSkippedByZone.increment();
            metrics.rowsSkippedByZone.add(rows);
        }
    }

    private void countSkippedSegment() {
        if (blocksOfOtherTimes == segment.blockCount()) {
            metrics.segmentsSkippedByTime.increment();
        } else if (blocksIndexed > 0) {
            metrics.segmentsSkippedByIndex.increment();
        } else {
            metrics.segmentsSkippedByZone.increment();
        }
    }

    private @Nullable VectorBatch readBatch(int batch) {
        int rows = batchRows(batch);
        if (passesWhole) {
            metrics.rowsRead.add(rows);
        }
        int selected = passesWhole ? rows : select(batch, rows);
        if (selected == 0) {
            return null;
        }
        metrics.rowsPassed.add(selected);
        int[] chosen = selected == rows ? null : selection;
        Vector[] columns = new Vector[outputs.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = outputs.get(i).values(block, batch, chosen, selected);
        }
        return new VectorBatch(selected, columns);
    }

    /// Puts the offsets of the passing rows into [#selection] and gives how many there are.
    private int select(int batch, int rows) {
        if (selection.length == 0) {
            flags = new int[Limits.BATCH_ROWS];
            selection = new int[Limits.BATCH_ROWS + 1];
        }
        int candidateCount = rows;
        if (candidateCursor != null) {
            int from = block * Limits.BLOCK_ROWS + batch * Limits.BATCH_ROWS;
            candidateCount = candidateCursor.copyOffsets(from, from + rows, selection);
            if (candidateCount == 0) {
                metrics.rowsSkippedByIndex.add(rows);
                return 0;
            }
        }
        metrics.rowsRead.add(rows);
        if (isExact) {
            return candidateCount;
        }
        Objects.requireNonNull(test).test(block, batch, rows, flags);
        if (candidateCursor == null) {
            return collect(rows);
        }
        int count = 0;
        for (int i = 0; i < candidateCount; i++) {
            int row = selection[i];
            selection[count] = row;
            count += flags[row];
        }
        return count;
    }

    /// Writes every offset and advances by its flag: no branch to mispredict.
    private int collect(int rows) {
        int count = 0;
        for (int i = 0; i < rows; i++) {
            selection[count] = i;
            count += flags[i];
        }
        return count;
    }
}
