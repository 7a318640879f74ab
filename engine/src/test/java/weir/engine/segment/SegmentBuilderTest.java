// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.fault.Limits;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// What a builder takes is readable, and what is not it refuses at once.
class SegmentBuilderTest {
    @TempDir Path directory;

    private static Column number(String name) {
        return Column.number(name, ColumnType.INT64);
    }

    private static void fill(SegmentBuilder builder, String name, long[] values) {
        NumberRows rows = builder.numbers(number(name));
        System.arraycopy(values, 0, rows.withRoomFor(values.length), 0, values.length);
        rows.filledTo(values.length);
    }

    private static List<Long> read(SegmentReader segment, String name) {
        List<Long> values = new ArrayList<>();
        SegmentScan scan =
                SegmentScan.of(
                        segment, ScanRequest.of(List.of(number(name)), null), new ScanMetrics());
        for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
            Vector.Longs longs = (Vector.Longs) batch.column(0);
            for (int row = 0; row < batch.rowCount(); row++) {
                values.add(longs.values()[row]);
            }
        }
        return values;
    }

    private static long[] randoms(int count) {
        return new Random(count).longs(count, 0, 1 << 20).toArray();
    }

    private static List<Long> list(long[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }

    @Test
    void aColumnTooManyIsRefused() {
        SegmentBuilder builder = new SegmentBuilder(null, pair("c0", "c1"));
        for (int i = 0; i < Limits.COLUMNS_MAX; i++) {
            fill(builder, "c" + i, new long[] {i});
        }
        IllegalArgumentException failure =
                assertThrows(
                        IllegalArgumentException.class, () -> builder.numbers(number("another")));
        assertEquals("a segment has at most 4096 columns", failure.getMessage());
        builder.addRows(1);
        Path file = directory.resolve("wide.seg");
        builder.write(file, 1);
        try (SegmentReader segment = SegmentReader.open(file)) {
            assertEquals(Limits.COLUMNS_MAX, segment.schema().size());
            assertEquals(List.of(4095L), read(segment, "c4095"));
        }
    }

    private static StorageHints pair(String first, String second) {
        return new StorageHints(
                null,
                List.of(new StorageHints.Pair(first, second, null)),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void namesAreRefusedThatWouldNotComeBack() {
        SegmentBuilder builder = new SegmentBuilder(null);
        for (String name : List.of("n".repeat(1025), "\u00e9".repeat(513), "half \udc00")) {
            IllegalArgumentException failure =
                    assertThrows(
                            IllegalArgumentException.class, () -> builder.numbers(number(name)));
            assertTrue(
                    failure.getMessage()
                            .startsWith("a column's name has at most 1024 bytes of valid text"),
                    failure.getMessage());
        }
        Column absent = Column.text("a").absentAs("-".repeat(1025));
        assertThrows(IllegalArgumentException.class, () -> builder.codes(absent));
    }

    @Test
    void aTextTooLongIsRefused() {
        TextPool texts = new SegmentBuilder(null).texts(Column.text("a"));
        byte[] text = new byte[Limits.TEXT_BYTES_MAX + 1];
        assertEquals(1, texts.idOf(text, 0, text.length - 1));
        IllegalArgumentException failure =
                assertThrows(
                        IllegalArgumentException.class, () -> texts.idOf(text, 0, text.length));
        assertEquals("a text has at most 65536 bytes, not 65537", failure.getMessage());
    }

    @Test
    void aPairWithoutRoomForItsNamesIsWrittenPlainly() {
        String first = "f".repeat(600);
        String second = "s".repeat(600);
        SegmentBuilder builder = new SegmentBuilder(null, pair(first, second));
        long[] values = new long[5000];
        long[] others = randoms(values.length);
        for (int row = 0; row < values.length; row += 2) {
            values[row] = others[row];
            others[row] = 0;
        }
        fill(builder, first, values);
        fill(builder, second, others);
        builder.addRows(values.length);
        Path file = directory.resolve("pair.seg");
        builder.write(file, 1);
        try (SegmentReader segment = SegmentReader.open(file)) {
            assertEquals(list(values), read(segment, first));
            assertEquals(list(others), read(segment, second));
        }
    }
}
