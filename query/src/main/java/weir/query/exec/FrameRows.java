// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.query.expr.WindowFrame;
import weir.query.expr.WindowFrame.Unit;
import weir.query.fault.QueryException;

/// The frames of the rows of one partition after the other: places from `start` to before `end`,
/// which are equal where a frame is empty.
final class FrameRows {
    private final Unit unit;
    private final Bound start;
    private final Bound end;
    private final boolean isDescending;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int known = -1;
    private boolean isMonotone;
    private boolean isGrowing;

    /// Where the rows without NULL or NaN in the sort key stand in the partition at hand.
    private int valuesFrom;

    private int valuesTo;

    /// One end of a frame.
    ///
    /// @param offset how many rows or groups; null when the kind has none
    /// @param key what rows are ordered by, of RANGE with an offset
    /// @param limit where it ends, of RANGE with an offset
    record Bound(
            WindowFrame.BoundKind kind,
            @Nullable WindowValues offset,
            @Nullable WindowValues key,
            @Nullable WindowValues limit) {}

    /// @param isDescending how the key is sorted that RANGE counts along
    FrameRows(Unit unit, Bound start, Bound end, boolean isDescending) {
        this.unit = unit;
        this.start = start;
        this.end = end;
        this.isDescending = isDescending;
    }

    /// Finds the frames of `partition`.
    void goTo(WindowPartition partition, QueryContext context) {
        if (known == partition.index()) {
            return;
        }
        known = partition.index();
        starts = WindowPartition.grown(starts, partition.size());
        ends = WindowPartition.grown(ends, partition.size());
        findValues(partition);
        isMonotone = true;
        isGrowing = true;
        int from = partition.from();
        int reached = from;
        for (int i = 0; i < partition.size(); i++) {
            context.checkAt(i);
            int first = place(start, from + i, partition, true);
            int last = Math.max(first, place(end, from + i, partition, false));
            starts[i] = first;
            ends[i] = last;
            isGrowing &= first == last || (first == from && last >= reached);
            reached = first == last ? reached : last;
            isMonotone &= i == 0 || (starts[i - 1] <= first && ends[i - 1] <= last);
        }
    }

    /// Where the frame of row `i` of the partition begins.
    int start(int i) {
        return starts[i];
    }

    /// Where the frame of row `i` of the partition ends.
    int end(int i) {
        return ends[i];
    }

    /// Whether neither end ever goes back.
    boolean isMonotone() {
        return isMonotone;
    }

    /// Whether every frame that is not empty begins where the partition does and holds the one
    /// before.
    boolean isGrowing() {
        return isGrowing;
    }

    private void findValues(WindowPartition partition) {
        valuesFrom = partition.from();
        valuesTo = partition.to();
        WindowValues key = start.key() == null ? end.key() : start.key();
        if (key == null) {
            return;
        }
        while (valuesFrom < valuesTo && !key.isNumber(valuesFrom)) {
            valuesFrom++;
        }
        while (valuesFrom < valuesTo && !key.isNumber(valuesTo - 1)) {
            valuesTo--;
        }
    }

    /// Where a bound of the row at `row` stands: the first row of the frame, or the one behind the
    /// last.
    private int place(Bound bound, int row, WindowPartition partition, boolean isStart) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> partition.from();
            case UNBOUNDED_FOLLOWING -> partition.to();
            case CURRENT_ROW ->
                    unit == Unit.ROWS
                            ? row + (isStart ? 0 : 1)
                            : partition.groupStart(partition.groupOf(row) + (isStart ? 0 : 1));
            case PRECEDING, FOLLOWING ->
                    unit == Unit.RANGE
                            ? ofRange(bound, row, partition, isStart)
                            : counted(bound, row, partition, isStart);
        };
    }

    private int counted(Bound bound, int row, WindowPartition partition, boolean isStart) {
        WindowValues values = bound.offset();
        Object value = values == null ? null : values.get(row);
        if (!(value instanceof Long offset) || offset < 0) {
            throw wrongOffset();
        }
        // No partition is longer, and so no sum overflows.
        int distance = (int) Math.min(offset, Integer.MAX_VALUE / 2);
        int step = bound.kind() == WindowFrame.BoundKind.PRECEDING ? -distance : distance;
        if (unit == Unit.ROWS) {
            return Math.clamp(
                    (long) row + step + (isStart ? 0 : 1), partition.from(), partition.to());
        }
        int group = partition.groupOf(row) + step + (isStart ? 0 : 1);
        return partition.groupStart(Math.clamp(group, 0, partition.groupCount()));
    }

    private static QueryException wrongOffset() {
        return new QueryException(
                QueryException.Code.INVALID_VALUE,
                "Window frame offset value must not be negative or null");
    }

    private int ofRange(Bound bound, int row, WindowPartition partition, boolean isStart) {
        WindowValues key = bound.key();
        WindowValues limit = bound.limit();
        if (key == null || limit == null) {
            throw new IllegalStateException("a RANGE offset has no limit");
        }
        if (!key.isNumber(row)) {
            return partition.groupStart(partition.groupOf(row) + (isStart ? 0 : 1));
        }
        boolean isBefore = bound.kind() == WindowFrame.BoundKind.PRECEDING;
        if (!limit.isNumber(row)) {
            throw wrongOffset();
        }
        int distance = compare(key, row, limit, row);
        if (isBefore ? distance < 0 : distance > 0) {
            throw wrongOffset();
        }
        // The first place whose key is not before the limit, or is behind it.
        int low = valuesFrom;
        int high = valuesTo;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int compared = compare(key, middle, limit, row);
            if (isStart ? compared < 0 : compared <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int compare(WindowValues key, int place, WindowValues limit, int row) {
        int compared = key.compare(place, limit, row);
        return isDescending ? -compared : compared;
    }
}
