// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import weir.ingest.record.FlowFormat;
import weir.ingest.source.ContentHash;

/// How a run works. Checked by the façade.
///
/// @param headerless the format of files without a header line
/// @param threads how many files or slices are read at once
/// @param segmentRows most rows of a segment
/// @param unitBytes text of a unit of work, about; a plain file of much more is read in slices
/// @param commitRows so many records make a commit due
/// @param commitMillis so much time makes a commit due
public record RunOptions(
        FlowFormat headerless,
        int threads,
        int segmentRows,
        long unitBytes,
        long commitRows,
        long commitMillis) {

    /// Usual values for everything but the format and the threads.
    public static RunOptions of(FlowFormat headerless, int threads) {
        return new RunOptions(headerless, threads, 1 << 20, 96L << 20, 8_000_000, 10_000);
    }

    /// These options with other sizes, so that a few lines are work enough for many threads.
    public RunOptions withSizes(int segmentRows, long unitBytes, long commitRows) {
        return new RunOptions(
                headerless, threads, segmentRows, unitBytes, commitRows, commitMillis);
    }

    /// Bytes of a slice of a plain file of `sizeBytes`: whole pieces of the content hash, and as even
    /// as the threads can use.
    long sliceBytes(long sizeBytes) {
        long slices = Math.max(1, Math.ceilDiv(sizeBytes, unitBytes));
        long even = Math.ceilDiv(slices, threads) * threads;
        long size = Math.ceilDiv(sizeBytes, even);
        return Math.ceilDiv(size, ContentHash.PIECE_BYTES) * ContentHash.PIECE_BYTES;
    }
}
