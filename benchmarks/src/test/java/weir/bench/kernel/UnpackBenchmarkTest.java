// SPDX-License-Identifier: Apache-2.0
package weir.bench.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UnpackBenchmarkTest {
    @Test
    void theFirstCodeOfEachBatchIsTheOneWritten() {
        UnpackBenchmark benchmark = new UnpackBenchmark();
        Random random = new Random(1);
        int expected = 0;
        for (int row = 0; row < UnpackBenchmark.ROWS; row++) {
            int value = random.nextInt(1 << benchmark.width);
            expected ^= row % 2048 == 0 ? value : 0;
        }
        benchmark.open();
        try {
            assertEquals(expected, benchmark.unpack());
        } finally {
            benchmark.close();
        }
    }
}
