// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.concurrent.atomic.LongAdder;

/// What scans did and did not have to do. Safe for many threads; one for a query.
public final class ScanMetrics {
    /// Segments asked.
    public final LongAdder segments = new LongAdder();

    /// Segments of them that zones or dictionaries proved empty of passing rows.
    public final LongAdder segmentsSkipped = new LongAdder();

    /// Blocks of the segments asked.
    public final LongAdder blocks = new LongAdder();

    /// Blocks of them that zone maps proved empty of passing rows.
    public final LongAdder blocksSkippedByZone = new LongAdder();

    /// Blocks of them that an index proved empty of passing rows.
    public final LongAdder blocksSkippedByIndex = new LongAdder();

    /// Rows of the segments asked.
    public final LongAdder rows = new LongAdder();

    /// Rows in blocks that were read.
    public final LongAdder rowsRead = new LongAdder();

    /// Rows that passed.
    public final LongAdder rowsPassed = new LongAdder();

    /// Bytes of the encoded blocks that were read.
    public final LongAdder bytesRead = new LongAdder();
}
