// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weir.bench.kernel.DoneBytes;

class SortBenchmarkTest {
    private static final int ROWS = SortBenchmark.ROWS;

    @Test
    void whatIsSortedIsInOrder() {
        SortBenchmark benchmark = new SortBenchmark();
        DoneBytes done = new DoneBytes();
        benchmark.open();
        long[] sorted = benchmark.keys.clone();
        Arrays.sort(sorted);
        assertEquals(sorted[ROWS / 2], benchmark.radix(done));
        assertEquals(sorted[ROWS / 2], benchmark.radix(done), "again");
        assertEquals(16L * ROWS, done.bytes);
        int middle =
                IntStream.range(0, ROWS)
                        .boxed()
                        .sorted(
                                Comparator.comparingInt((Integer row) -> benchmark.interfaces[row])
                                        .thenComparingInt(row -> benchmark.targets[row])
                                        .thenComparingInt(row -> benchmark.targetPorts[row]))
                        .skip(ROWS / 2)
                        .findFirst()
                        .orElseThrow();
        assertEquals(middle, benchmark.rows(done));
        assertEquals(middle, benchmark.rows(done), "again");
        // 32 bits each, but by gaps that are far smaller.
        int bytes = benchmark.addressDictionary(done);
        assertTrue(
                bytes > SortBenchmark.ADDRESSES && bytes < 4 * SortBenchmark.ADDRESSES,
                bytes + " bytes");
    }

    @Test
    void halfOfTheFlowsAreFromTheirInterface() {
        SortBenchmark benchmark = new SortBenchmark();
        benchmark.open();
        int byOwner = benchmark.pairByOwner(new DoneBytes());
        assertTrue(byOwner > ROWS / 10 && byOwner < ROWS * 9 / 10, byOwner + " rows");
        assertEquals(byOwner, benchmark.pairByOwner(new DoneBytes()), "again");
        int byCount = benchmark.pairByCount(new DoneBytes());
        assertTrue(byCount > ROWS / 10 && byCount < ROWS * 9 / 10, byCount + " rows");
    }
}
