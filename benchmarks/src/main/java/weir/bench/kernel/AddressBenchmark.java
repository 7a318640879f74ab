// SPDX-License-Identifier: Apache-2.0
package weir.bench.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
import weir.engine.schema.IpAddress;

/// Reads the text of addresses as 128-bit numbers: nanoseconds an address, and a byte of text; one
/// thread.
///
/// Expect 20 to 40 for IPv4 and 40 to 80 for IPv6. Each spelling is read once a segment: tokens
/// that were met before are looked up, see `DictionaryBenchmark`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AddressBenchmark {
    static final int ADDRESSES = 1 << 14;
    private static final int RECORDS = 1 << 17;

    /// The family: `4` or `6`.
    @Param({"4", "6"})
    public int family = 4;

    private byte[] text = new byte[0];
    private int[] ends = new int[0];

    /// Takes distinct addresses of a log, again and again until they are enough.
    @Setup(Level.Trial)
    public void open() {
        String[] found = addresses();
        StringBuilder joined = new StringBuilder();
        ends = new int[ADDRESSES + 1];
        ends[0] = -1;
        for (int i = 0; i < ADDRESSES; i++) {
            joined.append(found[i % found.length]);
            ends[i + 1] = joined.length();
            joined.append(' ');
        }
        text = joined.toString().getBytes(StandardCharsets.US_ASCII);
    }

    String[] addresses() {
        SampleLog log = SampleLog.of("v5", RECORDS);
        return Arrays.stream(log.tokens("pkt-srcaddr"))
                .filter(token -> token.indexOf(family == 4 ? '.' : ':') > 0)
                .distinct()
                .limit(ADDRESSES)
                .toArray(String[]::new);
    }

    /// Reads all and gives the exclusive-or of their halves.
    @Benchmark
    @OperationsPerInvocation(ADDRESSES)
    public long parse(DoneBytes done) {
        long mixed = 0;
        for (int i = 0; i < ADDRESSES; i++) {
            IpAddress address = IpAddress.parse(text, ends[i] + 1, ends[i + 1]);
            if (address != null) {
                mixed ^= address.high() ^ address.low();
            }
        }
        done.bytes += text.length;
        return mixed;
    }
}
