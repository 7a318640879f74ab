// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only a process of its own shows: its streams, its environment, what it leaves behind.
class ProcessTest {
    @TempDir Path directory;

    private Path logs() throws IOException {
        Path file = directory.resolve("größe 日本.log");
        if (!Files.exists(file)) {
            CommandRun.of("generate", "-n", 2000, "-o", file, "--seed", 5).ended(0);
        }
        return file;
    }

    private CommandProcess shell(String script, String... weir) throws Exception {
        StringBuilder words = new StringBuilder();
        for (String word : CommandProcess.weir(weir)) {
            words.append('\'').append(word.replace("'", "'\\''")).append("' ");
        }
        return CommandProcess.run(
                directory,
                Map.of("LC_ALL", "C.UTF-8"),
                List.of("sh", "-c", script.replace("WEIR", words)));
    }

    @Test
    void aQueryOfFilesPrintsOnlyItsResultAndLeavesNothing() throws Exception {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        CommandProcess run =
                shell(
                        "WEIR",
                        "query",
                        "--from",
                        logs().toString(),
                        "SELECT count(*) AS n FROM vpc_flow_logs");
        assertEquals("n\n2000\n", run.out(), run.err());
        assertEquals("", run.err());
        assertEquals(0, run.code());
        CommandProcess elsewhere =
                CommandProcess.run(
                        directory,
                        Map.of(
                                "LC_ALL",
                                "C.UTF-8",
                                "JAVA_TOOL_OPTIONS",
                                "-Djava.io.tmpdir=" + temporary),
                        CommandProcess.weir(
                                "query", "--from", logs().toString(), "SELECT no_such_column"));
        assertEquals(1, elsewhere.code());
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aReaderThatGoesAwayIsNoFailure() throws Exception {
        CommandProcess run =
                shell(
                        "{ WEIR; echo code $? >&2; } | head -n 1",
                        "query",
                        "--from",
                        logs().toString(),
                        "SELECT a.* FROM vpc_flow_logs a");
        assertTrue(run.out().startsWith("version,"), run.out() + run.err());
        assertEquals("code 0\n", run.err());
    }

    @Test
    void aFullDiskIsOneLineAndCode1() throws Exception {
        if (!Files.exists(Path.of("/dev/full"))) {
            return;
        }
        CommandProcess run = shell("WEIR >/dev/full", "generate", "-n", "10");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("No space left on device"), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void localeZoneAndEncodingDoNotMatter() throws Exception {
        String sql =
                "SELECT date_trunc('hour', from_unixtime(start)) AS h, count(*) AS n, 'ıİ日' AS t"
                        + " FROM vpc_flow_logs GROUP BY 1 ORDER BY 1";
        CommandProcess plain = shell("WEIR", "query", "--from", logs().toString(), sql);
        assertEquals(0, plain.code(), plain.err());
        assertTrue(plain.out().startsWith("h,n,t\n2026-11-01 00:00:00.000 UTC,"), plain.out());
        CommandProcess odd =
                CommandProcess.run(
                        directory,
                        Map.of(
                                "LC_ALL",
                                "C.UTF-8",
                                "TZ",
                                "Asia/Kathmandu",
                                "JAVA_TOOL_OPTIONS",
                                "-Duser.language=tr -Duser.country=TR -Dfile.encoding=ISO-8859-9"
                                        + " -Dstdout.encoding=ISO-8859-9"),
                        CommandProcess.weir("query", "--from", logs().toString(), sql));
        assertEquals(plain.out(), odd.out(), odd.err());
    }

    @Test
    void standardInputIsAPath() throws Exception {
        CommandProcess run =
                shell(
                        "WEIR <" + "'" + logs() + "'",
                        "ingest",
                        "--store",
                        directory.resolve("store").toString(),
                        "-");
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("2,000 records from 1 file, "), run.err());
    }

    @Test
    void theStoreOfTheEnvironmentIsUsed() throws Exception {
        Path store = directory.resolve("from environment");
        CommandProcess run =
                CommandProcess.run(
                        directory,
                        Map.of("LC_ALL", "C.UTF-8", "WEIR_STORE", store.toString()),
                        CommandProcess.weir("ingest", logs().toString()));
        assertEquals(0, run.code(), run.err());
        assertTrue(Files.isDirectory(store));
    }

    @Test
    void theInflaterIsChosenByASystemProperty() throws Exception {
        CommandProcess chosen = withInflater("jdk", "--version");
        assertTrue(chosen.out().endsWith("\ninflater: jdk\n"), chosen.out() + chosen.err());
        CommandProcess wrong = withInflater("zlib", "--version");
        assertEquals(1, wrong.code());
        assertTrue(
                wrong.err()
                        .endsWith(
                                "weir: weir.inflater=zlib is no inflater: there are auto, isal,"
                                        + " libdeflate, jdk\n"),
                wrong.err());
        Path packed = directory.resolve("packed.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(logs(), gzip);
        }
        CommandProcess ingest =
                withInflater(
                        "zlib",
                        "ingest",
                        "--store",
                        directory.resolve("inflated").toString(),
                        packed.toString());
        assertEquals(1, ingest.code());
        assertTrue(
                ingest.err().contains("weir ingest: weir.inflater=zlib is no inflater"),
                ingest.err());
    }

    private CommandProcess withInflater(String word, String... arguments) throws Exception {
        return CommandProcess.run(
                directory,
                Map.of("LC_ALL", "C.UTF-8", "JAVA_TOOL_OPTIONS", "-Dweir.inflater=" + word),
                CommandProcess.weir(arguments));
    }
}
