// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import weir.testkit.record.LogFormat;

class GeneratorOptionsTest {

    private static final GeneratorOptions DEFAULTS = GeneratorOptions.defaults();

    @Test
    void withersChangeOneValueOnly() {
        GeneratorOptions changed =
                DEFAULTS.withSeed(7)
                        .withRecords(8)
                        .withFormat(LogFormat.V5)
                        .withLayout(BucketLayout.HIVE_HOURLY)
                        .withGzip(true);
        assertEquals(7, changed.seed());
        assertEquals(8, changed.records());
        assertEquals(LogFormat.V5, changed.format());
        assertEquals(BucketLayout.HIVE_HOURLY, changed.layout());
        assertEquals(true, changed.gzip());
        assertEquals(DEFAULTS.recordsPerSecond(), changed.recordsPerSecond());
        assertEquals(DEFAULTS.header(), changed.header());
    }

    @Test
    void theDefaultStartIsTheFirstOfNovember2026() {
        assertEquals(
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.ofEpochSecond(GeneratorOptions.DEFAULT_START));
    }

    @Test
    void wrongValuesAreRefusedWithTheRange() {
        assertEquals("records is 0 to 1000000000000, not -1", refusal(-1, 1, 60, 1));
        assertEquals("recordsPerSecond is 1 to 10000000, not 0", refusal(1, 0, 60, 1));
        assertEquals("aggregationSeconds is 60 or 600, not 61", refusal(1, 1, 61, 1));
        assertEquals("threads is 1 to 1024, not 0", refusal(1, 1, 60, 0));
    }

    private static String refusal(long records, int rate, int aggregation, int threads) {
        return String.valueOf(
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new GeneratorOptions(
                                                1,
                                                records,
                                                0,
                                                rate,
                                                LogFormat.V2,
                                                EstatePreset.REALISTIC,
                                                aggregation,
                                                BucketLayout.DAILY,
                                                true,
                                                false,
                                                threads))
                        .getMessage());
    }
}
