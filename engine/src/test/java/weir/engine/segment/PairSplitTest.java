// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.engine.Randoms;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;

/// Pairs that are split by masks against pairs that are split row by row with maps.
class PairSplitTest {
    private static final int[] COUNTS = {1, 2, 15, 16, 17, 63, 64, 65, 2048, 65_537};

    /// One row in so many is counted where there is no owner.
    private static final int SAMPLE = 16;

    private final RowMemory memory = new RowMemory();

    private static StagedColumn staged(String name, int[] codes, long base) {
        return StagedColumn.part(Column.number(name, ColumnType.INT64), codes.clone(), base);
    }

    private static long[] values(int[] codes, long base, int rowCount) {
        long[] values = new long[rowCount];
        Arrays.setAll(values, row -> codes[row] == 0 ? Column.ABSENT : base + codes[row]);
        return values;
    }

    private static int[] codes(Random random, int length) {
        int[] codes = new int[length];
        int few = 1 + random.nextInt(10);
        int many = 1 << (1 + random.nextInt(19));
        switch (random.nextInt(5)) {
            case 0 -> Arrays.fill(codes, random.nextInt(many));
            case 1 -> Arrays.setAll(codes, _ -> random.nextInt(few));
            case 2 -> Arrays.setAll(codes, _ -> random.nextInt(many));
            case 3 -> Arrays.setAll(codes, row -> row % many);
            default -> Arrays.setAll(codes, _ -> random.nextBoolean() ? 0 : random.nextInt(many));
        }
        return codes;
    }

    /// Whether the two values of each row change places: the second is commoner in the sample.
    private static int[] sidesByCount(long[] first, long[] second) {
        Map<Long, Integer> counts = new HashMap<>();
        for (int row = 0; row < first.length; row += SAMPLE) {
            counts.merge(first[row], 1, Integer::sum);
            counts.merge(second[row], 1, Integer::sum);
        }
        int[] sides = new int[first.length];
        Arrays.setAll(
                sides,
                row ->
                        counts.getOrDefault(first[row], 0) < counts.getOrDefault(second[row], 0)
                                ? 1
                                : 0);
        return sides;
    }

    private void check(int[] first, int[] second, long[] bases, int @Nullable [] owners, int rows) {
        long[] firstValues = values(first, bases[0], rows);
        long[] secondValues = values(second, bases[1], rows);
        StagedColumn a = staged("a", first, bases[0]);
        StagedColumn b = staged("b", second, bases[1]);
        PairSplit split =
                PairSplit.of(a, b, owners == null ? null : staged("o", owners, 0), rows, memory);
        assertNotNull(split);
        assertEquals(owners != null, split.isOwned);
        int[] sides = Arrays.copyOf(split.side.codes, rows);
        if (owners == null) {
            assertArrayEquals(sidesByCount(firstValues, secondValues), sides);
        }
        long[] owned = values(split.owned.codes, split.owned.base, rows);
        long[] other = values(split.other.codes, split.other.base, rows);
        for (int row = 0; row < rows; row++) {
            boolean isSwapped = sides[row] == 1;
            assertTrue(isSwapped || sides[row] == 0);
            assertEquals(isSwapped ? secondValues[row] : firstValues[row], owned[row]);
            assertEquals(isSwapped ? firstValues[row] : secondValues[row], other[row]);
        }
        checkReading(split, firstValues, secondValues, rows);
        split.undo();
        assertArrayEquals(firstValues, values(a.codes, a.base, rows));
        assertArrayEquals(secondValues, values(b.codes, b.base, rows));
        memory.release(split.side.codes);
    }

    private static void checkReading(PairSplit split, long[] first, long[] second, int rows) {
        int from = rows / 3;
        int[] found = new int[rows - from];
        for (boolean isSecond : new boolean[] {false, true}) {
            split.codes(isSecond, from, found.length, found);
            long base = (isSecond ? split.second : split.first).base;
            assertArrayEquals(
                    Arrays.copyOfRange(isSecond ? second : first, from, rows),
                    values(found, base, found.length));
        }
    }

    @Test
    void theCommonerValueComesFirstAndNothingIsLost() {
        Random random = Randoms.of("PairSplitTest");
        for (int round = 0; round < 20; round++) {
            for (int rows : COUNTS) {
                int length = rows + random.nextInt(3);
                long base = random.nextInt(1000);
                long otherBase = random.nextBoolean() ? base : base + random.nextInt(100_000);
                check(
                        codes(random, length),
                        codes(random, length),
                        new long[] {base, otherBase},
                        null,
                        rows);
            }
        }
    }

    @Test
    void anOwnersPairsLoseNothingEither() {
        Random random = Randoms.of("PairSplitTest");
        for (int round = 0; round < 20; round++) {
            for (int rows : COUNTS) {
                int length = rows + random.nextInt(3);
                long base = random.nextLong(1L << 40) - (1L << 39);
                check(
                        codes(random, length),
                        codes(random, length),
                        new long[] {base + random.nextInt(Integer.MAX_VALUE - (1 << 21)), base},
                        codes(random, length),
                        rows);
            }
        }
    }

    /// Each owner has one address of its own, on either side, and ever other ones at the other.
    @Test
    void whatAnOwnerHasOnOneSideOrTheOtherIsItsOwn() {
        Random random = Randoms.of("PairSplitTest");
        int rows = 65_536;
        int owners = 50;
        int[] ownerOf = new int[rows];
        int[] first = new int[rows];
        int[] second = new int[rows];
        int[] swapped = new int[rows];
        for (int row = 0; row < rows; row++) {
            ownerOf[row] = random.nextInt(owners);
            swapped[row] = random.nextInt(2);
            int own = 1 + ownerOf[row];
            int other = 1000 + random.nextInt(100_000);
            first[row] = swapped[row] == 1 ? other : own;
            second[row] = swapped[row] == 1 ? own : other;
        }
        PairSplit split =
                PairSplit.of(
                        staged("a", first, 0),
                        staged("b", second, 0),
                        staged("o", ownerOf, 0),
                        rows,
                        memory);
        assertNotNull(split);
        int right = 0;
        for (int row = 0; row < rows; row++) {
            right += split.side.codes[row] == swapped[row] ? 1 : 0;
        }
        assertTrue(right > rows * 99 / 100, right + " rows are split by their owner");
    }

    @Test
    void valuesTooFarApartAreNotSplit() {
        int[] codes = {1, Integer.MAX_VALUE};
        StagedColumn a = staged("a", codes, 0);
        assertNull(PairSplit.of(a, staged("b", codes, 1), a, 2, memory), "more than 31 bits");
        assertNull(PairSplit.of(a, staged("b", codes, 0), null, 2, memory), "too many to count");
        check(codes, codes, new long[] {0, 0}, new int[2], 2);
        // A column without any value has base 0 and goes with each.
        check(codes, new int[2], new long[] {1L << 40, 0}, new int[2], 2);
        check(new int[2], codes, new long[] {0, 1L << 40}, new int[2], 2);
    }
}
