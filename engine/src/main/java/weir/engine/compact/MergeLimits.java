// SPDX-License-Identifier: Apache-2.0
package weir.engine.compact;

import weir.engine.fault.Limits;

/// How large a segment may be that is built from others.
///
/// @param rowsMax most rows of it; a segment that has as many is left alone
/// @param heapBytes most bytes of the heap that building it may take
public record MergeLimits(int rowsMax, long heapBytes) {
    /// Columns that a segment is stored by beside its own, about.
    private static final int PARTS = 8;

    /// Checks the bounds.
    public MergeLimits {
        if (rowsMax < 1 || rowsMax > Limits.SEGMENT_ROWS_MAX || heapBytes < 1) {
            throw new IllegalArgumentException(
                    "a segment has 1 to %d rows and some bytes, not %d rows in %d bytes"
                            .formatted(Limits.SEGMENT_ROWS_MAX, rowsMax, heapBytes));
        }
    }

    /// Whether a segment of `rows` rows and `columns` columns, whose values take `valueBytes`, may
    /// be built.
    boolean allow(long rows, int columns, long valueBytes) {
        return rows <= rowsMax && rows * rowBytes(columns) + valueBytes <= heapBytes;
    }

    /// Most rows of `columns` columns; at least a block, however small the heap is.
    public int rows(int columns) {
        return Math.clamp(
                heapBytes / rowBytes(columns), Math.min(rowsMax, Limits.BLOCK_ROWS), rowsMax);
    }

    private static long rowBytes(int columns) {
        return 8L * (columns + PARTS);
    }
}
