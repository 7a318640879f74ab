// SPDX-License-Identifier: Apache-2.0
package weir.testkit.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.testkit.record.LogFormat;

class ReferenceTableTest {

    private static final String LINES =
            """
            2 111 eni-a 10.0.0.1 10.0.0.2 5 443 6 10 900 100 160 ACCEPT OK
            2 111 eni-a 10.0.0.1 10.0.0.3 6 443 6 20 1000 40 90 ACCEPT OK
            2 111 eni-b 10.0.0.2 10.0.0.1 443 5 6 1 40 100 100 REJECT OK
            2 111 eni-b - - - - - - - 100 159 - NODATA
            """;

    private final ReferenceTable table = ReferenceTable.ofText(LINES);

    @TempDir Path folder;

    @Test
    void dashesAreNullInNumbersAndStayInText() {
        ReferenceRow silent = table.rows().getLast();
        assertNull(silent.number("bytes"));
        assertNull(silent.get("dstport"));
        assertEquals("-", silent.text("srcaddr"));
        assertEquals("-", silent.text("action"));
        assertEquals(100L, silent.number("start"));
        assertEquals("-", silent.text("vpc_id"), "a column the log lacks");
    }

    @Test
    void aHeaderSetsTheColumnsAlsoInTheMiddle() {
        ReferenceTable mixed =
                ReferenceTable.ofText(
                        """
                        action bytes pkt-srcaddr
                        ACCEPT 7 1.1.1.1

                        bytes action
                        8 REJECT
                        """);
        assertEquals(
                List.of(List.of("ACCEPT", "7", "1.1.1.1"), List.of("REJECT", "8", "-")),
                mixed.select(
                                row -> row.text("action"),
                                row -> row.number("bytes"),
                                row -> row.text("pkt_srcaddr"))
                        .cells());
    }

    @Test
    void plainAndCompressedFilesAreReadWithTheirPaths() throws IOException {
        Path plain = folder.resolve("a.log");
        Path packed = folder.resolve("b.log.gz");
        Files.writeString(plain, LINES);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(LINES.getBytes(StandardCharsets.US_ASCII));
        }
        ReferenceTable both = ReferenceTable.read(plain, packed);
        assertEquals(8, both.size());
        assertEquals(plain.toString(), both.rows().getFirst().path());
        assertEquals(packed.toString(), both.rows().getLast().path());
    }

    @Test
    void aGivenFormatIsUsedWhereThereIsNoHeader() throws IOException {
        Path file = folder.resolve("custom.log");
        Files.writeString(file, "1.1.1.1 5\n");
        ReferenceTable read = ReferenceTable.read(LogFormat.parse("srcaddr bytes"), file);
        assertEquals(5L, read.rows().getFirst().number("bytes"));
    }

    @Test
    void aLineOfAnotherWidthIsRefusedByPlace() {
        IllegalArgumentException error =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ReferenceTable.ofText("bytes start\n1 2\n3\n"));
        assertEquals("text line 3 has 1 fields, the format has 2", error.getMessage());
    }

    @Test
    void aggregatesSkipNulls() {
        assertEquals(
                List.of(List.of("4", "1940", "646.6666666666666", "40", "10.0.0.2", "4", "3", "1")),
                table.aggregate(
                                Aggregate.count(),
                                Aggregate.sum("bytes"),
                                Aggregate.avg("bytes"),
                                Aggregate.min(row -> row.number("start")),
                                Aggregate.max(row -> row.text("srcaddr")),
                                Aggregate.countDistinct(row -> row.text("dstaddr")),
                                Aggregate.countDistinct(row -> row.number("srcport")),
                                Aggregate.countIf(row -> row.is("action", "REJECT")))
                        .cells());
    }

    @Test
    void nothingButNullsIsNullAndNoRowsStillGiveARow() {
        ReferenceTable none = table.where(row -> row.is("action", "never"));
        assertEquals(
                List.of(List.of("0", "", "", "", "0")),
                none.aggregate(
                                Aggregate.count(),
                                Aggregate.sum("bytes"),
                                Aggregate.avg("bytes"),
                                Aggregate.max(row -> row.number("bytes")),
                                Aggregate.countDistinct(row -> row.number("bytes")))
                        .cells());
        assertEquals(List.of(), none.groupBy(row -> 1L).aggregate(Aggregate.count()).cells());
    }

    @Test
    void groupsHaveTheirKeysFirstAndNullIsAGroup() {
        assertEquals(
                List.of(
                        List.of("eni-a", "443", "1900"),
                        List.of("eni-b", "5", "40"),
                        List.of("eni-b", "", "")),
                table.groupBy(row -> row.text("interface_id"), row -> row.number("dstport"))
                        .aggregate(Aggregate.sum("bytes"))
                        .orderBy(1, 2)
                        .cells());
    }

    @Test
    void nullsComeLastBothWays() {
        ReferenceResult bytes = table.select(row -> row.number("bytes"));
        assertEquals(
                List.of(List.of("40"), List.of("900"), List.of("1000"), List.of("")),
                bytes.orderBy(1).cells());
        assertEquals(
                List.of(List.of("1000"), List.of("900"), List.of("40"), List.of("")),
                bytes.orderBy(-1).cells());
    }

    @Test
    void distinctOffsetAndLimitCutRows() {
        ReferenceResult names = table.select(row -> row.text("interface_id")).distinct();
        assertEquals(List.of(List.of("eni-a"), List.of("eni-b")), names.cells());
        assertEquals(List.of(List.of("eni-b")), names.offset(1).cells());
        assertEquals(List.of(), names.offset(9).cells());
        assertEquals(List.of(List.of("eni-a")), names.limit(1).cells());
    }

    @Test
    void timesPrintAsTrinoPrintsThem() {
        assertEquals(
                List.of("1970-01-01 00:01:40.000 UTC", "1970-01-01"),
                table.select(ReferenceRow::start, ReferenceRow::date).cells().getFirst());
    }
}
