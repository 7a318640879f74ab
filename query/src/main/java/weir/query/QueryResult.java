// SPDX-License-Identifier: Apache-2.0
package weir.query;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;
import weir.engine.SkippedSegment;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.arrow.ArrowStreamWriter;
import weir.query.arrow.ResultReader;
import weir.query.exec.BatchSource;
import weir.query.exec.QueryContext;
import weir.query.exec.TableScan;
import weir.query.fault.QueryException;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;

/// The rows of a running query. One thread reads it; any thread may [#cancel()] it. Closing it
/// stops the query and gives back the segments it read: batches must not be read after that.
public final class QueryResult implements AutoCloseable {
    private final List<LogicalPlan.Field> fields;
    private final BatchSource source;
    private final QueryContext context;
    private final Runnable release;
    private final @Nullable String change;
    private long rowCount;
    private boolean isClosed;

    /// @param release what is run when nothing is read any more
    QueryResult(
            List<LogicalPlan.Field> fields,
            BatchSource source,
            QueryContext context,
            Runnable release) {
        this(fields, source, context, release, null);
    }

    private QueryResult(
            List<LogicalPlan.Field> fields,
            BatchSource source,
            QueryContext context,
            Runnable release,
            @Nullable String change) {
        this.fields = List.copyOf(fields);
        this.source = source;
        this.context = context;
        this.release = release;
        this.change = change;
    }

    /// What a change that was made tells: one row with the rows of the table that was made.
    ///
    /// @param change what was made, as `CREATE TABLE`
    static QueryResult ofChange(String change, long rows, QueryContext context, Runnable release) {
        BatchSource source = BatchSource.of(new VectorBatch(1, new Vector[] {longs(rows)}));
        List<LogicalPlan.Field> fields = List.of(new LogicalPlan.Field("rows", BasicType.BIGINT));
        return new QueryResult(fields, source, context, release, change);
    }

    private static Vector longs(long value) {
        return new Vector.Longs(new long[] {value}, null);
    }

    /// What the statement changed, as `CREATE TABLE` or `DROP VIEW`; null when it is a query. The
    /// result of a change is one row: how many rows the table has that was made.
    public @Nullable String change() {
        return change;
    }

    /// The columns: what they are called and their types. How values of each type stand in vectors
    /// is said at [weir.query.type.SqlType]; [weir.query.exec.VectorValues] reads single ones.
    public List<LogicalPlan.Field> fields() {
        return fields;
    }

    /// The next rows, 1 to 2,048 of them; null when there are no more. Only then is it certain that
    /// no file was cut while its rows were read, so read to the end before you rely on them.
    ///
    /// @throws QueryException when the query cannot go on
    /// @throws weir.engine.fault.StoreException when a segment cannot be read
    public @Nullable VectorBatch nextBatch() {
        try {
            VectorBatch batch = context.call(source::next);
            if (batch == null) {
                context.checkFiles();
            }
            rowCount += batch == null ? 0 : batch.rowCount();
            return batch;
        } catch (InternalError e) {
            // So ends the reading of a mapping whose file was cut: say which one it was.
            context.checkFiles();
            throw e;
        }
    }

    /// How many rows were given so far: all of them once [#nextBatch()] gave null.
    public long rowCount() {
        return rowCount;
    }

    /// The scans begun so far: what they had to do and what they could skip.
    public List<TableScan> scans() {
        return context.scans();
    }

    /// The segments that were left out so far, each once; empty unless [QueryOptions#skipDamaged()]
    /// was asked for.
    public List<SkippedSegment> skippedSegments() {
        Map<String, SkippedSegment> byFile = new LinkedHashMap<>();
        for (TableScan scan : context.scans()) {
            scan.leftOut().forEach(damaged -> byFile.putIfAbsent(damaged.file(), damaged));
        }
        return List.copyOf(byFile.values());
    }

    /// Most bytes of rows and tables that were kept at once, as counted against the limit.
    public long peakMemoryBytes() {
        return context.peakMemoryBytes();
    }

    /// Stops the query: whoever reads it gets a CANCELLED failure at the next batch.
    public void cancel() {
        context.cancel();
    }

    /// The rows that are left as Arrow batches; whoever takes the reader closes it, and this with
    /// it.
    ///
    /// @param allocator where the batches have their memory; it stays the caller's to close
    /// @throws IllegalStateException when the JVM runs without the flag that Arrow needs
    public ArrowReader arrowReader(BufferAllocator allocator) {
        return new ResultReader(fields, this::nextBatch, this::close, allocator);
    }

    /// The options of the JVM that Arrow needs and that are missing, as a command line has them.
    public static List<String> missingJvmOptions() {
        return ArrowStreamWriter.missingOptions();
    }

    /// Writes the rows that are left as an Arrow IPC stream; `output` stays open.
    ///
    /// @throws IllegalStateException when the JVM runs without the flag that Arrow needs
    public void writeArrow(OutputStream output) throws IOException {
        ArrowStreamWriter.write(fields, this::nextBatch, output);
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            source.close();
        } finally {
            release.run();
        }
    }
}
