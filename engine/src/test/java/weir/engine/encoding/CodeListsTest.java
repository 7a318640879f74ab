// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import weir.engine.Randoms;

/// Counts of codes, and their places in lists, against a sorted map and a look through the list.
/// All blocks share one scratch, as they do when segments are written.
class CodeListsTest {
    private static final int[] COUNTS = {
        1, 2, 15, 16, 17, 63, 64, 65, 255, 256, 257, 2047, 2048, 4095, 4096, 4097, 16_384, 40_000,
        65_535, 65_536
    };

    private final EncoderScratch scratch = new EncoderScratch();

    private static IntSupplier[] distributions(Random random) {
        int width = 1 + random.nextInt(31);
        int few = 1 + random.nextInt(20);
        int many = 1 + random.nextInt(5000);
        int[] next = {random.nextInt(1000)};
        int[] run = {0, 0};
        return new IntSupplier[] {
            () -> 0,
            () -> Integer.MAX_VALUE,
            () -> random.nextInt() >>> (32 - width),
            () -> random.nextInt(few),
            () -> random.nextInt(few) << 26, // few codes far apart
            () -> random.nextInt(many),
            () -> random.nextInt(many) * 400_009, // many codes far apart
            () -> next[0]++,
            () -> random.nextInt(500) == 0 ? random.nextInt() & Integer.MAX_VALUE : 3,
            () -> {
                if (run[1]-- <= 0) {
                    run[0] = random.nextInt(1 << 24);
                    run[1] = random.nextInt(200);
                }
                return run[0];
            }
        };
    }

    private static Map<Integer, Integer> naive(int[] codes, int count) {
        Map<Integer, Integer> rows = new TreeMap<>();
        for (int row = 0; row < count; row++) {
            rows.merge(codes[row], 1, Integer::sum);
        }
        return rows;
    }

    private static int[] ints(Iterable<Integer> values, int size) {
        int[] ints = new int[size];
        int next = 0;
        for (int value : values) {
            ints[next++] = value;
        }
        return ints;
    }

    /// How many distinct codes a block must have before it may go without counts.
    private static int distinctMax(int count, int width) {
        if (1L << width <= Math.max(256, Math.min(count, 1 << 12))) {
            return Integer.MAX_VALUE;
        }
        return count >= FrequencyEncoding.ROWS_MIN
                ? BlockShape.DISTINCT_MAX
                : Math.max(16, count * width / 64);
    }

    private void checkCounts(int[] codes, int count) {
        BlockShape shape = BlockShape.of(codes, count, scratch);
        Map<Integer, Integer> expected = naive(codes, count);
        CodeCounts found = CodeCounts.of(shape, scratch);
        String told = count + " rows of " + expected.size() + " codes of " + shape.width + " bits";
        if (expected.size() > distinctMax(count, shape.width)) {
            assertEquals(null, found, told);
            return;
        }
        assertNotNull(found, told);
        assertArrayEquals(ints(expected.keySet(), expected.size()), found.codes(), told);
        assertArrayEquals(ints(expected.values(), expected.size()), found.rows(), told);
    }

    @Test
    void countsAreThoseOfAMap() {
        Random random = Randoms.of("CodeListsTest");
        for (int count : COUNTS) {
            for (IntSupplier distribution : distributions(random)) {
                int[] codes = new int[count + random.nextInt(3)];
                Arrays.setAll(codes, _ -> distribution.getAsInt());
                checkCounts(codes, count);
            }
        }
    }

    /// As many codes as may be, and one more, which are the last to come.
    @Test
    void countsEndWhereTheyAreOfNoUse() {
        int count = 65_536;
        int[] codes = new int[count];
        for (int more = 0; more < 2; more++) {
            int distinct = BlockShape.DISTINCT_MAX + more;
            Arrays.setAll(codes, row -> Math.max(0, row - count + distinct) * 5_000);
            checkCounts(codes, count);
        }
    }

    private void checkPlaces(int[] codes, int count, int[] listed) {
        BlockShape shape = BlockShape.of(codes, count, scratch);
        int[] places = CodePlaces.of(shape, listed);
        for (int row = 0; row < count; row++) {
            int expected = 0;
            while (expected < listed.length && listed[expected] != codes[row]) {
                expected++;
            }
            assertEquals(expected, places[row], "row " + row);
        }
    }

    @Test
    void placesAreThoseOfTheList() {
        Random random = Randoms.of("CodeListsTest");
        for (int count : COUNTS) {
            for (IntSupplier distribution : distributions(random)) {
                int[] codes = new int[count];
                Arrays.setAll(codes, _ -> distribution.getAsInt());
                int[] some =
                        Arrays.stream(codes)
                                .filter(_ -> random.nextInt(4) > 0)
                                .distinct()
                                .limit(1 + random.nextInt(60))
                                .sorted()
                                .toArray();
                checkPlaces(codes, count, some);
            }
            checkPlaces(new int[count], count, new int[0]);
        }
    }

    /// A sample never says of a block that lists of its codes are hopeless where they are not by
    /// far: few codes, or nearly all rows of few codes.
    @Test
    void blocksOfFewCodesAreNeverHopeless() {
        Random random = Randoms.of("CodeListsTest");
        for (int count : new int[] {1 << 14, 40_000, 65_536}) {
            for (int round = 0; round < 20; round++) {
                int few = 1 + random.nextInt(30);
                int[] codes = new int[count];
                Arrays.setAll(
                        codes,
                        _ ->
                                random.nextInt(1000) == 0
                                        ? random.nextInt() & Integer.MAX_VALUE
                                        : random.nextInt(few) << 25);
                BlockShape shape = BlockShape.of(codes, count, scratch);
                long plainBytes = (long) count * shape.width / 8;
                assertFalse(CodeCounts.isHopeless(shape, scratch, plainBytes));
                assertTrue(CodeCounts.isHopeless(shape, scratch, 10), "a list of ten bytes");
            }
        }
    }
}
