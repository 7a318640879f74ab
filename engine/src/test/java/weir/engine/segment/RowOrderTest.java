// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weir.engine.Randoms;

/// The order by one 64-bit key a row against a sort that compares the columns.
class RowOrderTest {
    private static final int[] COUNTS = {1, 2, 63, 64, 65, 2049, 65_536, 65_537, 70_001};

    /// Codes above it are not counted, and take the bits of the greatest.
    private static final int COUNTED_MAX = 1 << 20;

    private final RowMemory memory = new RowMemory();

    private static int bits(int max) {
        return 32 - Integer.numberOfLeadingZeros(max);
    }

    /// Bits that a column takes of the key: those of the number of its distinct codes less one.
    private static int width(int[] codes, int rowCount) {
        int[] distinct = Arrays.stream(codes, 0, rowCount).sorted().distinct().toArray();
        int greatest = distinct[distinct.length - 1];
        return bits(greatest < COUNTED_MAX ? distinct.length - 1 : greatest);
    }

    /// The columns up to the first one that does not fit beside the number of the row.
    private static List<int[]> fitting(List<int[]> columns, int rowCount) {
        List<int[]> fitting = new ArrayList<>();
        int free = 63 - bits(rowCount - 1);
        for (int[] codes : columns) {
            free -= width(codes, rowCount);
            if (free < 0) {
                break;
            }
            fitting.add(codes);
        }
        return fitting;
    }

    private static int[] compared(List<int[]> columns, int rowCount) {
        Comparator<Integer> order = (_, _) -> 0;
        for (int[] codes : columns) {
            order = order.thenComparingInt(row -> codes[row]);
        }
        return IntStream.range(0, rowCount)
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private void check(List<int[]> columns, int rowCount) {
        List<int[]> fitting = fitting(columns, rowCount);
        boolean isNothing = fitting.stream().allMatch(codes -> width(codes, rowCount) == 0);
        int[] order = RowOrder.of(columns, rowCount, memory);
        if (isNothing) {
            assertNull(order);
            return;
        }
        assertArrayEquals(compared(fitting, rowCount), Arrays.copyOf(order, rowCount));
        Arrays.fill(order, -1);
        memory.release(order); // what is in it means nothing to the next order
    }

    private static int[] codes(Random random, int length) {
        int most = 1 << random.nextInt(31);
        int step = 1 + random.nextInt(1000);
        int[] codes = new int[length];
        switch (random.nextInt(6)) {
            case 0 -> Arrays.fill(codes, random.nextInt(most));
            case 1 -> Arrays.setAll(codes, row -> row / step);
            case 2 -> Arrays.setAll(codes, row -> length - row);
            case 3 -> Arrays.setAll(codes, _ -> random.nextInt(100) == 0 ? most : 7);
            case 4 -> Arrays.setAll(codes, row -> row % 3 == 0 ? Integer.MAX_VALUE : row);
            default -> Arrays.setAll(codes, _ -> random.nextInt(most));
        }
        return codes;
    }

    @Test
    void rowsStandAsASortThatComparesPutsThem() {
        Random random = Randoms.of("RowOrderTest");
        for (int round = 0; round < 15; round++) {
            for (int rowCount : COUNTS) {
                List<int[]> columns = new ArrayList<>();
                for (int column = random.nextInt(6); column >= 0; column--) {
                    columns.add(codes(random, rowCount + random.nextInt(3)));
                }
                check(columns, rowCount);
            }
        }
    }

    @Test
    void columnsThatDoNotFitTheKeyAreLeftOut() {
        int rowCount = 70_000; // 17 bits of 63: two columns of 20 bits fit, and no third
        int[] same = new int[rowCount];
        int[] wide = new int[rowCount];
        Arrays.setAll(wide, row -> row % 2 == 0 ? COUNTED_MAX : row);
        List<int[]> columns = List.of(same, wide, wide, wide);
        assertTrue(fitting(columns, rowCount).size() < columns.size());
        check(columns, rowCount);
        int[] widest = new int[rowCount];
        widest[3] = Integer.MAX_VALUE;
        check(List.of(widest, widest), rowCount);
    }

    @Test
    void thereIsNoOrderByNothing() {
        assertNull(RowOrder.of(List.of(), 5, memory));
        assertNull(RowOrder.of(List.of(new int[5000]), 5000, memory));
        assertNull(RowOrder.of(List.of(new int[0]), 0, memory));
    }
}
