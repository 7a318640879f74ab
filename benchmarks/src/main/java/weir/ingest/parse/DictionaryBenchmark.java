// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

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
import weir.bench.kernel.DoneBytes;
import weir.bench.kernel.SampleLog;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.segment.SegmentBuilder;
import weir.ingest.record.FieldKind;

/// Turns the tokens of one dictionary column, the only one of a log, into ids: nanoseconds a value,
/// and a byte of its text; one thread.
///
/// `lookUp` asks for tokens that were met before: expect 4 to 12, of unique addresses 30 to 60,
/// since each is in a slot of its own, which is in no cache. `enter` begins with nothing known:
/// expect 5 to 40, of unique addresses 150 to 250.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DictionaryBenchmark {
    static final int RECORDS = 1 << 16;

    /// The column; `unique` is one of addresses that are all different.
    @Param({"interface-id", "action", "srcaddr", "unique"})
    public String values = "srcaddr";

    private boolean isAddress;
    private TokenisedLog log = new TokenisedLog(new byte[0], 0, 1);
    private TokenTable known = texts();
    private long fieldBytes;
    int[] ids = new int[0];

    static TokenTable texts() {
        Column column = Column.text("text");
        return new TextTokens(new SegmentBuilder(null).texts(column), FieldKind.TEXT);
    }

    static TokenTable addresses() {
        Column column = new Column("address", ColumnType.ADDRESS, "address", "-", false);
        return new AddressTokens(new SegmentBuilder(null).addresses(column));
    }

    /// Makes the log, and a table that knows the column.
    @Setup(Level.Trial)
    public void open() {
        if (values.equals("unique")) {
            byte[] text = uniqueAddresses();
            log = new TokenisedLog(text, text.length - SampleLog.SLACK_BYTES, 1);
        } else {
            log = new TokenisedLog(SampleLog.of(values, RECORDS));
        }
        isAddress = values.equals("unique") || values.equals("srcaddr");
        fieldBytes = log.fieldBytes(0);
        ids = new int[log.rowsMax];
        known = newTable();
        readAll(known);
    }

    private static byte[] uniqueAddresses() {
        StringBuilder text = new StringBuilder();
        for (int record = 0; record < RECORDS; record++) {
            int mixed = record * 0x9E3779B1; // odd: no two are the same
            text.append(mixed >>> 24).append('.').append(mixed >>> 16 & 255).append('.');
            text.append(mixed >>> 8 & 255).append('.').append(mixed & 255).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(bytes, bytes.length + SampleLog.SLACK_BYTES);
    }

    private TokenTable newTable() {
        return isAddress ? addresses() : texts();
    }

    private int readAll(TokenTable table) {
        int sum = 0;
        for (TokenRun run : log.runs) {
            table.read(log.bytes, run, 0, ids, 0);
            sum += ids[run.rows - 1];
        }
        return sum;
    }

    /// Asks for tokens that are known and gives the sum of each run's last id.
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int lookUp(DoneBytes done) {
        done.bytes += fieldBytes;
        return readAll(known);
    }

    /// Enters the tokens in a table that knows none, and gives the same.
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int enter(DoneBytes done) {
        done.bytes += fieldBytes;
        return readAll(newTable());
    }
}
