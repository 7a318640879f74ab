// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weir.engine.Randoms;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

class BitmapIndexTest {
    private static final int ROWS = 150_000;

    private static long[] keys(Random random) {
        long[] keys = new long[ROWS];
        for (int row = 0; row < ROWS; row++) {
            keys[row] = random.nextInt(100) < 98 ? 6 : random.nextInt(4);
        }
        return keys;
    }

    private static int[] codes(long[] keys) {
        return Arrays.stream(keys).mapToInt(Math::toIntExact).toArray();
    }

    private static byte[] encoded(long[] keys) {
        ByteSink sink = new ByteSink(16);
        assertTrue(BitmapIndexBuilder.encode(codes(keys), keys.length, code -> code, sink));
        return sink.toByteArray();
    }

    @Test
    void rowsOfAnyTestAreExact() {
        Random random = Randoms.of("BitmapIndexTest");
        long[] keys = keys(random);
        BitmapIndex index = BitmapIndex.decode(Slice.of(Path.of("i"), encoded(keys)), ROWS);
        assertEquals(6, index.keys()[0], "the commonest key comes first");
        LongPredicate[] tests = {
            key -> key == 6,
            key -> key != 6,
            key -> key == 2,
            key -> key > 1,
            key -> key > 99,
            _ -> true
        };
        int[] offsets = new int[ROWS];
        for (LongPredicate test : tests) {
            RowSet rows = index.rows(test, ROWS);
            assertNotNull(rows);
            int[] expected = IntStream.range(0, ROWS).filter(row -> test.test(keys[row])).toArray();
            assertEquals(expected.length, rows.cardinality());
            int found = rows.cursor().copyOffsets(0, ROWS, offsets);
            assertEquals(expected.length, found);
            for (int i = 0; i < found; i++) {
                assertEquals(expected[i], offsets[i]);
            }
        }
    }

    /// Rows of each key against a look at every row: few codes or as many as may be, near each
    /// other or far apart, in runs or not, of any number of rows.
    @Test
    void everyRareKeyHasExactlyItsRows() {
        Random random = Randoms.of("BitmapIndexTest");
        int indexed = 0;
        for (int rowCount : new int[] {1, 63, 64, 65, 2049, 65_535, 65_536, 65_537, ROWS}) {
            for (int round = 0; round < 12; round++) {
                int step = round % 2 == 0 ? 1 : 1 + random.nextInt(30_000_000);
                int distinct = 1 + random.nextInt(70);
                int rarity = 1 + random.nextInt(300);
                int run = 1 + random.nextInt(round % 3 == 0 ? 1 : 400);
                int[] codes = new int[rowCount];
                for (int row = 0; row < rowCount; row++) {
                    boolean isRare = random.nextInt(rarity) == 0;
                    codes[row] =
                            row % run > 0
                                    ? codes[row - 1]
                                    : step * (isRare ? random.nextInt(distinct) : 0);
                }
                indexed += checkKeys(codes) ? 1 : 0;
            }
        }
        assertTrue(indexed > 10, indexed + " were indexed");
    }

