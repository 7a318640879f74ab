// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.engine.schema.IpAddress;
import weir.engine.vector.TextList;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan.Field;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.value.Values;

class ResultWriterTest {
    private static final List<Field> COLUMNS =
            List.of(
                    new Field("text", BasicType.VARCHAR),
                    new Field("number", BasicType.BIGINT),
                    new Field("ratio", BasicType.DOUBLE),
                    new Field("flag", BasicType.BOOLEAN),
                    new Field("at", BasicType.TIMESTAMP_TZ));

    private static VectorBatch batch() {
        return new VectorBatch(
                3,
                new Vector[] {
                    new Vector.Codes(
                            new int[] {1, 0, 2},
                            new TextList(new @Nullable String[] {null, "plain", "a,\"b\"|\tc"})),
                    new Vector.Longs(
                            new long[] {1, 0, -9_007_199_254_740_993L},
                            new boolean[] {false, true, false}),
                    new Vector.Doubles(
                            new double[] {0.5, 0, Double.NaN}, new boolean[] {false, true, false}),
                    new Vector.Longs(new long[] {1, 0, 0}, new boolean[] {false, true, false}),
                    new Vector.Longs(
                            new long[] {1_767_225_600_000L, 0, 1},
                            new boolean[] {false, true, false})
                });
    }

