// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FilterBenchmarkTest {
    @Test
    void flagsAreThoseOfTheSets() {
        FilterBenchmark benchmark = new FilterBenchmark();
        benchmark.open();
        check(benchmark, benchmark.range(), benchmark.range);
        check(benchmark, benchmark.bits(), benchmark.bits);
    }

    private static void check(FilterBenchmark benchmark, int[] flags, CodeSet set) {
        for (int i = 0; i < benchmark.codes.length; i++) {
            assertEquals(set.contains(benchmark.codes[i]) ? 1 : 0, flags[i], "code " + i);
        }
    }
}
