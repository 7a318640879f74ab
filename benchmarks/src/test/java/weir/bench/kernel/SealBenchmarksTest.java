// SPDX-License-Identifier: Apache-2.0
package weir.bench.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import weir.engine.encoding.BlockCodec;
import weir.engine.encoding.BlockDecoder;
import weir.engine.encoding.Siblings;
import weir.engine.fault.Limits;
import weir.engine.index.BitmapIndex;
import weir.engine.index.PageIndex;
import weir.engine.index.RowSet;
import weir.engine.memory.Slice;
import weir.engine.schema.IpAddress;

/// Each benchmark of what becomes of columns, run once, against its answer the obvious way.
class SealBenchmarksTest {
    private final DoneBytes done = new DoneBytes();

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void addressesAreThoseOfTheText(int family) {
        AddressBenchmark benchmark = new AddressBenchmark();
        benchmark.family = family;
        benchmark.open();
        String[] addresses = benchmark.addresses();
        assertTrue(addresses.length > 100, addresses.length + " addresses");
        long mixed = 0;
        for (int i = 0; i < AddressBenchmark.ADDRESSES; i++) {
            IpAddress address = IpAddress.parse(addresses[i % addresses.length]);
            assertNotNull(address);
            mixed ^= address.high() ^ address.low();
        }
        assertEquals(mixed, benchmark.parse(done));
    }

    @ParameterizedTest
    @EnumSource(EncodeBenchmark.Codes.class)
    void blocksComeBack(EncodeBenchmark.Codes codes) {
        EncodeBenchmark benchmark = new EncodeBenchmark();
        benchmark.codes = codes;
        benchmark.open();
        int bytes = benchmark.encode(done);
        assertEquals(bytes, benchmark.encode(done), "again");
        assertTrue(bytes < 4 * EncodeBenchmark.ROWS * 2 / 3, bytes + " bytes");
        Slice body = Slice.of(Path.of("block"), benchmark.sink.toByteArray());
        BlockDecoder decoder =
                BlockCodec.decoder(
                        benchmark.form().wireId(), body, EncodeBenchmark.ROWS, Siblings.none(body));
        int[] batch = new int[Limits.BATCH_ROWS];
        for (int i = 0; i < EncodeBenchmark.ROWS / batch.length; i++) {
            decoder.decodeInts(i, batch);
            int from = i * batch.length;
            assertArrayEquals(
                    Arrays.copyOfRange(benchmark.block, from, from + batch.length), batch);
        }
    }

    private static Slice body(IndexBenchmark benchmark) {
        return Slice.of(Path.of("index"), benchmark.sink.toByteArray());
    }

    @Test
    void indexesLeadToTheRows() {
        IndexBenchmark benchmark = new IndexBenchmark();
        benchmark.open();
        assertTrue(benchmark.bitmaps(done) > 0, "protocols are indexed");
        BitmapIndex bitmaps = BitmapIndex.decode(body(benchmark), IndexBenchmark.ROWS);
        long rare = bitmaps.keys()[bitmaps.keys().length - 1];
        RowSet rows = bitmaps.rows(key -> key == rare, IndexBenchmark.ROWS);
        assertNotNull(rows);
        assertEquals(
                Arrays.stream(benchmark.protocols).filter(code -> code == rare).count(),
                rows.cardinality());
        assertTrue(benchmark.addressPages(done) > 0, "addresses are indexed");
        checkPages(benchmark, benchmark.addresses.getFirst().codes(), 0);
        assertTrue(benchmark.portPages(done) > 0, "ports are indexed");
        checkPages(benchmark, benchmark.ports.getFirst().codes(), -1);
    }

    /// The pages of the least key of a column are among those that the index has for it.
    private static void checkPages(IndexBenchmark benchmark, int[] codes, int base) {
        PageIndex index = PageIndex.decode(body(benchmark), IndexBenchmark.ROWS);
        int least = Arrays.stream(codes).filter(code -> code > 0).min().orElseThrow();
        long key = least + (long) base;
        int[] batches = index.batches(from -> from <= key ? key : PageIndex.Keys.NONE);
        assertNotNull(batches);
        IntStream.range(0, codes.length)
                .filter(row -> codes[row] == least)
                .forEach(row -> {
                    int batch = row % Limits.BLOCK_ROWS / Limits.BATCH_ROWS;
                    assertTrue((batches[row / Limits.BLOCK_ROWS] >>> batch & 1) == 1);
                });
    }
}
