// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weir.cli.command.CommandRunner;
import weir.cli.terminal.Terminal;

/// `weir ask` over a log with one port scan, and over one without the fields it takes.
@Timeout(60)
class AskTest {
    private static final long START = 1_793_491_200L;
    private static final String HOW_MANY =
            """
            -- title: How many
            -- theme: ours
            -- question: How many records are there of one interface?
            -- means: So many.
            -- not: Nothing else.
            -- fields: start interface_id flow_direction?
            -- param: eni varchar = eni-0a | the interface
            -- param: from timestamp = all | since when
            SELECT count(*) AS n FROM vpc_flow_logs WHERE interface_id = :eni AND start >= :from
            """;

    @TempDir Path directory;
    private Path store;
    private Path log;
    private Path questions;

    @BeforeEach
    void collect() throws IOException {
        store = directory.resolve("store");
        String records =
                IntStream.range(1, 31)
                        .mapToObj(port ->
                                "2 000000000001 eni-0a 203.0.113.9 10.0.0.1 40000 %d 6 1 40 %d %d REJECT OK\n"
                                        .formatted(port, START + port, START + port))
                        .reduce("", String::concat);
        log = Files.writeString(directory.resolve("flow.log"), records);
        CommandRun.of("ingest", "--store", store, log).ended(0);
        questions = Files.createDirectory(directory.resolve("questions"));
        Files.writeString(questions.resolve("how-many.sql"), HOW_MANY);
    }

    private CommandRun ask(Object... words) {
        Object[] all = new Object[words.length + 5];
        System.arraycopy(
                new Object[] {"ask", "--store", store, "--questions", questions}, 0, all, 0, 5);
        System.arraycopy(words, 0, all, 5, words.length);
        return CommandRun.of(all);
    }

    @Test
    void withoutAQuestionThemesAreListed() {
        String list = CommandRun.of("ask").ended(0).out();
        assertTrue(list.contains("scanning\n"), list);
        assertTrue(list.matches("(?s).*  port-scans +Port scans\n.*"), list);
        String json = CommandRun.of("ask", "--json").ended(0).out();
        assertTrue(json.startsWith("[{\"name\":\""), json);
        assertTrue(
                json.contains(
                        "\"name\":\"port-scans\",\"title\":\"Port scans\",\"theme\":\"scanning\""),
                json);
        assertTrue(json.contains("\"mitre\":[\"T1046\"]"), json);
        assertTrue(json.endsWith("}]\n"), json);
        String csv = CommandRun.of("ask", "--format", "csv").ended(0).out();
        assertTrue(csv.startsWith("theme,name,title,question\n"), csv);
    }

    @Test
    void aQuestionIsAnsweredInAnyFormat() {
        assertEquals(
                """
                source,host,ports,rejected,accepted,first_seen,last_seen,host_owner
                203.0.113.9,10.0.0.1,30,30,0,2026-11-01 00:00:01.000 UTC,2026-11-01 00:00:30.000 UTC,
                """,
                ask("port-scans").ended(0).out());
        assertEquals("[]\n", ask("port-scans", "ports=31", "--json").ended(0).out());
        assertEquals("[]\n", ask("port-scans", "--format", "json", "ports=31").ended(0).out());
    }

    @Test
    void timesCountBackFromTheNewestRecord() {
        assertEquals("n\n11\n", ask("how-many", "from=-10s").ended(0).out());
        assertEquals("n\n30\n", ask("how-many", "from=-7d").ended(0).out());
    }

    @Test
    void filesAreAskedWithTheQuestionBeforeOrBehind() {
        for (Object[] words :
                new Object[][] {
                    {"how-many", "eni=eni-0a", "--from", log},
                    {"--from", log, "how-many", "eni=eni-0a"},
                    {"--from", log, "--questions", questions, "how-many"},
                    {"how-many", "--from", log, "eni=eni-0a"}
                }) {
            Object[] all = new Object[words.length + 3];
            System.arraycopy(new Object[] {"ask", "--questions", questions}, 0, all, 0, 3);
            System.arraycopy(words, 0, all, 3, words.length);
            assertEquals("n\n30\n", CommandRun.of(all).ended(0).out());
        }
    }

    @Test
    void theSqlThatIsPrintedRuns() {
        String sql = ask("how-many", "eni=it's", "from=-10s", "--sql").ended(0).out();
        assertTrue(sql.contains("interface_id = 'it''s' AND start >= " + (START + 20)), sql);
        assertEquals("n\n0\n", CommandRun.of("query", "--store", store, sql).ended(0).out());
        assertTrue(CommandRun.of("ask", "port-scans", "--sql").ended(0).out().contains(">= 20\n"));
    }

    @Test
    void theGuideSaysWhatThereIsToKnow() {
        String guide = ask("how-many", "--explain").ended(0).out();
        assertEquals(
                """
                How many

                How many records are there of one interface?

                What an answer means: So many.
                What it does not mean: Nothing else.

                Parameters, with their defaults:
                  eni=eni-0a  (varchar) the interface
                  from=all    (timestamp) since when

                Fields: start, interface_id, flow_direction (better with it)
                """,
                guide);
        assertTrue(
                ask("how-many", "--explain", "--json")
                        .ended(0)
                        .out()
                        .startsWith("{\"name\":\"how-many\""));
    }

