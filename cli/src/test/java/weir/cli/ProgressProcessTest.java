// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bar of `weir ingest` in a process of its own, with and without a terminal.
class ProgressProcessTest {
    private static final int RECORDS = 2_000;

    @TempDir Path directory;

    private Path log;
    private Path store;

    @BeforeEach
    void generate() {
        store = directory.resolve("store");
        log = directory.resolve("flows.log");
        CommandRun.of("generate", "-n", RECORDS, "-o", log).ended(0);
    }

    private List<String> ingest(String... options) {
        List<String> words = new ArrayList<>(List.of("ingest"));
        words.addAll(List.of("--store", store.toString()));
        words.addAll(List.of(options));
        words.add(log.toString());
        return CommandProcess.weir(words.toArray(String[]::new));
    }

    /// A process that lists the classes it loads.
    private CommandProcess listing(Path classes, String... options) throws Exception {
        List<String> command = ingest(options);
        command.add(1, "-Xlog:class+load:file=" + classes);
        return CommandProcess.run(directory, Map.of("LC_ALL", "C.UTF-8"), command);
    }

    @Test
    void withoutATerminalThereIsNoBarAndItsLibraryIsNotLoaded() throws Exception {
        Path classes = directory.resolve("classes");
        CommandProcess run = listing(classes);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().startsWith("2,000 records from 1 file, "), run.err());
        assertFalse(run.err().contains("\r"), run.err());
        String loaded = Files.readString(classes);
        assertTrue(loaded.contains("weir.cli.progress.Progress "), "the list is of this program");
        for (String name : List.of("me.tongfei", "org.jline", "progress.ProgressBars")) {
            assertFalse(loaded.contains(name), name);
        }
    }

    @Test
    void theBarIsOnStandardErrorAndAnswersAreClean() throws Exception {
        Path classes = directory.resolve("classes");
        CommandProcess run = listing(classes, "--progress=always", "--json");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("{\"files\":1,"), run.out());
        assertEquals(1, run.out().lines().count(), run.out());
        assertTrue(run.err().startsWith("\r\033[?7l"), run.err());
        assertTrue(run.err().endsWith("\r\033[K"), run.err());
        String loaded = Files.readString(classes);
        assertTrue(loaded.contains("me.tongfei.progressbar.ProgressBar "));
        assertFalse(loaded.contains("org.jline.terminal.TerminalBuilder "), "no JLine terminal");
    }

    @Test
    void aFailureComesBehindTheBarIsGone() throws Exception {
        log = Files.createDirectory(directory.resolve("nothing"));
        CommandProcess run = CommandProcess.run(directory, Map.of(), ingest("--progress=ALWAYS"));
        assertEquals(1, run.code(), run.err());
        String behind = run.err().substring(run.err().lastIndexOf('\r') + 1);
        assertTrue(behind.startsWith("\033[KNothing was read: there is no file"), run.err());
    }

    @Test
    void wordsThatAreNoneAreRefused() {
        CommandRun run = CommandRun.of("ingest", "--progress", "often", log).ended(2);
        assertEquals(
                "weir ingest: Invalid value for option '--progress': 'often' is not one of auto,"
                        + " always, never\nSee weir ingest --help.\n",
                run.err());
    }

    @Test
    void onATerminalTheBarFitsItAndTheSummaryFollows() throws Exception {
        assumeTrue(canMakeATerminal(), "there is no script command that makes a terminal");
        for (int columns : List.of(60, 30)) {
            store = directory.resolve("store-" + columns);
            String weir =
                    ingest("--progress=always").stream()
                            .map(word -> word.equals("-Dweir.terminals=") ? word + "012" : word)
                            .map(word -> "'" + word.replace("'", "'\\''") + "'")
                            .collect(Collectors.joining(" "));
            CommandProcess run = inTerminal("stty cols " + columns + "; exec " + weir);
            assertEquals(0, run.code(), run.out() + run.err());
            String text = run.out();
            int end = text.lastIndexOf("\r\033[K");
            assertTrue(end > 0, text);
            for (String drawing : drawings(text.substring(0, end))) {
                assertEquals(columns - 1, drawing.length(), drawing);
            }
            String summary = text.substring(end + 4);
            assertTrue(summary.startsWith("2,000 records from 1 file, "), text);
            assertFalse(summary.contains("\033"), text);
        }
    }

    private static List<String> drawings(String text) {
        return Stream.of(text.split("\r", -1))
                .filter(drawing -> !drawing.isEmpty())
                .map(drawing -> drawing.replace("\033[?7l", "").replace("\033[?7h", ""))
                .toList();
    }

    private CommandProcess inTerminal(String shellWords) throws IOException, InterruptedException {
        return CommandProcess.run(
                directory,
                Map.of("LC_ALL", "C.UTF-8", "TERM", "xterm", "COLUMNS", ""),
                List.of("script", "-qec", shellWords, "/dev/null"));
    }

    /// Of the two kinds of `script` there are, only that of Linux takes these options.
    private boolean canMakeATerminal() throws InterruptedException {
        try {
            return inTerminal("test -t 2 && stty cols 60").code() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
