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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import weir.bench.kernel.DoneBytes;
import weir.bench.kernel.SampleLog;

/// Turns tokens into ids of dictionary columns that mostly follow from another column: nanoseconds
/// a value, and a byte of the column's text; one thread.
///
/// Expect 5 to 8: what `DictionaryBenchmark` takes for a column of few values.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FollowerBenchmark {
    static final int RECORDS = 1 << 16;

    /// The columns that follow, and those they follow.
    static final String FIELDS = "interface-id subnet-id srcaddr pkt-srcaddr";

    private final TokenTable interfaces = DictionaryBenchmark.texts();
    private final TokenTable subnets = DictionaryBenchmark.texts();
    private final TokenTable addresses = DictionaryBenchmark.addresses();
    private final TokenMemo memo = new TokenMemo();
    TokenisedLog log = new TokenisedLog(new byte[0], 0, 1);
    private int subnetField;
    private int addressField;
    private int packetField;
    private long subnetBytes;
    private long packetBytes;
    private int[] ids = new int[0];
    private int[][] interfaceIds = new int[0][];
    private int[][] addressIds = new int[0][];

    /// Makes the log, and reads the columns that the others follow.
    @Setup(Level.Trial)
    public void open() {
        SampleLog text = SampleLog.of(FIELDS, RECORDS);
        log = new TokenisedLog(text);
        subnetField = text.field("subnet-id");
        addressField = text.field("srcaddr");
        packetField = text.field("pkt-srcaddr");
        subnetBytes = log.fieldBytes(subnetField);
        packetBytes = log.fieldBytes(packetField);
        ids = new int[log.rowsMax];
        interfaceIds = idsOf(interfaces, text.field("interface-id"));
        addressIds = idsOf(addresses, addressField);
    }

    private int[][] idsOf(TokenTable table, int field) {
        int[][] all = new int[log.runs.size()][log.rowsMax];
        for (int i = 0; i < all.length; i++) {
            table.read(log.bytes, log.runs.get(i), field, all[i], 0);
        }
        return all;
    }

    /// Reads the subnets by their interfaces and gives the sum of each run's last id.
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int guided(DoneBytes done) {
        int sum = 0;
        for (int i = 0; i < interfaceIds.length; i++) {
            TokenRun run = log.runs.get(i);
            subnets.readGuided(log.bytes, run, subnetField, ids, 0, interfaceIds[i], memo);
            sum += ids[run.rows - 1];
        }
        done.bytes += subnetBytes;
        return sum;
    }

    /// Reads the addresses of packets by those of their flows and gives the same.
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int twin(DoneBytes done) {
        int sum = 0;
        for (int i = 0; i < addressIds.length; i++) {
            TokenRun run = log.runs.get(i);
            addresses.readTwin(log.bytes, run, packetField, ids, 0, addressField, addressIds[i]);
            sum += ids[run.rows - 1];
        }
        done.bytes += packetBytes;
        return sum;
    }
}
