// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.ChildJvm;
import weir.engine.SampleTable;
import weir.engine.fault.Limits;
import weir.engine.index.ZoneMap;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.vector.Dictionary;
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
        rows.put(0, values, values.length);
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
                values.add(longs.isNull(row) ? Column.ABSENT : longs.values()[row]);
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
    void rowsOfDifferentTimesStandInDifferentBlocks() {
        int rowCount = 8 * Limits.BLOCK_ROWS + 100;
        long[] times = new long[rowCount];
        for (int row = 0; row < rowCount; row++) {
            times[row] = 1_700_000_000L + (row * 7919L % rowCount) / 500;
        }
        StorageHints grouped =
                new StorageHints("owner", List.of(), List.of(), List.of(), List.of(), List.of());
        SegmentBuilder builder = new SegmentBuilder("time", grouped);
        fill(builder, "time", times);
        Column owner = Column.text("owner");
        CodeRows owners = builder.codes(owner);
        int[] ids = owners.withRoomFor(rowCount);
        for (int row = 0; row < rowCount; row++) {
            byte[] text = ("owner-" + row % 7).getBytes(StandardCharsets.UTF_8);
            ids[row] = builder.texts(owner).idOf(text, 0, text.length);
        }
        owners.filledTo(rowCount);
        builder.addRows(rowCount);
        Path file = directory.resolve("slices.seg");
        builder.write(file, 1);
        try (SegmentReader segment = SegmentReader.open(file)) {
            ColumnReader time = java.util.Objects.requireNonNull(segment.column("time"));
            assertTrue(time.zone(0).max() <= time.zone(8).min(), "two slices of time");
            assertEquals(time.zone(0).min(), time.zone(2).min(), "grouped within a slice");
            long[] expected = times.clone();
            java.util.Arrays.sort(expected);
            assertEquals(list(expected), read(segment, "time").stream().sorted().toList());
        }
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
    void columnsOfOneDictionaryReadAbsentValuesApart() {
        SegmentBuilder builder = new SegmentBuilder(null);
        Column dash = new Column("dash", ColumnType.TEXT, "shared", "-", false);
        Column none = new Column("none", ColumnType.TEXT, "shared", null, false);
        byte[] text = {'a'};
        for (Column column : List.of(dash, none)) {
            builder.codes(column).withRoomFor(2)[0] = builder.texts(column).idOf(text, 0, 1);
            builder.codes(column).filledTo(1);
        }
        builder.addRows(2);
        Path file = directory.resolve("shared.seg");
        builder.write(file, 1);
        try (SegmentReader segment = SegmentReader.open(file)) {
            assertEquals("-", dictionary(segment, "dash").text(0));
            assertNull(dictionary(segment, "none").text(0));
            assertEquals("a", dictionary(segment, "none").text(1));
        }
    }

    private static Dictionary dictionary(SegmentReader segment, String name) {
        return java.util.Objects.requireNonNull(segment.column(name)).dictionary();
    }

    @Test
    void numbersFromOneEndToTheOtherComeBack() {
        SegmentBuilder builder = new SegmentBuilder(null);
        long[] values = randoms(5000);
        for (int row = 0; row < values.length; row += 100) {
            values[row] = row % 200 == 0 ? Long.MAX_VALUE : Long.MIN_VALUE + 1;
        }
        fill(builder, "number", values);
        builder.addRows(values.length + 1);
        Path file = directory.resolve("ends.seg");
        builder.write(file, 1);
        try (SegmentReader segment = SegmentReader.open(file)) {
            assertIterableEquals(list(values), read(segment, "number").subList(0, values.length));
        }
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

    @Test
    void aBlockInWhichOneSideIsAlwaysTheSecondIsWrittenAsItIs() {
        SegmentBuilder builder = new SegmentBuilder(null, pair("a", "b"));
        long[] first = randoms(Limits.BLOCK_ROWS + 5000);
        long[] second = new long[first.length];
        for (int row = 0; row < Limits.BLOCK_ROWS; row += 2) {
            second[row] = first[row];
            first[row] = 0;
        }
        fill(builder, "a", first);
        fill(builder, "b", second);
        builder.addRows(first.length);
        Path file = directory.resolve("sides.seg");
        builder.write(file, 1);
        try (SegmentReader segment = SegmentReader.open(file)) {
            assertEquals(6, encoding(segment, "a"));
            assertIterableEquals(list(first), read(segment, "a"));
            assertIterableEquals(list(second), read(segment, "b"));
        }
    }

    private static StorageHints equals(StorageHints.Link... links) {
        return new StorageHints(null, List.of(), List.of(links), List.of(), List.of(), List.of());
    }

    private static StorageHints.Link link(String column, String other) {
        return new StorageHints.Link(column, other);
    }

    /// Writes columns of the same values under hints and reads them back; gives the encodings.
    private List<Integer> encodings(StorageHints hints, List<String> names) {
        SegmentBuilder builder = new SegmentBuilder(null, hints);
        long[] values = randoms(5000);
        names.forEach(name -> fill(builder, name, values));
        builder.addRows(values.length);
        Path file = directory.resolve("chain.seg");
        builder.write(file, 1);
        try (SegmentReader segment = SegmentReader.open(file)) {
            names.forEach(name -> assertEquals(list(values), read(segment, name), name));
            return names.stream().map(name -> encoding(segment, name)).toList();
        }
    }

    private static int encoding(SegmentReader segment, String name) {
        return java.util.Objects.requireNonNull(segment.column(name)).encoding(0);
    }

    @Test
    void aChainOfLinksIsWrittenInItsOrder() {
        StorageHints hints = equals(link("a", "b"), link("b", "c"));
        List<Integer> encodings = encodings(hints, List.of("a", "b", "c"));
        assertEquals(List.of(7, 7), encodings.subList(0, 2), encodings.toString());
        StorageHints differences =
                new StorageHints(
                        null,
                        List.of(),
                        List.of(),
                        List.of(link("a", "b"), link("b", "c")),
                        List.of(),
                        List.of());
        encodings = encodings(differences, List.of("a", "b", "c"));
        assertEquals(List.of(8, 8), encodings.subList(0, 2), encodings.toString());
    }

    @Test
    void aCircleOfLinksIsBroken() {
        StorageHints hints = equals(link("a", "b"), link("b", "a"), link("c", "c"));
        List<Integer> encodings = encodings(hints, List.of("a", "b", "c"));
        assertEquals(7, encodings.get(1), encodings.toString());
        assertEquals(1, encodings.stream().filter(encoding -> encoding == 7).count());
    }

    @Test
    void aChainTooLongForReadersIsCut() {
        List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        List<StorageHints.Link> links = new ArrayList<>();
        for (int i = 1; i < names.size(); i++) {
            links.add(link(names.get(i), names.get(i - 1)));
        }
        List<Integer> encodings = encodings(equals(links.toArray(StorageHints.Link[]::new)), names);
        assertEquals(List.of(7, 7, 7, 7), encodings.subList(1, 5), encodings.toString());
        assertTrue(encodings.get(5) != 7, encodings.toString());
    }

    /// The inverse of an odd number modulo 2^64.
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    @Test
    void addressesMadeToCollideUnderAKnownHashDoNot() {
        AddressPool pool =
                new SegmentBuilder(null)
                        .addresses(new Column("a", ColumnType.ADDRESS, "a", "-", false));
        long high = 0x2001_0db8_0000_0000L;
        long inverse = inverse(0x9E3779B97F4A7C15L);
        assertTimeout(
                Duration.ofSeconds(5),
                () -> {
                    for (int i = 0; i < 200_000; i++) {
                        pool.idOf(high, high * 0xC2B2AE3D27D4EB4FL ^ i * inverse);
                    }
                });
    }

    @Test
    void textsMadeToCollideUnderAKnownHashDoNot() {
        TextPool pool = new SegmentBuilder(null).texts(Column.text("a"));
        assertTimeout(
                Duration.ofSeconds(5),
                () -> {
                    for (int i = 0; i < 100_000; i++) {
                        StringBuilder text = new StringBuilder();
                        for (int bit = 0; bit < 17; bit++) {
                            text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                        }
                        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                        assertEquals(i + 1, pool.idOf(bytes, 0, bytes.length));
                    }
                });
    }

    /// Writes the same rows in processes of different seeds.
    static final class WritingMain {
        private WritingMain() {}

        public static void main(String[] arguments) {
            SampleTable.builder(SampleTable.rows(new Random(7), 20_000), SampleTable.HINTS)
                    .write(Path.of(arguments[0]), 1);
        }
    }

    @Test
    void theBytesOfASegmentAreTheSameInEveryProcess() throws Exception {
        Path here = directory.resolve("here.seg");
        Path there = directory.resolve("there.seg");
        WritingMain.main(new String[] {here.toString()});
        ChildJvm.run(WritingMain.class, there.toString());
        assertEquals(-1, Files.mismatch(here, there));
    }

    /// Writes number columns under hints, reads them back, and gives the zones of their first
    /// blocks.
    private List<ZoneMap> zones(StorageHints hints, Map<String, long[]> columns) {
        SegmentBuilder builder = new SegmentBuilder(null, hints);
        columns.forEach((name, values) -> fill(builder, name, values));
        builder.addRows(columns.values().iterator().next().length);
        Path file = directory.resolve("zones.seg");
        builder.write(file, 1);
        try (SegmentReader segment = SegmentReader.open(file)) {
            columns.forEach((name, values) -> assertEquals(list(values), read(segment, name)));
            return columns.keySet().stream()
                    .map(name -> java.util.Objects.requireNonNull(segment.column(name)).zone(0))
                    .toList();
        }
    }

    private static ZoneMap zone(long... values) {
        return ZoneMap.ofNumbers(values, 0, values.length);
    }

    @Test
    void sumsOfTheLeastAndTheGreatestNumbersAreNotTakenForExact() {
        for (long value : new long[] {Long.MIN_VALUE + 1, Long.MIN_VALUE + 2, Long.MAX_VALUE}) {
            long[] values = {value, value};
            assertEquals(List.of(zone(values)), zones(StorageHints.NONE, Map.of("a", values)));
            assertFalse(zone(values).isSumExact());
        }
    }

    @Test
    void numbersAtTheBorderOfNarrowOnesComeBack() {
        long bound = Long.MAX_VALUE >> 20;
        for (long sign : new long[] {-1, 1}) {
            for (long near = bound - 3; near <= bound + 3; near++) {
                long[] values = {sign * near, sign * near + 1, sign * near - 1};
                assertEquals(List.of(zone(values)), zones(StorageHints.NONE, Map.of("a", values)));
            }
            long[] values = {sign * 5, sign * 5 + Integer.MAX_VALUE, sign * 5 + 1};
            assertEquals(List.of(zone(values)), zones(StorageHints.NONE, Map.of("a", values)));
        }
    }

    /// Columns whose bases lie further apart than a long can say, or whose codes are the greatest.
    @Test
    void pairsOfNumbersFarApartComeBack() {
        long[] least = {Long.MIN_VALUE + 1, Long.MIN_VALUE + 2};
        long[] small = {6, 7};
        long[] greatest = {Long.MAX_VALUE - 1, Long.MAX_VALUE};
        long[] none = {Column.ABSENT, Column.ABSENT};
        List<long[]> all = List.of(least, small, greatest, none, new long[] {0, 2_147_483_646});
        for (long[] a : all) {
            for (long[] b : all) {
                zones(pair("a", "b"), new TreeMap<>(Map.of("a", a, "b", b)));
            }
        }
        zones(pair("a", "b"), Map.of("a", new long[] {0, 2_147_483_646}, "b", new long[] {0, 1}));
    }

    /// Such a column has no codes to order by.
    @Test
    void groupsAndOwnersThatAreWideAreNoHints() {
        long[] wide = {0, 1L << 40, 5};
        long[] first = {1, 2, 3};
        long[] second = {3, 1, 2};
        StorageHints hints =
                new StorageHints(
                        "group",
                        List.of(new StorageHints.Pair("a", "b", "group")),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        zones(hints, Map.of("group", wide, "a", first, "b", second));
    }

    @Test
    void aColumnCanBeSaidInOneWayOnly() {
        StorageHints.Pair pair = new StorageHints.Pair("a", "b", null);
        StorageHints.Pair other = new StorageHints.Pair("c", "a", null);
        for (List<StorageHints.Pair> pairs : List.of(List.of(pair), List.of(pair, other))) {
            IllegalArgumentException failure =
                    assertThrows(
                            IllegalArgumentException.class,
                            () ->
                                    new StorageHints(
                                            null,
                                            pairs,
                                            List.of(),
                                            List.of(),
                                            List.of(List.of("x", "a")),
                                            List.of()));
            assertEquals(
                    "column a is in two pairs or tuples; it can be in one", failure.getMessage());
        }
    }
}
