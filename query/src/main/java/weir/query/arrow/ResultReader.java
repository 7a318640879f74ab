// SPDX-License-Identifier: Apache-2.0
package weir.query.arrow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;

/// The rows of a result as Arrow batches of up to 2,048 rows, for whoever takes an `ArrowReader`:
/// Arrow's IPC writers and its C data interface do. Belongs to one thread. Closing it closes the
/// result.
///
/// VARCHAR columns that the store keeps in dictionaries are dictionary-encoded: Int32 indexes into
/// a dictionary of Utf8 that grows from batch to batch, so that an index once given stays right.
/// The dictionary holds each distinct value of the column that was seen. All other columns are as
/// in [ArrowBatches].
public final class ResultReader extends ArrowReader {
    private final List<LogicalPlan.Field> fields;
    private final Supplier<@Nullable VectorBatch> batches;
    private final Runnable release;

    /// The batch that the schema was told by, until it is loaded.
    private @Nullable VectorBatch first;

    private final List<@Nullable GrowingDictionary> growing = new ArrayList<>();

    /// A reader of rows of these `fields`.
    ///
    /// @param batches gives the rows, and null behind the last
    /// @param release run when this is closed
    /// @throws IllegalStateException when the JVM runs without the flag that Arrow needs
    public ResultReader(
            List<LogicalPlan.Field> fields,
            Supplier<@Nullable VectorBatch> batches,
            Runnable release,
            BufferAllocator allocator) {
        super(allocator);
        ArrowStreamWriter.checkFlag();
        this.fields = List.copyOf(fields);
        this.batches = batches;
        this.release = release;
    }

    @Override
    protected Schema readSchema() {
        first = batches.get();
        List<Field> all = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            LogicalPlan.Field field = fields.get(i);
            boolean isEncoded =
                    field.type() == BasicType.VARCHAR
                            && first != null
                            && first.column(i) instanceof Vector.Codes;
            all.add(
                    isEncoded
                            ? encoded(field.name(), i)
                            : ArrowTypes.field(field.name(), field.type()));
            growing.add(isEncoded ? new GrowingDictionary() : null);
        }
        return new Schema(all);
    }

    private static Field encoded(String name, int id) {
        DictionaryEncoding encoding =
                new DictionaryEncoding(id, false, new ArrowType.Int(Integer.SIZE, true));
        return new Field(name, new FieldType(true, ArrowType.Utf8.INSTANCE, encoding), null);
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        VectorBatch batch = first;
        first = null;
        if (batch == null) {
            batch = batches.get();
        }
        VectorSchemaRoot root = getVectorSchemaRoot();
        root.clear();
        if (batch == null) {
            root.setRowCount(0);
            return false;
        }
        for (int i = 0; i < fields.size(); i++) {
            FieldVector target = root.getVector(i);
            target.setInitialCapacity(batch.rowCount());
            target.allocateNew();
            GrowingDictionary dictionary = growing.get(i);
            if (dictionary == null) {
                ArrowBatches.fill(batch.column(i), fields.get(i).type(), batch.rowCount(), target);
            } else {
                FieldVector values = Objects.requireNonNull(lookup(i), "dictionary").getVector();
                dictionary.fill(batch.column(i), batch.rowCount(), (IntVector) target, values);
            }
            target.setValueCount(batch.rowCount());
        }
        root.setRowCount(batch.rowCount());
        return true;
    }

    /// Nothing is read from anywhere that counts bytes.
    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {
        release.run();
    }

    /// What a column's texts are numbered by.
    private static final class GrowingDictionary {
        private final Map<String, Integer> indexes = new HashMap<>();

        /// For the dictionary met last, by code: the index and one, or 0 when it was not asked yet.
        private int[] ofCode = {};

        private @Nullable Object dictionary;

        void fill(Vector source, int rowCount, IntVector target, FieldVector values) {
            int before = indexes.size();
            for (int row = 0; row < rowCount; row++) {
                int index = index(source, row, values);
                if (index < 0) {
                    target.setNull(row);
                } else {
                    target.set(row, index);
                }
            }
            if (indexes.size() > before || before == 0) {
                values.setValueCount(indexes.size());
            }
        }

        @SuppressWarnings("ReferenceEquality") // whether it is the very dictionary met last
        private int index(Vector source, int row, FieldVector values) {
            if (!(source instanceof Vector.Codes codes)) {
                Object text = source.isNull(row) ? null : ((Vector.Objects) source).values()[row];
                return text == null ? -1 : index((String) text, values);
            }
            if (codes.dictionary() != dictionary) {
                dictionary = codes.dictionary();
                ofCode = new int[codes.dictionary().size()];
            }
            int code = codes.codes()[row];
            if (ofCode[code] == 0) {
                String text = codes.dictionary().text(code);
                ofCode[code] = text == null ? -1 : index(text, values) + 1;
            }
            return ofCode[code] < 0 ? -1 : ofCode[code] - 1;
        }

        private int index(String text, FieldVector values) {
            Integer known = indexes.get(text);
            if (known != null) {
                return known;
            }
            int next = indexes.size();
            ArrowValues.set(values, next, text);
            indexes.put(text, next);
            return next;
        }
    }
}
