// SPDX-License-Identifier: Apache-2.0
package weir.query.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.engine.schema.IpAddress;
import weir.engine.vector.TextList;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

class ArrowStreamWriterTest {
    private static final boolean[] SECOND_NULL = {false, true};

    private static VectorBatch batch() {
        Vector[] columns = {
            new Vector.Longs(new long[] {1, 0}, SECOND_NULL),
            new Vector.Longs(new long[] {-7, 0}, SECOND_NULL),
            new Vector.Longs(new long[] {1L << 40, 0}, SECOND_NULL),
            new Vector.Doubles(new double[] {0.5, 0}, SECOND_NULL),
            new Vector.Codes(
                    new int[] {1, 0}, new TextList(new @Nullable String[] {null, "h\u00e9"})),
            new Vector.Longs(new long[] {20_000, 0}, SECOND_NULL),
            new Vector.Longs(new long[] {1_700_000_000_123L, 0}, SECOND_NULL),
            new Vector.Longs(new long[] {1_700_000_000_123L, 0}, SECOND_NULL),
            new Vector.Objects(new @Nullable Object[] {IpAddress.parse("10.0.0.1"), null}),
            new Vector.Objects(new @Nullable Object[] {new BigDecimal("12.50"), null}),
            new Vector.Objects(new @Nullable Object[] {null, null})
        };
        return new VectorBatch(2, columns);
    }

    private static List<LogicalPlan.Field> fields() {
        return List.of(
                new LogicalPlan.Field("flag", BasicType.BOOLEAN),
                new LogicalPlan.Field("small", BasicType.INTEGER),
                new LogicalPlan.Field("big", BasicType.BIGINT),
                new LogicalPlan.Field("real", BasicType.DOUBLE),
                new LogicalPlan.Field("text", BasicType.VARCHAR),
                new LogicalPlan.Field("day", BasicType.DATE),
                new LogicalPlan.Field("time", BasicType.TIMESTAMP),
                new LogicalPlan.Field("instant", BasicType.TIMESTAMP_TZ),
                new LogicalPlan.Field("address", BasicType.IPADDRESS),
                new LogicalPlan.Field("amount", new SqlType.Decimal(10, 2)),
                new LogicalPlan.Field("nothing", BasicType.UNKNOWN));
    }

    @Test
    void everyTypeComesBackThroughArrowsOwnReader() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Queue<VectorBatch> batches = new ArrayDeque<>(List.of(batch(), batch()));
        ArrowStreamWriter.write(fields(), batches::poll, bytes);
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(
                                new ByteArrayInputStream(bytes.toByteArray()), allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            assertEquals(ArrowBatches.schemaOf(fields()), root.getSchema());
            for (int i = 0; i < 2; i++) {
                assertTrue(reader.loadNextBatch());
                assertEquals(2, root.getRowCount());
                List<String> first = root.getFieldVectors().stream().map(v -> shown(v, 0)).toList();
                assertEquals(
                        List.of(
                                "true",
                                "-7",
                                "1099511627776",
                                "0.5",
                                "h\u00e9",
                                "20000",
                                "2023-11-14T22:13:20.123",
                                "1700000000123",
                                "10.0.0.1",
                                "12.50",
                                "null"),
                        first);
                assertTrue(root.getFieldVectors().stream().allMatch(v -> v.isNull(1)));
            }
            assertFalse(reader.loadNextBatch());
        }
    }

    private static String shown(FieldVector vector, int row) {
        return String.valueOf(vector.getObject(row));
    }

    @Test
    void noRowsAreStillASchema() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ArrowStreamWriter.write(fields(), () -> null, bytes);
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(
                                new ByteArrayInputStream(bytes.toByteArray()), allocator)) {
            assertEquals(11, reader.getVectorSchemaRoot().getSchema().getFields().size());
            assertFalse(reader.loadNextBatch());
        }
    }
}
