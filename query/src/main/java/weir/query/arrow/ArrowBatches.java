// SPDX-License-Identifier: Apache-2.0
package weir.query.arrow;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.exec.VectorValues;
import weir.query.plan.LogicalPlan;
import weir.query.type.SqlType;

/// Fills one Arrow root with one batch of rows after the other. Belongs to one thread; closing it
/// gives its buffers back.
///
/// VARCHAR becomes plain Utf8: the dictionary of a column differs from segment to segment, and an
/// IPC stream of replaced dictionaries is larger than its texts and not read by every reader.
public final class ArrowBatches implements AutoCloseable {
    private final List<LogicalPlan.Field> fields;
    private final VectorSchemaRoot root;

    /// A root for rows of these fields.
    public ArrowBatches(List<LogicalPlan.Field> fields, BufferAllocator allocator) {
        this.fields = List.copyOf(fields);
        this.root = VectorSchemaRoot.create(schemaOf(fields), allocator);
    }

    /// The Arrow schema of these fields; every one may be null.
    public static Schema schemaOf(List<LogicalPlan.Field> fields) {
        return new Schema(
                fields.stream()
                        .map(field -> ArrowTypes.field(field.name(), field.type()))
                        .toList());
    }

    /// The root, as filled last.
    public VectorSchemaRoot root() {
        return root;
    }

    /// Replaces the rows of the root by those of `batch`.
    public void fill(VectorBatch batch) {
        root.clear();
        for (int i = 0; i < fields.size(); i++) {
            FieldVector target = root.getVector(i);
            target.setInitialCapacity(batch.rowCount());
            target.allocateNew();
            fill(batch.column(i), fields.get(i).type(), batch.rowCount(), target);
            target.setValueCount(batch.rowCount());
        }
        root.setRowCount(batch.rowCount());
    }

    static void fill(Vector source, SqlType type, int rowCount, FieldVector target) {
        if (target instanceof NullVector) {
            return;
        }
        for (int row = 0; row < rowCount; row++) {
            ArrowValues.set(target, row, VectorValues.get(source, type, row));
        }
    }

    @Override
    public void close() {
        root.close();
    }
}
