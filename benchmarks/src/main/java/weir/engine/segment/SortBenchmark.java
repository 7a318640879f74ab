// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import weir.bench.kernel.DoneBytes;
import weir.bench.kernel.SampleLog;
import weir.engine.memory.ByteSink;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.IpAddress;

/// Splits pairs, sorts rows and sorts addresses as the sealing of a segment does: nanoseconds a row
/// or an address, and a byte of codes at four bytes each; one thread.
///
/// Expect 8 for `radix`, which has three passes, and twice that for `rows`, which has as many as
/// the columns need; 15 for `pairByOwner`, which looks up two counts a row, 3 for `pairByCount`,
/// which has them in a small table; and 15 for an address.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SortBenchmark {
    static final int ROWS = 1 << 18;

    /// Distinct addresses that are put in order.
    static final int ADDRESSES = 1 << 15;

    private final RowMemory memory = new RowMemory();
    private final ByteSink sink = new ByteSink(1 << 20);
    int[] interfaces = new int[0];
    int[] sources = new int[0];
    int[] targets = new int[0];
    int[] sourcePorts = new int[0];
    int[] targetPorts = new int[0];
    final long[] keys = new long[ROWS];
    private final long[] sorting = new long[ROWS];
    private final long[] spare = new long[ROWS];
    private final AddressPool pool = new AddressPool();

    /// Makes the columns.
    @Setup(Level.Trial)
    public void open() {
        SampleLog log = SampleLog.of("v2", ROWS);
        interfaces = SampleLog.textCodes(log.tokens("interface-id"));
        String[] addresses = Arrays.copyOf(log.tokens("srcaddr"), 2 * ROWS);
        System.arraycopy(log.tokens("dstaddr"), 0, addresses, ROWS, ROWS);
        int[] codes = SampleLog.textCodes(addresses);
        sources = Arrays.copyOf(codes, ROWS);
        targets = Arrays.copyOfRange(codes, ROWS, 2 * ROWS);
        sourcePorts = log.numberCodes("srcport");
        targetPorts = log.numberCodes("dstport");
        Arrays.setAll(keys, row -> (codes[row] * 0x9E3779B97F4A7C15L) >>> 32);
        for (int i = 0; i < ADDRESSES; i++) {
            IpAddress address = IpAddress.ofV4(i * 0x9E3779B1); // odd: no two are the same
            pool.idOf(address.high(), address.low());
        }
    }

    /// Sorts numbers of 32 bits and gives the one in the middle.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long radix(DoneBytes done) {
        System.arraycopy(keys, 0, sorting, 0, ROWS);
        done.bytes += 8L * ROWS;
        return RadixSort.sort(sorting, spare, ROWS, 0, 32)[ROWS / 2];
    }

    /// Orders rows by interface, peer and port and gives the row in the middle.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int rows(DoneBytes done) {
        int[] order = RowOrder.of(List.of(interfaces, targets, targetPorts), ROWS, memory);
        if (order == null) {
            throw new IllegalStateException("no order by three columns");
        }
        int row = order[ROWS / 2];
        memory.release(order);
        done.bytes += 12L * ROWS;
        return row;
    }

    /// Splits both addresses by the interface, and gives how many rows changed sides.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int pairByOwner(DoneBytes done) {
        StagedColumn owner = StagedColumn.part(number("o"), interfaces, 0);
        done.bytes += 12L * ROWS;
        return split(sources, targets, owner);
    }

    /// Splits both ports by how common they are, and gives the same.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int pairByCount(DoneBytes done) {
        done.bytes += 8L * ROWS;
        return split(sourcePorts, targetPorts, null);
    }

    private int split(int[] first, int[] second, @Nullable StagedColumn owner) {
        int[] a = copy(first);
        int[] b = copy(second);
        PairSplit split =
                PairSplit.of(
                        StagedColumn.part(number("a"), a, 0),
                        StagedColumn.part(number("b"), b, 0),
                        owner,
                        ROWS,
                        memory);
        if (split == null) {
            throw new IllegalStateException("the pair is not split");
        }
        int swapped = 0;
        for (int row = 0; row < ROWS; row++) {
            swapped += split.side.codes[row];
        }
        memory.release(split.side.codes);
        memory.release(a);
        memory.release(b);
        return swapped;
    }

    private int[] copy(int[] codes) {
        int[] copy = memory.ints(ROWS);
        System.arraycopy(codes, 0, copy, 0, ROWS);
        return copy;
    }

    private static Column number(String name) {
        return Column.number(name, ColumnType.INT64);
    }

    /// Sorts distinct addresses, writes their dictionary and gives its bytes.
    @Benchmark
    @OperationsPerInvocation(ADDRESSES)
    public int addressDictionary(DoneBytes done) {
        sink.clear();
        pool.encodeSorted(sink);
        done.bytes += 16L * ADDRESSES;
        return sink.size();
    }
}
