// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.cli.command.CommandRunner;
import weir.cli.terminal.Terminal;

/// What all commands have in common: options, exit codes, where words go.
class CommandLineTest {
    @TempDir Path directory;

    @Test
    void withoutACommandUsageGoesToStandardErrorWithCode2() {
        CommandRun run = CommandRun.of().ended(2);
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("Usage: weir"), run.err());
    }

    @Test
    void helpGoesToStandardOutput() {
        assertTrue(CommandRun.of("--help").ended(0).out().startsWith("Usage: weir"));
        assertTrue(CommandRun.of("help").ended(0).out().startsWith("Usage: weir"));
        assertTrue(CommandRun.of("help", "stats").ended(0).out().startsWith("Usage: weir stats"));
        assertTrue(CommandRun.of("stats", "--help").ended(0).out().startsWith("Usage: weir stats"));
    }

    @Test
    void versionIsTheBuilds() {
        String version = CommandRun.of("--version").ended(0).out();
        assertEquals(version, CommandRun.of("stats", "--version").ended(0).out());
        assertTrue(
                version.matches(
                        "weir \\d+\\.\\d+\\S* \\(Java 25\\S*\\)\ninflater: (isal|libdeflate|jdk)\n"),
                version);
    }

    /// The handler of picocli is not asked about errors.
    @Test
    void tooLittleMemoryIsToldInASentence() {
        OutputStream out =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        InputStream.nullInputStream(),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        false);
        assertEquals(1, CommandRunner.run(new String[] {"generate", "--records", "1"}, terminal));
        assertEquals(
                "weir generate: not enough memory; give the JVM more with WEIR_JAVA_OPTS=-Xmx..., for"
                        + " example -Xmx8g\n",
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aWrongCommandIsWrongUsageAndSuggests() {
        CommandRun run = CommandRun.of("sttas").ended(2);
        assertEquals(
                "weir: there is no command sttas; did you mean stats?\nSee weir --help.\n",
                run.err());
    }

    @Test
    void aWrongOptionIsWrongUsageAndSuggests() {
        CommandRun run = CommandRun.of("stats", "--colums").ended(2);
        assertTrue(
                run.err().startsWith("weir stats: there is no option --colums; did you mean"),
                run.err());
        assertTrue(run.err().contains("--columns"), run.err());
    }

    @Test
    void aMissingStoreSaysHowToMakeOne() {
        Path store = directory.resolve("none");
        CommandRun run = CommandRun.of("stats", "--store", store).ended(1);
        assertEquals("", run.out());
        assertEquals(
                "weir stats: there is no store at "
                        + store
                        + "; make one with: weir ingest --store "
                        + store
                        + " PATH... (or name another with --store DIR)\n",
                run.err());
    }

    @Test
    void anEmptyFolderIsNoStoreAndTheAdviceNamesIt() {
        CommandRun run = CommandRun.of("stats", "--store", directory).ended(1);
        assertTrue(run.err().contains("weir ingest --store " + directory + " PATH"), run.err());
        CommandRun same = CommandRun.of("stats", "--store", "weir-store").ended(1);
        assertTrue(same.err().contains("weir ingest --store weir-store PATH"), same.err());
    }

    @Test
    void whatNamesNoTableNeedsNoStore() {
        Path store = directory.resolve("none");
        Object[] where = {"--store", store, "query"};
        assertEquals("_col0\n1\n", of(where, "select 1").ended(0).out());
        assertTrue(of(where, "SHOW FUNCTIONS").ended(0).out().contains("count"));
        assertTrue(of(where, "SELEC 1").ended(1).err().contains("line 1, column 1"));
        for (String sql : List.of("SELECT 1; TABLE vpc_flow_logs", "/* all */ show tables")) {
            assertTrue(of(where, sql).ended(1).err().contains("there is no store at"), sql);
        }
        CommandRun.of("explain", "--store", store, "SELECT 1").ended(0);
        assertFalse(Files.exists(store));
    }

    private static CommandRun of(Object[] first, String last) {
        return CommandRun.of(
                Stream.concat(Stream.of(first), Stream.of(last)).toArray(Object[]::new));
    }

    @Test
    void helpNamesTheStoreWholeAndOnlyWhereThereIsOne() {
        assertTrue(CommandRun.of("help", "stats").out().contains(" ./weir-store."));
        assertFalse(CommandRun.of("help", "generate").out().contains("--store"));
        assertFalse(CommandRun.of("help", "help").out().contains("--store"));
        CommandRun.of("generate", "--store", directory, "-n", 1).ended(2);
    }

    @Test
    void theStoreMayStandBeforeTheCommand() {
        Path store = directory.resolve("none");
        assertTrue(
                CommandRun.of("--store", store, "stats").ended(1).err().contains(store.toString()));
    }

    @Test
    void aStackTraceIsOnlyForDebug() throws Exception {
        Path store = Files.createDirectories(directory.resolve("damaged"));
        Files.writeString(store.resolve("something"), "else");
        String words = CommandRun.of("stats", "--store", store).ended(1).err();
        assertEquals(1, words.lines().count(), words);
        assertFalse(words.contains("\tat "), words);
        String trace = CommandRun.of("--debug", "stats", "--store", store).ended(1).err();
        assertTrue(trace.contains("\tat weir."), trace);
    }

    @Test
    void generatedBytesFollowTheSeed() throws Exception {
        Path file = directory.resolve("logs.txt");
        CommandRun run = CommandRun.of("generate", "-n", "1k", "-o", file, "--seed", 7).ended(0);
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("1,000 records in 1 file, "), run.err());
        byte[] again = CommandRun.of("generate", "-n", 1000, "--seed", 7).ended(0).outBytes();
        assertArrayEquals(Files.readAllBytes(file), again);
    }

    @Test
    void generateMakesTheFoldersOfABucket() throws Exception {
        CommandRun run =
                CommandRun.of(
                                "generate",
                                "-n",
                                "2k",
                                "--layout",
                                "hive-hourly",
                                "--gzip",
                                "-o",
                                directory,
                                "--format",
                                "v5",
                                "--json")
                        .ended(0);
        assertTrue(run.out().startsWith("{\"records\":2000,\"files\":"), run.out());
        assertTrue(Files.isDirectory(directory.resolve("AWSLogs")));
    }

    @Test
    void generateRefusesNonsenseAsWrongUsage() {
        assertTrue(
                CommandRun.of("generate", "-n", "many").ended(2).err().contains("like 50k or 1M"));
        assertTrue(CommandRun.of("generate", "--format", "v2 x").ended(2).err().contains("format"));
        assertTrue(CommandRun.of("generate", "--rate", "0").ended(2).err().contains("not 0"));
        assertTrue(CommandRun.of("generate", "--layout", "daily").ended(2).err().contains("--out"));
    }
}
