// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import weir.engine.Randoms;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;
import weir.engine.schema.Column;

class PageIndexTest {
    private static final int ROWS = 300_000;
    private static final int BLOCKS = 5;

    private static PageIndex decoded(ByteSink sink) {
        return PageIndex.decode(Slice.of(Path.of("p"), sink.toByteArray()), ROWS);
    }

    /// Codes that stand together, as they do in sorted rows, and a few that are everywhere.
    private static long[] codes(Random random) {
        long[] codes = new long[ROWS];
        for (int row = 0; row < ROWS; row++) {
            codes[row] = random.nextInt(50) == 0 ? random.nextInt(5) : 5 + row / 40;
        }
        return codes;
    }

    private static PageIndex.Keys keys(NavigableSet<Long> wanted) {
        return from -> {
            Long next = wanted.ceiling(from);
            return next == null ? PageIndex.Keys.NONE : next;
        };
    }

    /// The batches of each block in which a column has one of the keys: whole pages.
    private static int[] naive(List<long[]> columns, int pageRows, Set<Long> wanted) {
        int[] batches = new int[BLOCKS];
        for (long[] values : columns) {
            for (int row = 0; row < ROWS; row++) {
                if (wanted.contains(values[row])) {
                    int inBlock = row % Limits.BLOCK_ROWS;
                    batches[row / Limits.BLOCK_ROWS] |=
                            pageRows == Limits.BLOCK_ROWS ? -1 : 1 << (inBlock / Limits.BATCH_ROWS);
                }
            }
        }
        return batches;
    }

    @Test
    void codesAreFoundInTheirBatchesAndNoOthers() {
        Random random = Randoms.of("PageIndexTest");
        List<long[]> columns = List.of(codes(random), codes(random));
        checkCodes(columns, 5 + ROWS / 40 + 10, Limits.BATCH_ROWS, random);
    }

    @Test
    void codesThatAreEverywhereAreFoundInTheirBlocks() {
        Random random = Randoms.of("PageIndexTest");
        int codeCount = 20_000;
        List<long[]> columns =
                List.of(
                        random.longs(ROWS, 100, codeCount).toArray(),
                        random.longs(ROWS, 100, codeCount).toArray());
        for (int row = 0; row < 1000; row++) {
            columns.get(row & 1)[row * 299] = row % 100;
        }
        checkCodes(columns, codeCount, Limits.BLOCK_ROWS, random);
    }

    private static void checkCodes(
            List<long[]> columns, int codeCount, int pageRows, Random random) {
        ByteSink sink = new ByteSink(16);
        assertTrue(
                PageIndexBuilder.encodeCodes(KeyColumns.ofCodes(columns), ROWS, codeCount, sink));
        assertTrue(sink.size() < ROWS * 4 / 10);
        PageIndex index = decoded(sink);
        for (int round = 0; round < 100; round++) {
            TreeSet<Long> wanted = new TreeSet<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                wanted.add((long) random.nextInt(round % 2 == 0 ? 12 : codeCount));
            }
            assertArrayEquals(naive(columns, pageRows, wanted), index.batches(keys(wanted)));
        }
        assertTrue(index.covers(0, codeCount - 1L));
        assertNull(index.batches(keys(new TreeSet<>(List.of(3L, (long) codeCount)))));
    }

    /// Ports: a few services, low and high, and the ports that clients draw.
    private static long[] ports(Random random) {
        int[] services = {22, 53, 443, 8443};
        long[] ports = new long[ROWS];
        for (int row = 0; row < ROWS; row++) {
            ports[row] =
                    switch (random.nextInt(40)) {
                        case 0 -> Column.ABSENT;
                        case 1 -> row < 5000 ? 23 : row > 290_000 ? 4444 : 443;
                        default ->
                                random.nextBoolean()
                                        ? services[random.nextInt(4)]
                                        : 32_768 + random.nextInt(28_000);
                    };
        }
        return ports;
    }

    @Test
    void lowNumbersAreFoundInTheirBatches() {
        Random random = Randoms.of("PageIndexTest");
        List<long[]> columns = List.of(ports(random), ports(random));
        ByteSink sink = new ByteSink(16);
        assertTrue(PageIndexBuilder.encodeNumbers(KeyColumns.ofNumbers(columns), ROWS, sink));
        assertTrue(sink.size() <= ROWS * 8 / 100);
        PageIndex index = decoded(sink);
        for (long port : new long[] {22, 23, 53, 443, 4444, 5000}) {
            assertTrue(index.covers(port, port));
            TreeSet<Long> wanted = new TreeSet<>(List.of(port));
            assertArrayEquals(
                    naive(columns, Limits.BATCH_ROWS, wanted), index.batches(keys(wanted)));
        }
        assertFalse(index.covers(60_000, 60_000), "ports of clients would fill the index");
        assertNull(index.batches(keys(new TreeSet<>(List.of(22L, 60_000L)))));
        assertNotNull(index.batches(keys(new TreeSet<>())));
    }

    @Test
    void whatWouldBeOfNoUseOrTooLargeIsNotIndexed() {
        ByteSink sink = new ByteSink(16);
        long[] codes = new long[Limits.BATCH_ROWS];
        assertFalse(
                PageIndexBuilder.encodeCodes(
                        KeyColumns.ofCodes(List.of(codes)), codes.length, 9, sink));
        assertFalse(
                PageIndexBuilder.encodeNumbers(
                        KeyColumns.ofNumbers(List.of(new long[2000])), 2000, sink));
        long[] wide = new long[ROWS];
        wide[7] = Integer.MAX_VALUE - 1;
        assertFalse(
                PageIndexBuilder.encodeNumbers(KeyColumns.ofNumbers(List.of(wide)), ROWS, sink));
        long[] absent = new long[ROWS];
        java.util.Arrays.fill(absent, Column.ABSENT);
        assertFalse(
                PageIndexBuilder.encodeNumbers(KeyColumns.ofNumbers(List.of(absent)), ROWS, sink));
        Random random = new Random(5);
        long[] distinct = random.longs(ROWS, 0, 4L * ROWS).toArray();
        assertFalse(
                PageIndexBuilder.encodeCodes(
                        KeyColumns.ofCodes(List.of(distinct)), ROWS, 4 * ROWS, sink));
        assertEquals(0, sink.size());
    }

    @Test
    void damageIsRefusedOrHarmless() {
        Random random = Randoms.of("PageIndexTest");
        ByteSink sink = new ByteSink(16);
        assertTrue(
                PageIndexBuilder.encodeNumbers(
                        KeyColumns.ofNumbers(List.of(ports(random))), ROWS, sink));
        byte[] good = sink.toByteArray();
        TreeSet<Long> wanted = new TreeSet<>(List.of(22L, 443L, 4444L));
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = good.clone();
            int at = random.nextInt(round % 2 == 0 ? 32 : bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            try {
                PageIndex.decode(Slice.of(Path.of("p"), bytes), ROWS).batches(keys(wanted));
            } catch (CorruptSegmentException expected) {
                assertTrue(expected.getMessage().startsWith("p: damaged at byte "));
            }
        }
        CorruptSegmentException other =
                assertThrows(
                        CorruptSegmentException.class,
                        () -> PageIndex.decode(Slice.of(Path.of("p"), good), ROWS / 2));
        assertEquals("74 pages", other.expected());
    }
}
