// SPDX-License-Identifier: Apache-2.0
package weir.bench.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import weir.engine.index.BitmapIndexBuilder;
import weir.engine.index.KeyColumn;
import weir.engine.index.PageIndexBuilder;
import weir.engine.memory.ByteSink;

/// Builds the indexes of a segment whose rows stand by interface: nanoseconds a row, and a byte of
/// codes at four bytes each; one thread.
///
/// Expect 4 for bitmaps of one column and 8 to 11 for the pages of two.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IndexBenchmark {
    static final int ROWS = 1 << 18;

    int[] protocols = new int[0];
    List<KeyColumn> addresses = List.of();
    List<KeyColumn> ports = List.of();
    int addressCount;
    final ByteSink sink = new ByteSink(1 << 20);

    /// Makes the columns.
    @Setup(Level.Trial)
    public void open() {
        SampleLog log = SampleLog.of("v2", ROWS);
        int[] order = order(SampleLog.textCodes(log.tokens("interface-id")));
        protocols = ordered(log.numberCodes("protocol"), order);
        String[] both = Arrays.copyOf(log.tokens("srcaddr"), 2 * ROWS);
        System.arraycopy(log.tokens("dstaddr"), 0, both, ROWS, ROWS);
        int[] codes = SampleLog.textCodes(both);
        addressCount = 1 + Arrays.stream(codes).max().orElse(0);
        addresses =
                List.of(
                        new KeyColumn(ordered(Arrays.copyOf(codes, ROWS), order), 0),
                        new KeyColumn(
                                ordered(Arrays.copyOfRange(codes, ROWS, 2 * ROWS), order), 0));
        ports =
                List.of(
                        new KeyColumn(ordered(log.numberCodes("srcport"), order), -1),
                        new KeyColumn(ordered(log.numberCodes("dstport"), order), -1));
    }

    /// The rows by interface, and as they came within each.
    private static int[] order(int[] interfaces) {
        long[] keys = new long[ROWS];
        Arrays.setAll(keys, row -> (long) interfaces[row] << 32 | row);
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    private static int[] ordered(int[] codes, int[] order) {
        return Arrays.stream(order).map(row -> codes[row]).toArray();
    }

    /// Builds the bitmaps of the protocols and gives their bytes.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int bitmaps(DoneBytes done) {
        sink.clear();
        BitmapIndexBuilder.encode(protocols, ROWS, code -> code, sink);
        done.bytes += 4L * ROWS;
        return sink.size();
    }

    /// Builds the page index of both addresses and gives its bytes.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int addressPages(DoneBytes done) {
        sink.clear();
        PageIndexBuilder.encodeCodes(addresses, ROWS, addressCount, sink);
        done.bytes += 8L * ROWS;
        return sink.size();
    }

    /// Builds the page index of both ports and gives its bytes.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int portPages(DoneBytes done) {
        sink.clear();
        PageIndexBuilder.encodeNumbers(ports, ROWS, sink);
        done.bytes += 8L * ROWS;
        return sink.size();
    }
}
