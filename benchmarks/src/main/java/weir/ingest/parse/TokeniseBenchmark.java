// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import weir.bench.kernel.DoneBytes;
import weir.bench.kernel.SampleLog;
import weir.ingest.source.LineBlocks;

/// Finds the delimiters of a log in blocks of the size that the parser gets: nanoseconds a record,
/// and a byte of text; one thread.
///
/// Expect 0.3 a byte for `regular`, which blocks of nothing but records get, and up to three times
/// as much for `exact`, which the others get.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TokeniseBenchmark {
    static final int RECORDS = 1 << 16;

    /// The fields of a record.
    @Param({"v2", "v5"})
    public String format = "v2";

    final DelimiterScanner scanner = new DelimiterScanner();
    SampleLog log = SampleLog.of(format, 0);

    /// Makes the log.
    @Setup(Level.Trial)
    public void open() {
        log = SampleLog.of(format, RECORDS);
    }

    /// Scans all blocks for spaces and newlines, other control characters taken for newlines, and
    /// gives how many there are.
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int regular(DoneBytes done) {
        byte[] bytes = log.bytes();
        int size = log.sizeBytes();
        int count = 0;
        for (int from = 0; from < size; from += LineBlocks.BLOCK_BYTES) {
            scanner.scanRegular(bytes, from, Math.min(size, from + LineBlocks.BLOCK_BYTES));
            count += scanner.count();
        }
        done.bytes += size;
        return count;
    }

    /// The same for spaces and newlines and nothing else.
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int exact(DoneBytes done) {
        byte[] bytes = log.bytes();
        int size = log.sizeBytes();
        int count = 0;
        for (int from = 0; from < size; from += LineBlocks.BLOCK_BYTES) {
            scanner.scan(bytes, from, Math.min(size, from + LineBlocks.BLOCK_BYTES));
            count += scanner.count();
        }
        done.bytes += size;
        return count;
    }
}
