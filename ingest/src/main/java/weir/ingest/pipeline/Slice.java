// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import weir.ingest.record.FlowFormat;
import weir.ingest.source.InputFile;

/// The lines of a large plain file that begin within a stretch of it.
///
/// @param file the file
/// @param startOffset where the stretch begins: 0 or a multiple of the content hash's pieces
/// @param endOffset where it ends
/// @param format the format of its first line, as far as is known
/// @param markBytes bytes of a byte order mark at the beginning
record Slice(InputFile file, long startOffset, long endOffset, FlowFormat format, int markBytes) {

    Slice withFormat(FlowFormat other) {
        return new Slice(file, startOffset, endOffset, other, markBytes);
    }

    boolean isLast() {
        return endOffset == file.sizeBytes();
    }
}
