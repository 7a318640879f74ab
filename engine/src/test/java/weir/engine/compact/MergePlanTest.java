// SPDX-License-Identifier: Apache-2.0
package weir.engine.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.engine.Randoms;
import weir.engine.compact.SegmentShape.TimeRange;

class MergePlanTest {
    private static final MergeLimits LIMITS = new MergeLimits(100, 1 << 20);

    private final List<SegmentShape> table = new ArrayList<>();

    private void add(int rows, TimeRange time) {
        add(rows, time, 0);
    }

    private void add(int rows, TimeRange time, long valueBytes) {
        int position = table.size();
        BitSet columns = new BitSet();
        columns.set(0, 2);
        table.add(new SegmentShape(position, position, rows, columns, valueBytes, time));
    }

    private static TimeRange time(long first, long last) {
        return new TimeRange(first, last);
    }

    private List<List<Long>> plan() {
        return plan(LIMITS);
    }

    private List<List<Long>> plan(MergeLimits limits) {
        return MergePlan.of(table, limits).stream()
                .map(group -> group.stream().map(SegmentShape::segmentId).toList())
                .toList();
    }

    @Test
    void neighboursInTimeAreMergedUpToTheLimit() {
        add(40, time(20, 29));
        add(40, time(0, 9));
        add(40, time(10, 19));
        add(40, time(30, 39));
        assertEquals(List.of(List.of(1L, 2L), List.of(0L, 3L)), plan());
    }

    @Test
    void oneAloneAndLargeOnesStay() {
        add(100, time(0, 9));
        add(100, time(10, 19));
        add(5, time(20, 29));
        assertEquals(List.of(), plan());
    }

    @Test
    void aLargeSegmentBetweenKeepsTwoApart() {
        add(10, time(0, 9));
        add(100, time(10, 19));
        add(10, time(20, 29));
        assertEquals(List.of(), plan());
    }

    @Test
    void aLargeSegmentThatReachesFarKeepsLaterOnesApartToo() {
        add(100, time(0, 100));
        add(10, time(10, 19));
        add(10, time(30, 39));
        assertEquals(List.of(), plan(), "the time between them belongs to the large one");
        add(10, time(15, 35));
        assertEquals(List.of(List.of(1L, 2L, 3L)), plan(), "these overlap already");
    }

    @Test
    void withoutATimeTheOrderOfPublicationCounts() {
        add(40, null);
        add(40, null);
        add(40, null);
        add(100, null);
        add(10, null);
        add(10, time(0, 9));
        add(10, time(10, 19));
        assertEquals(List.of(List.of(0L, 1L), List.of(5L, 6L)), plan());
    }

    @Test
    void whatDoesNotFitTheHeapIsNotMerged() {
        add(10, time(0, 9), 600_000);
        add(10, time(10, 19), 600_000);
        add(10, time(20, 29), 100);
        add(10, time(30, 39), 2_000_000);
        add(10, time(40, 49), 100);
        assertEquals(List.of(List.of(1L, 2L)), plan());
        assertEquals(List.of(), plan(new MergeLimits(100, 600_000)));
    }

    @Test
    void plansEndAndLoseNothing() {
        Random random = Randoms.of("MergePlanTest");
        for (int round = 0; round < 200; round++) {
            table.clear();
            int count = random.nextInt(60);
            for (int i = 0; i < count; i++) {
                long first = random.nextInt(1000);
                boolean isTimed = random.nextInt(8) > 0;
                add(
                        1 + random.nextInt(random.nextBoolean() ? 20 : 150),
                        isTimed ? time(first, first + random.nextInt(100)) : null);
            }
            long rows = table.stream().mapToLong(SegmentShape::rowCount).sum();
            List<List<SegmentShape>> groups = MergePlan.of(table, LIMITS);
            for (int pass = 0; !groups.isEmpty(); pass++) {
                assertTrue(pass < 5, "passes without end");
                carryOut(groups);
                groups = MergePlan.of(table, LIMITS);
            }
            assertEquals(rows, table.stream().mapToLong(SegmentShape::rowCount).sum());
        }
    }

    private void carryOut(List<List<SegmentShape>> groups) {
        List<SegmentShape> after = new ArrayList<>(table);
        for (List<SegmentShape> group : groups) {
            SegmentShape merged = merged(group);
            assertTrue(merged.rowCount() <= LIMITS.rowsMax(), merged.toString());
            after.set(after.indexOf(group.getFirst()), merged);
            after.removeAll(group.subList(1, group.size()));
        }
        table.clear();
        after.forEach(shape -> add(shape.rowCount(), shape.time()));
    }

    private static SegmentShape merged(List<SegmentShape> group) {
        int rows = group.stream().mapToInt(SegmentShape::rowCount).sum();
        SegmentShape first = group.getFirst();
        TimeRange time =
                first.time() == null
                        ? null
                        : time(
                                group.stream().mapToLong(s -> s.time().first()).min().orElseThrow(),
                                group.stream().mapToLong(s -> s.time().last()).max().orElseThrow());
        return new SegmentShape(
                first.segmentId(), first.position(), rows, first.columns(), 0, time);
    }

    @Test
    void limitsThatNoSegmentCanHaveAreRefused() {
        assertEquals(
                "a segment has 1 to 16777216 rows and some bytes, not 0 rows in 5 bytes",
                assertThrows(IllegalArgumentException.class, () -> new MergeLimits(0, 5))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new MergeLimits(1 << 25, 5));
        assertThrows(IllegalArgumentException.class, () -> new MergeLimits(5, 0));
    }
}
