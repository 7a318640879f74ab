// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import weir.engine.Randoms;

/// The sort by digits against a stable sort that compares.
class RadixSortTest {
    private static final int[] COUNTS = {
        0, 1, 2, 63, 64, 65, 2047, 2048, 2049, 5000, 65_535, 65_536, 65_537
    };

    /// What stands above the lowest `from` bits decides, as an unsigned number; equal ones stay in
    /// the order they had.
    private static long[] compared(long[] keys, int count, int from) {
        return Arrays.stream(Arrays.copyOf(keys, count))
                .boxed()
                .sorted(
                        Comparator.comparing(
                                (Long key) -> from == 64 ? 0 : key >>> from, Long::compareUnsigned))
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static void check(long[] keys, int count, int from, int size) {
        long[] expected = compared(keys, count, from);
        long[] sorting = keys.clone();
        long[] spare = new long[keys.length];
        long[] sorted = RadixSort.sort(sorting, spare, count, from, size);
        Set<long[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        arrays.addAll(List.of(sorting, spare));
        assertTrue(arrays.contains(sorted), "an array of its own");
        assertArrayEquals(
                expected,
                Arrays.copyOf(sorted, count),
                () -> count + " keys by " + size + " bits from bit " + from);
    }

    /// Keys whose part above the lowest `from` bits has `size` bits, the others being the place.
    private static long[] keys(LongSupplier values, int length, int from, int size) {
        long[] keys = new long[length];
        for (int i = 0; i < length; i++) {
            long part = size == 64 ? values.getAsLong() : values.getAsLong() & ((1L << size) - 1);
            keys[i] = (part << from) | (i & ((1L << from) - 1));
        }
        return keys;
    }

    private static LongSupplier[] distributions(Random random) {
        long[] next = {0, Long.MAX_VALUE};
        long[] two = {random.nextLong(), random.nextLong()};
        return new LongSupplier[] {
            random::nextLong,
            () -> 0,
            () -> -1,
            () -> next[0]++,
            () -> next[1]--,
            () -> two[random.nextInt(2)],
            () -> 1L << random.nextInt(64),
            () -> random.nextInt(1000) == 0 ? -1 : 0
        };
    }

    @Test
    void sortsAsComparingDoes() {
        Random random = Randoms.of("RadixSortTest");
        for (int count : COUNTS) {
            for (LongSupplier distribution : distributions(random)) {
                int size = 1 + random.nextInt(48);
                int from = random.nextInt(64 - size + 1);
                check(keys(distribution, count + random.nextInt(3), from, size), count, from, size);
            }
        }
    }

    @Test
    void everySizeOfADigitAndEveryPlaceIsRight() {
        Random random = Randoms.of("RadixSortTest");
        for (int size = 1; size <= 64; size++) {
            for (int from : new int[] {0, random.nextInt(64 - size + 1), 64 - size}) {
                check(keys(random::nextLong, 300, from, size), 300, from, size);
            }
        }
    }
}
