// SPDX-License-Identifier: Apache-2.0
package weir;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.VectorBatch;
import weir.query.QueryResult;
import weir.query.exec.VectorValues;
import weir.query.plan.LogicalPlan;
import weir.query.value.JavaValues;

/// The rows of a running statement, once: as Arrow batches, as an Arrow IPC stream, or one by one.
/// One thread reads it; any thread may [#cancel] it. It keeps the segments it reads until it is
/// closed.
///
/// Reading throws [weir.query.fault.QueryException] when the statement cannot go on: an operation
/// failed, the memory or the time of its options is used up, or it was cancelled; and
/// [weir.engine.fault.StoreException] when a segment cannot be read.
public final class FlowResult implements Iterable<FlowRow>, AutoCloseable {
    private final QueryResult result;
    private final List<String> names;
    private boolean isTaken;

    FlowResult(QueryResult result) {
        this.result = result;
        this.names = result.fields().stream().map(LogicalPlan.Field::name).toList();
    }

    static List<String> missingJvmOptions() {
        return QueryResult.missingJvmOptions();
    }

    /// The columns: their names, and the types of SQL they have.
    public List<LogicalPlan.Field> fields() {
        return result.fields();
    }

    /// The rows as batches of up to 2,048, each loaded into the reader's `VectorSchemaRoot` in the
    /// place of the one before. Texts that the store keeps in dictionaries are dictionary-encoded.
    /// Closing the reader closes this. Arrow's IPC writers take the root, and its C data interface
    /// the reader.
    ///
    /// @param allocator where batches have their memory; it stays the caller's to close
    /// @throws IllegalStateException when the JVM runs without the option that Arrow needs, naming
    ///   it, or rows were read already
    public ArrowReader arrow(BufferAllocator allocator) {
        take();
        try {
            return result.arrowReader(allocator);
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    /// Writes the rows as an Arrow IPC stream, texts plain; `output` stays open.
    ///
    /// @throws IllegalStateException as [#arrow] does
    public void writeArrow(OutputStream output) throws IOException {
        take();
        result.writeArrow(output);
    }

    /// The rows one by one, for small results: each value becomes an object.
    ///
    /// @throws IllegalStateException when rows were read already
    @Override
    public Iterator<FlowRow> iterator() {
        take();
        return new Rows();
    }

    /// All rows, for small results.
    ///
    /// @throws IllegalStateException when rows were read already
    public List<FlowRow> rows() {
        List<FlowRow> rows = new ArrayList<>();
        forEach(rows::add);
        return List.copyOf(rows);
    }

    private void take() {
        if (isTaken) {
            throw new IllegalStateException("the rows of a result are read once");
        }
        isTaken = true;
    }

    /// Stops the statement: whoever reads it gets a failure at the next batch.
    public void cancel() {
        result.cancel();
    }

    @Override
    public void close() {
        result.close();
    }

    private final class Rows implements Iterator<FlowRow> {
        private @Nullable VectorBatch batch;
        private int row;
        private boolean isAtEnd;

        @Override
        public boolean hasNext() {
            while (!isAtEnd && (batch == null || row == batch.rowCount())) {
                batch = result.nextBatch();
                row = 0;
                isAtEnd = batch == null;
            }
            return !isAtEnd;
        }

        @Override
        public FlowRow next() {
            if (!hasNext() || batch == null) {
                throw new NoSuchElementException();
            }
            List<@Nullable Object> values = new ArrayList<>(names.size());
            for (int i = 0; i < names.size(); i++) {
                LogicalPlan.Field field = result.fields().get(i);
                values.add(
                        JavaValues.of(
                                field.type(),
                                VectorValues.get(batch.column(i), field.type(), row)));
            }
            row++;
            return new FlowRow(names, values);
        }
    }
}
