// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.testkit.Seeds;

/// Sketches are exact while there is little to remember, stay within what they promise, and do not
/// depend on how what they saw was shared.
class SketchTest {
    @Test
    void fewValuesAreCountedExactly() {
        DistinctSketch sketch = new DistinctSketch(11);
        for (int i = 0; i < 3 * DistinctSketch.EXACT_MAX; i++) {
            sketch.add(hash(i % DistinctSketch.EXACT_MAX));
        }
        assertEquals(DistinctSketch.EXACT_MAX, sketch.estimate());
    }

    private static long hash(long value) {
        return new Random(value).nextLong();
    }

    @Test
    void manyValuesAreCountedWithinFourStandardErrors() {
        for (double error : new double[] {0.26, 0.023, 0.01}) {
            int bits = DistinctSketch.indexBits(error);
            for (int count = 300; count < 2_000_000; count *= 5) {
                DistinctSketch sketch = new DistinctSketch(bits);
                Random random = new Random(count);
                for (int i = 0; i < count; i++) {
                    sketch.add(random.nextLong());
                }
                double off = Math.abs(sketch.estimate() - count) / (double) count;
                assertTrue(off < 4 * error, count + " values at " + error + " are off by " + off);
            }
        }
    }

    @Test
    void countsDoNotDependOnHowValuesWereShared() {
        Random random = new Random(Seeds.next("SketchTest.distinct"));
        for (int count : new int[] {10, 256, 257, 5000}) {
            DistinctSketch whole = new DistinctSketch(11);
            List<DistinctSketch> parts = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                parts.add(new DistinctSketch(11));
            }
            for (int i = 0; i < count; i++) {
                long hash = random.nextLong();
                whole.add(hash);
                parts.get(random.nextInt(7)).add(hash);
                parts.get(random.nextInt(7)).add(hash);
            }
            DistinctSketch merged = new DistinctSketch(11);
            parts.forEach(merged::merge);
            assertEquals(whole.estimate(), merged.estimate());
        }
    }

    @Test
    void quantilesAreNearAndDoNotDependOnHowNumbersWereShared() {
        Random random = new Random(Seeds.next("SketchTest.quantiles"));
        List<Double> numbers = new ArrayList<>();
        QuantileSummary whole = new QuantileSummary();
        List<QuantileSummary> parts = List.of(new QuantileSummary(), new QuantileSummary());
        for (int i = 0; i < 200_000; i++) {
            double number = Math.exp(20 * random.nextGaussian() / 4) - 1;
            numbers.add(number);
            whole.add(number, 1);
            parts.get(random.nextInt(2)).add(number, 1);
        }
        QuantileSummary merged = new QuantileSummary();
        parts.forEach(merged::merge);
        numbers.sort(null);
        for (double share = 0; share <= 1; share += 0.01) {
            double found = whole.quantile(share);
            assertEquals(found, merged.quantile(share));
            double exact = numbers.get(Math.min(199_999, (int) (share * 200_000)));
            assertEquals(exact, found, 0.02 * Math.abs(exact), "share " + share);
        }
    }

    @Test
    void weightsCountAsManyRows() {
        QuantileSummary weighted = new QuantileSummary();
        weighted.add(3, 1);
        weighted.add(1, 5);
        weighted.add(2, 4);
        assertEquals(1, weighted.quantile(0.49));
        assertEquals(2, weighted.quantile(0.5));
        assertEquals(3, weighted.quantile(0.9));
        assertEquals(3, weighted.quantile(1));
    }
}
