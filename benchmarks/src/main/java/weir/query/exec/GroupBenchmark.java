// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
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
import weir.engine.fault.Limits;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;

/// Groups rows by two numbers and sums a third: nanoseconds a row, one thread, the groups read to
/// their end.
///
/// Expect 20 for 4,096 groups, which one table holds, and 40 to 60 for 1,200,000, which come from
/// partitions; three times that without those.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class GroupBenchmark {
    static final int ROWS = 1 << 22;

    /// Distinct values of each key.
    @Param({"64", "1100"})
    public int values = 64;

    private final List<VectorBatch> batches = new ArrayList<>();

    /// Draws the rows.
    @Setup(Level.Trial)
    public void open() {
        Random random = new Random(1);
        batches.clear();
        for (int from = 0; from < ROWS; from += Limits.BATCH_ROWS) {
            long[][] columns = new long[3][Limits.BATCH_ROWS];
            for (int row = 0; row < Limits.BATCH_ROWS; row++) {
                columns[0][row] = random.nextInt(values);
                columns[1][row] = random.nextInt(values);
                columns[2][row] = random.nextInt(1500);
            }
            Vector[] vectors = new Vector[columns.length];
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = new Vector.Longs(columns[i], null);
            }
            batches.add(new VectorBatch(Limits.BATCH_ROWS, vectors));
        }
    }

    private static LogicalPlan.Aggregate plan() {
        List<LogicalPlan.Field> fields = new ArrayList<>();
        for (String name : List.of("a", "b", "sum")) {
            fields.add(new LogicalPlan.Field(name, BasicType.BIGINT));
        }
        List<Expr> inputs = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            inputs.add(new Expr.Input(i, BasicType.BIGINT));
        }
        AggregateCall sum =
                new AggregateCall(
                        AggregateFunction.SUM, inputs.subList(2, 3), false, null, BasicType.BIGINT);
        return new LogicalPlan.Aggregate(
                new LogicalPlan.Values(fields, List.of()),
                inputs.subList(0, 2),
                List.of(sum),
                fields);
    }

    /// Groups all rows; gives the sum over all groups.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long group() {
        QueryContext context =
                new QueryContext(1, Long.MAX_VALUE, Duration.ofHours(1), ScanOptions.defaults());
        return context.call(() -> group(context));
    }

    private long group(QueryContext context) {
        LogicalPlan.Aggregate plan = plan();
        PartitionPlan partitions = PartitionPlan.of(plan, 2);
        AggregateSink sink = new AggregateSink(plan, partitions, false, context);
        long position = 0;
        for (VectorBatch batch : batches) {
            sink.accept(batch, position);
            position += batch.rowCount();
        }
        TreeSet<Integer> used = new TreeSet<>(List.of(0, 1, 2));
        RowStream groups =
                sink.isPartitioned() && partitions != null
                        ? RowStream.of(
                                sink.partitioned(plan, partitions, List.of(sink), used), context)
                        : RowStream.of(sink.results(used), context);
        RowStream.Reader reader = groups.worker();
        long total = 0;
        for (int part = 0; part < groups.partCount(); part++) {
            BatchSource rows = reader.open(part);
            for (VectorBatch batch = rows.next(); batch != null; batch = rows.next()) {
                long[] sums = ((Vector.Longs) batch.column(2)).values();
                for (int row = 0; row < batch.rowCount(); row++) {
                    total += sums[row];
                }
            }
        }
        return total;
    }

    /// The same sum without groups.
    long expected() {
        long total = 0;
        for (VectorBatch batch : batches) {
            for (long value : ((Vector.Longs) batch.column(2)).values()) {
                total += value;
            }
        }
        return total;
    }
}
