// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `weir ingest`, `weir query`, `weir explain`, `weir schema` and `weir stats` over three records.
@Timeout(60)
class QueryTest {
    private static final String LOG =
            """
            version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes \
            start end action log-status
            2 000000000001 eni-0a 10.0.0.1 10.0.0.2 50000 443 6 10 840 1793491200 1793491260 \
            ACCEPT OK
            2 000000000001 eni-0a 203.0.113.9 10.0.0.1 40000 22 6 1 40 1793491201 1793491201 \
            REJECT OK
            2 000000000001 eni-0a - - - - - - - 1793491200 1793491260 - NODATA
            """;
    private static final String ROWS =
            "SELECT srcaddr, bytes, action = 'ACCEPT' AS accepted FROM vpc_flow_logs"
                    + " ORDER BY bytes DESC";

    @TempDir Path directory;
    private Path store;
    private Path log;

    @BeforeEach
    void collect() throws IOException {
        store = directory.resolve("store");
        log = Files.writeString(directory.resolve("flow logs.log"), LOG);
    }

    private CommandRun ingested() {
        return CommandRun.of("ingest", "--store", store, log).ended(0);
    }

    @Test
    void theSummaryIsOnStandardErrorAlone() {
        CommandRun run = ingested();
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("3 records from 1 file, "), run.err());
        assertTrue(run.err().contains(" bytes a record."), run.err());
    }

    @Test
    void theSameContentAgainChangesNothing() {
        ingested();
        CommandRun again = ingested();
        assertTrue(again.err().startsWith("Nothing new."), again.err());
        assertTrue(again.err().contains("1 file skipped: collected before."), again.err());
        assertEquals("n\n3\n", query("SELECT count(*) AS n FROM vpc_flow_logs").out());
    }

    @Test
    void coverageTellsNoTrafficFromNoRecords() {
        ingested();
        assertEquals(
                """
                interface_id,hour,ok_records,nodata_records,skipdata_records,first_seen,last_seen
                eni-0a,2026-11-01 00:00:00.000 UTC,2,1,0,2026-11-01 00:00:00.000 UTC,\
                2026-11-01 00:01:00.000 UTC
                """,
                query(
                                "SELECT interface_id, hour, ok_records, nodata_records,"
                                        + " skipdata_records, first_seen, last_seen"
                                        + " FROM system.coverage")
                        .out());
    }

    @Test
    void moreRejectedLinesThanAllowedEndWithThree() throws IOException {
        Files.writeString(log, LOG + "not a record\nnor this\n");
        CommandRun.of("ingest", "--store", store, "--max-rejected", "2", log).ended(0);
        Path other = directory.resolve("other");
        CommandRun.of("ingest", "--store", other, "--max-rejected", "1", log).ended(3);
        CommandRun.of("ingest", "--store", other, "--max-rejected", "-1", log).ended(2);
    }

    @Test
    void aFormThatIsNoneIsWrongUsage() {
        CommandRun run = CommandRun.of("ingest", "--store", store, "--form", "orc", log).ended(2);
        assertTrue(run.err().contains("expected auto, text, csv, json, parquet"), run.err());
    }

    @Test
    void jsonIsOneObjectOnStandardOutput() {
        CommandRun run = CommandRun.of("ingest", "--json", "--store", store, log).ended(0);
        assertEquals("", run.err());
        assertTrue(
                run.out()
                        .matches(
                                "\\{\"files\":1,\"skipped_files\":0,\"failed_files\":0,"
                                        + "\"records\":3,\"rejected_lines\":0,\"bytes_in\":\\d+,"
                                        + "\"store_bytes\":\\d+,\"seconds\":\\d+\\.\\d{3},"
                                        + ".*\\}\n"),
                run.out());
    }

    @Test
    void aRejectedLineIsReportedAndCode3OnlyWhenStrict() throws IOException {
        Files.writeString(log, LOG + "2 000000000001 eni-0a too short\n");
        CommandRun run = ingested();
        assertTrue(run.err().contains("1 line rejected:"), run.err());
        assertTrue(run.err().contains("system.rejected_lines"), run.err());
        Path other = directory.resolve("other");
        CommandRun.of("ingest", "--strict", "--store", other, log).ended(3);
        assertEquals("line\n5\n", query("SELECT line FROM system.rejected_lines").ended(0).out());
    }

    @Test
    void nothingReadableIsAFailure() throws IOException {
        Path picture =
                Files.write(directory.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        CommandRun run = CommandRun.of("ingest", "--store", store, picture).ended(1);
        assertTrue(run.err().contains("1 file not read:"), run.err());
        assertTrue(run.err().contains(picture.toString()), run.err());
        CommandRun.of("ingest", "--store", store, directory.resolve("none")).ended(1);
        CommandRun none = CommandRun.of("query", "--from", picture, "SELECT 1").ended(1);
        assertTrue(none.err().startsWith("weir query: nothing could be read: "), none.err());
    }

    @Test
    void anEmptyFolderSaysThatItHoldsNoFile() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        CommandRun run = CommandRun.of("ingest", "--store", store, empty).ended(1);
        assertEquals("Nothing was read: there is no file.\n", run.err());
        Files.writeString(empty.resolve(".hidden"), LOG);
        CommandRun hidden = CommandRun.of("ingest", "--store", store, empty).ended(1);
        assertEquals(
                "Nothing was read: there is no file (1 hidden name left out: name them to read"
                        + " them).\n",
                hidden.err());
        CommandRun none = CommandRun.of("query", "--from", empty, "SELECT 1").ended(1);
        assertTrue(none.err().contains("there is no file (1 hidden name"), none.err());
    }

    @Test
    void whatIsNotNamedCanBeAsked() throws IOException {
        Path logs = Files.createDirectories(directory.resolve("logs"));
        for (int file = 0; file < 7; file++) {
            Files.writeString(logs.resolve(file + ".txt"), "no log " + file + "\n");
        }
        Files.writeString(
                logs.resolve("a.log"), LOG.lines().limit(2).collect(Collectors.joining("\n")));
        CommandRun run = CommandRun.of("ingest", "--store", store, logs).ended(0);
        assertTrue(run.err().startsWith("1 record from 1 file, "), run.err());
        assertTrue(run.err().contains(" holds 1 record in "), run.err());
        String sql = "SELECT path, reason FROM system.files WHERE status <> 'ok'";
        String ask = "  and 2 more: weir query --store " + store + " \"" + sql + "\"\n";
        assertTrue(run.err().contains(ask), run.err());
        assertEquals(8, query(sql).ended(0).out().lines().count());
    }

    @Test
    void aFormatIsForFilesWithoutAHeader() throws IOException {
        Path bare = Files.writeString(directory.resolve("bare.log"), "443 10.9.9.9\n22 10.9.9.8\n");
        CommandRun.of("ingest", "--store", store, "--format", "dstport srcaddr", bare).ended(0);
        assertEquals(
                "srcaddr\n10.9.9.8\n",
                query("SELECT srcaddr FROM vpc_flow_logs WHERE dstport = 22").out());
        assertEquals(
                "n\n2\n",
                CommandRun.of(
                                "query",
                                "--from-format",
                                "dstport srcaddr",
                                "--from",
                                bare,
                                "SELECT count(*) AS n FROM vpc_flow_logs")
                        .ended(0)
                        .out());
        CommandRun.of("ingest", "--store", store, "--format", "srcaddr srcaddr", bare).ended(2);
    }

    private CommandRun query(Object... arguments) {
        return CommandRun.of(
                Stream.concat(Stream.of("query", "--store", store), Stream.of(arguments))
                        .toArray());
    }

    @Test
    void csvIsTheDefaultOfPipes() {
        ingested();
        CommandRun run = query(ROWS).ended(0);
        assertEquals(
                """
                srcaddr,bytes,accepted
                10.0.0.1,840,true
                203.0.113.9,40,false
                -,,false
                """,
                run.out());
        assertEquals("", run.err());
    }

    @Test
    void everyFormatHasTheSameRows() {
        ingested();
        assertEquals(
                "srcaddr\tbytes\taccepted\n10.0.0.1\t840\ttrue\n",
                query("--format", "tsv", ROWS + " LIMIT 1").ended(0).out());
        assertEquals(
                "[\n{\"srcaddr\":\"10.0.0.1\",\"bytes\":840,\"accepted\":true}\n]\n",
                query("--format", "json", ROWS + " LIMIT 1").ended(0).out());
        assertEquals(
                "{\"srcaddr\":\"-\",\"bytes\":null,\"accepted\":false}\n",
                query("--format", "jsonl", ROWS + " OFFSET 2").ended(0).out());
        assertEquals(
                """
                | srcaddr | bytes | accepted |
                | --- | ---: | --- |
                | 10.0.0.1 | 840 | true |
                """,
                query("--format", "markdown", ROWS + " LIMIT 1").ended(0).out());
        assertEquals(
                """
                 srcaddr     | bytes | accepted
                -------------+-------+----------
                 10.0.0.1    |   840 | true
                 203.0.113.9 |    40 | false
                 -           |       | false
                """,
                query("--format", "TABLE", ROWS).ended(0).out());
    }

    @Test
    void arrowBeginsAndEndsAsAStream() {
        ingested();
        byte[] bytes = query("--format", "arrow", ROWS).ended(0).outBytes();
        assertEquals(-1, bytes[0]); // the continuation marker of a message
        assertEquals(-1, bytes[bytes.length - 8]); // and of the end
        assertEquals(0, bytes[bytes.length - 1]);
    }

    @Test
    void anUnknownFormatNamesTheKnown() {
        CommandRun run = query("--format", "xml", "SELECT 1").ended(2);
        assertEquals(
                "weir query: Invalid value for option '--format': 'xml' is not one of table, csv,"
                        + " tsv, json, jsonl, markdown, arrow\nSee weir query --help.\n",
                run.err());
    }

    @Test
    void statementsAreSeparatedBySemicolons() {
        ingested();
        assertEquals("a\n1\nb\n2;\n", query("SELECT 1 AS a; SELECT '2;' AS b;").ended(0).out());
    }

    @Test
    void sqlComesFromAFileOrStandardInputToo() throws IOException {
        ingested();
        Path file =
                Files.writeString(directory.resolve("q.sql"), "\uFEFFSELECT 7 AS n -- seven\n;");
        assertEquals("n\n7\n", query("-f", file).ended(0).out());
        assertEquals(
                "n\n8\n",
                CommandRun.withInput("SELECT 8 AS n", "query", "--store", store).ended(0).out());
        assertEquals(
                "n\n9\n",
                CommandRun.withInput("SELECT 9 AS n", "query", "--store", store, "-f", "-")
                        .ended(0)
                        .out());
        query("-f", file, "SELECT 1").ended(2);
        CommandRun missing = query("-f", directory.resolve("no.sql")).ended(1);
        assertTrue(missing.err().endsWith("no.sql: no such file or directory\n"), missing.err());
    }

    @Test
    void timingIsOneObjectAStatementOnStandardError() {
        ingested();
        CommandRun run = query("--repeat", 3, "--timing", "SELECT 1 AS a; " + ROWS).ended(0);
        assertEquals("a\n1\nsrcaddr,bytes", run.out().substring(0, 17));
        String number = "\\d+\\.\\d{3}";
        String runs = "\\[" + number + "," + number + "," + number + "\\]";
        assertTrue(
                run.err()
                        .matches(
                                "\\{\"statement\":1,\"rows\":1,\"runs_ms\":"
                                        + runs
                                        + "\\}\n\\{\"statement\":2,\"rows\":3,\"runs_ms\":"
                                        + runs
                                        + "\\}\n"),
                run.err());
    }

    @Test
    void aWrongNameHasAPlaceAndASuggestion() {
        ingested();
        CommandRun run = query("SELECT count(*)\nFROM vpc_flow_logs WHERE axtion = 'x'").ended(1);
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("weir query: line 2, column 26: "), run.err());
        assertTrue(run.err().contains("did you mean action?"), run.err());
        String caret =
                """
                  FROM vpc_flow_logs WHERE axtion = 'x'
                                           ^
                """;
        assertTrue(run.err().endsWith(caret), run.err());
    }

    @Test
    void aWrongStatementOfSeveralIsNumbered() {
        ingested();
        CommandRun run = query("SELECT 1 AS a; SELECT nothing").ended(1);
        assertEquals("a\n1\n", run.out());
        assertTrue(run.err().startsWith("weir query: statement 2, line 1, column 8"), run.err());
    }

    @Test
    void sqlThatCommandsTheTerminalIsShownInItsError() {
        ingested();
        CommandRun run = query("SELECT \"\033[2J\"").ended(1);
        assertFalse(run.err().contains("\033"), run.err());
    }

    @Test
    void theEmptyQuestionFails() {
        ingested();
        assertEquals("weir query: the SQL is empty\n", query(" ; -- nothing").ended(1).err());
    }

    @Test
    void fromTakesPathsAndThenTheSql() {
        String sql = "SELECT count(*) AS n FROM vpc_flow_logs";
        CommandRun before = CommandRun.of("query", "--from", log, sql).ended(0);
        assertEquals("n\n3\n", before.out());
        assertEquals("", before.err());
        assertEquals("n\n3\n", CommandRun.of("query", sql, "--from", log).ended(0).out());
        assertEquals(
                "n\n3\n",
                CommandRun.of("query", "--from", log, "--from", log, "--format", "csv", sql)
                        .ended(0)
                        .out());
        assertTrue(CommandRun.of("query", "--from", sql).ended(2).err().contains("no path"));
        query("--from", log, sql).ended(2);
    }

    @Test
    void fromSaysInOneLineWhatWasWrong() throws IOException {
        Files.writeString(log, LOG + "2 too short\n");
        Files.writeString(directory.resolve("notes.md"), "some words of mine\n");
        CommandRun run =
                CommandRun.of("query", "--from", directory, "SELECT count(*) FROM vpc_flow_logs")
                        .ended(0);
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("1 file not read ("), run.err());
        assertTrue(run.err().contains("1 line rejected"), run.err());
    }

    @Test
    void limitsAreKept() {
        ingested();
        query("--threads", 0, "SELECT 1").ended(2);
        query("--memory", "4X", "SELECT 1").ended(2);
        query("--timeout", "soon", "SELECT 1").ended(2);
        query("--repeat", 0, "SELECT 1").ended(2);
        query("--threads", 1, "--memory", "64M", "--timeout", "30s", "--no-index", ROWS).ended(0);
    }

    @Test
    void explainPrintsThePlan() {
        ingested();
        String plan =
                CommandRun.of("explain", "--store", store, "SELECT action FROM vpc_flow_logs")
                        .ended(0)
                        .out();
        assertTrue(plan.contains("Scan vpc_flow_logs [action]"), plan);
        assertTrue(
                CommandRun.of("explain", "--json", "--store", store, "SELECT 1")
                        .ended(0)
                        .out()
                        .startsWith("{\"statement\":1,\"sql\":\"SELECT 1\",\"plan\":\""));
        CommandRun.of("explain", "--store", store, "SELECT x").ended(1);
    }

    @Test
    void explainAnalyzeTellsWhatWasRead() {
        ingested();
        String sql = "SELECT action FROM vpc_flow_logs";
        String text = CommandRun.of("explain", "--analyze", "--store", store, sql).ended(0).out();
        assertTrue(text.contains("\n  3 rows passed\n"), text);
        assertTrue(text.contains("\nResult of 3 rows\nTime "), text);
        assertTrue(query("EXPLAIN ANALYZE " + sql).ended(0).out().contains("Result of 3 rows"));
        String json =
                CommandRun.of("explain", "--analyze", "--json", "--store", store, sql)
                        .ended(0)
                        .out();
        assertTrue(json.contains("\"rows\":{\"in_all\":3,\"skipped_by_time\":0,"), json);
        assertTrue(json.contains("\"result_rows\":3,\"running_ms\":"), json);
        CommandRun.of("explain", "--analyze", "--store", store, "SELECT x").ended(1);
    }

    @Test
    void schemaNamesColumnsAndTypes() {
        ingested();
        String schema = CommandRun.of("schema", "--store", store).ended(0).out();
        assertTrue(schema.startsWith("table,column,type,hidden\n"), schema);
        assertTrue(schema.contains("vpc_flow_logs,srcaddr,varchar,false\n"), schema);
        assertTrue(schema.contains("vpc_flow_logs,bytes,bigint,false\n"), schema);
        assertTrue(schema.contains("vpc_flow_logs,date,date,true\n"), schema);
    }

    @Test
    void statsCountRowsAndBytes() {
        ingested();
        String stats = CommandRun.of("stats", "--json", "--store", store).ended(0).out();
        assertTrue(
                stats.contains("{\"table\":\"vpc_flow_logs\",\"segments\":1,\"rows\":3,\"bytes\":"),
                stats);
        String columns = CommandRun.of("stats", "--columns", "--store", store).ended(0).out();
        assertTrue(columns.contains("vpc_flow_logs,bytes,column,bigint,"), columns);
        assertTrue(columns.contains("vpc_flow_logs,address,dictionary,,"), columns);
        assertFalse(columns.contains("vpc_flow_logs,vpc_id,"), "no log has it: " + columns);
        assertTrue(columns.contains("system.rejected_lines,(total),total,,0,,\n"), columns);
        String json = CommandRun.of("stats", "--columns", "--json", "--store", store).out();
        String item =
                "\\{\"table\":\"vpc_flow_logs\",\"name\":\"action\",\"kind\":\"column\","
                        + "\"type\":\"varchar\",\"bytes\":[0-9]+,\"bytes_per_row\":[0-9]+\\.[0-9]{3},"
                        + "\"encodings\":\"[a-z ]+ 1\"\\}";
        assertTrue(Pattern.compile(item).matcher(json).find(), json);
    }

    @Test
    void statsShowThePartsThatColumnsAreSaidBy() {
        Path logs = directory.resolve("many.log");
        CommandRun.of("generate", "-n", "20k", "-o", logs).ended(0);
        CommandRun.of("ingest", "--store", store, logs).ended(0);
        String columns = CommandRun.of("stats", "--columns", "--store", store).ended(0).out();
        assertTrue(columns.contains("\nvpc_flow_logs,other:srcaddr+dstaddr,part,,"), columns);
        assertTrue(columns.contains("srcport+dstport (pages),index,,"), columns);
        assertFalse(columns.contains("~"), columns);
        long sum = 0;
        long total = 0;
        long footers = 0;
        for (String line : columns.lines().filter(l -> l.startsWith("vpc_flow_logs,")).toList()) {
            String[] cells = line.split(",", -1);
            long sizeBytes = Long.parseLong(cells[4]);
            switch (cells[2]) {
                case "total" -> total = sizeBytes;
                case "footer" -> footers = sizeBytes;
                default -> sum += sizeBytes;
            }
        }
        assertEquals(total, sum + footers, columns);
        String all =
                query("SELECT sum(bytes) FROM system.segments WHERE table_name = 'vpc_flow_logs'")
                        .out();
        assertEquals("_col0\n" + total + "\n", all, columns);
        assertTrue(footers > 64 && footers * 10 < sum, "most is named: " + columns);
    }

    @Test
    void everyByteOfTheSegmentFilesIsInOneTotal() throws IOException {
        ingested();
        long files;
        try (Stream<Path> all = Files.walk(store)) {
            files =
                    all.filter(file -> file.toString().endsWith(".seg"))
                            .mapToLong(file -> file.toFile().length())
                            .sum();
        }
        long totals =
                CommandRun.of("stats", "--columns", "--store", store)
                        .ended(0)
                        .out()
                        .lines()
                        .map(line -> line.split(",", -1))
                        .filter(cells -> cells[2].equals("total"))
                        .mapToLong(cells -> Long.parseLong(cells[4]))
                        .sum();
        assertEquals(files, totals);
        assertTrue(files > 0);
    }

    @Test
    void whatIsNoStoreIsLeftAlone() throws IOException {
        Path other = Files.createDirectories(directory.resolve("other"));
        Files.writeString(other.resolve("letter.txt"), "dear");
        assertEquals(
                1, CommandRun.of("ingest", "--store", other, log).ended(1).err().lines().count());
        assertEquals("dear", Files.readString(other.resolve("letter.txt")));
    }

    private String usage(Object... arguments) {
        return CommandRun.of(arguments).ended(2).err().lines().findFirst().orElse("");
    }

    @Test
    void optionsThatMeanNothingAreRefused() throws IOException {
        Path table = Files.writeString(directory.resolve("t.csv"), "a\n1\n");
        assertEquals(
                "weir query: --table NAME=FILE: 'VPC_flow_logs' is the table of the logs themselves",
                usage("query", "--table", "VPC_flow_logs=" + table, "SELECT 1"));
        assertEquals(
                "weir query: Value for option '--table' (NAME=FILE) should be in KEY=VALUE format"
                        + " but was x",
                usage("query", "--table", "x", "SELECT 1"));
        String timeout = usage("query", "--timeout", "0", "SELECT 1");
        assertTrue(timeout.contains("'0' is no time like 500ms, 30s, 5m or 1h"), timeout);
    }
}
