// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;

/// Memory that segments leave to each other holds no more than one of them used, and nothing that
/// lies in it reaches a segment.
class RowMemoryTest {
    private static final int ROWS = 1 << 13;

    private static final StorageHints HINTS =
            new StorageHints(
                    "group",
                    List.of(
                            new StorageHints.Pair("a", "b", "group"),
                            new StorageHints.Pair("c", "d", null),
                            new StorageHints.Pair("e", "f", null)),
                    List.of(),
                    List.of(),
                    List.of(List.of("t", "u"), List.of("v", "w")),
                    List.of());

    private static final StorageHints TUPLES =
            new StorageHints("group", List.of(), List.of(), List.of(), HINTS.tuples(), List.of());

    @TempDir Path directory;

    private final RowMemory memory = new RowMemory();

    private static Column number(String name) {
        return Column.number(name, ColumnType.INT64);
    }

    /// Writes a segment that tries all that takes memory: pairs that pay and that do not, tuples,
    /// wide numbers, an order.
    private byte[] write(RowMemory kept, int rowCount, long seed, int segment) throws IOException {
        return write(kept, HINTS, rowCount, seed, segment);
    }

    private byte[] write(RowMemory kept, StorageHints hints, int rowCount, long seed, int segment)
            throws IOException {
        Random random = new Random(seed);
        SegmentBuilder builder = new SegmentBuilder("time", hints, kept);
        for (String name : List.of("a", "b", "c", "d", "e", "f", "t", "u", "v", "w", "x", "time")) {
            NumberRows rows = builder.numbers(number(name));
            rows.reserve(rowCount);
            int max = name.compareTo("d") <= 0 ? 1 << 16 : name.equals("time") ? 1 << 20 : 5;
            for (int row = 0; row < rowCount; row++) {
                rows.set(row, name.equals("x") ? random.nextLong() : random.nextInt(max));
            }
            rows.filledTo(rowCount);
        }
        CodeRows groups = builder.codes(Column.text("group"));
        int[] ids = groups.withRoomFor(rowCount);
        TextPool pool = builder.texts(Column.text("group"));
        for (int row = 0; row < rowCount; row++) {
            byte[] text = {(byte) ('a' + random.nextInt(20))};
            ids[row] = pool.idOf(text, 0, 1);
        }
        groups.filledTo(rowCount);
        builder.addRows(rowCount);
        Path file = directory.resolve(segment + ".seg");
        builder.write(file, segment);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    /// With pairs, and with tuples alone: each kind of part must give back what it took.
    @Test
    void aHundredEqualSegmentsHoldNoMoreThanTwoDid() throws IOException {
        for (StorageHints hints : List.of(StorageHints.NONE, TUPLES, HINTS)) {
            RowMemory kept = new RowMemory();
            write(kept, hints, ROWS, 1, 1);
            write(kept, hints, ROWS, 1, 2);
            long ofTwo = kept.keptBytes();
            assertTrue(ofTwo > 0, "nothing is kept");
            for (int segment = 3; segment <= 100; segment++) {
                write(kept, hints, ROWS, 1, segment);
                assertTrue(
                        kept.keptBytes() <= ofTwo,
                        kept.keptBytes() + " bytes after " + segment + " segments, not " + ofTwo);
            }
        }
    }

    /// What earlier rows left in the arrays is not seen, whatever sizes they had.
    @Test
    void segmentsInUsedMemoryAreThoseInNewMemory() throws IOException {
        Random random = new Random(5);
        for (int segment = 1; segment <= 12; segment++) {
            int rows = ROWS / 2 + random.nextInt(10 * ROWS);
            assertArrayEquals(
                    write(new RowMemory(), rows, segment, segment),
                    write(memory, rows, segment, segment));
        }
    }

    @Test
    void afterASmallSegmentTheMemoryOfALargeOneIsFree() throws IOException {
        write(memory, 20 * ROWS, 1, 1);
        write(memory, ROWS / 4, 2, 2);
        assertEquals(0, memory.keptBytes());
    }

    /// Arrays that were never lent, one more a segment.
    @Test
    void arraysThatNobodyAsksForGoWithTheNextSegment() {
        for (int segment = 0; segment < 10; segment++) {
            memory.release(new int[ROWS]);
            memory.release(new long[ROWS]);
            memory.endSegment();
            assertEquals(ROWS * 12, memory.keptBytes());
        }
        memory.endSegment();
        assertEquals(0, memory.keptBytes());
    }

    @Test
    void anArrayThatIsTooShortMakesRoomForALongerOne() {
        int[] small = new int[ROWS];
        int[] smaller = new int[ROWS - 1];
        memory.release(small);
        memory.release(smaller);
        assertEquals(2 * ROWS, memory.ints(2 * ROWS).length);
        assertSame(smaller, memory.ints(ROWS - 1));
        assertNotSame(small, memory.ints(ROWS));
    }

    @Test
    void aLongerArrayBeginsAsTheShorterOneDid() {
        int[] stale = new int[4 * ROWS];
        Arrays.fill(stale, 7);
        memory.release(stale);
        int[] array = new int[ROWS];
        Arrays.setAll(array, i -> i);
        assertSame(array, memory.grown(array, ROWS));
        int[] longer = memory.grown(array, ROWS + 1);
        assertSame(stale, longer);
        assertArrayEquals(array, Arrays.copyOf(longer, ROWS));
        assertSame(array, memory.ints(ROWS), "the shorter one is free");
        assertEquals(8 * ROWS, memory.grown(longer, 4 * ROWS + 1).length);
    }
}
