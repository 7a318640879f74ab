// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import weir.engine.Randoms;
import weir.engine.fault.Limits;

/// Postings against a sorted set of all (key, page) there are.
class PageIndexBuilderTest {
    private static final int[] COUNTS = {
        0, 1, 63, 64, 65, 2047, 2048, 2049, 65_535, 65_536, 65_537, 150_000
    };

    private static long[] naive(List<int[]> columns, int rowCount, int pageRows, int keyCount) {
        long pageCount = Math.ceilDiv(rowCount, pageRows);
        TreeSet<Long> postings = new TreeSet<>();
        for (int[] keys : columns) {
            for (int row = 0; row < rowCount; row++) {
                if (keys[row] >= 0 && keys[row] < keyCount) {
                    postings.add(keys[row] * pageCount + Math.floorDiv(row, pageRows));
                }
            }
        }
        return postings.stream().mapToLong(Long::longValue).toArray();
    }

    private static int[] keys(Random random, int length, int keyCount) {
        int[] keys = new int[length];
        switch (random.nextInt(6)) {
            case 0 -> Arrays.fill(keys, random.nextInt(keyCount + 1) - 1);
            case 1 -> Arrays.setAll(keys, row -> row / 40 % keyCount);
            case 2 -> Arrays.setAll(keys, _ -> random.nextInt(keyCount));
            case 3 -> Arrays.setAll(keys, _ -> random.nextInt() >> random.nextInt(32));
            case 4 -> Arrays.setAll(keys, row -> row % 2 == 0 ? keyCount - 1 : keyCount);
            default -> Arrays.setAll(keys, _ -> random.nextInt(9) == 0 ? -1 : 0);
        }
        return keys;
    }

    @Test
    void everyPageOfAKeyIsPostedOnceInOrder() {
        Random random = Randoms.of("PageIndexBuilderTest");
        for (int rowCount : COUNTS) {
            for (int pageRows : new int[] {Limits.BATCH_ROWS, Limits.BLOCK_ROWS}) {
                for (int keyCount : new int[] {1, 2, 300, 5000, 1 + random.nextInt(100_000)}) {
                    List<int[]> columns = new ArrayList<>();
                    for (int column = random.nextInt(4); column >= 0; column--) {
                        columns.add(keys(random, rowCount + random.nextInt(3), keyCount));
                    }
                    assertArrayEquals(
                            naive(columns, rowCount, pageRows, keyCount),
                            PageIndexBuilder.postings(columns, rowCount, pageRows, keyCount),
                            () -> rowCount + " rows, " + keyCount + " keys, pages of " + pageRows);
                }
            }
        }
    }
}
