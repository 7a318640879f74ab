// SPDX-License-Identifier: Apache-2.0
package weir.bench.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.zip.DataFormatException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import weir.ingest.inflate.DecoderKind;

class InflateBenchmarkTest {
    @ParameterizedTest
    @EnumSource(DecoderKind.class)
    void theWholeLogIsUnpacked(DecoderKind kind) throws DataFormatException {
        assumeTrue(kind.isUsable(), kind + " is not on this machine");
        InflateBenchmark benchmark = new InflateBenchmark();
        benchmark.decoder = kind;
        benchmark.open();
        try {
            assertEquals(InflateBenchmark.TEXT_BYTES, benchmark.inflate());
            assertEquals(InflateBenchmark.TEXT_BYTES, benchmark.inflate());
        } finally {
            benchmark.close();
        }
    }
}