    private static String print(OutputFormat format, boolean forTerminal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ResultWriter writer = ResultWriter.ofText(format, out, forTerminal);
        writer.begin(COLUMNS);
        writer.batch(batch());
        writer.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String print(OutputFormat format, String... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ResultWriter writer = ResultWriter.ofText(format, out, false);
        writer.begin(List.of(new Field("v", BasicType.VARCHAR)));
        writer.batch(
                new VectorBatch(values.length, new Vector[] {new Vector.Objects(values.clone())}));
        writer.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void csvQuotesWhereItMustAndLeavesNullEmpty() {
        assertEquals(
                """
                text,number,ratio,flag,at
                plain,1,0.5,true,2026-01-01 00:00:00.000 UTC
                ,,,,
                "a,""b""|\tc",-9007199254740993,NaN,false,1970-01-01 00:00:00.001 UTC
                """,
                print(OutputFormat.CSV, false));
    }

    @Test
    void csvTellsTheEmptyTextFromNull() {
        assertEquals("v\n\"\"\n", print(OutputFormat.CSV, ""));
    }

    @Test
    void csvKeepsControlCharactersForFilesAndShowsThemToPeople() {
        assertTrue(print(OutputFormat.CSV, false).contains("\t"));
        assertTrue(print(OutputFormat.CSV, true).contains("\\u0009"));
    }

    @Test
    void tsvEscapesTabsAndLineEnds() {
        assertEquals("v\na\\tb\\nc\\\\d\\re\n", print(OutputFormat.TSV, "a\tb\nc\\d\re"));
    }

    @Test
    void jsonHasNumbersAsNumbersAndNullAsNull() {
        assertEquals(
                """
                [
                {"text":"plain","number":1,"ratio":0.5,"flag":true,\
                "at":"2026-01-01 00:00:00.000 UTC"},
                {"text":null,"number":null,"ratio":null,"flag":null,"at":null},
                {"text":"a,\\"b\\"|\\tc","number":-9007199254740993,"ratio":"NaN","flag":false,\
                "at":"1970-01-01 00:00:00.001 UTC"}
                ]
                """,
                print(OutputFormat.JSON, false));
    }

    @Test
    void jsonOfNestedValuesIsNested() {
        SqlType.Row row =
                new SqlType.Row(
                        List.of(
                                new SqlType.Row.Field("a", BasicType.BIGINT),
                                new SqlType.Row.Field(null, BasicType.VARCHAR)));
        SqlType type = new SqlType.Array(new SqlType.MapOf(BasicType.BIGINT, row));
        Map<Object, @Nullable Object> entries = Values.newMap(2);
        entries.put(7L, Values.list(1L, "x\"y"));
        entries.put(8L, null);
        Vector nested =
                new Vector.Objects(
                        new @Nullable Object[] {
                            Values.list(Values.map(entries), Values.map(Values.newMap(0)), null),
                            Values.EMPTY,
                            null
                        });
        Vector reals =
                new Vector.Objects(
                        new @Nullable Object[] {Values.list(0.5, Double.NaN), null, Values.EMPTY});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ResultWriter writer = ResultWriter.ofText(OutputFormat.JSONL, out, false);
        writer.begin(
                List.of(new Field("v", type), new Field("r", new SqlType.Array(BasicType.DOUBLE))));
        writer.batch(new VectorBatch(3, new Vector[] {nested, reals}));
        writer.end();
        assertEquals(
                """
                {"v":[{"7":{"a":1,"field1":"x\\"y"},"8":null},{},null],"r":[0.5,"NaN"]}
                {"v":[],"r":null}
                {"v":null,"r":[]}
                """,
                out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void jsonOfNoRowsIsAnEmptyArray() {
        assertEquals("[]\n", print(OutputFormat.JSON, new String[0]));
    }

    @Test
    void jsonLinesHaveOneObjectEach() {
        assertEquals("{\"v\":\"x\"}\n{\"v\":\"y\"}\n", print(OutputFormat.JSONL, "x", "y"));
    }

    @Test
    void jsonEscapesWhatATerminalWouldObey() {
        assertEquals("{\"v\":\"\\u001b[2J\\u009b\"}\n", print(OutputFormat.JSONL, "\033[2J\u009b"));
    }

    @Test
    void markdownEscapesPipes() {
        assertEquals("| v |\n| --- |\n| a\\|b |\n", print(OutputFormat.MARKDOWN, "a|b"));
    }

    @Test
    void tableAlignsNumbersRightAndHasNoTrailingBlanks() {
        assertEquals(
                """
                 text          |            number | ratio | flag  | at
                ---------------+-------------------+-------+-------+-----------------------------
                 plain         |                 1 |   0.5 | true  | 2026-01-01 00:00:00.000 UTC
                               |                   |       |       |
                 a,"b"|\\u0009c | -9007199254740993 |   NaN | false | 1970-01-01 00:00:00.001 UTC
                """,
                print(OutputFormat.TABLE, false));
    }

    @Test
    void tableShowsEscapeSequencesInsteadOfObeyingThem() {
        String table = print(OutputFormat.TABLE, "\033[31mred\u202e");
        assertTrue(table.contains("\\u001b[31mred\\u202e"), table);
    }

    @Test
    void tableMeasuresWideLetters() {
        assertEquals(" v\n------\n 日本\n e\u0301\n", print(OutputFormat.TABLE, "日本", "e\u0301"));
    }

    @Test
    void tableGivesEachLineOfAValueALine() {
        assertEquals(
                " v\n------\n plan\n   of\n x\n", print(OutputFormat.TABLE, "plan\n  of", "x"));
    }

    @Test
    void tableStreamsRowsBehindItsLayout() {
        String[] values = new String[TableWriter.LAYOUT_ROWS + 2];
        java.util.Arrays.fill(values, "x");
        values[TableWriter.LAYOUT_ROWS + 1] = "a much longer value";
        String table = print(OutputFormat.TABLE, values);
        assertTrue(table.endsWith(" x\n a much longer value\n"));
        assertEquals(TableWriter.LAYOUT_ROWS + 4, table.lines().count());
    }

    @Test
    void addressesAndDecimalsPrintAsText() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ResultWriter writer = ResultWriter.ofText(OutputFormat.CSV, out, false);
        writer.begin(
                List.of(
                        new Field("ip", BasicType.IPADDRESS),
                        new Field("part", new SqlType.Decimal(10, 2))));
        writer.batch(
                new VectorBatch(
                        2,
                        new Vector[] {
                            new Vector.Codes(
                                    new int[] {1, 0},
                                    new TextList(new @Nullable String[] {"-", "2001:DB8:0::1"})),
                            new Vector.Objects(
                                    new Object[] {new BigDecimal("1E+3"), IpAddress.ofV4(1)})
                        }));
        writer.end();
        assertEquals("ip,part\n2001:db8::1,1000\n,0.0.0.1\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void arrowIsNoTextFormat() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ResultWriter.ofText(OutputFormat.ARROW, new ByteArrayOutputStream(), false));
    }

    @Test
    void brokenSurrogatesBecomeTheReplacementCharacter() {
        assertEquals("v\n\uFFFDx\uD83D\uDE00\n", print(OutputFormat.CSV, "\uD800x\uD83D\uDE00"));
    }
}
