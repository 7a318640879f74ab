// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import weir.engine.fault.Limits;

/// Which slice of time each row of a segment is in. Rows are sorted within slices of a few blocks,
/// so that a question about minutes need not read a segment of hours: sorted as a whole, every
/// block would have rows of every time.
final class TimeSlices {
    /// Rows of a slice, about: fewer cut what repeats, more let blocks tell less of their time.
    private static final int SLICE_ROWS = 4 * Limits.BLOCK_ROWS;

    /// One row in this many is looked at to find where slices end.
    private static final int SAMPLE = 64;

    private TimeSlices() {}

    /// The slice of each row, from 0 in the order of time; nothing when there is but one.
    ///
    /// @param times codes that ascend with time
    static int[] of(int[] times, int rowCount) {
        int[] ends = ends(times, rowCount);
        if (ends.length == 0) {
            return new int[0];
        }
        int[] slices = new int[rowCount];
        for (int end : ends) {
            for (int row = 0; row < rowCount; row++) {
                slices[row] += times[row] >= end ? 1 : 0;
            }
        }
        return slices;
    }

    /// The times at which each slice but the last ends, so that as many rows are in each.
    private static int[] ends(int[] times, int rowCount) {
        int sliceCount = rowCount / SLICE_ROWS;
        if (sliceCount < 2) {
            return new int[0];
        }
        long[] sample = new long[(rowCount + SAMPLE - 1) / SAMPLE];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = times[i * SAMPLE];
        }
        sample = RadixSort.sort(sample, new long[sample.length], sample.length, 0, 32);
        int[] ends = new int[sliceCount - 1];
        for (int slice = 1; slice < sliceCount; slice++) {
            ends[slice - 1] = (int) sample[(int) ((long) slice * sample.length / sliceCount)];
        }
        int first = (int) sample[0];
        return Arrays.stream(ends).distinct().filter(end -> end > first).toArray();
    }
}
