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

/// Reads one number column, the only one of a log whose delimiters are found: nanoseconds a value,
/// and a byte of its text; one thread.
///
/// Expect 4 to 8. Numbers of up to eight digits take one load; those of ten, such as times, two.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DigitsBenchmark {
    static final int RECORDS = 1 << 16;

    /// The column.
    @Param({"srcport", "bytes", "start"})
    public String field = "srcport";

    private TokenisedLog log = new TokenisedLog(new byte[0], 0, 1);
    private long fieldBytes;
    private int[] narrow = new int[0];
    private long[] wide = new long[0];

    /// Makes the log.
    @Setup(Level.Trial)
    public void open() {
        log = new TokenisedLog(SampleLog.of(field, RECORDS));
        fieldBytes = log.fieldBytes(0);
        narrow = new int[log.rowsMax];
        wide = new long[log.rowsMax];
    }

    /// Reads the column as four bytes a row and gives the exclusive-or of each run's last value.
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int narrow(DoneBytes done) {
        int mixed = 0;
        for (TokenRun run : log.runs) {
            Digits.readNarrow(log.bytes, run, 0, 0, Long.MAX_VALUE, narrow, 0);
            mixed ^= narrow[run.rows - 1];
        }
        done.bytes += fieldBytes;
        return mixed;
    }

    /// The same as eight bytes a row.
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long wide(DoneBytes done) {
        long mixed = 0;
        for (TokenRun run : log.runs) {
            Digits.read(log.bytes, run, 0, 0, Long.MAX_VALUE, wide, 0);
            mixed ^= wide[run.rows - 1];
        }
        done.bytes += fieldBytes;
        return mixed;
    }
}
