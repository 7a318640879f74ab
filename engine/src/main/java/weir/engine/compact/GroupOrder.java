// SPDX-License-Identifier: Apache-2.0
package weir.engine.compact;

import java.util.List;
import weir.engine.fault.Limits;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.segment.SegmentReader;
import weir.engine.segment.StorageHints;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// Whether the rows of a segment stand together by group, as its table's hints ask.
public final class GroupOrder {
    /// Rows in no order go down at every second; rows in order only where a slice of time begins.
    private static final int ROWS_OF_A_DESCENT = 3;

    private GroupOrder() {}

    /// Whether the first block of `segment` is in no order of groups at all, so that sorting it may
    /// pay. False when the hints have no groups, or the segment no such column.
    public static boolean isMissing(SegmentReader segment, StorageHints hints) {
        int index = hints.groupedBy() == null ? -1 : segment.schema().indexOf(hints.groupedBy());
        if (index < 0) {
            return false;
        }
        Column column = segment.schema().column(index);
        SegmentScan scan =
                SegmentScan.of(segment, ScanRequest.of(List.of(column), null), new ScanMetrics());
        int rows = 0;
        int descents = 0;
        int before = 0;
        while (rows < Limits.BLOCK_ROWS) {
            VectorBatch batch = scan.next();
            if (batch == null) {
                break;
            }
            int[] codes = ((Vector.Codes) batch.column(0)).codes();
            for (int row = 0; row < batch.rowCount(); row++) {
                descents += codes[row] < before ? 1 : 0;
                before = codes[row];
            }
            rows += batch.rowCount();
        }
        segment.checkLength();
        return descents > rows / ROWS_OF_A_DESCENT;
    }
}
