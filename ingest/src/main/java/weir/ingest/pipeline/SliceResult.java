// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.StoreWriter.WrittenSegment;
import weir.ingest.parse.RejectedLines;
import weir.ingest.record.FlowFormat;
import weir.ingest.source.ContentHash;

/// What reading a slice gave.
///
/// @param slice the slice, with the format it was read with
/// @param pieces hashes of the bytes of the stretch
/// @param lines how many lines began in it
/// @param records how many of them are records
/// @param rejected those that are not
/// @param endFormat the format in force behind its last line
/// @param formatChanges how many headers in it asked for another format
/// @param segments its rows, written and not yet committed
/// @param formats the formats of those rows
/// @param failure why it could not be read to its end; null when it was
record SliceResult(
        Slice slice,
        ContentHash.Pieces pieces,
        long lines,
        long records,
        RejectedLines rejected,
        FlowFormat endFormat,
        int formatChanges,
        List<WrittenSegment> segments,
        Set<FlowFormat> formats,
        @Nullable String failure) {
    /// A slice of which nothing could be read.
    static SliceResult failed(Slice slice, ContentHash.Pieces pieces, String failure) {
        return new SliceResult(
                slice,
                pieces,
                0,
                0,
                new RejectedLines(0),
                slice.format(),
                0,
                List.of(),
                Set.of(),
                failure);
    }
}
