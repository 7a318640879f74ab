// SPDX-License-Identifier: Apache-2.0
package weir.bench.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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
import weir.engine.encoding.BlockEncoder;
import weir.engine.encoding.BlockForm;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;

/// Finds the smallest form of a block of codes and writes it: nanoseconds a code, and a byte of
/// codes at four bytes each; one thread.
///
/// Expect 1 to 4; twice and four times that where lists of codes are tried because they may pay.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncodeBenchmark {
    static final int ROWS = Limits.BLOCK_ROWS;

    /// The codes of a column of a generated log.
    public enum Codes {
        /// Packets: a few bits, small numbers far more often.
        NARROW,
        /// Protocols.
        FEW,
        /// Times in the order of the log.
        ASCENDING,
        /// Ports.
        RANDOM,
        /// Interfaces in their order.
        RUNS,
        /// Combinations of protocol, server's port and action, numbered as they come.
        TUPLES;

        int[] of(SampleLog log) {
            return switch (this) {
                case NARROW -> log.numberCodes("packets");
                case FEW -> log.numberCodes("protocol");
                case ASCENDING -> log.numberCodes("start");
                case RANDOM -> log.numberCodes("srcport");
                case RUNS -> {
                    int[] codes = SampleLog.textCodes(log.tokens("interface-id"));
                    Arrays.sort(codes);
                    yield codes;
                }
                case TUPLES -> tuples(log);
            };
        }

        private static int[] tuples(SampleLog log) {
            String[] protocols = log.tokens("protocol");
            String[] ports = log.tokens("dstport");
            String[] actions = log.tokens("action");
            Map<String, Integer> numbers = new HashMap<>();
            int[] codes = new int[log.records()];
            Arrays.setAll(
                    codes,
                    row -> {
                        boolean isService = ports[row].length() < 4;
                        String tuple =
                                protocols[row] + " " + (isService ? ports[row] : "") + actions[row];
                        return numbers.computeIfAbsent(tuple, _ -> numbers.size());
                    });
            return codes;
        }
    }

    /// Which codes.
    @Param public Codes codes = Codes.NARROW;

    int[] block = new int[0];
    final ByteSink sink = new ByteSink(4 * ROWS);
    private final BlockEncoder encoder = new BlockEncoder();

    /// Makes the codes.
    @Setup(Level.Trial)
    public void open() {
        block = codes.of(SampleLog.of("v2", ROWS));
    }

    /// Encodes the block and gives its bytes.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int encode(DoneBytes done) {
        sink.clear();
        form().encode(sink);
        done.bytes += 4L * ROWS;
        return sink.size();
    }

    BlockForm form() {
        return encoder.choose(block, ROWS);
    }
}
