// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import weir.query.ask.Catalogue;
import weir.query.ask.Question;

/// Every question of the catalogue finds what was planted for it and leaves what only looks like
/// it.
///
/// `-Dgolden.write=1` writes the answers into the files; read them before they are kept.
class PlantedQuestionsTest {
    private static final Path FILES = Path.of("src/test/resources/questions");
    private static final String SUFFIX = ".test";

    @TempDir Path directory;

    @Test
    void everyQuestionHasBoth() throws IOException {
        TreeSet<String> questions = new TreeSet<>();
        Catalogue.builtIn().questions().stream().map(Question::name).forEach(questions::add);
        TreeSet<String> planted = new TreeSet<>();
        for (Path file : files()) {
            PlantedLog log = PlantedLog.read(file);
            assertTrue(log.has(PlantedLog.POSITIVE), file + " has no positive");
            assertTrue(log.has(PlantedLog.NEAR_MISS), file + " has no near-miss");
            planted.add(name(file));
        }
        assertEquals(questions, planted);
        assertTrue(questions.size() >= 45, "only " + questions.size() + " questions");
    }

    @TestFactory
    List<DynamicTest> whatIsPlantedIsFoundAndWhatIsNearIsNot() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files()) {
            tests.add(DynamicTest.dynamicTest(name(file), () -> ask(file)));
        }
        return tests;
    }

    private void ask(Path file) throws IOException {
        PlantedLog planted = PlantedLog.read(file);
        String answer = answer(file, planted, "");
        if (System.getProperty("golden.write") != null) {
            write(file, planted, answer);
            return;
        }
        assertEquals(String.join("\n", planted.answer()) + "\n", answer);
        assertEquals(
                answer,
                answer(file, planted, PlantedLog.NEAR_MISS),
                "what is near changes the answer");
        assertNotEquals(
                answer,
                answer(file, planted, PlantedLog.POSITIVE),
                "the answer is the same without what it should find");
    }

    private String answer(Path file, PlantedLog planted, String without) throws IOException {
        Path folder = Files.createTempDirectory(directory, name(file));
        CommandRun run =
                CommandRun.of(planted.command(name(file), folder, without).toArray()).ended(0);
        assertFalse(run.err().contains("rejected"), run.err());
        return run.out().replace("\r\n", "\n");
    }

    private static void write(Path file, PlantedLog planted, String answer) throws IOException {
        List<String> lines = new ArrayList<>(planted.lines());
        int end = lines.indexOf("answer:");
        List<String> kept = new ArrayList<>(end < 0 ? lines : lines.subList(0, end));
        kept.add("answer:");
        Files.writeString(file, String.join("\n", kept) + "\n" + answer);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> found = Files.list(FILES)) {
            return found.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
