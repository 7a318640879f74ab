// SPDX-License-Identifier: Apache-2.0
package weir.testkit.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Reads the repository's own text: what a reviewer would otherwise have to say again and again.
class TidyTest {
    private static final Path TOP = top();
    private static final int LINE_MAX = 100;

    /// The lines of logs in tests are easier to read whole.
    private static final int TEST_LINE_MAX = 150;

    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(/ro" + "ot/|/ho" + "me/(?!linuxbrew)[a-z]|/wo" + "rk/[a-z])");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern PACKAGE_NAME =
            Pattern.compile("`(weir(?:\\.[a-z]+)+)(?:\\.[A-Z]\\w*)?`");

    private static List<String> files = List.of();

    private static Path top() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("ARCHITECTURE.md"))) {
            directory = Objects.requireNonNull(directory.getParent(), "outside the repository");
        }
        return directory;
    }

    @BeforeAll
    static void listFiles() throws IOException, InterruptedException {
        Process git =
                new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard")
                        .directory(TOP.toFile())
                        .start();
        files =
                new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(name -> Files.isRegularFile(TOP.resolve(name)))
                        .toList();
        assertEquals(0, git.waitFor(), "git lists the files");
        assertTrue(files.size() > 50, "only " + files.size() + " files");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(TOP.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(file + " is no text", e);
        }
    }

    /// Calls `check` with the number and text of each line of each file with one of the endings.
    private static void eachLine(Set<String> endings, LineCheck check) {
        for (String file : files) {
            if (endings.stream().noneMatch(file::endsWith)) {
                continue;
            }
            int number = 1;
            for (String line : lines(file)) {
                check.check(file, number++, line);
            }
        }
    }

    @FunctionalInterface
    private interface LineCheck {
        void check(String file, int number, String line);
    }

    private static List<String> offences(
            Set<String> endings, BiConsumer<String, List<String>> rule) {
        List<String> found = new ArrayList<>();
        eachLine(
                endings,
                (file, number, line) -> {
                    List<String> reasons = new ArrayList<>();
                    rule.accept(line, reasons);
                    reasons.forEach(reason -> found.add(file + ":" + number + ": " + reason));
                });
        return found;
    }

    @Test
    void nothingIsLeftUnfinished() {
        assertEquals(
                List.of(),
                offences(
                        Set.of(".java", ".md", ".xml", ".sh", "weir", "run"),
                        (line, reasons) -> {
                            if (UNFINISHED.matcher(line).find()) {
                                reasons.add("unfinished: " + line.strip());
                            }
                        }));
    }

    @Test
    void noFileNamesAMachine() {
        assertEquals(
                List.of(),
                offences(
                        Set.of(".java", ".md", ".xml", ".sh", "weir", "run"),
                        (line, reasons) -> {
                            if (MACHINE_PATH.matcher(line).find()) {
                                reasons.add("path of one machine: " + line.strip());
                            }
                        }));
    }

    @Test
    void javaLinesAreShortAndCleanAndOfOneLicence() {
        List<String> found = new ArrayList<>();
        eachLine(
                Set.of(".java"),
                (file, number, line) -> {
                    String place = file + ":" + number + ": ";
                    int most = file.contains("/src/test/") ? TEST_LINE_MAX : LINE_MAX;
                    if (line.length() > most && !line.startsWith("import ")) {
                        found.add(place + line.length() + " columns");
                    }
                    if (line.contains("\t") || line.endsWith(" ")) {
                        found.add(place + "tab or trailing space");
                    }
                });
        for (String file : files) {
            if (file.endsWith(".java")
                    && !lines(file).getFirst().equals("// SPDX-License-Identifier: Apache-2.0")) {
                found.add(file + ": no licence line");
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void everyPackageStatesItsRule() {
        Set<String> directories = new TreeSet<>();
        for (String file : files) {
            if (file.contains("/src/main/java/") && file.endsWith(".java")) {
                directories.add(file.substring(0, file.lastIndexOf('/')));
            }
        }
        List<String> found = new ArrayList<>();
        for (String directory : directories) {
            String file = directory + "/package-info.java";
            String text = files.contains(file) ? String.join("\n", lines(file)) : "";
            if (!text.contains("**Rule:**") || !text.contains("@NullMarked")) {
                found.add(directory);
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void linksAndPackageNamesInDocumentsExist() {
        Set<String> packages =
                files.stream()
                        .filter(file -> file.contains("/src/main/java/"))
                        .map(file -> file.substring(file.indexOf("/java/") + 6))
                        .map(file -> file.substring(0, file.lastIndexOf('/')).replace('/', '.'))
                        .collect(Collectors.toSet());
        List<String> found = new ArrayList<>();
        eachLine(
                Set.of(".md"),
                (file, number, line) -> {
                    for (Matcher link = LINK.matcher(line); link.find(); ) {
                        Path target = TOP.resolve(file).resolveSibling(link.group(1)).normalize();
                        if (!Files.exists(target)) {
                            found.add(file + ":" + number + ": no " + link.group(1));
                        }
                    }
                    for (Matcher name = PACKAGE_NAME.matcher(line); name.find(); ) {
                        if (!packages.contains(name.group(1))) {
                            found.add(file + ":" + number + ": no package " + name.group(1));
                        }
                    }
                });
        assertEquals(List.of(), found);
    }

    @Test
    void standardOutputIsWrittenOnlyByTheCommandAndMains() {
        assertEquals(
                List.of(),
                offences(
                        Set.of("engine", "ingest", "query").stream()
                                .flatMap(module -> mainFiles(module).stream())
                                .collect(Collectors.toSet()),
                        (line, reasons) -> {
                            if (line.contains("System.out") || line.contains("System.err")) {
                                reasons.add("prints: " + line.strip());
                            }
                        }));
    }

    private static List<String> mainFiles(String module) {
        return files.stream()
                .filter(file -> file.startsWith(module + "/src/main/") && file.endsWith(".java"))
                .toList();
    }

    @Test
    void theRulesFindWhatTheyLookFor() {
        assertTrue(UNFINISHED.matcher("// FIX" + "ME later").find());
        assertTrue(MACHINE_PATH.matcher("see /ro" + "ot/notes").find());
        Matcher link = LINK.matcher("see [here](docs/SQL.md#types)");
        assertTrue(link.find());
        assertEquals("docs/SQL.md", link.group(1));
        Matcher name = PACKAGE_NAME.matcher("the class `weir.engine.scan.Verdict`");
        assertTrue(name.find());
        assertEquals("weir.engine.scan", name.group(1));
    }
}