    @Test
    void whatIsNotThereIsWrongUsageWithWhatIs() {
        assertTrue(
                ask("port-scan")
                        .ended(2)
                        .err()
                        .startsWith(
                                "weir ask: there is no question 'port-scan'; did you mean port-scans?"));
        assertTrue(
                ask("port-scans", "port=5")
                        .ended(2)
                        .err()
                        .contains("has no parameter 'port'; did you mean ports?"));
        assertTrue(
                ask("port-scans", "ports=many")
                        .ended(2)
                        .err()
                        .contains("ports=many: expected a whole number, as ports=20"));
        assertTrue(
                ask("port-scans", "5")
                        .ended(2)
                        .err()
                        .contains("expected NAME=VALUE beside the question"));
        assertTrue(
                ask("port-scans", "ports=5", "ports=6")
                        .ended(2)
                        .err()
                        .contains("ports is given twice"));
        assertTrue(
                ask("port-scans", "--repeat", "0")
                        .ended(2)
                        .err()
                        .contains("--repeat is at least 1"));
    }

    @Test
    void logsWithoutTheFieldsLeadToAQuestionThatWorks() throws IOException {
        Path other =
                Files.writeString(
                        directory.resolve("other.log"), "srcaddr start end\n10.0.0.1 5 6\n");
        Files.writeString(
                questions.resolve("any.sql"),
                HOW_MANY.replace("start interface_id flow_direction?", "start")
                        .replace("How many\n", "Any\n"));
        CommandRun run =
                CommandRun.of("ask", "--questions", questions, "how-many", "--from", other)
                        .ended(1);
        assertEquals(
                "weir ask: how-many needs the field interface_id, which these logs do not have; any works: weir ask any (Any)\n",
                run.err());
        CommandRun scans = CommandRun.of("ask", "port-scans", "--from", other).ended(1);
        assertTrue(
                scans.err()
                        .startsWith(
                                "weir ask: port-scans needs the fields dstaddr, srcport, dstport,"
                                        + " protocol, packets and action, which these logs do not"
                                        + " have"),
                scans.err());
    }

    @Test
    void valuesMayStandBeforeTheQuestion() {
        assertEquals(
                ask("port-scans", "ports=5", "--sql").ended(0).out(),
                ask("ports=5", "--sql", "port-scans").ended(0).out());
        assertTrue(ask("ports=5").ended(2).err().contains("there are values, and no question"));
    }

    @Test
    void onATerminalALimitThatCutsIsSaid() {
        assertTrue(
                errOnTerminal("limit=1").endsWith("limit=1 was reached: there may be more rows\n"));
        assertFalse(errOnTerminal("limit=2").contains("limit"));
    }

    private String errOnTerminal(String limit) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        new ByteArrayOutputStream(),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        true);
        String[] words = {"ask", "--store", store.toString(), "port-scans", limit};
        assertEquals(0, CommandRunner.run(words, terminal));
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void valuesThatCannotBeAreToldWithTheirName() {
        assertTrue(
                ask("port-scans", "limit=-1")
                        .ended(2)
                        .err()
                        .contains(
                                "limit=-1: expected a whole number, as limit=20; it must not be"));
        assertTrue(
                ask("port-scans", "from=20260131")
                        .ended(2)
                        .err()
                        .contains("from=20260131: expected a time"));
        assertTrue(
                ask("accepted-rejected", "bucket=0")
                        .ended(2)
                        .err()
                        .contains("bucket=0: expected a whole number above 0"));
        assertTrue(ask("port-scans", "--explain", "--sql").ended(2).err().contains("give one"));
        assertTrue(ask("zzz").ended(2).err().contains("'zzz'; weir ask lists them"));
    }

    @Test
    void listsComeFromFiles() throws IOException {
        Files.writeString(
                questions.resolve("listed.sql"),
                """
                -- title: Listed
                -- theme: ours
                -- question: What is listed?
                -- means: It is.
                -- not: No more than that.
                -- fields: start
                -- param: list cidrs | what is looked for
                -- param: net cidr = 10.0.0.1 | a network
                SELECT :list AS list, :net AS net
                """);
        Path list =
                Files.writeString(
                        questions.resolve("ioc.txt"),
                        "# of an advisory\n203.0.113.66   # the first\n\n2001:db8::/32\n");
        assertEquals(
                "list,net\n\"203.0.113.66,2001:db8::/32\",10.0.0.1/32\n",
                ask("listed", "list=@" + list, "--format", "csv").ended(0).out());
        assertTrue(
                ask("listed", "list=nonsense")
                        .ended(2)
                        .err()
                        .contains(
                                "list=nonsense: expected blocks of addresses and addresses with"));
        assertTrue(
                ask("listed", "list=@" + list + ".not").ended(2).err().contains("cannot be read"));
    }

    @Test
    void brokenQuestionsAreToldWithTheirFile() throws IOException {
        Path broken = Files.writeString(questions.resolve("broken.sql"), "SELECT 1\n");
        assertEquals(
                "weir ask: " + broken + ": there is no line '-- title: ...'\n",
                ask("broken").ended(1).err());
    }

    @Test
    void wrongSqlOfAQuestionIsToldWithThePlace() throws IOException {
        Files.writeString(
                questions.resolve("wrong.sql"),
                HOW_MANY.replace("interface_id = :eni", "interfac_id = :eni"));
        String err = ask("wrong").ended(1).err();
        assertTrue(err.contains("interfac_id"), err);
    }
}
