// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;

/// Which slice of time each row of a segment is in. Rows are sorted within slices of a few blocks,
/// so that a question about minutes need not read a segment of hours: sorted as a whole, every
/// block would have rows of every time.
final class TimeSlices {
    /// Rows of a slice, about: fewer cut what repeats, more let blocks tell less of their time.
    private static final int SLICE_ROWS = 4 * Limits.BLOCK_ROWS;

    /// One row in this many is looked at to find where slices end.
    private static final int SAMPLE = 64;

    private TimeSlices() {}

    /// The slice of each row, from 0 in the order of time; null when there is but one.
    static @Nullable StagedColumn of(StagedColumn time) {
        int rowCount = time.values.length;
        long[] ends = ends(time.values, rowCount / SLICE_ROWS);
        if (ends.length == 0) {
            return null;
        }
        long[] slices = new long[rowCount];
        for (int row = 0; row < rowCount; row++) {
            int slice = 0;
            while (slice < ends.length && time.values[row] >= ends[slice]) {
                slice++;
            }
            slices[row] = slice;
        }
        return new StagedColumn(Column.number("~slice", ColumnType.INT32), true, slices);
    }

    /// The times at which each slice but the last ends, so that as many rows are in each.
    private static long[] ends(long[] times, int sliceCount) {
        if (sliceCount < 2) {
            return new long[0];
        }
        long[] sample = new long[(times.length + SAMPLE - 1) / SAMPLE];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = times[i * SAMPLE];
        }
        Arrays.sort(sample);
        long[] ends = new long[sliceCount - 1];
        for (int slice = 1; slice < sliceCount; slice++) {
            ends[slice - 1] = sample[(int) ((long) slice * sample.length / sliceCount)];
        }
        return Arrays.stream(ends).distinct().filter(end -> end > sample[0]).toArray();
    }
}
