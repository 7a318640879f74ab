// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs what the documents tell a reader to run: `sh` blocks as they stand, `sql` blocks over the
/// example logs, as are `sh` blocks of one question. A `text` block right behind one is what it
/// prints; of SQL and questions, what it prints on a terminal.
class DocumentsTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> DOCUMENTS =
            List.of(
                    "README.md",
                    "CONTRIBUTING.md",
                    "docs/CLI.md",
                    "docs/OPERATIONS.md",
                    "docs/SQL.md",
                    "docs/QUESTIONS.md",
                    "docs/EXAMPLES.md");

    @TempDir Path directory;

    /// A fenced block.
    ///
    /// @param place file and line
    /// @param language what stands behind the fence
    /// @param text its lines
    /// @param expected the `text` block behind it, or null
    private record Block(String place, String language, String text, @Nullable String expected) {}

    private static List<Block> blocks(String document) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(TOP.resolve(document));
        int last = -1; // where the block before this one ended
        for (int line = 0; line < lines.size(); line++) {
            if (!lines.get(line).startsWith("```")) {
                continue;
            }
            int end = line + 1;
            while (!lines.get(end).equals("```")) {
                end++;
            }
            String language = lines.get(line).substring(3);
            String text =
                    lines.subList(line + 1, end).stream()
                            .map(each -> each + "\n")
                            .collect(Collectors.joining());
            boolean isBehind = last >= 0 && line - last <= 2;
            if (language.equals("text") && isBehind) {
                Block before = blocks.removeLast();
                blocks.add(new Block(before.place, before.language, before.text, text));
            } else {
                blocks.add(new Block(document + ":" + (line + 1), language, text, null));
            }
            last = end;
            line = end;
        }
        return blocks;
    }

    @TestFactory
    List<DynamicTest> everyBlockRunsAndPrintsWhatTheDocumentSays() throws IOException {
        prepare();
        List<DynamicTest> tests = new ArrayList<>();
        for (String document : DOCUMENTS) {
            for (Block block : blocks(document)) {
                switch (block.language) {
                    case "sh" -> tests.add(DynamicTest.dynamicTest(block.place, () -> sh(block)));
                    case "sql" -> tests.add(DynamicTest.dynamicTest(block.place, () -> sql(block)));
                    default -> {}
                }
            }
        }
        assertTrue(tests.size() > 10, "only " + tests.size() + " blocks");
        return tests;
    }

    /// A folder like the repository's top, whose launcher starts the classes under test.
    private void prepare() throws IOException {
        copyExamples();
        String words =
                CommandProcess.weir().stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
        Path launcher = directory.resolve("weir");
        Files.writeString(launcher, "#!/bin/sh\nexec " + words + " \"$@\"\n");
        assertTrue(launcher.toFile().setExecutable(true));
        CommandRun.of("ingest", "--store", directory.resolve("sql-store"), TOP.resolve("examples"))
                .ended(0);
        prepareContext();
    }

    /// The store that questions are asked of, with the files that say who is who.
    private void prepareContext() throws IOException {
        Path store = directory.resolve("ask-store");
        CommandRun.of("ingest", "--store", store, TOP.resolve("examples")).ended(0);
        List<Object> words = new ArrayList<>(List.of("context", "add", "--store", store));
        try (Stream<Path> files = Files.list(TOP.resolve("examples/context"))) {
            files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .forEach(words::add);
        }
        CommandRun.of(words.toArray()).ended(0);
    }

    private void copyExamples() throws IOException {
        Path source = TOP.resolve("examples");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve("examples").resolve(source.relativize(file)));
            }
        }
    }

    private void sh(Block block) throws IOException, InterruptedException {
        if (block.text.matches("\\./weir ask [^>|;\\\\\n]*\n")) {
            ask(block);
            return;
        }
        if (block.text.equals("mvn verify\n")) {
            String ci = Files.readString(TOP.resolve(".ci/run"));
            assertTrue(ci.contains("mvn -B verify"), "what CI runs is what the document says");
            return;
        }
        CommandProcess run =
                CommandProcess.run(
                        directory,
                        Map.of("LC_ALL", "C.UTF-8"),
                        List.of("sh", "-eu", "-c", block.text));
        assertEquals(0, run.code(), run.err());
        if (block.expected != null) {
            assertEquals(block.expected, run.out(), block.place + " " + run.err());
        }
    }

    private void ask(Block block) {
        List<Object> words =
                new ArrayList<>(
                        List.of(block.text.strip().substring("./weir ".length()).split(" ")));
        words.addAll(List.of("--store", directory.resolve("ask-store")));
        if (!words.contains("--format") && !words.contains("--explain")) {
            words.addAll(List.of("--format", "table"));
        }
        CommandRun run = CommandRun.of(words.toArray()).ended(0);
        if (block.expected != null) {
            assertEquals(block.expected, run.out(), block.place);
        }
    }

    private void sql(Block block) {
        CommandRun run =
                CommandRun.of(
                                "query",
                                "--format",
                                "table",
                                "--store",
                                directory.resolve("sql-store"),
                                block.text)
                        .ended(0);
        if (block.expected != null) {
            assertEquals(block.expected, run.out(), block.place);
        }
    }

    @Test
    void everyCommandAndOptionIsDescribed() throws IOException {
        String document = Files.readString(TOP.resolve("docs/CLI.md"));
        List<String> missing = new ArrayList<>();
        String usage = CommandRun.of("help").ended(0).out();
        usage.substring(usage.indexOf("Commands:"), usage.indexOf("Ask a folder"))
                .lines()
                .skip(1)
                .filter(line -> line.matches("  [a-z]+ .*"))
                .map(line -> line.strip().split(" ", -1)[0])
                .forEach(command -> {
                    if (!document.contains("## weir " + command)) {
                        missing.add(command);
                    }
                    CommandRun.of("help", command)
                            .out()
                            .lines()
                            .filter(line -> line.matches(" +(-\\w, )? *--[a-z-]+.*"))
                            .map(line -> line.replaceAll("^[^-]*(-\\w, *)?(--[a-z-]+).*", "$2"))
                            .filter(option -> !document.contains("`" + option))
                            .forEach(option -> missing.add(command + " " + option));
                });
        assertEquals(List.of(), missing);
    }
}
