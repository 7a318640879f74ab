// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import weir.ingest.record.FlowFormat;
import weir.ingest.source.ContentHash;
import weir.ingest.source.Form;

/// How a run works. Checked by the façade.
///
/// @param headerless the format of files without a header line
/// @param form what holds the records
/// @param takesChanged whether a file that was collected is taken again when it changed
/// @param threads how many files or slices are read at once
/// @param segmentRows most rows of a segment
/// @param segmentBytes bytes that the rows of a segment may take in memory
/// @param unitBytes text of a unit of work, about; a plain file of much more is read in slices
/// @param commitRows so many records make a commit due
/// @param commitMillis so much time makes a commit due
public record RunOptions(
        FlowFormat headerless,
        Form form,
        boolean takesChanged,
        int threads,
        int segmentRows,
        long segmentBytes,
        long unitBytes,
        long commitRows,
        long commitMillis) {

    /// A million rows of the default format.
    private static final long SEGMENT_BYTES_MAX = 96L << 20;

    private static final long SEGMENT_BYTES_MIN = 4L << 20;

    /// Parts of the heap that each thread may need: its rows, and several times that when they are
    /// written.
    private static final int HEAP_PARTS = 6;

    /// Usual values for everything but the format and the threads.
    public static RunOptions of(FlowFormat headerless, int threads) {
        return of(headerless, Form.AUTO, threads);
    }

    /// The same for files of `form`.
    public static RunOptions of(FlowFormat headerless, Form form, int threads) {
        long heapBytes = Runtime.getRuntime().maxMemory();
        long segmentBytes =
                Math.clamp(heapBytes / threads / HEAP_PARTS, SEGMENT_BYTES_MIN, SEGMENT_BYTES_MAX);
        return new RunOptions(
                headerless,
                form,
                false,
                threads,
                1 << 20,
                segmentBytes,
                96L << 20,
                8_000_000,
                10_000);
    }

    /// These options, but files that changed are taken again.
    public RunOptions withChanged() {
        return new RunOptions(
                headerless,
                form,
                true,
                threads,
                segmentRows,
                segmentBytes,
                unitBytes,
                commitRows,
                commitMillis);
    }

    /// These options with other sizes, so that a few lines are work enough for many threads.
    public RunOptions withSizes(int segmentRows, long unitBytes, long commitRows) {
        return new RunOptions(
                headerless,
                form,
                takesChanged,
                threads,
                segmentRows,
                segmentBytes,
                unitBytes,
                commitRows,
                commitMillis);
    }

    /// Bytes of a slice of a plain file of `sizeBytes`: whole pieces of the content hash, and as
    /// even as the threads can use.
    long sliceBytes(long sizeBytes) {
        long slices = Math.max(1, Math.ceilDiv(sizeBytes, unitBytes));
        long even = Math.ceilDiv(slices, threads) * threads;
        long size = Math.ceilDiv(sizeBytes, even);
        return Math.ceilDiv(size, ContentHash.PIECE_BYTES) * ContentHash.PIECE_BYTES;
    }

    /// How many slices a plain file of `sizeBytes`, more than none, has.
    long slices(long sizeBytes) {
        return Math.ceilDiv(sizeBytes, sliceBytes(sizeBytes));
    }
}
