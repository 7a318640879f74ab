// SPDX-License-Identifier: Apache-2.0
package weir.engine.compact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import weir.engine.compact.SegmentShape.TimeRange;

/// Which segments of a table become one. Used once.
///
/// Segments are taken in order of time (those without a time, and all of a table without one, in
/// order of publication), and neighbours are put together for as long as the result is no larger
/// than it may be. Two are no neighbours when one that stays as it is has rows of the time between
/// them: the result would overlap it, and a question about that time would have to read both.
public final class MergePlan {
    private static final Comparator<SegmentShape> BY_TIME =
            Comparator.comparingLong(MergePlan::first)
                    .thenComparingLong(MergePlan::last)
                    .thenComparingInt(SegmentShape::position);

    private final MergeLimits limits;
    private final List<List<SegmentShape>> groups = new ArrayList<>();
    private Group group = new Group();

    private MergePlan(MergeLimits limits) {
        this.limits = limits;
    }

    /// Segments that will be one.
    private static final class Group {
        final List<SegmentShape> segments = new ArrayList<>();
        final BitSet columns = new BitSet();
        long rows;
        long valueBytes;
        long last = Long.MIN_VALUE;
    }

    /// The groups of two and more, each in order of publication.
    public static List<List<SegmentShape>> of(List<SegmentShape> segments, MergeLimits limits) {
        MergePlan plan = new MergePlan(limits);
        plan.group(segments.stream().sorted(BY_TIME).toList());
        return List.copyOf(plan.groups);
    }

    private static long first(SegmentShape segment) {
        TimeRange time = segment.time();
        return time == null ? Long.MIN_VALUE : time.first();
    }

    private static long last(SegmentShape segment) {
        TimeRange time = segment.time();
        return time == null ? Long.MIN_VALUE : time.last();
    }

    private void group(List<SegmentShape> ordered) {
        long lastOfLarge = Long.MIN_VALUE;
        for (SegmentShape next : ordered) {
            if (next.rowCount() >= limits.rowsMax() || !fits(next, new Group())) {
                lastOfLarge = Math.max(lastOfLarge, last(next));
                if (next.time() == null) {
                    close(); // rows without a time keep their order
                }
                continue;
            }
            boolean isNeighbour = first(next) <= group.last || lastOfLarge <= group.last;
            boolean isOfOneKind =
                    group.segments.isEmpty()
                            || (group.last == Long.MIN_VALUE) == (next.time() == null);
            if (!isNeighbour || !isOfOneKind || !fits(next, group)) {
                close();
            }
            add(next);
        }
        close();
    }

    private boolean fits(SegmentShape next, Group into) {
        BitSet columns = (BitSet) into.columns.clone();
        columns.or(next.columns());
        return limits.allow(
                into.rows + next.rowCount(),
                columns.cardinality(),
                into.valueBytes + next.valueBytes());
    }

    private void add(SegmentShape next) {
        group.segments.add(next);
        group.columns.or(next.columns());
        group.rows += next.rowCount();
        group.valueBytes += next.valueBytes();
        group.last = Math.max(group.last, last(next));
    }

    private void close() {
        if (group.segments.size() > 1) {
            group.segments.sort(Comparator.comparingInt(SegmentShape::position));
            groups.add(List.copyOf(group.segments));
        }
        group = new Group();
    }
}
