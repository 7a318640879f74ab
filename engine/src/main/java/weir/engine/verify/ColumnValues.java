// SPDX-License-Identifier: Apache-2.0
package weir.engine.verify;

import weir.engine.encoding.BlockDecoder;
import weir.engine.fault.Limits;
import weir.engine.schema.Column;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentReader;

/// All rows of a column as indexes know them: codes of a dictionary column, else numbers with
/// [Column#ABSENT]. Belongs to one thread.
final class ColumnValues {
    private final SegmentReader segment;
    private final ColumnReader column;
    private final boolean isDictionary;
    private final long[] codes = new long[Limits.BATCH_ROWS];
    private final long[] all;

    /// Of rows that were not read yet.
    ColumnValues(SegmentReader segment, ColumnReader column) {
        this.segment = segment;
        this.column = column;
        this.isDictionary = column.column().type().isDictionary();
        this.all = new long[segment.rowCount()];
    }

    /// The values, by row.
    long[] all() {
        return all;
    }

    /// Told the rows `[from, from + count)` when they were read.
    @FunctionalInterface
    interface Reader {
        void read(int from, int count);
    }

    /// Reads block `block`, batch by batch.
    void readBlock(int block, Reader reader) {
        BlockDecoder decoder = column.decoder(block);
        int first = block * Limits.BLOCK_ROWS;
        int end = first + segment.blockRows(block);
        long base = column.base(block);
        boolean hasAbsent = column.zone(block).hasAbsent();
        for (int from = first; from < end; from += Limits.BATCH_ROWS) {
            int count = Math.min(Limits.BATCH_ROWS, end - from);
            decoder.decodeLongs((from - first) / Limits.BATCH_ROWS, codes);
            for (int i = 0; i < count; i++) {
                all[from + i] = value(codes[i], base, hasAbsent);
            }
            reader.read(from, count);
        }
    }

    private long value(long code, long base, boolean hasAbsent) {
        if (isDictionary) {
            return code;
        }
        return hasAbsent && code == 0 ? Column.ABSENT : code + base;
    }
}
