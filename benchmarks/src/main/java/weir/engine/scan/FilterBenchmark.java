// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.BitSet;
import java.util.Random;
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
import weir.engine.fault.Limits;

/// Tests decoded codes of a batch against a set of codes: nanoseconds a code, one thread.
///
/// Expect 0.04 to 0.1 for `range`, which C2 vectorises, and ten times that without; 0.5 to 0.7 for
/// `bits`, a load for each code.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FilterBenchmark {
    static final int CODES = 1 << 16;

    final int[] codes = new int[Limits.BATCH_ROWS];
    final int[] flags = new int[Limits.BATCH_ROWS];
    final CodeSet range = CodeSet.range(100, 9000);
    CodeSet bits = CodeSet.none();

    /// Draws the codes and the sets.
    @Setup(Level.Trial)
    public void open() {
        Random random = new Random(1);
        for (int i = 0; i < codes.length; i++) {
            codes[i] = random.nextInt(CODES);
        }
        BitSet set = new BitSet();
        for (int i = 0; i < CODES / 8; i++) {
            set.set(random.nextInt(CODES));
        }
        bits = CodeSet.of(set);
    }

    /// Codes that stand together.
    @Benchmark
    @OperationsPerInvocation(Limits.BATCH_ROWS)
    public int[] range() {
        range.test(codes, codes.length, flags);
        return flags;
    }

    /// Codes that do not.
    @Benchmark
    @OperationsPerInvocation(Limits.BATCH_ROWS)
    public int[] bits() {
        bits.test(codes, codes.length, flags);
        return flags;
    }
}
