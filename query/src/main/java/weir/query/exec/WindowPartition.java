// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;

/// The partition that a window is at, and its groups of peers. Places count over all partitions.
final class WindowPartition {
    private final PartitionedRows rows;
    private int index = -1;
    private int from;
    private int to;
    private int groupCount;

    /// Where each group begins; behind the last one the end.
    private int[] groupStarts = new int[16];

    /// The group of each row, counted from `from`.
    private int[] groupOf = new int[16];

    WindowPartition(PartitionedRows rows) {
        this.rows = rows;
    }

    /// Goes to the next partition; whether there is one.
    boolean next() {
        if (++index == rows.partitionCount()) {
            return false;
        }
        from = rows.bound(index);
        to = rows.bound(index + 1);
        findGroups();
        return true;
    }

    private void findGroups() {
        groupOf = grown(groupOf, to - from);
        groupCount = 0;
        for (int place = from; place < to; place++) {
            if (place == from || !rows.isPeer(place - 1, place)) {
                groupStarts = grown(groupStarts, groupCount + 2);
                groupStarts[groupCount++] = place;
            }
            groupOf[place - from] = groupCount - 1;
        }
        groupStarts[groupCount] = to;
    }

    /// `array`, or a longer copy.
    static int[] grown(int[] array, int size) {
        return size <= array.length
                ? array
                : Arrays.copyOf(array, Math.max(size, 2 * array.length));
    }

    /// Its number, from 0.
    int index() {
        return index;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int size() {
        return to - from;
    }

    int groupCount() {
        return groupCount;
    }

    /// The group of peers of the row at `place`, from 0.
    int groupOf(int place) {
        return groupOf[place - from];
    }

    /// Where group `group` begins; that of `groupCount` is the end.
    int groupStart(int group) {
        return groupStarts[group];
    }
}
