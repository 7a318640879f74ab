// SPDX-License-Identifier: Apache-2.0
package weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The programs of `examples/java` compile, run as they are, and print what docs/LIBRARY.md says.
class ExamplesTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Path PROGRAMS = TOP.resolve("examples/java");

    @TempDir Path directory;

    /// A program that ran.
    private record Run(int code, String out, String err) {}

    private Run run(List<String> options, String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(PROGRAMS.resolve(name).toString());
        command.add(Files.createTempDirectory(directory, "store").toString());
        command.add(TOP.resolve("examples/AWSLogs").toString());
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        int code = process.waitFor();
        return new Run(code, Files.readString(out), Files.readString(err));
    }

    private static String document() throws IOException {
        return Files.readString(TOP.resolve("docs/LIBRARY.md"));
    }

    /// The options that the document gives, which are those that the library says it needs.
    private static List<String> options() throws IOException {
        Matcher block =
                Pattern.compile("```text\n(--add-[^`]*)\n```", Pattern.DOTALL).matcher(document());
        assertTrue(block.find(), "the options of the JVM");
        return List.of(block.group(1).strip().split("\\s+"));
    }

    @TestFactory
    List<DynamicTest> eachProgramPrintsWhatTheDocumentSays() throws IOException {
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".java"))
                            .sorted()
                            .toList();
            assertEquals(3, names.size());
            return names.stream()
                    .map(name -> DynamicTest.dynamicTest(name, () -> runAndCompare(name)))
                    .toList();
        }
    }

    private void runAndCompare(String name) throws IOException, InterruptedException {
        Run run = run(options(), name);
        assertEquals(0, run.code, run.err);
        Matcher shown =
                Pattern.compile(
                                Pattern.quote("java/" + name + ")") + "[^`]*```text\n([^`]*)```",
                                Pattern.DOTALL)
                        .matcher(document());
        assertTrue(shown.find(), "docs/LIBRARY.md shows what " + name + " prints");
        if (System.getProperty("golden.write") != null) {
            String text = document();
            Files.writeString(
                    TOP.resolve("docs/LIBRARY.md"),
                    text.substring(0, shown.start(1)) + run.out + text.substring(shown.end(1)));
            return;
        }
        assertEquals(shown.group(1), run.out);
    }

    @Test
    void withoutTheOptionsACollectorIsToldWhichOnesItNeeds() throws Exception {
        Run run = run(List.of(), "Collector.java");
        assertEquals(2, run.code, run.err);
        String needed =
                options().stream()
                        .filter(option -> option.startsWith("--add-"))
                        .collect(Collectors.joining(" "));
        assertTrue(run.err.contains("run this with " + needed), run.err);
    }

    /// Chronicle's library asks its makers' server to count uses unless it is told not to, and
    /// keeps a file in the user's home for that.
    @Test
    void nothingIsToldToAnybody() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        List<String> options = new ArrayList<>(options());
        options.add("-Duser.home=" + home);
        options.add("-Xlog:class+load:file=" + directory.resolve("classes"));
        assertEquals(0, run(options, "Collector.java").code);
        try (Stream<Path> files = Files.list(home)) {
            assertEquals(List.of(), files.toList());
        }
        String classes = Files.readString(directory.resolve("classes"), UTF_8);
        assertTrue(classes.contains("net.openhft.chronicle.queue"), "the journal was used");
        assertFalse(classes.contains("net.openhft.chronicle.analytics"), "the client is not there");
    }

    @Test
    void readingLoadsNothingOfTheJournal() throws Exception {
        List<String> options = new ArrayList<>(options());
        options.add("-Xlog:class+load:file=" + directory.resolve("classes"));
        assertEquals(0, run(options, "Detector.java").code);
        String classes = Files.readString(directory.resolve("classes"), UTF_8);
        assertTrue(classes.contains("weir.FlowStore"));
        assertFalse(classes.contains("net.openhft"), "a library of the journal was loaded");
    }
}
