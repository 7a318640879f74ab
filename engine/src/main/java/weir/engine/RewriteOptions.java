// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.util.Map;
import weir.engine.compact.MergeLimits;
import weir.engine.segment.StorageHints;

/// How segments are written anew. Immutable; start from [#of].
///
/// @param hints how the columns of each table predict each other, by table; others have no hints
/// @param rowsMax most rows of a segment
/// @param heapBytes most bytes of the heap that one segment may take while it is built
/// @param segmentsMin how many segments a large table keeps at least, so that there is one for
///   every thread of a query
public record RewriteOptions(
        Map<String, StorageHints> hints, int rowsMax, long heapBytes, int segmentsMin) {
    /// What a query reads in some hundredths of a second: more threads are of no use below it.
    private static final int ROWS_OF_A_THREAD = 1 << 20;

    private static final int ROWS_MAX = 4 << 20;
    private static final int HEAP_PARTS = 3;
    private static final int SEGMENTS_OF_A_THREAD = 4;

    /// Segments of up to four million rows, or fewer where the heap is small.
    public static RewriteOptions of(Map<String, StorageHints> hints) {
        Runtime runtime = Runtime.getRuntime();
        return new RewriteOptions(
                Map.copyOf(hints),
                ROWS_MAX,
                runtime.maxMemory() / HEAP_PARTS,
                SEGMENTS_OF_A_THREAD * runtime.availableProcessors());
    }

    /// The hints for `table`.
    StorageHints hintsOf(String table) {
        return hints.getOrDefault(table, StorageHints.NONE);
    }

    /// How large segments of a table of `rows` rows become.
    MergeLimits limits(long rows) {
        long even = Math.max(rows / segmentsMin, Math.min(rowsMax, ROWS_OF_A_THREAD));
        return new MergeLimits((int) Math.min(rowsMax, even), heapBytes);
    }
}
