// SPDX-License-Identifier: Apache-2.0
package weir.query.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weir.query.catalog.Table;

class LookupFileTest {
    private static final int BYTES_MAX = 1 << 20;

    @TempDir Path directory;

    private Table read(String fileName, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(fileName), text);
        return LookupFile.read(file, "t", BYTES_MAX);
    }

    private static String columns(Table table) {
        return String.join(
                ", ",
                table.columns().stream()
                        .map(column -> column.name() + " " + column.type().displayName())
                        .toList());
    }

    private static List<String> rows(Table table) {
        return ((Table.Rows) table.source()).rows().stream().map(Arrays::toString).toList();
    }

    private String failure(String fileName, String text) {
        LookupException failure = assertThrows(LookupException.class, () -> read(fileName, text));
        String message = String.valueOf(failure.getMessage());
        String path = directory.resolve(fileName).toString();
        assertTrue(message.startsWith(path), message);
        return message.substring(path.length());
    }

    @Test
    void csvGivesTypesThatHoldAllValues() throws IOException {
        Table table =
                read(
                        "owners.csv",
                        """
                        \uFEFFcidr,account,hosts,share,since,critical
                        10.0.0.0/16,000111222333,12,0.5,2026-01-31,true
                        "10.1.0.0/16",111122223333,,7,2025-12-01,FALSE

                        "a ""b"", c",,-3,-1.5e3,,
                        """);
        assertEquals(
                "cidr varchar, account varchar, hosts bigint, share double, since date, critical"
                        + " boolean",
                columns(table));
        assertEquals(
                List.of(
                        "[10.0.0.0/16, 000111222333, 12, 0.5, 20484, 1]",
                        "[10.1.0.0/16, 111122223333, null, 7.0, 20423, 0]",
                        "[a \"b\", c, null, -3, -1500.0, null, null]"),
                rows(table));
    }

    @Test
    void tabsSeparateInTsvAndGzipIsUnpacked() throws IOException {
        assertEquals(List.of("[1, x,y]"), rows(read("t.tsv", "a\tb\r\n1\tx,y\r\n")));
        Path packed = directory.resolve("T.CSV.GZ");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("a\n1\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(List.of("[1]"), rows(LookupFile.read(packed, "t", BYTES_MAX)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "18446744073709551616; varchar",
                "9223372036854775808; varchar",
                "9223372036854775807; bigint",
                "-9223372036854775808; bigint",
                "007; varchar",
                "2026-02-30; varchar",
                "2026-02-28; date",
                "1e5; double",
                "+1; varchar",
                "NaN; varchar",
                "True; boolean",
            })
    void oneValueDecidesTheType(String value, String type) throws IOException {
        assertEquals("v " + type, columns(read("t.csv", "v\n" + value + "\n")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "7,1.5; double",
                "999999999999999,1.5; double",
                "1.5,1000000000000000; varchar",
                "1,9223372036854775808; varchar",
            })
    void numbersKeepTheirDigits(String values, String type) throws IOException {
        assertEquals("v " + type, columns(read("t.csv", "v\n" + values.replace(',', '\n'))));
    }

    @Test
    void jsonIsAnArrayOrObjectsInARow() throws IOException {
        for (String text :
                List.of(
                        "[{\"a\": 1, \"b\": \"x\"}, {\"b\": null, \"c\": {\"d\": [1, 2]}}]",
                        "{\"a\": 1, \"b\": \"x\"}\n{\"b\": null, \"c\": {\"d\": [1, 2]}}\n")) {
            Table table = read("t.json", text);
            assertEquals("a bigint, b varchar, c varchar", columns(table));
            assertEquals(List.of("[1, x, null]", "[null, null, {\"d\":[1,2]}]"), rows(table));
        }
    }

    @Test
    void theArraysOfOneObjectAreItsRows() throws IOException {
        Table table =
                read(
                        "ip-ranges.json",
                        """
                        {"syncToken": "1", "createDate": "2026-11-27",
                         "prefixes": [
                          {"ip_prefix": "3.4.12.4/32", "region": "eu-west-1", "service": "AMAZON"},
                          {"ip_prefix": "3.5.140.0/22", "region": "ap-northeast-2", "service": "S3"}],
                         "ipv6_prefixes": [
                          {"ipv6_prefix": "2600:1f00::/24", "region": "us-east-1", "service": "S3"}]}
                        """);
        assertEquals(
                "ip_prefix varchar, region varchar, service varchar, ipv6_prefix varchar",
                columns(table));
        assertEquals(3, rows(table).size());
        assertEquals("[null, us-east-1, S3, 2600:1f00::/24]", rows(table).getLast());
    }

    @Test
    void anArrayOfScalarsIsATextOfItsRow() throws IOException {
        assertEquals(
                List.of("[[1,\"x\"], 2]"), rows(read("t.jsonl", "{\"a\": [1, \"x\"], \"n\": 2}")));
    }

    @Test
    void whatIsNoTableIsToldWithItsLine() {
        assertEquals(
                ":3: 3 values where the first line names 2 columns; quote values that have a"
                        + " separator in them",
                failure("a.csv", "a,b\n1,2\n1,2,3\n"));
        assertEquals(":1: two columns are called 'A'", failure("b.csv", "a,A\n"));
        assertEquals(":1: column 2 has no name", failure("c.csv", "a,,b\n"));
        assertEquals(
                ": there is no table in it: expected column names, or objects",
                failure("d.csv", ""));
        assertTrue(failure("e.csv", "a\n\"never closed\n").contains("is no CSV"));
        assertTrue(failure("f.json", "{\"a\": 1,\n \"b\" 2}").startsWith(":2: is no JSON: "));
        assertEquals(
                ":1: expected an object for a row, and not value_number_int",
                failure("g.json", "[1]"));
        assertTrue(failure("h.json", "[".repeat(5000)).contains(": "));
        assertTrue(failure("i.json", "{\"a\": 1").contains("is no JSON"));
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws IOException {
        Path file = Files.write(directory.resolve("l.csv"), new byte[] {'a', '\n', (byte) 0xe4});
        LookupException failure =
                assertThrows(LookupException.class, () -> LookupFile.read(file, "t", BYTES_MAX));
        assertTrue(String.valueOf(failure.getMessage()).contains("UTF-8"), failure.toString());
    }

    @Test
    void aFileLargerThanItsLimitIsRefusedEvenPacked() throws IOException {
        Path packed = directory.resolve("bomb.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("a longer text of many\n".repeat(1 << 18).getBytes(StandardCharsets.UTF_8));
        }
        LookupException failure =
                assertThrows(LookupException.class, () -> LookupFile.read(packed, "t", BYTES_MAX));
        assertTrue(
                String.valueOf(failure.getMessage()).contains("more than 1048576 bytes"),
                failure.toString());
    }

    @Test
    void rowsOfMissingValuesTakeRoomToo() {
        String columns =
                IntStream.range(0, 4_000)
                        .mapToObj(i -> "\"c" + i + "\":" + i)
                        .collect(Collectors.joining(",", "{", "}"));
        String message = failure("wide.jsonl", columns + "{}".repeat(100_000));
        assertTrue(message.contains("more than 65536 values, missing ones counted"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "deep.json, [",
        "deep.json, '[{\"a\":'",
        "objects.json, '{\"a\":'",
        "text.json, '\"'",
        "nul.json, '\0'",
        "commas.csv, ','",
        "tabs.tsv, '\t'",
        "escapes.json, '[{\"\\u0000\":1},'",
        "numbers.json, '[{\"a\":1e999999999},'"
    })
    void repeatedBeginningsAreRefusedWithTheFile(String name, String beginning) {
        String message = failure(name, beginning.repeat(BYTES_MAX / 2 / beginning.length()));
        assertTrue(message.length() < 1_000, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999",
                "-1e-999",
                "123456789012345678901234567890",
                "0.1e99",
                "1E+5",
                "- 1"
            })
    void numbersAtTheirLimitsAreValues(String number) throws IOException {
        assertEquals(1, rows(read("number.csv", "a\n" + number + "\n")).size());
    }
}