    private static boolean checkKeys(int[] codes) {
        long keys = Arrays.stream(codes).distinct().count();
        assertEquals(keys <= 64, BitmapIndexBuilder.haveFewKeys(codes, codes.length));
        ByteSink sink = new ByteSink(16);
        if (!BitmapIndexBuilder.encode(codes, codes.length, code -> code - 7L, sink)) {
            assertEquals(0, sink.size());
            return false;
        }
        assertTrue(keys <= 64);
        BitmapIndex index =
                BitmapIndex.decode(Slice.of(Path.of("i"), sink.toByteArray()), codes.length);
        int listed = 0;
        for (long key : index.keys()) {
            int[] expected =
                    IntStream.range(0, codes.length).filter(row -> codes[row] == key + 7).toArray();
            RowSet rows = index.rows(asked -> asked == key, codes.length / 8);
            if (rows == null) {
                continue;
            }
            listed++;
            int[] found = new int[codes.length];
            assertEquals(expected.length, rows.cursor().copyOffsets(0, codes.length, found));
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], found[i]);
            }
        }
        assertEquals(keys, index.keys().length);
        assertTrue(listed > 0, "an index of nothing");
        return true;
    }

    @Test
    void moreRowsThanAskedForAreNotListed() {
        long[] keys = keys(new Random(3));
        BitmapIndex index = BitmapIndex.decode(Slice.of(Path.of("i"), encoded(keys)), ROWS);
        assertNull(index.rows(key -> key == 6, ROWS / 8));
        assertNotNull(index.rows(key -> key != 6, ROWS / 8));
    }

    @Test
    void manyKeysOrManyBytesMakeNoIndex() {
        ByteSink sink = new ByteSink(16);
        long[] distinct = IntStream.range(0, 1000).asLongStream().toArray();
        assertFalse(
                BitmapIndexBuilder.encode(codes(distinct), distinct.length, code -> code, sink));
        Random random = new Random(4);
        long[] noise = random.longs(ROWS, 0, 60).toArray();
        assertFalse(BitmapIndexBuilder.encode(codes(noise), ROWS, code -> code, sink));
        assertEquals(0, sink.size());
    }

    @Test
    void damagedBitmapsAreRefusedOrHarmless() {
        Random random = Randoms.of("BitmapIndexTest");
        byte[] good = encoded(keys(random));
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                BitmapIndex index = BitmapIndex.decode(Slice.of(Path.of("i"), bytes), ROWS);
                RowSet rows = index.rows(key -> key == 2, Integer.MAX_VALUE);
                assertTrue(rows == null || rows.cardinality() <= ROWS);
            } catch (CorruptSegmentException expected) {
                assertTrue(expected.getMessage().contains("damaged"));
            }
        }
        assertThrows(
                CorruptSegmentException.class,
                () -> BitmapIndex.decode(Slice.of(Path.of("i"), good), ROWS - 1));
    }

    /// A bitmap in the portable form without runs, of containers that are arrays.
    ///
    /// @param count how many containers it says it has
    /// @param containers of each the key, the cardinality it says, then its rows
    private static byte[] crafted(int count, int[]... containers) {
        ByteSink bitmap = new ByteSink(64);
        bitmap.putInt(12346);
        bitmap.putInt(count);
        for (int[] container : containers) {
            bitmap.putInt(container[0] | (container[1] - 1) << 16);
        }
        int offset = 8 + 8 * containers.length;
        for (int[] container : containers) {
            bitmap.putInt(offset);
            offset += 2 * (container.length - 2);
        }
        for (int[] container : containers) {
            for (int i = 2; i < container.length; i++) {
                bitmap.putByte(container[i]);
                bitmap.putByte(container[i] >>> 8);
            }
        }
        ByteSink index = new ByteSink(64);
        index.putInt(2);
        index.putInt(ROWS);
        index.putLong(6);
        index.putLong(7);
        index.putInt(0);
        index.putInt(bitmap.size());
        index.putBytes(bitmap.array(), 0, bitmap.size());
        return index.toByteArray();
    }

    private static void assertRefused(byte[] index) {
        assertThrows(
                CorruptSegmentException.class,
                () -> BitmapIndex.decode(Slice.of(Path.of("i"), index), ROWS));
    }

    @Test
    void craftedBitmapsAreRefused() {
        int[] good = {0, 3, 5, 6, 900};
        BitmapIndex index = BitmapIndex.decode(Slice.of(Path.of("i"), crafted(1, good)), ROWS);
        assertEquals(3, index.rows(key -> key == 7, ROWS).cardinality());
        assertRefused(crafted(1, new int[] {0, 3, 5, 900, 6})); // rows that do not ascend
        assertRefused(crafted(1, new int[] {0, 3, 5, 5, 6}));
        assertRefused(crafted(1, new int[] {0, 4, 5, 6, 900})); // more rows than bytes
        assertRefused(crafted(1, new int[] {0, 5000, 5, 6, 900})); // a bitmap of 8 kB
        assertRefused(crafted(2, new int[] {1, 1, 5}, new int[] {0, 1, 5})); // unsorted containers
        assertRefused(crafted(2, new int[] {1, 1, 5}, new int[] {1, 1, 6}));
        assertRefused(crafted(1, new int[] {2, 1, 65_000})); // rows that there are not
        for (int count : new int[] {-1, 2, 65_536, 65_537, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertRefused(crafted(count, good));
        }
    }

    @Test
    void sizesOfBitmapsAreCheckedBeforeTheyAreUsed() {
        byte[] good = crafted(1, new int[] {0, 3, 5, 6, 900});
        for (int size : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 23, 1 << 20}) {
            ByteSink changed = new ByteSink(64);
            changed.putBytes(good, 0, good.length);
            changed.setInt(28, size);
            assertRefused(changed.toByteArray());
        }
    }
}
