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
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.engine.schema.IpAddress;
import weir.engine.vector.TextList;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.QueryEngine;
import weir.query.QueryOptions;
import weir.query.QueryResult;
import weir.query.catalog.Catalog;
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

    /// Statements of one row, and what Arrow's own reader shows of each column.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ARRAY[1, NULL, 3] | [1,null,3]
                    CAST(ARRAY[] AS array(bigint)) | []
                    ARRAY[ARRAY['a'], ARRAY[], NULL] | [["a"],[],null]
                    MAP(ARRAY['k', 'l'], ARRAY[1, NULL]) | [{"key":"k","value":1},{"key":"l"}]
                    MAP(ARRAY[1], ARRAY[ARRAY[2.5]]) | [{"key":1,"value":[2.5]}]
                    CAST(ROW(1, 'x') AS row(a bigint, b varchar)) | {"a":1,"b":"x"}
                    ROW(TRUE, ROW(2)) | {"field0":true,"field1":{"field0":2}}
                    ARRAY[CAST(ROW(1) AS row(a tinyint)), NULL] | [{"a":1},null]
                    DECIMAL '-12345678901234567890.123456789' | -12345678901234567890.123456789
                    DECIMAL '-99999999999999999999999999999999999999' \
                    | -99999999999999999999999999999999999999
                    CAST(0 AS decimal(38, 38)) | 0E-38
                    TINYINT '-128' | -128
                    SMALLINT '-32768' | -32768
                    REAL '1.5' | 1.5
                    CAST('a' AS char(3)) | `a  `
                    DATE '1969-12-31' | -1
                    TIMESTAMP '1969-12-31 23:59:59.999' | 1969-12-31T23:59:59.999
                    TIMESTAMP '2020-07-01 00:00:00.000 America/New_York' | 1593576000000
                    TIMESTAMP '2020-07-01 00:00:00 +05:45' | 1593540900000
                    INTERVAL '-1' DAY | PT-24H
                    INTERVAL '2-3' YEAR TO MONTH | P27M
                    IPADDRESS '2001:db8::1' | 2001:db8::1
                    IPPREFIX '10.1.2.3/8' | 10.0.0.0/8
                    ARRAY[TIMESTAMP '1970-01-01 00:00:01 UTC'] | [1000]
                    ARRAY[INTERVAL '1' SECOND] | [1.000000000]
                    ARRAY[DECIMAL '1.50'] | [1.50]
                    NULL | null
                    """)
    void valuesOfEveryTypeComeBack(String sql, String expected) throws IOException {
        assertEquals(expected, throughArrow("SELECT " + sql, v -> shown(v, 0)));
        String inRows = "SELECT x FROM (VALUES (0, " + sql + "), (1, NULL)) t(i, x) ORDER BY i";
        assertEquals(expected, throughArrow(inRows, v -> shown(v, 0)));
        assertEquals("null", throughArrow(inRows, v -> shown(v, 1)));
    }

    @Test
    void bytesComeBack() throws IOException {
        String hex =
                throughArrow(
                        "SELECT from_hex('00ff10')",
                        v -> HexFormat.of().formatHex((byte[]) v.getObject(0)));
        assertEquals("00ff10", hex);
    }

    @Test
    void zonesAreNamedInTheSchema() throws IOException {
        assertEquals(
                "Timestamp(MILLISECOND, America/New_York)",
                throughArrow(
                        "SELECT TIMESTAMP '2020-07-01 00:00:00.000 America/New_York'",
                        v -> v.getField().getType().toString()));
    }

    /// What `shown` gives of the one column of a statement, read back in one batch.
    private static String throughArrow(String sql, Function<FieldVector, String> shown)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (QueryResult result =
                QueryEngine.execute(sql, Catalog.of(List.of()), QueryOptions.defaults())) {
            result.writeArrow(bytes);
        }
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(
                                new ByteArrayInputStream(bytes.toByteArray()), allocator)) {
            assertTrue(reader.loadNextBatch());
            return shown.apply(reader.getVectorSchemaRoot().getVector(0));
        }
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
