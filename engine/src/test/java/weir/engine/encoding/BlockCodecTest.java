// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import weir.engine.Randoms;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// What holds for every encoding, over sizes and distributions.
class BlockCodecTest {
    private static final int[] COUNTS = {
        1, 2, 63, 64, 100, 2047, 2048, 2049, 5000, 40_000, 65_535, 65_536
    };

    static Stream<Encoding> encodings() {
        return Stream.of(
                new ConstantEncoding(),
                new PlaneEncoding(),
                new PackedEncoding(),
                new RunEncoding(),
                new ValueListEncoding(),
                new FrequencyEncoding(),
                new MagnitudeEncoding());
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void everyDistributionComesBackInTheSizePromised(Encoding encoding) {
        Random random = Randoms.of("BlockCodecTest");
        int encoded = 0;
        for (int count : COUNTS) {
            for (LongSupplier distribution : distributions(random)) {
                long[] codes = new long[count];
                for (int i = 0; i < count; i++) {
                    codes[i] = distribution.getAsLong();
                }
                encoded += roundTrips(encoding, codes) ? 1 : 0;
            }
        }
        assertTrue(encoded > 0, "no distribution suits " + encoding);
    }

    private static LongSupplier[] distributions(Random random) {
        long constant = random.nextInt(1000);
        long wide = random.nextLong() >>> 1;
        long[] few = random.longs(20, 0, Long.MAX_VALUE).toArray();
        long[] run = {0, 0};
        long[] ascent = {random.nextInt(1 << 20), 0};
        long[] far = {random.nextLong(), 0};
        int width = 1 + random.nextInt(63);
        return new LongSupplier[] {
            () -> 0,
            () -> constant,
            () -> Long.MIN_VALUE, // 2^63: the greatest code
            () -> random.nextInt(2),
            () -> random.nextInt(500),
            () -> random.nextInt() & 0x7fff_ffffL,
            () -> random.nextInt() & 0xffff_ffffL,
            () -> random.nextLong() >>> 1,
            () -> random.nextLong() >>> (64 - width),
            () -> few[random.nextInt(few.length)],
            () -> random.nextInt(1000) == 0 ? wide : constant,
            () -> random.nextInt(9) == 0 ? random.nextInt(50_000) : random.nextInt(6),
            () -> random.nextLong() >>> (64 - 1 - random.nextInt(40)),
            () -> random.nextLong() >>> (64 - 1 - random.nextInt(56)),
            () -> {
                if (ascent[1]-- <= 0) {
                    ascent[0] = ascent[0] + random.nextInt(9) & 0x7fff_ffffL;
                    ascent[1] = random.nextInt(4);
                }
                return ascent[0];
            },
            () -> {
                if (far[1]-- <= 0) {
                    far[0] = random.nextInt(5) == 0 ? random.nextLong() : far[0] + 1;
                    far[1] = 1L + random.nextInt(4);
                }
                return far[0];
            },
            () -> {
                if (run[1]-- <= 0) {
                    run[0] = random.nextInt(1 << 20);
                    run[1] = random.nextInt(200);
                }
                return run[0];
            }
        };
    }

    /// Whether the encoding takes these codes; checks them when it does.
    private static boolean roundTrips(Encoding encoding, long[] codes) {
        BlockShape shape = BlockShape.of(codes, codes.length);
        long size = encoding.encodedSizeBytes(shape);
        if (size < 0) {
            return false;
        }
        ByteSink sink = new ByteSink(16);
        encoding.encode(shape, sink);
        assertEquals(size, sink.size());
        compare(codes, encoding.decoder(slice(sink), codes.length));
        compareBackwards(codes, encoding.decoder(slice(sink), codes.length));
        compareTests(codes, encoding.decoder(slice(sink), codes.length));
        return true;
    }

    private static void compare(long[] codes, BlockDecoder decoder) {
        long[] longs = new long[Limits.BATCH_ROWS];
        int[] ints = new int[Limits.BATCH_ROWS];
        for (int batch = 0; batch * Limits.BATCH_ROWS < codes.length; batch++) {
            decoder.decodeLongs(batch, longs);
            if (decoder.fitsInts()) {
                decoder.decodeInts(batch, ints);
            }
            int first = batch * Limits.BATCH_ROWS;
            for (int i = 0; i < Limits.BATCH_ROWS && first + i < codes.length; i++) {
                assertEquals(codes[first + i], longs[i]);
                if (decoder.fitsInts()) {
                    assertEquals(codes[first + i], ints[i]);
                }
            }
        }
    }

    /// Batches are read in any order, each without those before it.
    private static void compareBackwards(long[] codes, BlockDecoder decoder) {
        long[] longs = new long[Limits.BATCH_ROWS];
        for (int batch = (codes.length - 1) / Limits.BATCH_ROWS; batch >= 0; batch--) {
            decoder.decodeLongs(batch, longs);
            int first = batch * Limits.BATCH_ROWS;
            for (int i = 0; i < Limits.BATCH_ROWS && first + i < codes.length; i++) {
                assertEquals(codes[first + i], longs[i], "row " + (first + i));
            }
        }
    }

    /// What a decoder says of codes that pass a test, without decoding them, is so. Gives whether
    /// it said anything.
    private static boolean compareTests(long[] codes, BlockDecoder decoder) {
        boolean isTested = false;
        int[] flags = new int[Limits.BATCH_ROWS];
        for (int batch = (codes.length - 1) / Limits.BATCH_ROWS; batch >= 0; batch--) {
            int wanted = batch % 3;
            CodeFilter filter =
                    (tested, count, passes) -> {
                        for (int i = 0; i < count; i++) {
                            passes[i] = tested[i] % 3 == wanted ? 1 : 0;
                        }
                    };
            isTested = decoder.test(batch, filter, flags);
            int first = batch * Limits.BATCH_ROWS;
            for (int i = 0; isTested && i < Limits.BATCH_ROWS && first + i < codes.length; i++) {
                assertEquals(
                        codes[first + i] % 3 == wanted ? 1 : 0, flags[i], "row " + (first + i));
            }
        }
        return isTested;
    }

    @Test
    void referencesAreTestedAsTheyAreDecoded() {
        Random random = Randoms.of("BlockCodecTest");
        int rows = 60_000;
        long[] sides = random.longs(rows, 0, 2).toArray();
        long[] first = runs(random, rows);
        long[] second = runs(random, rows);
        BlockDecoder[] columns = {decoder(sides), decoder(first), decoder(second)};
        for (boolean isSwapped : new boolean[] {false, true}) {
            ByteSink choice = new ByteSink(16);
            ChoiceEncoding.encode(0, 1, 2, isSwapped, choice);
            long[] chosen = new long[rows];
            for (int row = 0; row < rows; row++) {
                chosen[row] = (sides[row] == 1) == isSwapped ? first[row] : second[row];
            }
            BlockDecoder decoder =
                    BlockCodec.decoder(
                            ChoiceEncoding.WIRE_ID, slice(choice), rows, i -> columns[i]);
            compare(chosen, decoder);
            assertTrue(compareTests(chosen, decoder), "runs are not tested");
        }
        long[] equal = first.clone();
        int[] others = random.ints(500, 0, rows).distinct().sorted().toArray();
        int[] codes = new int[others.length];
        for (int i = 0; i < others.length; i++) {
            codes[i] = random.nextInt(1000);
            equal[others[i]] = codes[i];
        }
        ByteSink sink = new ByteSink(16);
        new EqualEncoding.Form(others, codes, codes.length).encode(1, sink);
        BlockDecoder decoder =
                BlockCodec.decoder(EqualEncoding.WIRE_ID, slice(sink), rows, i -> columns[i]);
        compare(equal, decoder);
        assertTrue(compareTests(equal, decoder), "runs are not tested");
    }

    private static long[] runs(Random random, int rows) {
        long[] codes = new long[rows];
        for (int row = 1; row < rows; row++) {
            codes[row] = random.nextInt(4) == 0 ? random.nextInt(500) : codes[row - 1];
        }
        return codes;
    }

    private static BlockDecoder decoder(long[] codes) {
        ByteSink sink = new ByteSink(16);
        int wireId = BlockCodec.encode(codes, codes.length, sink);
        return decoder(wireId, slice(sink), codes.length);
    }

    private static Slice slice(ByteSink sink) {
        return Slice.of(Path.of("block"), sink.toByteArray());
    }

    @Test
    void theSmallestFormWins() {
        long[] codes = new long[Limits.BLOCK_ROWS];
        assertEquals(new ConstantEncoding().wireId(), chosen(codes));
        codes[5] = 77;
        assertEquals(new RunEncoding().wireId(), chosen(codes));
        Random random = new Random(1);
        for (int i = 0; i < codes.length; i++) {
            codes[i] = random.nextInt(1 << 16);
        }
        assertEquals(new PlaneEncoding().wireId(), chosen(codes));
        for (int i = 0; i < codes.length; i++) {
            codes[i] = random.nextBoolean() ? 6 : 1 << 20;
        }
        assertEquals(new ValueListEncoding().wireId(), chosen(codes));
        assertEquals(new PackedEncoding().wireId(), chosen(new long[] {1, 900, 3, 4, 5, 6, 7}));
    }

    private static int chosen(long[] codes) {
        ByteSink sink = new ByteSink(16);
        int wireId = BlockCodec.encode(codes, codes.length, sink);
        compare(codes, decoder(wireId, slice(sink), codes.length));
        return wireId;
    }

    private static BlockDecoder decoder(int wireId, Slice body, int rowCount) {
        return BlockCodec.decoder(wireId, body, rowCount, Siblings.none(body));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 11, 14})
    void anUnknownEncodingIsNamed(int wireId) {
        CorruptSegmentException failure =
                assertThrows(
                        CorruptSegmentException.class,
                        () -> decoder(wireId, Slice.of(Path.of("a.seg"), new byte[8]), 1));
        assertEquals(
                "a.seg: damaged at byte 0: expected a known encoding, found number " + wireId,
                failure.getMessage());
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void damagedBytesNeverReachOutsideTheBlock(Encoding encoding) {
        Random random = Randoms.of("BlockCodecTest");
        long[] codes = new long[3000];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = encoding instanceof ConstantEncoding ? 7 : i / 10 % 50 * 1000L;
            codes[i] = encoding instanceof MagnitudeEncoding ? 1L << i % 40 : codes[i];
        }
        BlockShape shape = BlockShape.of(codes, codes.length);
        if (encoding instanceof PackedEncoding) {
            codes = java.util.Arrays.copyOf(codes, 100);
            shape = BlockShape.of(codes, codes.length);
        }
        ByteSink sink = new ByteSink(16);
        encoding.encode(shape, sink);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = sink.toByteArray();
            for (int flips = 0; flips < 3; flips++) {
                bytes[random.nextInt(Math.min(bytes.length, 64))] ^=
                        (byte) (1 << random.nextInt(8));
            }
            readEverything(encoding, bytes, codes.length);
        }
    }

    private static void readEverything(Encoding encoding, byte[] bytes, int count) {
        long[] longs = new long[Limits.BATCH_ROWS];
        try {
            BlockDecoder decoder = encoding.decoder(Slice.of(Path.of("b"), bytes), count);
            for (int batch = 0; batch * Limits.BATCH_ROWS < count; batch++) {
                decoder.decodeLongs(batch, longs);
            }
        } catch (CorruptSegmentException expected) {
            assertTrue(expected.getMessage().contains("damaged at byte"));
        }
    }
}
