// SPDX-License-Identifier: Apache-2.0
package weir.query.arrow;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.exec.VectorValues;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.Binary;
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
        List<Field> columns = new ArrayList<>();
        for (LogicalPlan.Field field : fields) {
            columns.add(
                    new Field(field.name(), FieldType.nullable(typeOf(field.type())), List.of()));
        }
        return new Schema(columns);
    }

    private static ArrowType typeOf(SqlType type) {
        if (type instanceof SqlType.Decimal decimal) {
            return new ArrowType.Decimal(decimal.precision(), decimal.scale(), 128);
        }
        if (type instanceof SqlType.Timestamp timestamp) {
            return new ArrowType.Timestamp(TimeUnit.MILLISECOND, timestamp.zone());
        }
        return switch ((BasicType) type) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case INTEGER -> new ArrowType.Int(32, true);
            case BIGINT -> new ArrowType.Int(64, true);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case VARCHAR, IPADDRESS -> ArrowType.Utf8.INSTANCE;
            case VARBINARY -> ArrowType.Binary.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MILLISECOND, null);
            case TIMESTAMP_TZ -> new ArrowType.Timestamp(TimeUnit.MILLISECOND, "UTC");
            case UNKNOWN -> ArrowType.Null.INSTANCE;
        };
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

    private static void fill(Vector source, SqlType type, int rowCount, FieldVector target) {
        if (target instanceof NullVector) {
            return;
        }
        for (int row = 0; row < rowCount; row++) {
            Object value = VectorValues.get(source, type, row);
            if (value == null) {
                target.setNull(row);
            } else {
                set(target, row, value);
            }
        }
    }

    private static void set(FieldVector target, int row, Object value) {
        switch (target) {
            case BitVector bits -> bits.setSafe(row, number(value) != 0 ? 1 : 0);
            case IntVector ints -> ints.setSafe(row, (int) number(value));
            case BigIntVector longs -> longs.setSafe(row, number(value));
            case Float8Vector doubles -> doubles.setSafe(row, (Double) value);
            case DateDayVector days -> days.setSafe(row, (int) number(value));
            case TimeStampMilliVector times -> times.setSafe(row, number(value));
            case TimeStampMilliTZVector times -> times.setSafe(row, number(value));
            case DecimalVector decimals -> decimals.setSafe(row, (BigDecimal) value);
            case VarBinaryVector binaries -> binaries.setSafe(row, ((Binary) value).bytes());
            case VarCharVector texts ->
                    texts.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
            default ->
                    throw new IllegalStateException("no rows for " + target.getClass().getName());
        }
    }

    private static long number(Object value) {
        return (Long) value;
    }

    @Override
    public void close() {
        root.close();
    }
}
