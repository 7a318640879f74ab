// SPDX-License-Identifier: Apache-2.0
package weir.engine;

/// What a drop did, or would do.
///
/// @param segmentsRemoved segments that went as a whole
/// @param segmentsRewritten segments that were written anew without some of their rows
/// @param rowsRemoved rows that went
/// @param bytesFreed bytes of segments that went; of a dry run only those of whole segments
/// @param bytesLeft bytes of all segments that the store has now
public record DropReport(
        long segmentsRemoved,
        long segmentsRewritten,
        long rowsRemoved,
        long bytesFreed,
        long bytesLeft) {}
